// Makes the rest of `dist`, where `slotpipe-bind` has put the core into `bound`: the core as one file that carries its
// wasm, the TypeScript as CommonJS, and ES modules that name what the two entries export. One form of the code serves
// `require` and `import`, so that classes are the same however they were loaded.

import { execFileSync } from "node:child_process";
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

import { transformSync } from "esbuild";

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
// Hexadecimal keeps bytes aligned, so that the package's own compression finds what repeats: less to download than base64.
const core = `"use strict";
const WASM = "${bound("core.wasm").toString("hex")}";

let module_;
function compiled() {
  return (module_ ??= new WebAssembly.Module(bytes()));
}

function bytes() {
  if (typeof Buffer === "function") return Buffer.from(WASM, "hex");
  return Uint8Array.from({ length: WASM.length / 2 }, (_, at) => parseInt(WASM.slice(2 * at, 2 * at + 2), 16));
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
writeFileSync("dist/core.js", core);
// What was generated is read by nobody.
for (const name of ["commands", "core"]) {
  const { code } = transformSync(readFileSync(`dist/${name}.js`, "utf8"), { minifyWhitespace: true });
  writeFileSync(`dist/${name}.js`, code);
}
for (const name of ["LICENSE", "README.md"]) copyFileSync(`../${name}`, name);

for (const entry of ["index", "machine"]) {
  const names = Object.keys(require(`./dist/${entry}.js`)).sort();
  const exported = names.map((name) => `export const ${name} = slotpipe.${name};\n`).join("");
  writeFileSync(`dist/${entry}.mjs`, `import slotpipe from "./${entry}.js";\n\n${exported}`);
  writeFileSync(`dist/${entry}.d.mts`, `export * from "./${entry}.js";\n`);
}
