// Writes `schema.table` and `data.table` of a provider from its own Go source, where no bindings are published.
//
//     node rules/schema/go_source.mjs PACK FOLDER "REGISTRY/NAMESPACE/NAME VERSION, by its source (commit …), LICENCE"
//
// Reads the schemas of the Terraform plugin SDK as they are written: composite literals, the functions that return them,
// and constants for names. What it cannot follow it names, and nothing is written then.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { writeDataTable, writeSchemaTable } from "./table.mjs";

const [pack, folder, source] = process.argv.slice(2);

/** Functions, top-level values and constants of one package: name to the text after it. */
function readPackage(files) {
  const found = { functions: new Map(), values: new Map(), constants: new Map() };
  for (const file of files) {
    const text = stripComments(readFileSync(file, "utf8"));
    for (const match of text.matchAll(/^func (\w+)\(/gm)) found.functions.set(match[1], [text, match.index]);
    for (const match of text.matchAll(/^(?:var |\t)(\w+)\s*=\s*(?=&?[\w.*[\]]*\{|map)/gm)) {
      found.values.set(match[1], [text, match.index + match[0].length]);
    }
    for (const match of text.matchAll(/^(?:const |var |\t)(\w+)(?:\s+string)?\s*=\s*"([^"\n]*)"/gm)) found.constants.set(match[1], match[2]);
  }
  return found;
}

/** The text with comments blanked, so that places stay. */
function stripComments(text) {
  return text.replace(/"(?:\\.|[^"\\\n])*"|`[^`]*`|'(?:\\.|[^'\\\n])*'|\/\/[^\n]*|\/\*.*?\*\//gs, (part) =>
    part.startsWith("//") || part.startsWith("/*") ? " ".repeat(part.length) : part);
}

const STRING = /"(?:\\.|[^"\\\n])*"|`[^`]*`/y;
const SPACE = /\s*/y;

/** Reads one Go expression: `{ at, kind, … }`, where `at` is behind it. */
function readExpression(text, at) {
  at = skip(text, at);
  while (text[at] === "&") at = skip(text, at + 1);
  STRING.lastIndex = at;
  const string = STRING.exec(text);
  if (string) return { kind: "text", value: string[0].slice(1, -1), at: skipTo(text, STRING.lastIndex) };
  const type = /(?:map\[string\])?(?:\[\])?\*?[\w.]*(?:\{\})?/y;
  type.lastIndex = at;
  const name = type.exec(text)[0].replace(/\{\}$/, "");
  const behind = at + name.length;
  if (name === "func") return { kind: "other", at: skipTo(text, at) };
  if (text[behind] === "{") return readLiteral(text, behind);
  if (text[behind] === "(") {
    const end = skipBalanced(text, behind);
    return { kind: "call", name, at: skipTo(text, end), text, argumentsAt: behind + 1 };
  }
  return { kind: "name", name, at: skipTo(text, behind) };
}

/** Reads `{ KEY: VALUE, … }`. */
function readLiteral(text, at) {
  const entries = [];
  at = skip(text, at + 1);
  while (text[at] !== "}") {
    const key = readExpression(text, at);
    at = skip(text, key.kind === "name" ? skip(text, key.at) : key.at);
    if (text[at] === ":") {
      const value = readExpression(text, at + 1);
      entries.push([key.kind === "text" ? key.value : `$${key.name}`, value]);
      at = skip(text, value.at);
    }
    if (text[at] === ",") at = skip(text, at + 1);
    else if (text[at] !== "}") throw new Error(`no literal: ${text.slice(at, at + 60)}`);
  }
  return { kind: "literal", entries, at: at + 1 };
}

function skip(text, at) {
  SPACE.lastIndex = at;
  SPACE.exec(text);
  return SPACE.lastIndex;
}

/** To the comma, colon or closing bracket that ends the expression at hand. */
function skipTo(text, at) {
  while (!",:)}]".includes(text[at])) at = "({[".includes(text[at]) ? skipBalanced(text, at) : skipOne(text, at);
  return at;
}

function skipOne(text, at) {
  STRING.lastIndex = at;
  return STRING.test(text) ? STRING.lastIndex : at + 1;
}

function skipBalanced(text, at) {
  at += 1;
  while (!")}]".includes(text[at])) at = "({[".includes(text[at]) ? skipBalanced(text, at) : skipOne(text, at);
  return at + 1;
}

// A default object of a network is managed and not made: internal/service/core/helpers_core.go of oracle/oci.
const asDefault = (parent) => (attributes) => {
  for (const name of ["manage_default_resource_id", "compartment_id"]) attributes.set(name, { nested: new Map() });
  attributes.delete(parent);
  return attributes;
};

// Functions that change the schema of another resource, and what they make of its attributes.
const CHANGES = {
  ConvertToDefaultVcnResourceSchema: asDefault("vcn_id"),
  ConvertToDefaultDrgRouteTableSchema: asDefault("drg_id"),
};

class SchemaReader {
  constructor(found) {
    this.found = found;
  }

  /** The literal that an expression means: itself, a top-level value, or what a function returns. */
  resolve(expression, depth = 0) {
    if (expression.kind === "literal" || depth > 8) return expression;
    const value = this.found.values.get(expression.name);
    if (expression.kind === "name" && value) return this.resolve(readExpression(...value), depth + 1);
    const called = this.found.functions.get(expression.name);
    if (expression.kind !== "call" || !called) throw new Error(`cannot follow ${expression.kind} ${expression.name ?? ""}`);
    return this.resolve(this.returned(...called), depth + 1);
  }

  /** The attributes of the resource that a function makes. */
  made(expression) {
    const returned = this.returned(...this.found.functions.get(expression.name));
    const change = CHANGES[returned.name];
    if (!change) return this.resource(this.resolve(returned), true);
    return change(this.made(readExpression(returned.text, returned.argumentsAt)));
  }

  /** What the function at a place returns. */
  returned(text, at) {
    const open = text.indexOf("{\n", at);
    const body = text.slice(open, skipBalanced(text, open));
    const returns = [...body.matchAll(/^\treturn\s+/gm)];
    const last = returns.at(-1);
    const expression = readExpression(body, last.index + last[0].length);
    if (expression.kind !== "name" || this.found.values.has(expression.name)) return expression;
    const set = new RegExp(`\\b${expression.name}\\s*:?=\\s*`).exec(body);
    if (!set) throw new Error(`cannot follow ${expression.name}`);
    return readExpression(body, set.index + set[0].length);
  }

  member(literal, name) {
    return literal.entries.find(([key]) => key === `$${name}`)?.[1];
  }

  nameOf(key) {
    if (!key.startsWith("$")) return key;
    const constant = this.found.constants.get(key.slice(1));
    if (constant === undefined) throw new Error(`cannot follow ${key}`);
    return constant;
  }

  /** The attributes of a `schema.Resource`. */
  resource(literal, isTop) {
    const attributes = new Map();
    for (const [key, expression] of this.resolve(this.member(literal, "Schema")).entries) {
      attributes.set(this.nameOf(key), this.attribute(this.resolve(expression)));
    }
    if (isTop && this.member(literal, "Timeouts")) {
      const operations = ["create", "delete", "update"].map((name) => [name, { nested: new Map() }]);
      attributes.set("timeouts", { nested: new Map(operations) });
    }
    if (isTop) attributes.set("id", { nested: new Map() });
    return attributes;
  }

  attribute(literal) {
    const is = (name) => this.member(literal, name)?.name === "true";
    const computed = is("Computed") && !is("Optional") && !is("Required");
    const element = this.member(literal, "Elem");
    const isScalar = (literal) => !literal.entries?.some(([key]) => key === "$Schema");
    const held = element && element.kind !== "name" ? this.resolve(element) : undefined;
    const nested = held && !isScalar(held) ? this.resource(held, false) : new Map();
    return { nested, computed };
  }
}

/** The folders below, each a package of Go. */
function packagesBelow(folder) {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true });
  const packages = new Map();
  for (const { name, parentPath } of entries.filter((entry) => entry.name.endsWith(".go"))) {
    packages.set(parentPath, [...(packages.get(parentPath) ?? []), join(parentPath, name)]);
  }
  return [...packages.values()];
}

/** The names that a package registers: `Register…("name", function())` and lines of maps of resources. */
function registered(text) {
  const pairs = { resources: [], data: [] };
  for (const [, kind, name, made] of text.matchAll(/Register(Resource|Datasource)\("(\w+)", (\w+)\(/g)) {
    (kind === "Resource" ? pairs.resources : pairs.data).push([name, made]);
  }
  for (const [, kind, lines] of text.matchAll(/(DataSourcesMap|ResourcesMap):\s+map\[string\]\*schema\.Resource\{(.*?)\n\t+\}/gs)) {
    for (const [, name, made] of lines.matchAll(/"(\w+)":\s*(\w+)\(/g)) (kind === "ResourcesMap" ? pairs.resources : pairs.data).push([name, made]);
  }
  return pairs;
}

const [types, data, errors] = [new Map(), new Set(), []];
for (const files of packagesBelow(folder)) {
  const reader = new SchemaReader(readPackage(files));
  for (const file of files) {
    const pairs = registered(stripComments(readFileSync(file, "utf8")));
    pairs.data.forEach(([name]) => data.add(name));
    for (const [name, made] of pairs.resources) {
      try {
        types.set(name, reader.made({ name: made }));
      } catch (error) {
        errors.push(`${name}: ${error.message}`);
      }
    }
  }
}
if (errors.length) {
  console.error(errors.join("\n"));
  process.exit(1);
}
writeSchemaTable(pack, types, [source], "go_source.mjs");
writeDataTable(pack, data, [source], "go_source.mjs");
