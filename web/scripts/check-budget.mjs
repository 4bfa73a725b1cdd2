/** First-load JavaScript stays under its budget: what index.html and the overview page need, gzipped. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const BUDGET = 700_000;
const built = new URL("../../src/titian/server/console/", import.meta.url).pathname;
const manifest = JSON.parse(readFileSync(join(built, ".vite/manifest.json"), "utf8"));
const files = new Set();

function take(key) {
  const part = manifest[key];
  if (!part || files.has(part.file)) return;
  files.add(part.file);
  for (const next of part.imports ?? []) take(next);
}

take("index.html");
take("src/features/overview/OverviewPage.tsx");
let bytes = 0;
for (const file of files) bytes += gzipSync(readFileSync(join(built, file))).length;
console.log(`first load: ${files.size} files, ${Math.round(bytes / 1000)} kB gzipped of ${BUDGET / 1000}`);
if (bytes > BUDGET) process.exit(1);
