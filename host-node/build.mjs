// Makes the rest of `dist`, in which `slotpipe-bind` has put the core: the TypeScript as CommonJS, and an ES module that
// names what it exports. One form of the code serves `require` and `import`, so that there is one core however it was
// loaded.

import { execFileSync } from "node:child_process";
import { copyFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";

process.chdir(fileURLToPath(new URL(".", import.meta.url)));
const require = createRequire(import.meta.url);

for (const name of readdirSync("dist")) if (!/^core\./.test(name)) rmSync(`dist/${name}`, { recursive: true });
copyFileSync("dist/core.d.ts", "ts/core.d.ts");
execFileSync(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", "."], { stdio: "inherit" });

const names = Object.keys(require("./dist/index.js")).sort();
const exported = names.map((name) => `export const ${name} = slotpipe.${name};\n`).join("");
writeFileSync("dist/index.mjs", `import slotpipe from "./index.js";\n\n${exported}`);
writeFileSync("dist/index.d.mts", 'export * from "./index.js";\n');
