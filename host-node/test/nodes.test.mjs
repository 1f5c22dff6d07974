// Nodes, commands at chosen nodes, fan-out and refusals, against a real cluster of three primaries with a replica each.

import assert from "node:assert/strict";
import { once } from "node:events";
import { connect as dial } from "node:net";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { connect, keysBySlot, keysOf, MisuseError, PartialError, slotOf } from "../dist/index.mjs";
import { startCluster } from "./lab.mjs";

let cluster;
let db;

before(async () => {
  cluster = await startCluster({ replicas: 1 });
  db = await connect(cluster.seeds);
});
after(async () => {
  await db?.close();
  await cluster?.stop();
});

/** A client of its own, closed when the test is over. */
async function own(t, options) {
  const client = await connect(cluster.seeds, options);
  t.after(() => client.close());
  return client;
}

/** A connection to one server that has said this, and been answered. */
async function subscriber({ host, port }, ...lines) {
  const socket = dial({ host, port });
  for (const line of lines) {
    socket.write(`${line}\r\n`);
    await once(socket, "data");
  }
  return socket;
}

/** Asks until the answer is there: what nodes tell each other takes its time. */
async function eventually(what, ask) {
  for (const until = Date.now() + 20_000; Date.now() < until; await sleep(50)) {
    const found = await ask();
    if (found) return found;
  }
  assert.fail(`waited in vain for ${what}`);
}

test("nodes have id, role, slots and health, and are found by each of their names", () => {
  const nodes = db.nodes();
  assert.deepEqual([nodes.length, db.primaries().length, db.replicas().length], [6, 3, 3]);
  assert.deepEqual(nodes.map(({ address }) => address).sort(), [...cluster.seeds].sort());
  for (const node of nodes) {
    const { id, address, host, port, role, slots, primary, zone, health } = node;
    assert.match(id, /^[0-9a-f]{40}$/);
    assert.deepEqual([address, zone, health], [`${host}:${port}`, undefined, "online"]);
    assert.equal(role === "replica", slots.length === 0 && primary !== undefined);
    for (const name of [id, address, { host, port }]) assert.deepEqual(db.node(name), node);
  }
  const ranges = nodes.flatMap(({ slots }) => slots);
  assert.equal(ranges.reduce((sum, [first, last]) => sum + last - first + 1, 0), 16_384);
  const chosen = db.randomNode();
  assert.ok(nodes.some(({ id }) => id === chosen.id));
  assert.deepEqual([db.node("127.0.0.1:1"), db.node({ host: "x", port: 1 })], [undefined, undefined]);
});

test("keys are grouped by slot, and by the node that owns it", () => {
  const keys = ["foo", "bar", "{foo}2", "hello"];
  for (const key of keys) {
    const owner = db.nodeFor(key);
    assert.deepEqual(owner, db.nodeForSlot(slotOf(key)));
    assert.ok(owner.slots.some(([first, last]) => first <= slotOf(key) && slotOf(key) <= last));
  }
  const byNode = db.nodesByKeys(keys);
  assert.deepEqual([...byNode.values()].flat().sort(), [...keys].sort());
  for (const [address, own] of byNode) for (const key of own) assert.equal(db.nodeFor(key).address, address);
  assert.deepEqual(keysBySlot(keys).get(slotOf("foo")), ["foo", "{foo}2"]);
  assert.deepEqual(keysOf("MSET", "foo", 1, "bar", 2).map((key) => Buffer.from(key).toString()), ["foo", "bar"]);
  assert.equal(db.nodeForSlot(16_384), undefined);
});

test("commands at chosen nodes are answered node by node", async () => {
  const addresses = (nodes) => nodes.map(({ address }) => address).sort();
  const asked = async (at) => [...(await at.echo("x")).keys()].sort();
  assert.deepEqual(await asked(db.at("primaries")), addresses(db.primaries()));
  assert.deepEqual(await asked(db.at("replicas")), addresses(db.replicas()));
  assert.deepEqual(await asked(db.at("all")), addresses(db.nodes()));
  const [one] = db.replicas();
  const [other] = db.primaries();
  for (const name of [one, one.id, one.address, { host: one.host, port: one.port }])
    assert.deepEqual(await db.at(name).echo("x"), new Map([[one.address, "x"]]), "of one node a map too");
  assert.deepEqual(await asked(db.at([one, other.id])), addresses([one, other]));
  const ids = await db.at("all").cluster.myId();
  assert.equal(ids.size, 6);
  for (const [address, id] of ids) assert.equal(db.node(address).id, id);
  assert.equal((await db.at("primaries").call("DBSIZE")).size, 3);
  assert.deepEqual(await db.at(one).binary.echo("x"), new Map([[one.address, Buffer.from("x")]]));
  // What is answered by node anyway is so once, not twice.
  const info = await db.at(one).info("server");
  assert.match(info.get(one.address).get("Server").get("redis_version"), /^\d/);
  for (const wrong of [[], "nobody", 5, [{}]]) assert.throws(() => db.at(wrong), MisuseError);
});

test("replies of nodes that succeeded are kept in the error", async () => {
  await db.set("partial", "kept");
  const owner = db.nodeFor("partial").address;
  const error = await db.at("primaries").get("partial").catch((error) => error);
  assert.ok(error instanceof PartialError, error);
  assert.equal(error.parts.length, 3);
  for (const { node, result } of error.parts) {
    if (node === owner) assert.equal(result, "kept");
    else assert.equal(result.code, "MOVED", "redirects are the caller's");
  }
  const nobody = { host: "127.0.0.1", port: 1 };
  const short = db.with({ timeout: 300 });
  const other = await short.at([nobody, db.primaries()[0]]).ping().catch((error) => error);
  assert.ok(other instanceof PartialError, other);
  assert.deepEqual(
    other.parts.map(({ result }) => result?.outcome ?? result),
    ["not-executed", "PONG"],
  );
});

test("cluster commands are parsed the same under both protocols", async (t) => {
  for (const protocol of [2, 3]) {
    const client = await own(t, { protocol });
    assert.equal((await client.cluster.info()).get("cluster_state"), "ok");
    const nodes = await client.cluster.nodes();
    assert.equal(nodes.length, 6);
    for (const node of nodes) {
      assert.equal(client.node(node.get("id")).port, node.get("port"));
      assert.equal(node.get("slots").length === 0, node.get("primary") !== null);
      assert.equal(node.get("flags").includes("slave"), node.get("primary") !== null);
    }
    const primary = nodes.find((node) => node.get("primary") === null).get("id");
    assert.deepEqual((await client.cluster.replicas(primary)).map((node) => node.get("primary")), [primary]);
    // A replica is listed when it has replicated something.
    for (const tag of ["{a}", "{b}", "{c}"]) await client.set(tag, "listed");
    const slots = await eventually("replicas in CLUSTER SLOTS", async () => {
      const all = await client.cluster.slots();
      return all.every((range) => range.length === 4) && all;
    });
    assert.deepEqual(slots.map(([first, last]) => last - first > 5000), [true, true, true]);
    assert.ok(slots.every(([, , owner, replica]) => owner[3] instanceof Map && replica.length === 4));
    const shards = await client.cluster.shards();
    assert.ok(shards.every((shard) => shard.get("nodes").length === 2 && shard.get("slots").length === 2));
    const links = await client.cluster.links();
    assert.equal(links.size, 6);
    assert.ok([...links.values()].flat().every((link) => ["to", "from"].includes(link.get("direction"))));
    for (const info of (await client.info()).values()) {
      assert.equal(info.get("Replication").get("role"), "master");
      assert.equal(info.get("Replication").get("slave0").get("state"), "online");
    }
    const clients = await client.clientList();
    assert.equal(clients.size, 6);
    assert.ok([...clients.values()].flat().every((one) => one.has("addr")));
    assert.equal((await client.clientInfo()).get("resp"), String(protocol));
  }
});

test("commands about a slot go to its owner", async () => {
  const tags = ["{sa}", "{sb}", "{sc}"];
  for (const tag of tags) {
    const slot = slotOf(tag);
    for (const n of [0, 1, 2]) await db.set(`${tag}${n}`, n);
    assert.equal(await db.cluster.keyslot(tag), slot);
    assert.equal(await db.cluster.countKeysInSlot(slot), 3);
    assert.deepEqual((await db.cluster.getKeysInSlot(slot, 10)).sort(), [0, 1, 2].map((n) => `${tag}${n}`));
  }
  assert.ok(new Set(tags.map((tag) => db.nodeFor(tag).address)).size > 1, "the tags are on several nodes");
});

const OF_ONE_NODE = [
  "CLUSTER ADDSLOTS 1",
  "CLUSTER ADDSLOTSRANGE 1 2",
  "CLUSTER BUMPEPOCH",
  "CLUSTER COUNT-FAILURE-REPORTS abc",
  "CLUSTER FAILOVER",
  "CLUSTER FLUSHSLOTS",
  "CLUSTER FORGET abc",
  "CLUSTER MEET 127.0.0.1 1",
  "CLUSTER MIGRATION STATUS ALL",
  "CLUSTER MYID",
  "CLUSTER MYSHARDID",
  "CLUSTER REPLICATE abc",
  "CLUSTER RESET",
  "CLUSTER SAVECONFIG",
  "CLUSTER SET-CONFIG-EPOCH 7",
  "CLUSTER SETSLOT 1 STABLE",
  "BGSAVE",
  "SHUTDOWN NOSAVE",
];

test("what concerns one node is refused until one is chosen", async () => {
  for (const line of OF_ONE_NODE) {
    const error = await db.call(...line.split(" ")).catch((error) => error);
    assert.ok(error instanceof MisuseError && error.code === "NODE", `${line}: ${error}`);
    assert.match(error.message, /choose/);
  }
  const [node] = db.replicas();
  assert.deepEqual(await db.at(node).cluster.myId(), new Map([[node.address, node.id]]));
  assert.deepEqual(await db.at(node).cluster.countFailureReports(node.id), new Map([[node.address, 0]]));
  assert.deepEqual(await db.at(node).cluster.saveConfig(), new Map([[node.address, "OK"]]));
});

test("a cluster is changed through chosen nodes, and the map follows", async () => {
  const lab = await startCluster({ replicas: 1 });
  const client = await connect(lab.seeds);
  try {
    const slots = [0, 8_000, 16_000];
    const owners = slots.map((slot) => client.nodeForSlot(slot));
    assert.equal(await client.cluster.delSlots(slots), "OK");
    for (const [at, slot] of slots.entries()) await client.at(owners[at]).cluster.addSlots([slot]);
    assert.equal(await client.cluster.delSlotsRange([[5460, 5461]]), "OK");
    for (const [slot, owner] of [[5460, owners[0]], [5461, owners[1]]])
      await client.at(owner).cluster.addSlotsRange([[slot, slot]]);
    await client.at(owners[0]).cluster.setSlotMigrating(1, owners[1].id);
    const marked = (await client.at(owners[0]).cluster.nodes()).get(owners[0].address);
    assert.deepEqual(marked.find((node) => node.get("id") === owners[0].id).get("migrating"), [[1, owners[1].id]]);
    await client.at(owners[0]).cluster.setSlotStable(1);
    await client.at(owners[0]).cluster.bumpEpoch();
    await eventually("the cluster to be ok", async () =>
      [...(await client.at("all").cluster.info()).values()].every((info) => info.get("cluster_state") === "ok"),
    );

    const seen = [];
    const listener = (topology) => seen.push(topology);
    assert.equal(client.on("topology", listener), client);
    const replica = client.replicas().find(({ primary }) => primary === owners[2].address);
    await client.at(replica).cluster.failover();
    await eventually("the promoted replica", () => client.nodeForSlot(16_000)?.address === replica.address);
    await eventually("the event", () =>
      seen.some(({ nodes }) => nodes.find(({ address }) => address === replica.address)?.role === "primary"),
    );
    client.off("topology", listener);

    const leaver = await eventually("the old primary as a replica", () =>
      client.replicas().find(({ address }) => address === owners[2].address),
    );
    const seenBy = (await client.at(leaver).cluster.nodes()).get(leaver.address);
    const bus = seenBy.find((node) => node.get("id") === leaver.id).get("bus-port");
    await client.at(leaver).cluster.reset({ hard: true });
    const others = client.nodes().filter(({ address }) => address !== leaver.address);
    assert.equal((await client.at(others).cluster.forget(leaver.id)).size, 5);
    await client.at(leaver.address).cluster.setConfigEpoch(77);
    await client.at(leaver.address).cluster.flushSlots();
    await client.at(others[0]).cluster.meet(leaver.host, leaver.port, bus);
    const back = await eventually("the node to be listed again", () =>
      client.nodes().find(({ address, id }) => address === leaver.address && id !== leaver.id),
    );
    const primary = client.nodeForSlot(16_000).id;
    await eventually("the node to know its primary", () =>
      client.at(back).cluster.replicate(primary).then(() => true, () => false),
    );
  } finally {
    await client.close();
    await lab.stop();
  }
});

test("fan-out is merged by the policy of each command", async () => {
  const lab = await startCluster({ replicas: 1 });
  const client = await connect(lab.seeds);
  try {
    assert.equal(await client.randomkey(), null, "all are empty");
    const names = Array.from({ length: 30 }, (_, n) => `key:${n}`);
    for (const name of names) await client.set(name, 1);
    assert.equal(await client.dbsize(), 30);
    assert.deepEqual((await client.keys("key:*")).sort(), [...names].sort());
    const drawn = new Set();
    for (let n = 0; n < 40; n++) drawn.add(client.nodeFor(await client.randomkey()).address);
    assert.ok(drawn.size > 1, "of several primaries");
    const sum = (map) => [...map.values()].reduce((a, b) => a + b, 0);
    assert.equal(sum(await client.at("primaries").dbsize()), 30);

    assert.equal(await client.ping(), "PONG");
    assert.equal(await client.configSet({ "busy-reply-threshold": "50" }), "OK");
    const set = await client.configGet("busy-reply-threshold");
    assert.deepEqual([set.size, ...new Set([...set.values()].map((one) => one.get("busy-reply-threshold")))], [6, "50"]);
    assert.equal(await client.configResetstat(), "OK");
    await client.configSet({ "slowlog-log-slower-than": "0" });
    await client.at("all").echo("x");
    await client.configSet({ "slowlog-log-slower-than": "-1" });
    assert.equal(await client.slowlogLen(), sum(await client.at("all").slowlogLen()));
    const slow = await client.slowlogGet();
    assert.equal(slow.size, 6);
    const echoed = (entry) => entry.get("command").join(" ") === "ECHO x" && entry.get("time") > 0;
    assert.ok([...slow.values()].every((entries) => entries.some(echoed)));
    assert.equal(await client.slowlogReset(), "OK");
    assert.equal(await client.slowlogLen(), 0);

    const sha = await client.scriptLoad("return 1");
    assert.equal(sha, "e0e1f9fabfc9d4800c877a703b823ac0578ff8db");
    assert.deepEqual(await client.scriptExists([sha, "0".repeat(40)]), [true, false]);
    await client.at(client.primaries()[1]).scriptFlush();
    assert.deepEqual(await client.scriptExists([sha]), [false], "one does not have it");
    assert.equal(await client.scriptFlush(), "OK");

    assert.deepEqual(await client.pubsubChannels(), []);
    const [first, , third] = client.primaries();
    const subscribers = [
      await subscriber(first, "SUBSCRIBE news", "PSUBSCRIBE n*"),
      await subscriber(third, "SUBSCRIBE news more", "PSUBSCRIBE n*"),
      await subscriber(client.nodeFor("s"), "SSUBSCRIBE s"),
    ];
    assert.deepEqual((await client.pubsubChannels()).sort(), ["more", "news"], "a union, each once");
    const counts = new Map([["news", 2], ["more", 1], ["none", 0]]);
    assert.deepEqual(await client.pubsubNumsub(["news", "more", "none"]), counts);
    assert.equal(await client.pubsubNumpat(), 2);
    assert.deepEqual(await client.pubsubShardchannels(), ["s"]);
    assert.deepEqual(await client.pubsubShardnumsub(["s"]), new Map([["s", 1]]));
    for (const socket of subscribers) socket.destroy();

    const library = "#!lua name=busy\nredis.register_function('spin', function() while true do end end)";
    assert.equal(await client.functionLoad(library), "busy");
    for (const [kill, start] of [
      [["SCRIPT", "KILL"], ["EVAL", "while true do end", "0"]],
      [["FUNCTION", "KILL"], ["FCALL", "spin", "0"]],
    ]) {
      const none = await client.call(...kill).catch((error) => error);
      assert.equal(none.code, "NOTBUSY", "nobody has one to kill");
      const busy = await connect(lab.seeds);
      const ended = busy.at(busy.primaries()[1]).call(...start).catch((error) => error);
      await sleep(300);
      assert.equal(await client.call(...kill), "OK");
      assert.ok((await ended) instanceof Error);
      await busy.close();
    }

    const byNode = { "INFO server": 3, "CLIENT LIST": 6, "CONFIG GET port": 6, TIME: 6, LASTSAVE: 6, "SLOWLOG GET": 6 };
    for (const [line, count] of Object.entries(byNode)) assert.equal((await client.call(...line.split(" "))).size, count);
    assert.deepEqual(await client.pipeline().dbsize().set("key:0", 2).ping().exec(), [30, "OK", "PONG"]);

    for (const line of AT_PRIMARIES) {
      const replies = await client.at("primaries").call(...line.split(" "));
      assert.ok(replies instanceof Map && replies.size === 3, line);
    }
    await eventually("SAVE at each primary", () => client.at("primaries").save().then(() => true, () => false));
    assert.equal(await client.flushall(), "OK");
    assert.equal(await client.dbsize(), 0);
  } finally {
    await client.close();
    await lab.stop();
  }
});

/** What S4 answers node by node. */
const AT_PRIMARIES = [
  "BGREWRITEAOF",
  "BGSAVE SCHEDULE",
  "CLIENT GETNAME",
  "CLIENT KILL ID 9999999",
  "CLIENT LIST",
  "CLIENT SETNAME anna",
  "CONFIG GET port",
  "CONFIG RESETSTAT",
  "DBSIZE",
  "ECHO x",
  "INFO",
  "LASTSAVE",
  "PING",
  "PUBSUB CHANNELS",
  "PUBSUB NUMPAT",
  "PUBSUB NUMSUB x",
  "SCAN 0",
  "SLOWLOG GET",
  "SLOWLOG LEN",
  "SLOWLOG RESET",
  "TIME",
  "FLUSHDB",
  "FLUSHALL",
];

test("a part whose connection was ended is sent again alone", async (t) => {
  const ids = await db.at("primaries").clientId();
  const [node] = db.primaries();
  const other = await own(t);
  const earlier = await runs(other, "echo");
  assert.equal(await other.at(node).clientKillId(ids.get(node.address)).then((killed) => killed.get(node.address)), 1);
  assert.equal((await db.at("primaries").echo("once")).size, 3);
  const later = await runs(other, "echo");
  for (const { address } of db.primaries()) assert.equal(later.get(address).calls - earlier.get(address).calls, 1);
});

test("a part that was refused before it ran is sent again alone", async (t) => {
  const other = await own(t);
  const [, busy] = db.primaries();
  await other.at(busy).configSet({ "busy-reply-threshold": "1" });
  const earlier = await runs(other, "echo");
  const refused = db.stats().busy;
  const loop = (await own(t)).at(busy).call("EVAL", "while true do end", "0").catch((error) => error);
  const isBusy = () => other.with({ timeout: 100 }).at(busy).ping().then(() => false, () => true);
  await eventually("the node is busy", isBusy);
  const echoed = db.at("primaries").echo("once");
  await eventually("a part is refused", () => db.stats().busy > refused);
  await other.scriptKill();
  assert.deepEqual([...(await echoed).values()], ["once", "once", "once"]);
  assert.ok((await loop) instanceof Error);
  const later = await runs(other, "echo");
  for (const { address } of db.primaries()) {
    const [before, now] = [earlier.get(address), later.get(address)];
    assert.equal(now.calls - before.calls, 1, `${address} has run it once`);
    const rejected = address === busy.address ? db.stats().busy - refused : 0n;
    assert.equal(BigInt(now.rejected - before.rejected), rejected, `${address} was asked so often in vain`);
  }
  assert.ok(db.stats().busy > refused);
});

/** How often each primary has run and refused a command. */
async function runs(client, command) {
  const infos = await client.at("primaries").call("INFO", "commandstats");
  const stats = (info) => info.get("Commandstats").get(`cmdstat_${command}`);
  const number = (info, field) => Number(stats(info)?.get(field) ?? 0);
  return new Map([...infos].map(([address, info]) => [address, { calls: number(info, "calls"), rejected: number(info, "rejected_calls") }]));
}

const REFUSED = {
  DATABASE: ["MOVE k 1", "SWAPDB 0 1", "SELECT 1"],
  SENTINEL: ["SENTINEL MASTERS"],
  REPLICATION: ["SLAVEOF NO ONE", "REPLICAOF NO ONE"],
  NODE: ["SHUTDOWN", "SCAN 0", "CLUSTER RESET"],
  INTERNAL: ["SYNC", "PSYNC ? -1"],
  STREAM: ["MONITOR"],
  SESSION: ["MULTI", "EXEC", "DISCARD", "WATCH k", "UNWATCH", "WAIT 1 0"],
  SUBSCRIBE: ["SUBSCRIBE c", "PSUBSCRIBE c", "SSUBSCRIBE c", "UNSUBSCRIBE c", "PUNSUBSCRIBE c", "SUNSUBSCRIBE c"],
  CONNECTION: [
    "CLIENT REPLY OFF",
    "CLIENT TRACKING ON",
    "CLIENT CACHING YES",
    "CLIENT NO-EVICT ON",
    "CLIENT NO-TOUCH ON",
    "READONLY",
    "READWRITE",
    "ASKING",
    "HELLO 3",
    "AUTH secret",
    "RESET",
    "QUIT",
  ],
};
const BLOCKING = [
  "BLPOP k 0",
  "BRPOP k 0",
  "BLMOVE {k}a {k}b LEFT RIGHT 0",
  "BRPOPLPUSH {k}a {k}b 0",
  "BLMPOP 0 1 k LEFT",
  "BZPOPMIN k 0",
  "BZPOPMAX k 0",
  "BZMPOP 0 1 k MIN",
  "XREAD BLOCK 0 STREAMS k $",
];

test("what no cluster takes is refused with code, name, place and advice", async () => {
  const misuse = (error, line, code) => {
    assert.ok(error instanceof MisuseError, `${line}: ${error}`);
    assert.deepEqual([error.code, error.command], [code, line.split(" ")[0]], line);
    assert.ok(error.message.length > 20, `a reason and what to do: ${error.message}`);
  };
  for (const [code, lines] of Object.entries(REFUSED)) {
    for (const line of lines) {
      const words = line.split(" ");
      misuse(await db.call(...words).catch((error) => error), line, code);
      const pipe = () => db.pipeline().set("refused", line).call(...words).exec();
      const error = await (async () => pipe())().catch((error) => error);
      misuse(error, line, code);
      assert.equal(error.index, 1, line);
    }
  }
  for (const line of BLOCKING) {
    const pipe = () => db.pipeline().set("refused", line).call(...line.split(" ")).exec();
    misuse(await (async () => pipe())().catch((error) => error), line, "BLOCKING");
  }
  assert.equal(await db.get("refused"), null, "nothing of any pipeline was sent");
  assert.equal(await db.call("SELECT", 0), "OK");
  const at = db.at("primaries");
  assert.equal((await at.scan(0)).size, 3);
  for (const line of ["MONITOR", "MULTI", "SUBSCRIBE c", "AUTH secret", "SWAPDB 0 1", "REPLICAOF NO ONE"])
    await assert.rejects(at.call(...line.split(" ")), MisuseError, line);
});

test("the client's name is its own and outlives its connections", async (t) => {
  const client = await own(t);
  assert.equal(await client.clientSetname("crew"), "OK");
  const ids = await client.at("all").clientId();
  // Every connection of this client, by its own hand.
  for (const [address, id] of ids) await client.at(address).call("CLIENT", "KILL", "ID", id, "SKIPME", "no").catch(() => {});
  const again = await client.at("all").clientId();
  for (const [address, id] of ids) assert.notEqual(again.get(address), id);
  const names = await client.at("all").clientGetname();
  assert.deepEqual([names.size, ...new Set(names.values())], [6, "crew"]);
  await client.set("after", "kill");
  assert.equal(await client.get("after"), "kill");
});

test("DUMP and RESTORE go where their key is", async () => {
  await db.set("dumped", "value");
  const dump = await db.binary.dump("dumped");
  for (const target of ["restored:1", "restored:2", "restored:3", "restored:4"]) {
    assert.equal(await db.restore(target, 0, dump, { replace: true }), "OK");
    assert.equal(await db.get(target), "value");
  }
});
