// Pipelines against a real cluster: what is refused when it is queued, hooks, options of their own, reuse.

import assert from "node:assert/strict";
import { test } from "node:test";

import { connect, HookError, MisuseError, ServerError, slotOf } from "../dist/index.mjs";
import { startFake } from "./fake.mjs";
import { cluster, db, useOneCluster } from "./one-cluster.mjs";

useOneCluster();

test("what cannot work in a pipeline is refused when it is queued, and the rest of it runs", async () => {
  const pipe = db.pipeline().set("queue:a", 1);
  const refused = (queue, code, command) =>
    assert.throws(queue, (error) => {
      assert.ok(error instanceof MisuseError, String(error));
      assert.deepEqual([error.code, error.command, error.index], [code, command, 1]);
      assert.match(error.message, /\w+ \w+/);
      return true;
    });
  refused(() => pipe.blpop(["queue:l"], 0), "BLOCKING", "BLPOP");
  refused(() => pipe.call("brpop", "queue:l", 0), "BLOCKING", "BRPOP");
  refused(() => pipe.call("XREAD", "BLOCK", 0, "STREAMS", "queue:s", "$"), "BLOCKING", "XREAD");
  refused(() => pipe.call("SUBSCRIBE", "c"), "SUBSCRIBE", "SUBSCRIBE");
  refused(() => pipe.call("psubscribe", "c*"), "SUBSCRIBE", "PSUBSCRIBE");
  for (const name of ["MULTI", "EXEC", "DISCARD", "UNWATCH"]) refused(() => pipe.call(name), "SESSION", name);
  refused(() => pipe.call("WATCH", "queue:a"), "SESSION", "WATCH");
  refused(() => pipe.call("WAIT", 1, 0), "SESSION", "WAIT");
  refused(() => pipe.call("SELECT", 1), "DATABASE", "SELECT");
  refused(() => pipe.call("CLIENT", "REPLY", "OFF"), "CONNECTION", "CLIENT");
  refused(() => pipe.call("MONITOR"), "STREAM", "MONITOR");
  assert.equal(pipe.length, 1);
  assert.deepEqual(await pipe.get("queue:a").call("XREAD", "STREAMS", "queue:s", "0").exec(), ["OK", "1", null]);
});

test("what its arguments or its neighbours forbid fails when the pipeline is executed, and nothing of it is sent", async () => {
  const forbidden = {
    "two slots, SINTER": [{}, (pipe) => pipe.sinter(["x", "y"]), "CROSSSLOT"],
    "two slots, RENAME": [{}, (pipe) => pipe.rename("x", "y"), "CROSSSLOT"],
    "two slots, PFCOUNT": [{}, (pipe) => pipe.pfcount(["x", "y"]), "CROSSSLOT"],
    "a number of arguments": [{}, (pipe) => pipe.call("GET"), "ARITY"],
    "no key in a unit": [{ atomic: true }, (pipe) => pipe.dbsize(), "KEYLESS"],
    "another slot in a unit": [{ atomic: true }, (pipe) => pipe.get("elsewhere"), "CROSSSLOT"],
  };
  await db.del(["never"]);
  for (const [what, [options, queue, code]] of Object.entries(forbidden)) {
    const pipe = db.pipeline(options).set("never", 1);
    queue(pipe);
    assert.equal(pipe.length, 2, what);
    await assert.rejects(pipe.exec(), { name: "MisuseError", code, index: 1, outcome: undefined }, what);
  }
  assert.equal(await db.get("never"), null);
});

test("a blocking command by itself has a connection of its own and holds up nobody", async () => {
  const popped = db.blpop(["block:l"], 5);
  await db.set("block:other", 1);
  await db.rpush("block:l", "x");
  assert.deepEqual(await popped, ["block:l", "x"]);
});

test("reset drops what is queued, dispose too, and a pipeline is used again", async () => {
  const pipe = db.pipeline().incr("again");
  assert.equal(pipe.length, 1);
  pipe.reset();
  assert.equal(pipe.length, 0);
  assert.deepEqual(await pipe.exec(), []);
  pipe.incr("again");
  pipe[Symbol.dispose]();
  assert.equal(pipe.length, 0);
  assert.deepEqual(await pipe.incr("again").exec(), [1]);
  assert.deepEqual(await pipe.incr("again").exec(), [2]);
  assert.deepEqual(await pipe.exec(), []);
});

test("a pipeline has options of its own", async () => {
  const refused = { code: "CROSSSLOT", index: 0, command: "MGET" };
  await assert.rejects(db.pipeline({ split: false }).mget(["own:a", "own:b"]).exec(), refused);
  const pongs = await db.pipeline({ route: "primaries" }).call("PING").exec();
  assert.equal(pongs[0].size, 3);
});

test("a pipeline waits as long as it says", async () => {
  await db.set("wait", 1);
  const paused = performance.now();
  await db.at(db.nodeFor("wait").address).call("CLIENT", "PAUSE", 600, "ALL");
  const began = performance.now();
  const patient = db.pipeline({ timeout: 5000 }).get("wait").exec();
  const hasty = db.pipeline({ timeout: 100 }).get("wait").exec();
  await assert.rejects(hasty, (error) => ["unknown", "not-executed"].includes(error.outcome));
  const waited = performance.now() - began;
  assert.ok(waited > 95 && waited < 500, `${waited} ms`);
  assert.deepEqual(await patient, ["1"]);
  assert.ok(performance.now() - paused > 550);
});

test("a pipeline follows as many redirects as it says", async () => {
  const key = "followed";
  await db.set(key, 1);
  await cluster.obey(`begin ${slotOf(key)}`);
  await cluster.obey("finish");
  const moved = await db.pipeline({ redirects: 0 }).get(key).exec({ raiseOnError: false });
  assert.ok(moved[0] instanceof ServerError && moved[0].code === "MOVED", String(moved[0]));
  assert.deepEqual(await db.pipeline({ redirects: 1 }).get(key).exec(), ["1"]);
});

test("a pipeline says what may be sent again when its connection is lost, and what may be overtaken then", async (t) => {
  /** What is said, once each, instead of OK; nothing is a connection that ends. */
  const said = new Map();
  let asked = [];
  const fake = await startFake((args) => {
    const line = args.join(" ");
    asked.push(line);
    if (!said.has(line)) return "+OK\r\n";
    const reply = said.get(line);
    said.delete(line);
    return reply ?? assert.fail("hangs up");
  });
  const client = await connect(fake.seeds);
  t.after(() => client.close().then(fake.stop));
  const codes = (results) => results.map((result) => result.code ?? result);

  const [again, unknown] = [2, 1];
  for (const [retry, read, write] of [
    [undefined, again, unknown],
    ["reads", again, unknown],
    ["idempotent", again, again],
    ["never", unknown, unknown],
  ]) {
    for (const [line, times] of [["GET k", read], ["SET k v", write]]) {
      asked = [];
      said.set(line, undefined);
      const results = await client.pipeline({ retry }).call(...line.split(" ")).exec({ raiseOnError: false });
      assert.deepEqual(codes(results), [times === again ? "OK" : "UNKNOWN_OUTCOME"], `${retry} ${line}`);
      assert.equal(asked.length, times, `${retry} ${line}`);
    }
  }

  const [first, same, other] = ["SET {order}a 1", "SET {order}a 2", "SET {order}b 2"];
  for (const [order, behindSame, behindOther] of [
    [undefined, "WOULD_REORDER", "OK"],
    ["key", "WOULD_REORDER", "OK"],
    ["slot", "WOULD_REORDER", "WOULD_REORDER"],
    ["none", "OK", "OK"],
  ]) {
    for (const [second, outcome] of [[same, behindSame], [other, behindOther]]) {
      asked = [];
      said.set(first, "-TRYAGAIN Multiple keys request during rehashing of slot\r\n");
      const pipe = client.pipeline({ order }).call(...first.split(" ")).call(...second.split(" "));
      assert.deepEqual(codes(await pipe.exec({ raiseOnError: false })), [outcome, "OK"], `${order} ${second}`);
      assert.deepEqual(asked, [first, second, ...(outcome === "OK" ? [first] : [])], `${order} ${second}`);
    }
  }
});

test("multi-key commands are cut and merged in a pipeline too, others are refused with the tag to use", async () => {
  const pipe = db.pipeline().mset({ "cut:a": 1, "cut:b": 2, "cut:c": 3 }).mget(["cut:c", "cut:none", "cut:a"]);
  assert.deepEqual(await pipe.exists(["cut:a", "cut:b", "cut:b"]).del(["cut:a", "cut:b", "cut:c"]).exec(), [
    "OK",
    ["3", null, "1"],
    3,
    3,
  ]);
  const same = db.pipeline().sadd("{same}a", ["x", "y"]).sadd("{same}b", "x").sinter(["{same}a", "{same}b"]);
  const script = await same.call("EVAL", "return {KEYS[1], KEYS[2]}", 2, "{same}a", "{same}b").exec();
  assert.deepEqual([[...script[2]], script[3]], [["x"], ["{same}a", "{same}b"]]);
  const error = await db.pipeline().pfcount(["one", "two"]).exec().catch((error) => error);
  assert.deepEqual([error.code, error.index, error.command], ["CROSSSLOT", 0, "PFCOUNT"]);
  assert.match(error.message, /hash tag \{one\}/);
});

test("fan-out commands are merged in a pipeline, and messages go to the node of their channel", async () => {
  await db.mset({ "fan:a": 1, "fan:b": 2, "fan:c": 3 });
  const [size, keys, pong, heard] = await db.pipeline().dbsize().keys("fan:*").call("PING").publish("c", "m").exec();
  assert.ok(size >= 3);
  assert.deepEqual([...keys].sort(), ["fan:a", "fan:b", "fan:c"]);
  assert.deepEqual([pong, heard], ["PONG", 0]);
});

test("a hook gets each node's reply, another what came of them", async () => {
  await db.mset({ "hook:a": "1", "hook:b": "2" });
  const seen = [];
  const onReply = (reply, info) => {
    seen.push([info.command, info.index, typeof info.node]);
    return Array.isArray(reply) ? reply : Number(reply);
  };
  const onResult = { MGET: (result, { parts }) => ({ result, parts: parts.length }) };
  const pipe = db.pipeline({ onReply, onResult }).get("hook:a").mget(["hook:a", "hook:b"]).get("hook:b");
  assert.deepEqual(await pipe.exec(), [1, { result: ["1", "2"], parts: 2 }, 2]);
  assert.deepEqual(seen.map(([command, index]) => `${command} ${index}`).sort(), ["GET 0", "GET 2", "MGET 1", "MGET 1"]);
  assert.ok(seen.every(([, , node]) => node === "string"));

  const doubled = db.with({ onReply: { GET: (reply) => Number(reply) * 2 } });
  assert.deepEqual(await Promise.all([doubled.get("hook:b"), db.get("hook:b"), doubled.exists("hook:b")]), [4, "2", 1]);
  const sizes = await doubled.with({ route: "primaries", onReply: { DBSIZE: () => "n" } }).dbsize();
  assert.deepEqual([...sizes.values()], ["n", "n", "n"]);
});

test("a hook that throws fails its own call alone", async () => {
  await db.mset({ "throw:a": "1", "throw:b": "2" });
  const onResult = (result) => {
    if (result === "1") throw new RangeError("not this one");
    return result;
  };
  const hooked = db.with({ onResult });
  const [first, second] = await Promise.allSettled([hooked.get("throw:a"), hooked.get("throw:b")]);
  assert.ok(first.reason instanceof HookError && first.reason.cause instanceof RangeError, String(first.reason));
  assert.deepEqual([first.reason.code, first.reason.command, first.reason.outcome], ["HOOK", "GET", "reply"]);
  assert.equal(second.value, "2");
  const settled = await db.pipeline({ onResult }).get("throw:a").get("throw:b").exec({ raiseOnError: false });
  assert.deepEqual([settled[0].code, settled[0].index, settled[1]], ["HOOK", 0, "2"]);
  await assert.rejects(db.pipeline({ onResult }).get("throw:b").get("throw:a").exec(), { code: "HOOK", index: 1 });
  const streamed = [];
  for await (const one of db.pipeline({ onResult }).get("throw:a").get("throw:b").stream()) streamed.push(one);
  assert.deepEqual(streamed.map(({ index, outcome }) => outcome.code ?? [index, outcome]).sort(), ["HOOK", [1, "2"]].sort());
  // Hooks may use the client: nothing of the core is being read when they are called.
  const nosy = db.with({ onReply: (reply) => (db.stats(), db.topology(), reply) });
  assert.equal(await nosy.get("throw:b"), "2");
});
