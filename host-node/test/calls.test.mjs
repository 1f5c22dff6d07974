// Single calls against a real cluster: by any name, with options of their own, over several nodes and in parts.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { connect, MisuseError, NotExecutedError, PartialError, ServerError, slotOf, UnknownOutcomeError } from "../dist/index.mjs";
import { cluster, db, useOneCluster } from "./one-cluster.mjs";

useOneCluster();

/** Keys of which each is at another node. */
const apart = () =>
  db.primaries().map(({ address }) => {
    for (let n = 0; ; n++) if (db.nodeFor(`apart:${n}`).address === address) return `apart:${n}`;
  });

test("a name that nobody knows is never sent, unless its keys are named or the server explains it", async () => {
  await assert.rejects(db.call("NO.SUCH.COMMAND", "key"), (error) => {
    assert.ok(error instanceof NotExecutedError);
    assert.equal(error.code, "MISUSED");
    assert.match(error.message, /neither the command table nor the server knows NO\.SUCH\.COMMAND/);
    return true;
  });
  // Of the others of its tick nothing is lost.
  const [lost, kept] = await Promise.allSettled([db.call("NO.SUCH", "k"), db.set("named", 1)]);
  assert.deepEqual([lost.status, kept.value], ["rejected", "OK"]);
  assert.equal(await db.call("gEt", "named"), "1", "in any case of letters");
});

test("values are natural: booleans, sets, doubles, nothing", async () => {
  await db.sadd("natural:s", ["a", "b"]);
  await db.zadd("natural:z", { one: 1.5, two: Infinity });
  const members = await db.smembers("natural:s");
  assert.deepEqual([...members].sort(), ["a", "b"]);
  assert.ok(members instanceof Set);
  assert.equal(await db.zscore("natural:z", "one"), 1.5);
  assert.equal(await db.zscore("natural:z", "two"), Infinity);
  assert.equal(await db.zscore("natural:z", "nobody"), null);
  assert.equal(typeof (await db.expire("natural:z", 100)), "boolean");
});

test("route, retry, order and redirects are options of a call", async () => {
  const key = "optional";
  await db.set(key, 0);
  const owner = db.nodeFor(key);
  const other = db.primaries().find(({ address }) => address !== owner.address);
  const there = db.with({ route: { node: other } });
  await assert.rejects(there.get(key), (error) => error instanceof ServerError && error.code === "MOVED");
  const port = (await db.with({ route: { slot: slotOf(key) } }).call("CONFIG", "GET", "port")).get("port");
  assert.equal(port, String(owner.port));
  const byNode = await db.with({ route: "primaries" }).echo("x");
  assert.deepEqual([...byNode.values()], ["x", "x", "x"]);
  for (const order of ["key", "slot", "none"]) assert.equal(typeof (await db.with({ order }).incr(key)), "number");
  // What may be sent again is sent again when its connection is lost: the caller sees nothing of it.
  const node = await connect([owner.address]);
  const lose = async (call) => {
    await db.at(owner.address).call("CLIENT", "PAUSE", 150, "ALL");
    const waiting = call();
    await sleep(50);
    // CLIENT KILL waits for the end of the pause too, and runs before what it cuts off is read.
    const killed = node.at(owner.address).call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    return Promise.all([waiting.catch((error) => error), killed.catch(() => 0)]).then(([result]) => result);
  };
  const read = await lose(() => db.with({ timeout: 5_000 }).get(key));
  assert.equal(read, "3", "a read");
  const idempotent = await lose(() => db.with({ timeout: 5_000, retry: "idempotent" }).set(key, 7));
  assert.equal(idempotent, "OK");
  const write = await lose(() => db.with({ timeout: 5_000 }).set(key, 8));
  assert.ok(write === "OK" || write instanceof UnknownOutcomeError, String(write));
  await node.close();
  for (const bad of [{ order: "some" }, { retry: "always" }, { route: "nowhere" }, { redirects: -1 }]) {
    assert.throws(() => db.with(bad), MisuseError, JSON.stringify(bad));
  }
});

test("a slow node holds up nobody of the others", async () => {
  const [slow, ...others] = apart();
  await db.mset(Object.fromEntries([slow, ...others].map((key) => [key, "v"])));
  await db.at(db.nodeFor(slow).address).call("CLIENT", "PAUSE", 400, "ALL");
  const begun = performance.now();
  const waiting = db.get(slow).then((value) => [value, performance.now() - begun]);
  const quick = await Promise.all(others.map((key) => db.get(key)));
  const quickMs = performance.now() - begun;
  assert.deepEqual(quick, ["v", "v"]);
  const [value, slowMs] = await waiting;
  assert.equal(value, "v");
  assert.ok(quickMs < 200 && slowMs > 300, `${quickMs} ms and ${slowMs} ms`);
});

test("a part that fails leaves the others' outcomes, node by node", async () => {
  const [mine, yours, theirs] = apart();
  await db.at("all").call("ACL", "SETUSER", "partly", "on", ">secret", `~${mine}`, `~${yours}`, "&*", "+@all");
  const partly = await connect(cluster.seeds, { username: "partly", password: "secret" });
  await assert.rejects(partly.mset({ [mine]: 1, [yours]: 2, [theirs]: 3 }), (error) => {
    assert.ok(error instanceof PartialError);
    assert.equal(error.uncertain, false);
    const bySlot = new Map(error.parts.map((part) => [part.slot, part]));
    assert.equal(bySlot.get(slotOf(mine)).result, "OK");
    assert.equal(bySlot.get(slotOf(yours)).result, "OK");
    const failed = bySlot.get(slotOf(theirs));
    assert.ok(failed.result instanceof ServerError);
    assert.equal(failed.result.code, "NOPERM");
    assert.equal(failed.node, db.nodeFor(theirs).address);
    return true;
  });
  assert.equal(await db.get(yours), "2");
  await assert.rejects(partly.with({ split: false }).mset({ [mine]: 1, [yours]: 2 }), { code: "CROSSSLOT" });
  // The same in a pipeline, where it spares what stands beside it.
  const [failed, got] = await partly.pipeline().mget([mine, theirs]).get(mine).exec({ raiseOnError: false });
  assert.ok(failed instanceof PartialError);
  assert.equal(got, "1");
  await partly.close();
});

test("channels of shards are published to in pipelines too, and subscribers are counted over all nodes", async () => {
  const sub = await db.subscribe("counted");
  await sub.ssubscribe("{shard}counted");
  const [plain, sharded] = await db.pipeline().publish("nobody", "x").spublish("{shard}counted", "hello").exec();
  assert.deepEqual([plain, sharded], [0, 1]);
  assert.deepEqual(await db.call("PUBSUB", "NUMSUB", "counted", "nobody"), new Map([["counted", 1], ["nobody", 0]]));
  assert.deepEqual(await db.call("PUBSUB", "SHARDNUMSUB", "{shard}counted"), new Map([["{shard}counted", 1]]));
  assert.deepEqual(await db.call("PUBSUB", "CHANNELS"), ["counted"]);
  const message = await sub.get(5_000);
  assert.deepEqual([message.channel, message.payload], ["{shard}counted", "hello"]);
  await sub.close();
});

test("one step of a scan at one node, and of a key as an ordinary command", async () => {
  const key = apart()[0];
  const { address } = db.nodeFor(key);
  const found = new Set();
  let cursor = 0;
  do {
    const pages = await db.at(address).scan(cursor, { count: 100 });
    const [next, keys] = pages.get(address);
    for (const one of keys) found.add(one);
    cursor = next;
  } while (Number(cursor) !== 0);
  assert.ok(found.has(key));
  await assert.rejects(db.scan(0), { code: "NODE" });
  await db.hset("scanned:h", { f: "v" });
  const [end, pairs] = await db.hscan("scanned:h", 0);
  assert.equal(Number(end), 0);
  assert.equal(pairs instanceof Map ? pairs.get("f") : pairs.flat()[1], "v");
});

test("bytes are for a client, a call or a pipeline, and text replaces what is no UTF-8", async () => {
  const bytes = Buffer.from([0xff, 0x41]);
  await db.set("bytes", bytes);
  assert.equal(await db.get("bytes"), "\ufffdA");
  assert.deepEqual(await db.binary.get("bytes"), bytes);
  const [raw, len] = await db.binary.pipeline().get("bytes").strlen("bytes").exec();
  assert.deepEqual([raw, len], [bytes, 2]);
  // What the client asks for itself stays readable: the map is the same.
  assert.equal(db.binary.topology().nodes.length, 3);
});
