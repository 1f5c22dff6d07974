// The client against a real cluster.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { connect, keysOf, slotOf } from "../dist/index.mjs";
import { cluster, db, useOneCluster } from "./one-cluster.mjs";

useOneCluster();

const collect = (setFlagsFromString("--expose-gc"), runInNewContext("gc"));
const heap = () => (collect(), process.memoryUsage().heapUsed);

test("what is set can be read, as text and as bytes", async () => {
  assert.equal(await db.set("text", "héé ☃ 𝄞"), "OK");
  assert.equal(await db.get("text"), "héé ☃ 𝄞");
  const bytes = Buffer.from([0, 255, 13, 10, 254]);
  await db.set("bytes", bytes);
  assert.deepEqual(await db.binary.get("bytes"), bytes);
  assert.equal(await db.get("bytes"), bytes.toString());
  assert.equal(await db.get("missing"), null);
});

test("a large value goes there and back", async () => {
  const large = "0123456789abcdef".repeat(200_000);
  await db.set("large", large);
  assert.equal(await db.get("large"), large);
});

test("a pipeline over many slots has its results in the order of its commands", async () => {
  const pipe = db.pipeline();
  const expected = [];
  for (let at = 0; at < 3000; at++) {
    pipe
      .set(`p:${at}`, at)
      .get(`p:${at}`)
      .rpush(`l:${at % 7}`, at);
    expected.push("OK", String(at), Math.floor(at / 7) + 1);
  }
  assert.equal(pipe.length, 9000);
  assert.deepEqual(await pipe.exec(), expected);
  assert.equal(pipe.length, 0);
  assert.deepEqual(await pipe.exec(), []);
});

test("texts of every length stand beside each other in replies, wide ones too", async () => {
  for (const wide of ["", "é"]) {
    const texts = Array.from({ length: 600 }, (_, at) => `${wide}${at}:`.padEnd(at % 300, "abcdefghijk"));
    const pipe = db.pipeline();
    for (const [at, text] of texts.entries()) pipe.set(`{beside}${at}`, text);
    for (const at of texts.keys()) pipe.get(`{beside}${at}`);
    assert.deepEqual((await pipe.exec()).slice(600), texts);
    assert.deepEqual(await db.mget(texts.map((_, at) => `{beside}${at}`)), texts);
  }
});

test("a reply that is kept does not keep what came with it", async () => {
  await db.rpush("with", Array(2000).fill("x".repeat(100)));
  const kept = [];
  const before = heap();
  for (let round = 0; round < 100; round++) kept.push((await db.lrange("with", 0, -1))[1000]);
  const grown = heap() - before;
  assert.ok(grown < 2_000_000, `${grown} bytes for ${kept.length} texts of 100`);
});

test("multi-key commands are cut over slots and merged in order", async () => {
  await db.mset({ m1: "1", m2: "2", m3: "3" });
  assert.deepEqual(await db.mget(["m3", "nothing", "m1", "m2"]), ["3", null, "1", "2"]);
  assert.equal(await db.del(["m1", "m2", "m3", "nothing"]), 3);
});

test("an error stands in its place and spares the others", async () => {
  const settled = await db.pipeline().set("e", "x").incr("e").get("e").exec({ raiseOnError: false });
  assert.equal(settled[0], "OK");
  assert.equal(settled[2], "x");
  const { code, command, index, outcome, ran, node } = settled[1];
  assert.deepEqual(
    { code, command, index, outcome, ran },
    { code: "ERR", command: "INCR", index: 1, outcome: "server-error", ran: "maybe" },
  );
  assert.match(node, /^127\.0\.0\.1:\d+$/);
});

test("exec throws the first error, which carries every outcome", async () => {
  const error = await db
    .pipeline()
    .set("e", "x")
    .incr("e")
    .lpush("e", 1)
    .exec()
    .catch((error) => error);
  assert.equal(error.index, 1);
  assert.equal(error.outcomes.length, 3);
  assert.equal(error.outcomes[0], "OK");
  assert.equal(error.outcomes[2].code, "WRONGTYPE");
});

test("values have the shape of their command", async () => {
  await db.hset("h", { a: 1, __proto__x: "y" });
  await db.call("HSET", "h", "__proto__", "polluted");
  const map = await db.hgetall("h");
  assert.ok(map instanceof Map);
  assert.equal(map.get("__proto__"), "polluted");
  assert.equal({}.polluted, undefined);
  await db.zadd("z", { one: 1, more: 2.5 });
  assert.deepEqual(await db.zrangeWithscores("z", 0, -1), [
    ["one", 1],
    ["more", 2.5],
  ]);
  assert.equal(await db.zscore("z", "more"), 2.5);
  const pongs = await db.with({ route: "primaries" }).call("PING");
  assert.deepEqual([...pongs.values()], ["PONG", "PONG", "PONG"]);
});

test("RESP2 and RESP3 give one value", async () => {
  const old = await connect(cluster.seeds, { protocol: 2 });
  await db.hset("both", { f: "v" });
  assert.deepEqual(await old.hgetall("both"), await db.hgetall("both"));
  await old.close();
});

test("integers beyond 2^53 are bigint, others are numbers", async () => {
  await db.set("i", 9007199254740990n);
  assert.equal(await db.incr("i"), 9007199254740991);
  assert.equal(await db.incr("i"), 9007199254740992n);
  await db.set("i", -(2n ** 63n) + 1n);
  assert.equal(await db.decr("i"), -(2n ** 63n));
  await db.set("i", -6);
  assert.equal(await db.incr("i"), -5);
});

test("what is no argument is refused at the call, and nothing else is disturbed", async () => {
  const bad = [undefined, null, true, {}, ["nested"], Symbol("s"), NaN, "lone \ud800", `${"x".repeat(100)}\udc00`];
  const others = [];
  for (const value of bad) {
    others.push(db.set("fine", "v"));
    await assert.rejects(
      db.set("bad", value),
      (error) => error instanceof TypeError && /argument 2 of SET/.test(error.message),
    );
    const pipe = db.pipeline().set("fine", 1);
    assert.throws(() => pipe.set("bad", value), TypeError);
    assert.deepEqual(await pipe.get("fine").exec(), ["OK", "1"]);
  }
  assert.ok((await Promise.all(others)).every((reply) => reply === "OK"));
  assert.equal(await db.exists("bad"), 0);
});

test("misuse is told before anything of its pipeline is sent", async () => {
  const error = await db
    .pipeline()
    .set("sent", 1)
    .call("MSET", "odd")
    .exec({ raiseOnError: false })
    .catch((error) => error);
  assert.deepEqual([error.code, error.index, error.command], ["ARITY", 1, "MSET"]);
  assert.equal(await db.get("sent"), null);
  assert.throws(() => db.pipeline().set("k", 1, { nx: true, xx: true }), /exclude each other/);
});

test("a refused call spares those of the same tick", async () => {
  const calls = [db.set("t1", 1), db.call("MSET", "odd"), db.set("t2", 2), db.call("SELECT", 3), db.get("t1")];
  const results = await Promise.allSettled(calls);
  assert.deepEqual(
    results.map(({ value, reason }) => value ?? reason.code),
    ["OK", "ARITY", "OK", "DATABASE", "1"],
  );
});

test("redirects of a moving slot are followed, each command runs once and in order", async () => {
  const key = (at) => `{moving}:${at}`;
  const slot = slotOf("{moving}");
  await db.pipeline().set(key(0), 0).set(key(1), 0).exec();
  const before = db.stats();
  await cluster.obey(`begin ${slot}`);
  await cluster.obey(`move ${key(0)}`);
  const asked = await db.pipeline().incr(key(0)).incr(key(1)).incr(key(0)).incr(key(2)).exec();
  assert.deepEqual(asked, [1, 1, 2, 1]);
  assert.ok(db.stats().ask > before.ask);
  await cluster.obey("finish");
  assert.deepEqual(await db.pipeline().incr(key(0)).incr(key(1)).incr(key(2)).exec(), [3, 2, 2]);
  assert.ok(db.stats().moved > before.moved);
});

test("an aborted signal ends a call before it is sent and while it waits", async () => {
  const early = await db
    .with({ signal: AbortSignal.abort(new Error("no")) })
    .set("aborted", 1)
    .catch((error) => error);
  assert.deepEqual([early.code, early.outcome, early.cause.message], ["CANCELLED", "not-executed", "no"]);
  assert.equal(await db.exists("aborted"), 0);
  const controller = new AbortController();
  const waiting = db.with({ signal: controller.signal, timeout: 10_000 }).call("BLPOP", "nothing", 5);
  setTimeout(() => controller.abort(), 100);
  const late = await waiting.catch((error) => error);
  assert.ok(["not-executed", "unknown"].includes(late.outcome), String(late));
  assert.equal(await db.set("after", 1), "OK");
});

test("a call that waits too long ends by its timeout", async () => {
  const started = Date.now();
  const error = await db
    .with({ timeout: 200 })
    .call("BLPOP", "nothing", 0)
    .catch((error) => error);
  assert.ok(["not-executed", "unknown"].includes(error.outcome), String(error));
  assert.ok(Date.now() - started < 3000);
});

test("explain says what would be sent, and sends nothing", async () => {
  const before = db.stats().commands;
  const [mget, dbsize] = db.pipeline().mget(["a", "b"]).dbsize().explain();
  assert.deepEqual(
    [mget.plan.merge, mget.plan.atomic, mget.plan.parts.map((part) => part.slot)],
    ["position", false, [15495, 3300]],
  );
  assert.equal(dbsize.plan.merge, "sum");
  assert.equal(db.explain("GET", "a").plan.parts[0].slot, 15495);
  assert.equal(db.stats().commands, before);
});

test("slots and keys are found without a connection", () => {
  assert.equal(slotOf("123456789"), 12739);
  assert.equal(slotOf("{user}.a"), slotOf(Buffer.from("user")));
  assert.deepEqual(
    keysOf("XREAD", "STREAMS", "s1", "s2", "0", "0").map((key) => Buffer.from(key).toString()),
    ["s1", "s2"],
  );
});

test("no server is a clear error, and so is a bad seed", async () => {
  const error = await connect("127.0.0.1:1", { connectTimeout: 200 }).catch((error) => error);
  assert.equal(error.name, "ConnectError");
  assert.match(error.message, /127\.0\.0\.1:1/);
  const bad = await connect("redis://user:secret@h:99999").catch((error) => error);
  assert.equal(bad.code, "URL");
  assert.doesNotMatch(bad.message, /secret/);
});

test("a closed client refuses calls, and what was asked before has settled", async () => {
  const other = await connect(cluster.seeds[0]);
  const asked = other.set("closing", 1);
  await Promise.all([other.close(), other.close()]);
  assert.equal(await asked, "OK");
  await assert.rejects(other.get("k"), { code: "CLOSED" });
  await assert.rejects(other.pipeline().get("k").exec(), { code: "CLOSED" });
});
