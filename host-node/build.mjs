// Makes the rest of `dist`, where `slotpipe-bind` has put the core into `bound`: the core as one file that carries its
// wasm, the TypeScript as CommonJS, and ES modules that name what the two entries export. One form of the code serves
// `require` and `import`, so that classes are the same however they were loaded. It is in as few files as can be, since
// each costs time when the package is imported: the two entries and what both have. An ES module that imports CommonJS has
// Node look for the names of its exports, by a parser in JavaScript: it gets to see a file that is three lines long.

import { execFileSync } from "node:child_process";
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

import { buildSync, transformSync } from "esbuild";

process.chdir(fileURLToPath(new URL(".", import.meta.url)));
const require = createRequire(import.meta.url);
const bound = (name) => readFileSync(`dist/bound/${name}`);

for (const name of readdirSync("dist")) if (name !== "bound") rmSync(`dist/${name}`, { recursive: true });

// The bindings inside a function: each call of it is a core with memory of its own, so that one that breaks breaks alone.
const bindings = String(bound("core.js"))
  .replace("module: WASM", "module: compiled()")
  .replace("module.exports = ", "return ");
if (!bindings.includes("compiled()") || !bindings.includes("return { Core"))
  throw new Error("the bindings have another form");
// A character for each byte: bytes stay aligned and near each other, so that the package's own compression finds what
// repeats, and there is less to download than of hexadecimal or base64. Compressed here it would be a hundredth less, and
// whatever inflates it without Node takes 50 ms for that before the first connect.
const wasm = bound("core.wasm");
const ALPHABET = characters(wasm);
const core = `"use strict";
const WASM = "${Array.from(wasm, (byte) => ALPHABET[byte]).join("")}";
const ALPHABET = "${ALPHABET.join("")}";

let module_;
function compiled() {
  return (module_ ??= new WebAssembly.Module(bytes()));
}

function bytes() {
  const byteOf = new Uint8Array(${Math.max(...ALPHABET.map((char) => char.charCodeAt(0))) + 1});
  for (let byte = 0; byte < 256; byte++) byteOf[ALPHABET.charCodeAt(byte)] = byte;
  const wasm = new Uint8Array(WASM.length);
  for (let at = 0; at < wasm.length; at++) wasm[at] = byteOf[WASM.charCodeAt(at)];
  return wasm;
}

function instantiate() {
${bindings}}

module.exports = { instantiate };
`;
// Disposal by symbol is not in every library of types, and nobody uses it.
const bindingTypes = String(bound("core.d.ts")).replace("  [Symbol.dispose](): void;\n", "");
const types = `${bindingTypes.replaceAll(/^export (class|function|const)/gm, "declare $1")}
/** One core in a memory of its own. */
export interface Instance {
  readonly Core: typeof Core;
  readonly slot_of: typeof slot_of;
  readonly explain_offline: typeof explain_offline;
  readonly memory: typeof memory;
}
export function instantiate(): Instance;
export type { Core };
`;
for (const folder of ["ts", "dist"]) writeFileSync(`${folder}/core.d.ts`, types);
execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", "."], { stdio: "inherit" });
// Of these modules no entry exports anything: the types of others name them, and nobody reads about them there.
for (const name of [
  ...["core", "engine", "fast", "links", "open", "outcomes"],
  ...["queue", "refusable", "renamed", "texts", "work"],
]) {
  const path = `dist/${name}.d.ts`;
  writeFileSync(path, String(readFileSync(path)).replaceAll(/^ *\/\*\*[^]*?\*\/\n/gm, ""));
}
// Only ES modules can be split into what is shared and what is not.
const { outputFiles } = buildSync({
  entryPoints: ["ts/index.ts", "ts/machine.ts"],
  outdir: "dist",
  bundle: true,
  splitting: true,
  chunkNames: "shared",
  format: "esm",
  platform: "node",
  external: ["./core.js"],
  write: false,
});
if (outputFiles.length !== 3) throw new Error(`files: ${outputFiles.map(({ path }) => path).join(", ")}`);
for (const { path, text } of [...outputFiles, { path: "dist/core.js", text: core }]) {
  // What an ES module has instead of `require` is dropped: these become no ES modules, and other bundlers know `require`.
  const source = text.replaceAll("__require(", "require(").replaceAll(/^ +__require,\n/gm, "");
  const smaller = { treeShaking: true, minifyWhitespace: true, minifySyntax: true };
  const { code } = transformSync(source, { format: "cjs", platform: "node", ...smaller });
  if (code.includes("__require")) throw new Error(`${path} loads modules in another form`);
  const isLong = path.endsWith("/index.js");
  writeFileSync(isLong ? path.replace(/index\.js$/, "whole.js") : path, code);
  if (isLong) writeFileSync(path, '"use strict";\nconst whole = require("./whole.js");\nmodule.exports = whole;\n');
}
for (const name of ["LICENSE", "README.md"]) copyFileSync(`../${name}`, name);

for (const entry of ["index", "machine"]) {
  const names = Object.keys(require(`./dist/${entry}.js`)).sort();
  const exported = names.map((name) => `export const ${name} = slotpipe.${name};\n`).join("");
  writeFileSync(`dist/${entry}.mjs`, `import slotpipe from "./${entry}.js";\n\n${exported}`);
  writeFileSync(`dist/${entry}.d.mts`, `export * from "./${entry}.js";\n`);
}

/** The character of each byte: the most frequent have ASCII that shows, the others letters behind it, written as escapes. */
function characters(bytes) {
  const free = Array.from({ length: 512 }, (_, code) => String.fromCharCode(code)).filter((char) =>
    /[^\p{C}\p{M}\p{Z}"\\]/u.test(char),
  );
  const times = new Array(256).fill(0);
  for (const byte of bytes) times[byte]++;
  const ranked = [...times.keys()].sort((a, b) => times[b] - times[a]);
  const chars = [];
  ranked.forEach((byte, rank) => (chars[byte] = free[rank]));
  return chars;
}
