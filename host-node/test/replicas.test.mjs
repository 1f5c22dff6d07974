// Reads from replicas on a real cluster: who answers is what the servers counted.

import assert from "node:assert/strict";
import { connect as dial, createServer } from "node:net";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { connect, MisuseError, NotExecutedError, slotOf } from "../dist/index.mjs";
import { callsOf, startCluster, until } from "./lab.mjs";
import { startSlow } from "./slow.mjs";

/** Nodes of a shard. */
const MEMBERS = 3;
const KEYS = Array.from({ length: 40 }, (_, at) => `replicas:${at}`);

let cluster;
let db;
/** One client for each server. */
let servers;

before(async () => {
  cluster = await startCluster({ replicas: MEMBERS - 1 });
  db = await connect(cluster.seeds, { refreshInterval: 100 });
  const { nodes } = db.topology();
  servers = nodes.map((node) => ({ ...node, only: db.with({ route: { node } }) }));
  const pipe = db.pipeline();
  for (const key of KEYS) pipe.set(key, key);
  await pipe.exec();
  // Servers list replicas only when they know them to be in step, which takes something to replicate, and hear of that one
  // after the other.
  const isListed = (slots) => slots.every(([, , ...nodes]) => nodes.length === 3);
  const views = () => Promise.all(servers.map(({ only }) => only.call("CLUSTER", "SLOTS")));
  await until("each server lists the replicas", async () => (await views()).every(isListed));
  await until("the client lists them", () => db.topology().slots.every(({ replicas }) => replicas.length === 2));
  for (const key of KEYS) await replicated(key);
});
after(async () => {
  await db?.close();
  await cluster?.stop();
});

/** Until all replicas have a key whose value is its name. */
async function replicated(key) {
  const reader = db.with({ readFrom: "replica" });
  // One after the other: the replicas have their turns.
  await until(`the replicas have ${key}`, async () => (await reader.get(key)) === key && (await reader.get(key)) === key);
}

/** How often each server has run a command, by its address. */
async function counts(command) {
  const infos = await Promise.all(servers.map(({ only }) => only.call("INFO", "commandstats")));
  return new Map(servers.map(({ address }, at) => [address, callsOf(command, infos[at])]));
}

/** How many of the GETs that `work` sends the primaries and the replicas have answered. */
async function answering(work) {
  const earlier = await counts("get");
  await work();
  const later = await counts("get");
  const sum = (nodes) => nodes.reduce((all, { address }) => all + later.get(address) - earlier.get(address), 0);
  return [sum(servers.filter(({ primary }) => !primary)), sum(servers.filter(({ primary }) => primary))];
}

/** Reads all keys in one pipeline; who has answered. */
function read(client, options) {
  return answering(async () => {
    const pipe = client.pipeline(options);
    for (const key of KEYS) pipe.get(key);
    assert.deepEqual(await pipe.exec(), KEYS);
  });
}

/** Reads one key, whose value is its name, some times in turn; who has answered. */
function readOne(client, key, times) {
  return answering(async () => {
    for (let left = times; left > 0; left--) assert.equal(await client.get(key), key);
  });
}

test("reads go where the client, the view or the pipeline says", async () => {
  assert.deepEqual(await read(db), [KEYS.length, 0]);
  for (const readFrom of ["preferReplica", "replica", { zone: "nowhere" }]) {
    assert.deepEqual(await read(db, { readFrom }), [0, KEYS.length], JSON.stringify(readFrom));
    assert.deepEqual(await read(db.with({ readFrom })), [0, KEYS.length]);
  }
  const client = await connect(cluster.seeds, { readFrom: "replica" });
  assert.deepEqual(await read(client), [0, KEYS.length]);
  assert.deepEqual(await read(client, { readFrom: "primary" }), [KEYS.length, 0]);
  await client.close();
});

test("the load is spread over the replicas, and with any over the primaries too", async () => {
  for (const [readFrom, isUsed] of [
    ["preferReplica", ({ primary }) => primary !== undefined],
    ["any", () => true],
  ]) {
    const earlier = await counts("get");
    for (let round = 0; round < 12; round++) await read(db, { readFrom });
    const later = await counts("get");
    for (const server of servers) {
      assert.equal(later.get(server.address) > earlier.get(server.address), isUsed(server), `${readFrom} ${server.address}`);
    }
  }
});

test("a pipeline reads what it writes", async () => {
  for (let round = 0; round < 50; round++) {
    const pipe = db.pipeline({ readFrom: "replica" });
    for (const key of KEYS) pipe.set(`w:${key}`, round).get(`w:${key}`);
    const results = await pipe.exec();
    KEYS.forEach((_, at) => assert.equal(results[2 * at + 1], String(round)));
  }
});

test("writes never go to a replica, whoever is read from", async () => {
  const client = await connect(cluster.seeds, { readFrom: "replica" });
  for (const readFrom of ["replica", "preferReplica", "any", "nearest"]) {
    const pipe = client.pipeline({ readFrom });
    for (const key of KEYS) pipe.set(`w:${key}`, readFrom).get(key);
    const results = await pipe.exec();
    KEYS.forEach((key, at) => assert.deepEqual(results.slice(2 * at, 2 * at + 2), ["OK", key]));
  }
  // A replica redirects writes, and reads that do not come behind READONLY.
  assert.equal(client.stats().moved, 0n);
  await client.close();
});

test("explain names the node that is then asked", async () => {
  // Not one that refreshes all the time: another server lists the replicas in another order, and has another's turn come.
  const client = await connect(cluster.seeds, { readFrom: "replica" });
  for (let at = 0; at < 10; at++) {
    const { node } = client.explain("GET", KEYS[at]).plan.parts[0];
    const earlier = await counts("get");
    await client.get(KEYS[at]);
    assert.equal((await counts("get")).get(node), earlier.get(node) + 1);
  }
  await client.close();
});

test("WAIT waits for the replicas of what the session wrote, and WAITAOF is the server's to know", async (t) => {
  for (const command of ["WAIT 1 100", "WAITAOF 0 1 100"]) {
    await assert.rejects(db.call(...command.split(" ")), { code: "SESSION" });
  }
  const key = "waited";
  const session = db.session(key);
  t.after(() => session.release());
  await session.set(key, 1);
  assert.equal(await session.wait(2, 5_000), 2);
  const start = performance.now();
  assert.equal(await session.wait(3, 200), 2, "there are no three");
  assert.ok(performance.now() - start > 190);

  // While it runs a script a replica takes nothing in.
  const replica = servers.find(({ primary }) => primary === db.nodeFor(key).address);
  const busy = await connect(cluster.seeds);
  t.after(() => busy.close());
  await busy.at(replica).configSet({ "busy-reply-threshold": 1 });
  const loop = busy.at(replica).call("EVAL_RO", "while true do end", 0).catch((error) => error);
  await until("the replica is behind", async () => (await session.set(key, 2), (await session.wait(2, 100)) === 1));
  await db.at(replica).scriptKill();
  assert.equal((await loop).name, "ServerError");
  assert.equal(await session.wait(2, 5_000), 2);

  // It came with 7.2: before, the server's answer says so, and the session goes on.
  const aof = await session.waitaof(0, 2, 200).catch((error) => error);
  if (aof instanceof Error) assert.deepEqual([aof.name, aof.code], ["ServerError", "ERR"]);
  else assert.equal(aof.length, 2);
  assert.equal(await session.wait(2, 5_000), 2);
});

test("a function is asked when the topology is known, and obeyed", async () => {
  const asked = [];
  const client = await connect(cluster.seeds, {
    readFrom(slot, nodes) {
      asked.push(slot);
      assert.equal(nodes.length, 3);
      assert.equal(nodes[0].primary, undefined, "the primary comes first");
      return [nodes[2]];
    },
  });
  assert.deepEqual(await read(client), [0, KEYS.length]);
  assert.deepEqual(await read(client, { readFrom: "listed" }), [0, KEYS.length]);
  assert.ok(asked.length <= 6, `asked ${asked.length} times for 3 shards`);
  assert.throws(() => client.pipeline({ readFrom: () => [] }), MisuseError);
  await client.close();
});

test("a function that throws, or gives what is no address, fails the connect with its reason", async () => {
  const wrongs = [
    [() => assert.fail("on purpose"), /on purpose/],
    [() => [{ host: "127.0.0.1", port: 70_000 }], /readFrom must give \{ host, port \}/],
    [() => ["127.0.0.1:6379"], /readFrom must give \{ host, port \}/],
  ];
  for (const [readFrom, message] of wrongs)
    await assert.rejects(connect(cluster.seeds, { readFrom }), { code: "READ_FROM", message });
});

test("the nearest are measured and answer", async () => {
  const client = await connect(cluster.seeds, { readFrom: "nearest", measureInterval: 50 });
  const [primaries, replicas] = await read(client);
  assert.equal(primaries + replicas, KEYS.length);
  const earlier = await counts("ping");
  await sleep(200);
  const later = await counts("ping");
  for (const { address } of servers) assert.ok(later.get(address) > earlier.get(address), `${address} is asked again`);
  await client.close();
});

test("the nearest are those that answer soon, and others once they do", async (t) => {
  const addresses = servers.map(({ address }) => address);
  const [primaries, replicas] = [false, true].map((isReplica) =>
    servers.filter(({ primary }) => (primary !== undefined) === isReplica).map(({ address }) => address),
  );
  const slow = await startSlow(addresses, 0);
  const client = await connect(cluster.seeds, { mapAddress: slow.way, readFrom: "nearest", measureInterval: 50 });
  t.after(async () => {
    await client.close();
    await slow.stop();
  });
  // Everything but these is far away. Nodes that are as near as each other take turns, batch by batch: nobody else's turn
  // comes.
  const settle = async (these) => {
    const others = addresses.filter((address) => !these.includes(address));
    for (const address of addresses) slow.delay(address, these.includes(address) ? 0 : 150);
    await until(`nobody but ${these} is read from`, async () => {
      const earlier = await counts("get");
      for (let turn = 0; turn < MEMBERS; turn++) await read(client);
      const later = await counts("get");
      return others.every((address) => later.get(address) === earlier.get(address));
    });
  };
  await settle(replicas);
  await settle(primaries);
  // One of each shard is enough, whoever it is.
  await settle(primaries.map((address) => servers.find(({ primary }) => primary === address).address));
});

test("a slot that is known to be migrating is read from its primary, and from replicas again once it has moved", async () => {
  const [here, there] = ["{migrating}here", "{migrating}there"];
  const client = await connect(cluster.seeds, { readFrom: "replica", refreshInterval: 100 });
  for (const key of [here, there]) await client.set(key, key), await replicated(key);
  assert.deepEqual(await readOne(client, here, 10), [0, 10]);

  await cluster.obey(`begin ${slotOf(here)}`);
  const owner = client.nodeFor(here).address;
  const reader = () => client.explain("GET", here).plan.parts[0].node;
  await until("the client knows that the slot is migrating", () => reader() === owner);
  assert.deepEqual(await readOne(client, here, 10), [10, 0]);
  const { ask, moved } = client.stats();
  assert.deepEqual([ask, moved], [0n, 0n], "nothing was redirected: the mark alone is the reason");
  assert.deepEqual(await read(client), [0, KEYS.length], "other slots are not concerned");
  // The source's replicas do not have it any more, and would say so.
  await cluster.obey(`move ${there}`);
  assert.deepEqual(await readOne(client, there, 10), [10, 0]);
  assert.equal(client.stats().ask, 10n);

  await cluster.obey("finish");
  await until("replicas of the new owner answer", async () => (await readOne(client, there, 1))[1] === 1);
  assert.notEqual(client.nodeFor(here).address, owner);
  assert.deepEqual(await readOne(client, here, 10), [0, 10]);
  await client.close();
});

test("a slot that was redirected within the last second is read from its primary", async () => {
  const [here, there] = ["{redirected}here", "{redirected}there"];
  // It never looks at the slot map again: what it knows of the move is what it is told by redirects.
  const client = await connect(cluster.seeds, { readFrom: "replica" });
  await until("the replicas are listed", () => client.topology().slots.every(({ replicas }) => replicas.length === 2));
  for (const key of [here, there]) await client.set(key, key), await replicated(key);
  await cluster.obey(`begin ${slotOf(here)}`);
  await cluster.obey(`move ${there}`);
  assert.deepEqual(await readOne(client, here, 5), [0, 5], "it has heard of nothing");

  let [answers, redirected] = [[], 0];
  do {
    redirected = performance.now();
    await client.set(there, there);
    answers = await readOne(client, here, 5);
    // A pause of the whole machine is not to be held against the client.
  } while (performance.now() - redirected > 1000);
  assert.deepEqual(answers, [5, 0]);
  assert.ok(client.stats().ask >= 1n);
  await until("replicas answer again", async () => (await readOne(client, here, 1))[1] === 1);
  assert.ok(performance.now() - redirected > 1000, `${performance.now() - redirected} ms after the redirect`);
  await cluster.obey("finish");
  await client.close();
});

/**
 * The server of the tests knows no availability zones, but it tells names of hosts in the same place, and passes them on
 * to its whole cluster. A proxy before a node makes the one of the other: all else passes as it is.
 */
async function zoned(t, { host, port }) {
  const server = createServer({ noDelay: true }, (client) => {
    const node = dial({ host, port, noDelay: true });
    const hangUp = () => (client.destroy(), node.destroy());
    for (const end of [client, node]) end.on("error", hangUp).on("close", hangUp);
    client.on("data", (bytes) => node.write(bytes));
    let kept = "";
    node.on("data", (bytes) => {
      kept = (kept + bytes.toString("latin1")).replaceAll("$8\r\nhostname\r\n", "$17\r\navailability-zone\r\n");
      // What may be the beginning of the word waits for the rest of it: no reply ends like that.
      const begun = /\$8\r\n(h(o(s(t(n(a(me?)?)?)?)?)?)?)?\r?$/.exec(kept)?.index ?? kept.length;
      client.write(kept.slice(0, begun), "latin1");
      kept = kept.slice(begun);
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  t.after(() => server.close());
  return { host: "127.0.0.1", port: server.address().port };
}

test("reads of a zone go to its replicas, else to its primary, else to other replicas", async (t) => {
  const zones = new Map(servers.filter(({ primary }) => !primary).map(({ address }) => [address, "centre"]));
  for (const { address, primary } of servers.filter(({ primary }) => primary)) {
    const isFirst = servers.find((other) => other.primary === primary).address === address;
    zones.set(address, isFirst ? "east" : "west");
  }
  const doors = {};
  for (const server of servers) {
    await server.only.call("CONFIG", "SET", "cluster-announce-hostname", zones.get(server.address));
    doors[server.address] = await zoned(t, server);
  }
  const client = await connect(cluster.seeds, { mapAddress: doors, refreshInterval: 100 });
  await until("all zones are told", () => client.nodes().every(({ address, zone }) => zone === zones.get(address)));
  for (const zone of ["east", "west", "centre"]) {
    const earlier = await counts("get");
    await read(client, { readFrom: { zone } });
    const later = await counts("get");
    for (const [address, its] of zones)
      assert.equal(later.get(address) > earlier.get(address), its === zone, `${zone}: ${address} of ${its}`);
  }
  assert.deepEqual(await read(client, { readFrom: { zone: "nowhere" } }), [0, KEYS.length]);
  await client.close();
  for (const { only } of servers) await only.call("CONFIG", "SET", "cluster-announce-hostname", "");
});

test("a replica that is gone leaves its reads to the primary", async () => {
  const own = await startCluster({ replicas: 1 });
  const client = await connect(own.seeds, { readFrom: "preferReplica", refreshInterval: 100 });
  await client.mset({ a: 1, b: 1, c: 1 });
  await until("the replicas are listed", () => client.topology().slots.every(({ replicas }) => replicas.length === 1));
  const primary = client.nodeFor("a");
  const [replica] = client.replicas().filter((node) => node.primary === primary.address);
  const gets = async ({ address }) => callsOf("get", (await client.at(address).info("commandstats")).get(address));
  await until("the replica has it", async () => (await client.get("a")) === "1" && (await gets(replica)) > 0);
  const before = await gets(primary);
  // In the middle of reads, not between two.
  const early = Array.from({ length: 50 }, () => client.get("a"));
  await own.obey(`kill ${replica.port}`);
  assert.ok((await Promise.all(early)).every((value) => value === "1"));
  const between = await gets(primary);
  for (let left = 20; left > 0; left--) assert.equal(await client.get("a"), "1");
  assert.equal(await gets(primary), between + 20, `${between - before} of 50 before`);
  await client.close();
  await own.stop();
});

test("replica without one is not executed, and says what to do", async () => {
  const alone = await startCluster();
  const client = await connect(alone.seeds, { readFrom: "replica" });
  await assert.rejects(client.get("a"), (error) => {
    assert.ok(error instanceof NotExecutedError);
    assert.match(error.message, /no replica to read from: add one, or read with preferReplica/);
    return true;
  });
  assert.equal(await client.with({ readFrom: "preferReplica" }).get("a"), null);
  await client.close();
  await alone.stop();
});

test("what is nobody to read from is refused", async () => {
  await assert.rejects(connect(cluster.seeds, { readFrom: "slave" }), MisuseError);
  assert.throws(() => db.with({ readFrom: { zone: 1 } }), MisuseError);
});
