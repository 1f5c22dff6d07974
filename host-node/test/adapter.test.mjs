// The cases of tests/adapter on the built package, and how a process ends whose calls wait.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { startPeer } from "./adapter.mjs";

/** Cases under way at once: most of their time they wait. */
const AT_ONCE = 16;

let peer;

before(async () => {
  peer = await startPeer();
});
after(() => peer?.stop());

test("every case ends as it must", async () => {
  assert.ok(peer.cases.length > 100, `${peer.cases.length} cases`);
  // SLOTPIPE_CASE=words runs those whose names have these words.
  const only = process.env.SLOTPIPE_CASE ?? "";
  const all = [...peer.cases.keys()].filter((number) => peer.cases[number].includes(only));
  const count = all.length;
  const failures = [];
  const work = async (left) => {
    for (let number = left.shift(); number !== undefined; number = left.shift()) {
      const failure = await peer.run(number);
      if (failure !== undefined) failures.push(`${peer.cases[number]}\n  ${failure}`);
    }
  };
  const together = all.filter((number) => !peer.alone.has(number));
  await Promise.all(Array.from({ length: AT_ONCE }, () => work(together)));
  await work(all.filter((number) => peer.alone.has(number)));
  assert.ok(failures.length === 0, `${failures.length} of ${count} cases failed:\n\n${failures.join("\n\n")}`);
});

/** Runs a script that imports the package; how it ended, and how long after its first word. */
async function ended(text) {
  const index = fileURLToPath(new URL("../dist/index.mjs", import.meta.url));
  const script = `import { connect } from ${JSON.stringify(index)};\n${text}`;
  const child = spawn(process.execPath, ["--input-type=module", "--eval", script], { stdio: ["ignore", "pipe", "pipe"] });
  const kill = setTimeout(() => child.kill("SIGKILL"), 20_000);
  const streams = { out: "", err: "" };
  let since;
  child.stdout.on("data", (text) => {
    since ??= performance.now();
    streams.out += text;
  });
  child.stderr.on("data", (text) => (streams.err += text));
  const code = await new Promise((resolve) => child.once("close", resolve));
  clearTimeout(kill);
  return { code, ...streams, ms: performance.now() - since };
}

test("an idle client does not keep the process alive", async () => {
  const seed = await peer.startOne();
  const { code, out, err, ms } = await ended(`
    const db = await connect("${seed}");
    console.log(await db.get("k"));
  `);
  assert.deepEqual({ code, out, err }, { code: 0, out: "value\n", err: "" });
  assert.ok(ms < 2000, `${ms} ms`);
});

test("a call that waits keeps the process alive until it has its outcome", async () => {
  const seed = await peer.startOne("always on SET: silence");
  const { code, out, err } = await ended(`
    const db = await connect("${seed}", { timeout: 300 });
    db.set("k", 1).catch((error) => console.log(error.outcome));
  `);
  assert.deepEqual({ code, out, err }, { code: 0, out: "unknown\n", err: "" });
});

test("a process that ends while calls wait ends at once, with its own code", async () => {
  const seed = await peer.startOne("always on SET: silence");
  const { code, out, err, ms } = await ended(`
    const db = await connect("${seed}", { timeout: 60_000 });
    for (let n = 0; n < 100; n++) db.set("k" + n, 1);
    setTimeout(() => {
      console.log("going");
      process.exit(7);
    }, 50);
  `);
  assert.deepEqual({ code, out, err }, { code: 7, out: "going\n", err: "" });
  assert.ok(ms < 2000, `${ms} ms`);
});

test("an error that nobody catches ends the process though calls wait", async () => {
  const seed = await peer.startOne("always on SET: silence");
  const { code, err } = await ended(`
    const db = await connect("${seed}", { timeout: 60_000 });
    const waiting = db.set("k", 1);
    setTimeout(() => {
      console.log("going");
      throw new Error("a mistake elsewhere");
    }, 50);
    await waiting;
  `);
  assert.equal(code, 1);
  assert.match(err, /a mistake elsewhere/);
});

test("a client that is closed while a call waits leaves nothing that keeps the process alive", async () => {
  const seed = await peer.startOne("always on SET: silence");
  const { code, out, err } = await ended(`
    const db = await connect("${seed}", { timeout: 300 });
    const call = db.set("k", 1).catch((error) => error.outcome);
    await db.close();
    console.log(await call);
  `);
  assert.deepEqual({ code, out, err }, { code: 0, out: "unknown\n", err: "" });
});

test("a connection that breaks under an idle client is nobody's error", async () => {
  const seed = await peer.startOne("on SET: reply, pause 50, reset");
  const { code, out, err } = await ended(`
    const db = await connect("${seed}");
    await db.set("k", 1);
    await new Promise((resolve) => setTimeout(resolve, 200));
    console.log(await db.get("k"));
  `);
  assert.deepEqual({ code, out, err }, { code: 0, out: "value\n", err: "" });
});
