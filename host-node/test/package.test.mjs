// The packed package as others get it: what is in it, and what it does in another folder.

import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { checkPackage, createPackageFromTarballData } from "@arethetypeswrong/core";
import { buildSync } from "esbuild";
import { publint } from "publint";

import { installPacked, root, startCluster, until } from "./lab.mjs";

/** Bytes of wasm, rounded up. */
const WASM_LIMIT = 381_000;
const TARBALL_LIMIT = 300_000;

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

test("slotpipe/core is imported and required", () => {
  const use = `console.log(slotOf("k"), new Machine({ seeds: [{ host: "h", port: 1 }] }, 0).poll(0).actions[0].kind);`;
  prints(app.run("core.mjs", `import { Machine, slotOf } from "slotpipe/core";\n${use}`), "7629 connect\n");
  prints(app.run("core.cjs", `const { Machine, slotOf } = require("slotpipe/core");\n${use}`), "7629 connect\n");
});

test("both ways and both entries give the same classes", () => {
  const text = `
    import { createRequire } from "node:module";
    import { MisuseError } from "slotpipe";
    import { MisuseError as other } from "slotpipe/core";
    const require = createRequire(import.meta.url);
    console.log(MisuseError === other, MisuseError === require("slotpipe").MisuseError);`;
  prints(app.run("same.mjs", text), "true true\n");
});

test("it is not reached into: there are two entries and no other", () => {
  for (const inner of ["slotpipe/dist/engine.js", "slotpipe/ts/index.ts"]) {
    assert.throws(() => app.require(inner), { code: "ERR_PACKAGE_PATH_NOT_EXPORTED" });
  }
});

test("a bundle by esbuild runs without the package beside it", () => {
  const bundled = join(app.folder, "bundled");
  mkdirSync(bundled);
  for (const format of ["esm", "cjs"]) {
    const contents = `import { connect, slotOf } from "slotpipe";\n(async () => {${USE}})();`;
    const outfile = join(bundled, format === "esm" ? "app.mjs" : "app.cjs");
    const stdin = { contents, resolveDir: app.folder };
    // CommonJS inside of an ES module needs its require, for Node's own modules.
    const banner =
      format === "esm"
        ? { js: `import { createRequire } from "node:module"; const require = createRequire(import.meta.url);` }
        : {};
    buildSync({ stdin, bundle: true, minify: true, platform: "node", format, outfile, banner, logLevel: "error" });
    prints(spawnSync(process.execPath, [outfile, cluster.seeds[0]], { encoding: "utf8", timeout: 20_000 }), "1 7629\n");
  }
});

test("an idle client does not keep the process alive", () => {
  const text = `
    import { connect } from "slotpipe";
    const db = await connect(process.argv[2]);
    await db.set("k", 1);
    console.log("done");`;
  prints(app.run("idle.mjs", text, cluster.seeds[0]), "done\n");
});

test("after every kind of bad input the process ends by itself, without a word", () => {
  const text = `
    import { connect } from "slotpipe";
    const seed = process.argv[2];
    const no = () => { throw new Error("no"); };
    const refused = [
      connect(seed, { mapAddress: no, connectTimeout: 200 }),
      connect(seed, { credentials: async () => no(), connectTimeout: 200 }),
      connect(seed, { credentials: () => new Promise(() => {}), connectTimeout: 200 }),
      connect(seed, { transport: no, connectTimeout: 200 }),
      connect("127.0.0.1:1", { connectTimeout: 200 }),
    ];
    const codes = (await Promise.allSettled(refused)).map(({ reason }) => reason.code);
    const db = await connect(seed);
    const controller = new AbortController();
    const calls = [
      db.set("k", undefined), db.set("k", {}), db.set("k", "\\ud800"), db.call("MSET", "odd"),
      db.with({ signal: AbortSignal.abort() }).get("k"),
      db.with({ signal: controller.signal, timeout: 10_000 }).call("BLPOP", "none", 0),
      db.with({ timeout: 100 }).call("BLPOP", "none", 0),
      db.pipeline().incr("text").set("text", "x").incr("text").exec(),
    ];
    setTimeout(() => controller.abort(), 50);
    const settled = await Promise.allSettled(calls);
    for await (const reply of db.stream((function* () { for (;;) yield ["PING"]; })())) { if (reply === "PONG") break; }
    db.stream([["GET", "never started"]]);
    db.pipeline().get("never sent");
    const other = await connect(seed);
    await other.close();
    const closed = await other.get("k").catch((error) => error.code);
    console.log(codes.join(), settled.map(({ status }) => status[0]).join(""), closed);`;
  const started = Date.now();
  prints(
    app.run("bad.mjs", text, cluster.seeds[0]),
    "UNREACHABLE,AUTH,CONNECT_TIMEOUT,UNREACHABLE,CONNECTION_REFUSED rrrrrrrr CLOSED\n",
  );
  assert.ok(Date.now() - started < 10_000);
});

test("a process whose call waits is kept alive until it has settled", () => {
  const text = `
    import { connect } from "slotpipe";
    const db = await connect(process.argv[2]);
    db.with({ timeout: 300 }).call("BLPOP", "none", 0).catch((error) => console.log(error.name));`;
  prints(app.run("waits.mjs", text, cluster.seeds[0]), "UnknownOutcomeError\n");
});

const readme = readFileSync(join(root, "../README.md"), "utf8");
const between = (first, last) => readme.slice(readme.indexOf(first), readme.indexOf(last));
const own = between("## From Node", "## From Rust");
const howTo = between("## How to", "## From the command line");

test("the README's first example is Node's, and prints what it says", () => {
  assert.ok(readme.indexOf("```js") < readme.indexOf("```rust"));
  const [, example] = /```js\n(.*?)```/s.exec(own) ?? [];
  assert.ok(example, "README.md has no block of JavaScript");
  prints(app.run("readme.mjs", example, cluster.seeds[0]), "visit 1: Ada and Grace\n");
});

const blocks = (text) => [...text.matchAll(/```(?:js|ts)\n(.*?)```/gs)].map(([, block]) => block);
const [first = "", ...others] = blocks(own);
const firstLine = first.split("\n").slice(0, 3).join("\n");
const examples = others.map((block) =>
  block.includes("slotpipe/core") ? block : `${firstLine}\n${block}\nawait db.close();\n`,
);
const topics = howTo.split("\n### ").slice(1);
const howTos = topics.map((topic) => {
  const begin = `import { connect } from "slotpipe";\nconst seeds = process.argv[2] ?? "";\nconst db = await connect(seeds);\n`;
  return `${begin}${blocks(topic)}await db.close();\n`;
});

test("every other block of the README's part for Node runs behind the first line of the first", () => {
  assert.ok(examples.length >= 2, "the README shows streams and slotpipe/core");
  examples.forEach((text, at) => {
    const { status, stderr } = app.run(`readme${at}.mjs`, text, cluster.seeds[0]);
    assert.deepEqual([status, stderr], [0, ""], text);
  });
});

test("each how-to of the README has a block that runs and prints what its comments say", async () => {
  assert.deepEqual([topics.length, topics.map(blocks).filter(({ length }) => length !== 1)], [9, []]);
  const socket = join(app.folder, "redis.sock");
  const program = process.env.SLOTPIPE_REDIS_SERVER ?? "redis-server";
  const options = ["--port", "0", "--unixsocket", socket, "--dir", app.folder, "--save", ""];
  const server = spawn(program, options, { stdio: "ignore" });
  try {
    await until("the server is at its socket", () => existsSync(socket));
    howTos.forEach((text, at) => {
      const { status, stdout, stderr } = app.run(`how${at}.mjs`, text.replace("/run/redis.sock", socket), cluster.seeds[0]);
      assert.deepEqual([status, stderr], [0, ""], text);
      const promised = [...text.matchAll(/console\.log\(.*\); \/\/ (.*)$/gm)].map(([, line]) => line);
      assert.deepEqual(promised.filter((line) => !stdout.split("\n").includes(line)), [], stdout);
    });
  } finally {
    await new Promise((resolve) => server.once("exit", resolve).kill());
  }
});

test("blocks and code words of the README's parts for Node compile", () => {
  const words = [...(own + howTo).matchAll(/`(db\.[^`]*\([^`]*\))`/g)].map(([, code]) =>
    code.replace(/\{ (\w+(, \w+)+) \}/g, "{ ...options }"),
  );
  assert.ok(words.length >= 3, words.join());
  const text = `
    import type { CallOptions, Client } from "slotpipe";
    export async function check(db: Client, options: CallOptions, commands: Iterable<string[]>) {
      ${words.map((code) => `await ${code};`).join("\n")}
    }`;
  const files = [text, ...examples, ...howTos].map((text, at) => {
    writeFileSync(join(app.folder, `readme${at}.mts`), text);
    return `readme${at}.mts`;
  });
  compile("node16", files);
});

/** Compiles files of the app's folder by this kind of resolution. */
function compile(resolution, files, more = {}) {
  const isBundler = resolution === "bundler";
  const options = {
    module: isBundler ? "esnext" : "node16",
    moduleResolution: resolution,
    target: "es2022",
    strict: true,
    noEmit: true,
  };
  Object.assign(
    options,
    { types: ["node"], typeRoots: [join(root, "node_modules/@types")], lib: ["es2024", "esnext.disposable"] },
    more,
  );
  writeFileSync(
    join(app.folder, "tsconfig.json"),
    JSON.stringify({ compilerOptions: { allowJs: false, ...options }, files }),
  );
  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const { status, stdout } = spawnSync(process.execPath, [tsc, "-p", "."], { cwd: app.folder, encoding: "utf8" });
  assert.deepEqual([stdout, status], ["", 0]);
}

test("replies and pipelines have types, for import, for require and for bundlers", () => {
  const checks = readFileSync(join(root, "test/types.mts"), "utf8");
  for (const name of ["types.mts", "types.cts", "types.ts"]) writeFileSync(join(app.folder, name), checks);
  compile("node16", ["types.mts", "types.cts"]);
  compile("bundler", ["types.ts"]);
});

test("the types of slotpipe/core need nothing of Node's", () => {
  const checks = readFileSync(join(root, "test/types-core.mts"), "utf8");
  for (const name of ["core.mts", "core.ts"]) writeFileSync(join(app.folder, name), checks);
  const alone = { types: [], typeRoots: [], lib: ["es2024", "dom"] };
  compile("node16", ["core.mts"], alone);
  compile("bundler", ["core.ts"], alone);
});

test("publint and arethetypeswrong have nothing to say", async () => {
  const tarball = readFileSync(app.tarball);
  const { messages } = await publint({ pkgDir: join(app.folder, "node_modules/slotpipe"), strict: true });
  assert.deepEqual(messages, []);
  const { problems, types } = await checkPackage(createPackageFromTarballData(tarball));
  assert.deepEqual([problems, types.kind], [[], "included"]);
});

test("the tarball has these files and no other", () => {
  const listed = execFileSync("tar", ["-tzf", app.tarball], { encoding: "utf8" }).trim().split("\n");
  const modules = readdirSync(join(root, "ts"))
    .filter((name) => !name.endsWith(".d.ts"))
    .map((name) => name.slice(0, -3));
  const dist = [...modules, "core"].map((name) => `${name}.d.ts`);
  dist.push(...["index", "whole", "machine", "shared", "core"].map((name) => `${name}.js`));
  dist.push(...["index", "machine"].flatMap((name) => [`${name}.d.mts`, `${name}.mjs`]));
  const files = ["README.md", "MIGRATION.md", "LICENSE", "package.json", ...dist.map((name) => `dist/${name}`)];
  assert.deepEqual(listed.sort(), files.map((name) => `package/${name}`).sort());
});

test("it is small, depends on nothing and installs without a script", () => {
  const manifest = app.require("slotpipe/package.json");
  for (const kind of ["dependencies", "optionalDependencies", "peerDependencies", "bundleDependencies"])
    assert.equal(manifest[kind], undefined);
  for (const script of ["preinstall", "install", "postinstall", "prepare", "prepublish"])
    assert.equal(manifest.scripts[script], undefined);
  assert.deepEqual(
    readdirSync(join(app.folder, "node_modules")).filter((name) => !name.startsWith(".")),
    ["slotpipe"],
  );
  const { size } = statSync(app.tarball);
  assert.ok(size <= TARBALL_LIMIT, `a tarball of ${size} bytes`);
  const wasm = statSync(join(root, "dist/bound/core.wasm")).size;
  assert.ok(wasm <= WASM_LIMIT, `${wasm} bytes of wasm`);
});

test("dev dependencies are pinned, here and in the lock file", () => {
  const { devDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const { packages } = JSON.parse(readFileSync(join(root, "package-lock.json"), "utf8"));
  for (const [name, version] of Object.entries(devDependencies)) {
    assert.match(version, /^\d+\.\d+\.\d+$/, name);
    assert.equal(packages[`node_modules/${name}`].version, version);
  }
  assert.ok(Object.entries(packages).every(([path, { integrity }]) => path === "" || integrity?.startsWith("sha512-")));
});

test("importing it opens no file but its own, and starts nothing", async () => {
  const text = `
    import { readdirSync } from "node:fs";
    const before = process.getActiveResourcesInfo().length;
    const cpu = process.cpuUsage();
    const { slotOf } = await import("slotpipe");
    slotOf("k");
    const { user, system } = process.cpuUsage(cpu);
    console.log(process.getActiveResourcesInfo().length - before, (user + system) / 1000);`;
  const costs = [];
  for (let round = 0; round < 5; round++) {
    const { stdout, stderr } = app.run("import.mjs", text);
    assert.equal(stderr, "");
    const [left, cost] = stdout.split(" ").map(Number);
    assert.equal(left, 0);
    costs.push(cost);
  }
  // 10 ms on a machine of its own; here others work beside.
  assert.ok(Math.min(...costs) < 60, `ms of CPU: ${costs}`);
});
