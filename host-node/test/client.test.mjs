// The client against a real cluster.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inspect } from "node:util";

import { connect, keysOf, slotOf } from "../dist/index.mjs";
import { collectGarbage } from "./lab.mjs";
import { cluster, db, useOneCluster } from "./one-cluster.mjs";

useOneCluster();

const heap = () => (collectGarbage(), process.memoryUsage().heapUsed);

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

const failed = (promise) => promise.then(assert.fail, (error) => error);

test("the errors of a pipeline over several slots have their keys, as texts or bytes", async () => {
  const bytes = new Uint8Array([0x6b, 0xff, 13, 10]);
  const keys = ["wrong:a", "wrong:b", "wrong:é", bytes, Buffer.from("wrong:c"), 12];
  await Promise.all(keys.map((key) => db.set(key, "x")));
  const pipe = db.pipeline();
  for (const key of keys) pipe.set(key, "x").lpush(key, "secret value");
  const settled = await pipe.call("CONFIG", "SET", "no-such", "secret value").exec({ raiseOnError: false });
  assert.ok(new Set(keys.map(slotOf)).size > 3);
  const errors = settled.filter((_, at) => at % 2 === 1);
  assert.deepEqual(errors.map(({ code, key }) => [code, key]), [
    ["WRONGTYPE", "wrong:a"],
    ["WRONGTYPE", "wrong:b"],
    ["WRONGTYPE", "wrong:é"],
    ["WRONGTYPE", bytes],
    ["WRONGTYPE", "wrong:c"],
    ["WRONGTYPE", "12"],
  ]);
  const { code, command, key } = settled.at(-1);
  assert.deepEqual({ code, command, key }, { code: "ERR", command: "CONFIG", key: undefined });
  const first = await failed(db.pipeline().set("fine", 1).mget(["x", "y"]).lpush("wrong:b", 1).exec());
  assert.deepEqual([first.index, first.key], [2, "wrong:b"]);
  for await (const { index, outcome } of db.pipeline().set("fine", 1).lpush("wrong:b", 1).stream())
    if (index === 1) assert.equal(outcome.key, "wrong:b");
});

test("a key is a property of an error and of nothing that is logged", async () => {
  const error = await failed(db.pipeline().set("canary:key", "x").lpush("canary:key", "canary:value").exec());
  assert.equal(error.key, "canary:key");
  for (const log of [error.message, error.stack, inspect(error, { depth: 9 }), JSON.stringify(error)])
    assert.ok(!log.includes("canary:"), log);
  assert.ok(!("key" in { ...error }));
});

test("every single call that fails has its key, however it fails", async () => {
  await db.set("single", "x");
  const slow = db.with({ timeout: 50 });
  const controller = new AbortController();
  const aborted = db.with({ signal: controller.signal });
  const closed = await connect(cluster.seeds);
  await closed.close();
  const cases = [
    ["ERR", "single", () => db.incr("single")],
    ["UNKNOWN_OUTCOME", "waits", () => slow.blpop("waits", 0)],
    ["UNKNOWN_OUTCOME", "waits:too", () => (setTimeout(() => controller.abort(), 50), aborted.blpop("waits:too", 0))],
    ["CANCELLED", "never", () => db.with({ signal: AbortSignal.abort() }).get("never")],
    ["CROSSSLOT", "x", () => db.sinter(["x", "y"])],
    ["CLOSED", "gone", () => closed.get("gone")],
    ["ERR", "script:key", () => db.eval("return redis.call('INCR', 'x', 'y')", ["script:key"], ["an argument"])],
    ["ERR", "two", () => db.call("XREAD", "COUNT", 1, "STREAMS", "two", "no id")],
    // Which of too few arguments is the key is not known, and a password may stand there.
    ["ARITY", undefined, () => db.call("SET", "alone")],
    ["SESSION", undefined, () => db.call("MULTI")],
    ["ERR", undefined, () => db.call("CONFIG", "SET", "no-such", 1)],
    ["MISUSED", undefined, () => db.call("NOSUCH", "single")],
  ];
  for (const [code, key, call] of cases) {
    const error = await failed(call());
    assert.deepEqual([error.code, error.key], [code, key], String(error));
  }
});

test("what is refused when it is queued or sent has its key and its position", async () => {
  const pipe = db.pipeline().get("fine");
  assert.throws(() => pipe.blpop("waits", 0), { code: "BLOCKING", index: 1, key: "waits" });
  const error = await failed(pipe.call("SINTERSTORE", "{x}to", "{x}a", "y").exec());
  assert.deepEqual([error.code, error.index, error.key], ["CROSSSLOT", 1, "{x}to"]);
  const unit = await failed(db.pipeline({ atomic: true }).set("{u}a", "x").incr("{u}a").exec());
  assert.deepEqual([unit.index, unit.key], [1, "{u}a"]);
  const others = await failed(db.pipeline({ atomic: true }).set("{u}a", "x").set("{v}b", "x").exec());
  assert.deepEqual([others.code, others.index, others.key], ["CROSSSLOT", 1, "{v}b"]);
  const session = db.session("{u}a");
  assert.equal((await failed(session.incr("{u}a"))).key, "{u}a");
  assert.equal((await failed(session.multi().get("{u}b").incr("{u}a").exec())).key, "{u}a");
  await session.release();
});

test("a part that failed has a key of its own slot, and the whole has that of its first failure", async () => {
  const keys = ["part:a", "part:b", "part:c"];
  await db.mset(Object.fromEntries(keys.map((key) => [key, "x"])));
  await db.del("part:b");
  await db.lpush("part:b", 1);
  const user = ["ACL", "SETUSER", "half", "on", "nopass", "resetkeys", "~part:a", "~part:c", "+@all"];
  await db.at("all").call(...user);
  const half = await connect(cluster.seeds, { username: "half", password: "any" });
  const error = await failed(half.mget(keys));
  assert.equal(error.code, "PARTIAL", String(error));
  const told = error.parts.map(({ slot, result }) => [slot, result.key]);
  const expected = keys.map((key) => [slotOf(key), key === "part:b" ? key : undefined]);
  assert.deepEqual(new Map(told), new Map(expected));
  assert.equal(error.key, "part:b");
  await half.close();
});

test("an error of a hook has its key, in a stream of commands too", async () => {
  const onReply = () => assert.fail("no");
  const hooked = db.with({ onReply });
  await db.set("hooked", 1);
  assert.equal((await failed(hooked.get("hooked"))).key, "hooked");
  assert.equal((await failed(hooked.pipeline().get("other").get("hooked").exec())).outcomes[1].key, "hooked");
  const commands = [["GET", "hooked"], ["LPUSH", "hooked", 1]];
  const keys = [];
  for await (const error of hooked.stream(commands, { raiseOnError: false })) keys.push(error.key);
  assert.deepEqual(keys, ["hooked", "hooked"]);
});

test("keys stay right when buffers are used again", async () => {
  await db.set("text", "x");
  const rounds = Array.from({ length: 300 }, async (_, at) => {
    await Promise.resolve(at % 7);
    const settled = await db.pipeline().get(`reused:${at}`).set(`{text}${at}`, "x").incr(`{text}${at}`).exec({ raiseOnError: false });
    const single = await failed(db.incr(`{text}${at}`));
    return [settled[2].key, single.key];
  });
  for (const [at, keys] of (await Promise.all(rounds)).entries()) assert.deepEqual(keys, [`{text}${at}`, `{text}${at}`]);
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
  assert.throws(() => db.pipeline().set("k", 1, { nx: true, xx: true }), /: xx excludes another of nx,xx,ifeq,/);
});

test("an option or argument that a method does not have is refused, not left out", async () => {
  for (const [mistake, what] of [
    [() => db.set("typo", 1, { exx: 10 }), /^SET has no option exx: there are nx, xx, .*, ex, px, exat, pxat, keepttl$/],
    [() => db.set("typo", 1, "EX", 10), /^set was given 4 arguments and takes 3: several of a kind are an array$/],
    [() => db.set("typo", 1, "EX"), /^the options of SET are an object: there are nx, /],
    [() => db.set("typo", 1, ["EX", 10]), /^the options of SET are an object/],
    [() => db.sadd("typo", "a", "b"), /^sadd was given 3 arguments and takes 2/],
    [() => db.sort("typo", { limit: { offset: 0, cuont: 1 } }), /^SORT has no option cuont: there are offset, count$/],
    [() => db.pipeline().set("typo", 1).del("typo", "other"), /^del was given 2 arguments and takes 1/],
    [() => db.at("all").flushdb("ASYNC"), /^the options of FLUSHDB are an object: there are async, sync$/],
    [() => db.cluster.nodes("all"), /^clusterNodes was given 1 arguments and takes 0/],
  ]) {
    assert.throws(mistake, { name: "TypeError", message: what });
  }
  assert.equal(await db.exists("typo"), 0);
  assert.equal(await db.set("typo", 1, undefined), "OK");
  assert.equal(await db.set("typo", 2, null), "OK");
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
