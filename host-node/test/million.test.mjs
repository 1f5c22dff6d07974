// A million commands in one pipeline: what they take above what they are, and that the last of them can refuse them all.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { connect } from "../dist/index.mjs";
import { intercepted } from "./cores.mjs";
import { collectGarbage, startCluster } from "./lab.mjs";

const COMMANDS = 1_000_000;
/** Bytes for each command, its result included: every other one is a text of 32. */
const PER_COMMAND = 128;
/** What the core may have besides the commands. */
const WINDOW = 10 << 20;

let cluster;

before(async () => {
  cluster = await startCluster();
});
after(() => cluster?.stop());

const length = (...words) => words.reduce((sum, word) => sum + `$${word.length}\r\n${word}\r\n`.length, `*${words.length}\r\n`.length);

const key = (at) => `million:${String(at % 50_000).padStart(5, "0")}`;
const value = (at) => String(at).padStart(32, "0");

test("a million commands run in stated memory", async () => {
  const input = (COMMANDS / 2) * (length("SET", key(0), value(0)) + length("GET", key(0)));
  let linear = 0;
  const watch = (_, { memory }, call) => {
    const result = call();
    linear = Math.max(linear, memory.buffer.byteLength);
    return result;
  };
  await intercepted(watch, async () => {
    const db = await connect(cluster.seeds, { timeout: 120_000 });
    const pipe = db.pipeline();
    for (let at = 0; at < COMMANDS / 2; at++) pipe.set(key(at), value(at)).get(key(at));
    collectGarbage();
    const { rss } = process.memoryUsage();
    const replies = await pipe.exec();
    const taken = process.resourceUsage().maxRSS * 1024 - rss;

    assert.equal(replies.length, COMMANDS);
    for (let at = 0; at < COMMANDS / 2; at++) if (replies[2 * at + 1] !== value(at)) assert.fail(`reply ${at} is ${replies[2 * at + 1]}`);
    // The commands are copied into wasm whole; what is worked on at a time is a window of them.
    const copied = input + WINDOW;
    assert.ok(linear < copied, `${linear} bytes of wasm memory for ${input} bytes of commands`);
    const most = copied + COMMANDS * PER_COMMAND;
    assert.ok(taken < most, `${taken} bytes above the pipeline, of ${most} at most`);
    await db.close();
  });
});

test("misuse behind many windows is told before the first byte", async () => {
  const db = await connect(cluster.seeds, { timeout: 60_000 });
  const keys = Array.from({ length: 25_000 }, (_, at) => `misuse:${at}`);
  const pipe = db.pipeline();
  for (const key of keys) pipe.incr(key);
  await db.dbsize();
  const { bytesOut } = db.stats();
  await assert.rejects(pipe.call("MSET", "odd").exec(), { code: "ARITY", index: keys.length, command: "MSET" });
  assert.equal(db.stats().bytesOut, bytesOut, "nothing of it was sent");
  const again = db.pipeline();
  for (const key of keys) again.incr(key);
  assert.ok((await again.exec()).every((count) => count === 1), "each ran once");
  await db.close();
});
