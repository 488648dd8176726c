// Writes `schema.table` and `data.table` of a provider from its pages of documentation, where neither bindings nor schemas
// of the plugin SDK are published.
//
//     node rules/schema/pages.mjs PACK PREFIX DOCS "REGISTRY/NAMESPACE/NAME VERSION, by the pages of … (commit …), LICENCE"
//
// Reads what `tfplugindocs` writes: `docs/resources/NAME.md` with a section `Schema`, whose items are attributes and whose
// further headings are the attributes of one nested block each.
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

import { writeDataTable, writeSchemaTable } from "./table.mjs";

const [pack, prefix, docs, source] = process.argv.slice(2);

const typeOf = (file) => prefix + file.replace(/\.md$/, "").replace(new RegExp(`^${prefix}`), "");
const pagesIn = (folder) => (existsSync(folder) ? readdirSync(folder).filter((file) => file.endsWith(".md")) : []);

/** The attributes that a page lists, by the path of the block that holds them. */
function attributesOf(text) {
  const top = new Map();
  let [block, isComputed] = [top, false];
  for (const line of text.slice(text.indexOf("\n## Schema")).split("\n").slice(2)) {
    if (line.startsWith("## ")) break;
    const nested = line.match(/^### Nested Schema for `([\w.]+)`/);
    if (nested) {
      block = blockAt(top, nested[1].split("."));
      isComputed = false;
    } else if (/^(### )?(Required|Optional|Read-Only)\b/.test(line)) {
      isComputed = line.includes("Read-Only");
    }
    const item = line.match(/^- `(\w+)` \(([\w ]+)/);
    if (item) block.set(item[1], { nested: new Map(), computed: isComputed, isMap: item[2] === "Attributes Map" });
  }
  return top;
}

/** Where to put the attributes of a block. Those of a map stand below keys that nobody knows, so the map may hold all. */
function blockAt(top, path) {
  let attributes = top;
  for (const name of path) {
    const held = attributes.get(name);
    if (!held) throw new Error(`no block ${path.join(".")}`);
    if (held.isMap) {
      held.nested = new Map([["*", { nested: new Map() }]]);
      return new Map();
    }
    attributes = held.nested;
  }
  return attributes;
}

const types = new Map();
for (const file of pagesIn(join(docs, "resources"))) {
  const attributes = attributesOf(readFileSync(join(docs, "resources", file), "utf8"));
  if (!attributes.size) throw new Error(`${file}: no attributes`);
  types.set(typeOf(file), attributes);
}
writeSchemaTable(pack, types, [source], "pages.mjs");
writeDataTable(pack, new Set(pagesIn(join(docs, "data-sources")).map(typeOf)), [source], "pages.mjs");
