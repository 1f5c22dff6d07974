// The packed package as others get it.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { installPacked, root, startCluster } from "./lab.mjs";

let cluster;
let app;

before(async () => {
  app = installPacked();
  cluster = await startCluster();
});
after(async () => {
  await cluster?.stop();
  app?.remove();
});

const USE = `
  const db = await connect(process.argv[2]);
  await db.set("k", 1);
  console.log(await db.get("k"), slotOf("k"));
  await db.close();
`;

function prints(result, expected) {
  assert.equal(result.stderr, "");
  assert.equal(result.stdout, expected);
  assert.equal(result.status, 0);
}

test("an ES module imports it, and close lets the process exit", () => {
  prints(app.run("app.mjs", `import { connect, slotOf } from "slotpipe";\n${USE}`, cluster.seeds[0]), "1 7629\n");
});

test("a CommonJS module requires it", () => {
  const text = `const { connect, slotOf } = require("slotpipe");\n(async () => {${USE}})();`;
  prints(app.run("app.cjs", text, cluster.seeds[0]), "1 7629\n");
});

test("both ways give the same classes", () => {
  const text = `
    import { createRequire } from "node:module";
    import { ServerError } from "slotpipe";
    console.log(ServerError === createRequire(import.meta.url)("slotpipe").ServerError);`;
  prints(app.run("same.mjs", text), "true\n");
});

test("an idle client does not keep the process alive", () => {
  const text = `
    import { connect } from "slotpipe";
    const db = await connect(process.argv[2]);
    await db.set("k", 1);
    console.log("done");`;
  prints(app.run("idle.mjs", text, cluster.seeds[0]), "done\n");
});

test("the README's example prints what it says", () => {
  const readme = readFileSync(join(root, "../README.md"), "utf8");
  const [, example] = /```js\n(.*?)```/s.exec(readme) ?? [];
  assert.ok(example, "README.md has no block of JavaScript");
  prints(app.run("readme.mjs", example, cluster.seeds[0]), "visit 1: Ada and Grace\n");
});

test("replies and pipelines have types, for import and for require", () => {
  const checks = readFileSync(join(root, "test/types.mts"), "utf8");
  const options = {
    target: "es2022",
    module: "node16",
    strict: true,
    noEmit: true,
    types: ["node"],
    typeRoots: [join(root, "node_modules/@types")],
    lib: ["es2024", "esnext.disposable"],
  };
  writeFileSync(join(app.folder, "types.mts"), checks);
  writeFileSync(join(app.folder, "types.cts"), checks);
  writeFileSync(join(app.folder, "tsconfig.json"), JSON.stringify({ compilerOptions: options, include: ["types.*"] }));
  execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", "."], { cwd: app.folder, stdio: "pipe" });
});

test("it depends on nothing, installs without a script and is small", () => {
  const manifest = app.require("slotpipe/package.json");
  assert.equal(manifest.dependencies, undefined);
  assert.equal(manifest.scripts.install ?? manifest.scripts.postinstall, undefined);
  assert.ok(statSync(app.tarball).size <= 300_000, `${statSync(app.tarball).size} bytes`);
});
