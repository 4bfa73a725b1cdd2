/** Both languages have the same words with the same places to fill in, and every word the code asks for exists. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const home = new URL("../src/", import.meta.url).pathname;
const PLURAL = /_(zero|one|two|few|many|other)$/;

function flat(value, path, into) {
  if (typeof value === "string") into.set(path.replace(PLURAL, ""), { text: value, raw: path });
  else for (const [key, inner] of Object.entries(value)) flat(inner, path ? `${path}.${key}` : key, into);
  return into;
}

function words(language) {
  const folder = join(home, "i18n", language);
  const into = new Map();
  for (const file of readdirSync(folder).filter((name) => name.endsWith(".json")))
    flat(JSON.parse(readFileSync(join(folder, file), "utf8")), file.replace(".json", ""), into);
  return into;
}

function* sources(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* sources(path);
    else if (/\.tsx?$/.test(entry.name) && !entry.name.endsWith(".d.ts")) yield path;
  }
}

const places = (text) => [...text.matchAll(/{{(\w+)}}/g)].map((hit) => hit[1]).sort().join();
const zh = words("zh-CN");
const en = words("en");
const wrong = [];
// Permissions are named like words: customers.read. Each has to have its own.
const { components } = JSON.parse(readFileSync(join(home, "api/openapi.json"), "utf8"));
const permissions = new Set(components.schemas.SessionState.properties.permissions.items.enum);
for (const one of permissions) if (!zh.has(`people.permission.${one}`)) wrong.push(`people.permission.${one}: a permission without words`);
for (const key of zh.keys()) if (!en.has(key)) wrong.push(`${key}: English is missing`);
for (const [key, { text }] of en) {
  const other = zh.get(key);
  if (!other) wrong.push(`${key}: Chinese is missing`);
  else if (places(text) !== places(other.text)) wrong.push(`${key}: the places to fill in differ`);
}
const asked = new Set();
const prefixes = new Set();
for (const path of sources(home)) {
  const source = readFileSync(path, "utf8");
  for (const [, key] of source.matchAll(/["'`]((?:audiences|charts|customers|data|definitions|layerings|overview|people|rules|settings|shell)\.[\w.-]+)["'`]/g)) {
    if (permissions.has(key)) continue;
    asked.add(key);
    if (!zh.has(key)) wrong.push(`${key}: asked for in ${path.slice(home.length)} and not there`);
  }
  for (const [, key] of source.matchAll(/`((?:audiences|charts|customers|data|definitions|layerings|overview|people|rules|settings|shell)\.[\w.-]*\.)\$\{/g)) prefixes.add(key);
}
for (const key of zh.keys())
  if (!asked.has(key) && ![...prefixes].some((prefix) => key.startsWith(prefix))) wrong.push(`${key}: nobody asks for it`);

if (wrong.length) {
  console.error(wrong.join("\n"));
  process.exit(1);
}
console.log(`${zh.size} words in both languages`);
