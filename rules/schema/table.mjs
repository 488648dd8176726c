// Writes the tables of a pack: `schema.table`, every resource type with its attributes, and `data.table`, every data
// source.
//
// One line a type: its name, a space, its attributes in order of name. `name{…}` holds others; `name!` is one that only
// the provider sets; `name{*}` holds more than a table can say.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const rules = join(fileURLToPath(import.meta.url), "..", "..");

/** The attributes of both. One that either may set is not computed. */
export function merged(one, other) {
  if (!one) return other;
  const all = new Map(one);
  for (const [name, its] of other) {
    const there = all.get(name);
    all.set(name, there ? { nested: merged(there.nested, its.nested), computed: there.computed && its.computed } : its);
  }
  return all;
}

// Characters that the attributes within a block may take. Five types hold more (dashboards, rules of a firewall, whose
// statements hold statements); their names alone would be half of all tables.
const MAX_BLOCK = 10_000;

const writeBlock = (attributes) => {
  const text = write(attributes);
  return text.length > MAX_BLOCK ? "*" : text;
};

const write = (attributes) =>
  [...attributes]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { nested, computed }]) => name + (nested.size ? `{${writeBlock(nested)}}` : "") + (computed ? "!" : ""))
    .join(" ");

/** `types` takes a type to its attributes (a name to `{ nested, computed }`). */
export function writeSchemaTable(pack, types, sources, by) {
  const lines = [...types].sort(([a], [b]) => (a < b ? -1 : 1)).map(([type, attributes]) => `${type} ${write(attributes)}`);
  const head = [`# Resource types and their attributes, written by rules/schema/${by}.`, ...sources.map((source) => `# from ${source}`)];
  writeFileSync(join(rules, pack, "schema.table"), [...head, ...lines, ""].join("\n"));
  console.log(`${pack}: ${types.size} types, ${lines.join("\n").length} bytes`);
}

export function writeDataTable(pack, types, sources, by) {
  const head = [`# Data sources, written by rules/schema/${by}.`, ...sources.map((source) => `# from ${source}`)];
  writeFileSync(join(rules, pack, "data.table"), [...head, ...[...types].sort(), ""].join("\n"));
  console.log(`${pack}: ${types.size} data sources`);
}
