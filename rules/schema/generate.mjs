// Writes `rules/<pack>/schema.table`, every resource type of a provider with its attributes, and `data.table`, every data
// source.
//
//     node rules/schema/generate.mjs [PACK…]
//
// `countersign catalog schema` writes the same from a provider that is installed, or adds it to a table; a table names
// its sources. The packages are HashiCorp's prebuilt bindings of providers (`@cdktf/provider-NAME`, MPL-2.0), whose
// declarations name every argument of every type. Only names are taken. What Terraform itself prints is exact; the
// bindings leave out attributes within blocks that only the provider computes.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { merged, writeDataTable, writeSchemaTable } from "./table.mjs";

// Pack, and the package with its version. A pack that reads two providers has two lines.
const PACKAGES = [
  ["archive", "archive", "11.0.1"],
  ["aws", "aws", "21.22.1"],
  ["azuread", "azuread", "14.3.1"],
  ["azurerm", "azurerm", "14.23.1"],
  ["cloudflare", "cloudflare", "13.9.1"],
  ["cloudinit", "cloudinit", "11.0.1"],
  ["consul", "consul", "10.1.2"],
  ["databricks", "databricks", "15.16.1"],
  ["datadog", "datadog", "12.15.2"],
  ["dns", "dns", "9.0.1"],
  ["external", "external", "11.0.1"],
  ["github", "github", "15.3.1"],
  ["gitlab", "gitlab", "15.6.2"],
  ["google", "google", "16.12.1"],
  ["google", "google-beta", "16.12.1"],
  ["helm", "helm", "12.1.2"],
  ["http", "http", "10.0.1"],
  ["kubernetes", "kubernetes", "12.1.1"],
  ["local", "local", "11.1.1"],
  ["mongodbatlas", "mongodbatlas", "8.6.2"],
  ["nomad", "nomad", "10.0.3"],
  ["null", "null", "11.0.1"],
  ["okta", "okta", "14.1.1"],
  ["postgresql", "postgresql", "12.1.1"],
  ["random", "random", "12.0.1"],
  ["snowflake", "snowflake", "15.9.1"],
  ["template", "template", "10.0.1"],
  ["tfe", "tfe", "12.5.1"],
  ["time", "time", "11.0.1"],
  ["tls", "tls", "11.0.1"],
  ["vault", "vault", "15.6.1"],
];

/** Attributes of an object: name to `{ nested }` or `{ computed }`. */
function declared(text) {
  const interfaces = new Map();
  for (const [, name, body] of text.matchAll(/^export interface (\w+)[^{\n]*\{\n(.*?)^\}/gms)) {
    const members = [];
    const member = /#(\w+) [\w$]+#\w+\}(?:(?!\*\/).)*?\*\/\s*readonly \w+\??: ([^;]+);/gs;
    for (const [, attribute, type] of body.matchAll(member)) members.push([attribute, type]);
    interfaces.set(name, members);
  }
  return interfaces;
}

/** The attributes of an interface, with those of what it holds. An interface within itself is not followed. */
function attributesOf(name, interfaces, within = []) {
  const attributes = new Map();
  for (const [attribute, type] of interfaces.get(name) ?? []) {
    const held = type.split(/[^\w$]+/).find((word) => interfaces.has(word));
    const isHeld = held !== undefined && !within.includes(held);
    attributes.set(attribute, { nested: isHeld ? attributesOf(held, interfaces, [...within, held]) : new Map() });
  }
  return attributes;
}

const snake = (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Every resource type and data source that the declarations of one folder hold. */
function typesIn(folder, types, data) {
  const files = readdirSync(folder, { recursive: true }).filter((file) => file.endsWith(".d.ts"));
  const text = files.map((file) => readFileSync(join(folder, file), "utf8")).join("\n");
  const resource = /^export declare class (\w+) extends cdktf\.TerraformResource \{\n\s*static readonly tfResourceType = "(\w+)";(.*?)^\}/gms;
  const source = /^export declare class \w+ extends cdktf\.TerraformDataSource \{\n\s*static readonly tfResourceType = "(\w+)";/gm;
  for (const [, type] of text.matchAll(source)) data.add(type);
  const interfaces = declared(text);
  for (const [, name, type, body] of text.matchAll(resource)) {
    const attributes = attributesOf(`${name}Config`, interfaces);
    const getters = [...body.matchAll(/^ +get (\w+)\(\)/gm)].map(([, getter]) => getter);
    for (const getter of getters.filter((getter) => !getters.includes(`${getter}Input`) && !getter.endsWith("Input"))) {
      const attribute = snake(getter);
      if (!attributes.has(attribute)) attributes.set(attribute, { nested: new Map(), computed: true });
    }
    types.set(type, merged(types.get(type), attributes));
  }
}

function fromPackages(packs) {
  for (const pack of new Set(PACKAGES.map(([pack]) => pack))) {
    if (packs.length && !packs.includes(pack)) continue;
    const [types, data] = [new Map(), new Set()];
    const sources = [];
    for (const [, name, version] of PACKAGES.filter(([its]) => its === pack)) {
      const folder = mkdtempSync(join(tmpdir(), "schema-"));
      const tarball = execFileSync("npm", ["pack", "--silent", `@cdktf/provider-${name}@${version}`], { cwd: folder, encoding: "utf8" }).trim();
      execFileSync("tar", ["xzf", tarball, "--wildcards", "*.d.ts", "*/package.json"], { cwd: folder });
      const { license, cdktf } = JSON.parse(readFileSync(join(folder, "package", "package.json"), "utf8"));
      sources.push(`${cdktf.provider.name} ${cdktf.provider.version}, by npm @cdktf/provider-${name} ${version}, ${license}`);
      const lib = join(folder, "package", "lib");
      for (const entry of readdirSync(lib, { withFileTypes: true })) if (entry.isDirectory()) typesIn(join(lib, entry.name), types, data);
      rmSync(folder, { recursive: true });
    }
    writeSchemaTable(pack, types, sources, "generate.mjs");
    writeDataTable(pack, data, sources, "generate.mjs");
  }
}

fromPackages(process.argv.slice(2));
