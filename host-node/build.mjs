// Makes the rest of `dist`, where `slotpipe-bind` has put the core into `bound`: the core as one file that carries its
// wasm, the TypeScript as CommonJS, and an ES module that names what it exports. One form of the code serves `require` and `import`, so that there is one core however it was
// loaded.

import { execFileSync } from "node:child_process";
import { copyFileSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";

process.chdir(fileURLToPath(new URL(".", import.meta.url)));
const require = createRequire(import.meta.url);

for (const name of readdirSync("dist")) if (name !== "bound") rmSync(`dist/${name}`, { recursive: true });
for (const folder of ["ts", "dist"]) copyFileSync("dist/bound/core.d.ts", `${folder}/core.d.ts`);
execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", "."], { stdio: "inherit" });

// Compressed before it becomes text: half the file, and a third less to download.
const wasm = brotliCompressSync(readFileSync("dist/bound/core.wasm")).toString("base64");
const module = `require("node:zlib").brotliDecompressSync(Buffer.from("${wasm}", "base64"))`;
writeFileSync("dist/core.js", readFileSync("dist/bound/core.js", "utf8").replace("module: WASM", `module: ${module}`));

const names = Object.keys(require("./dist/index.js")).sort();
const exported = names.map((name) => `export const ${name} = slotpipe.${name};\n`).join("");
writeFileSync("dist/index.mjs", `import slotpipe from "./index.js";\n\n${exported}`);
writeFileSync("dist/index.d.mts", 'export * from "./index.js";\n');
