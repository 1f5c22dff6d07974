// Reads from replicas on a real cluster: who answers is what the servers counted.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { connect, MisuseError, NotExecutedError } from "../dist/index.mjs";
import { callsOf, startCluster } from "./lab.mjs";

const KEYS = Array.from({ length: 40 }, (_, at) => `replicas:${at}`);

let cluster;
let db;
/** One client for each server. */
let servers;

before(async () => {
  cluster = await startCluster({ replicas: 2 });
  db = await connect(cluster.seeds, { refreshInterval: 100 });
  const { nodes } = db.topology();
  servers = nodes.map((node) => ({ ...node, only: db.with({ route: { node } }) }));
  // Servers list replicas only when they know them to be in step, and hear of that one after the other.
  const isListed = (slots) => slots.every(([, , ...nodes]) => nodes.length === 3);
  while (!(await Promise.all(servers.map(({ only }) => only.call("CLUSTER", "SLOTS")))).every(isListed)) await sleep(20);
  while (!db.topology().slots.every(({ replicas }) => replicas.length === 2)) await sleep(20);
  const pipe = db.pipeline();
  for (const key of KEYS) pipe.set(key, key);
  await pipe.exec();
  // Until all replicas have all of it.
  for (const key of KEYS) {
    for (let left = 500; left > 0; left--) {
      // One after the other: the replicas have their turns.
      const reader = db.with({ readFrom: "replica" });
      const values = [await reader.get(key), await reader.get(key)];
      if (values.every((value) => value === key)) break;
      await sleep(10);
    }
  }
});
after(async () => {
  await db?.close();
  await cluster?.stop();
});

/** How often each server has run a command, by its address. */
async function counts(command) {
  const infos = await Promise.all(servers.map(({ only }) => only.call("INFO", "commandstats")));
  return new Map(servers.map(({ address }, at) => [address, callsOf(command, infos[at])]));
}

/** Reads all keys in one pipeline; how many of the reads the primaries and the replicas have answered. */
async function read(client, options) {
  const earlier = await counts("get");
  const pipe = client.pipeline(options);
  for (const key of KEYS) pipe.get(key);
  assert.deepEqual(await pipe.exec(), KEYS);
  const later = await counts("get");
  const sum = (nodes) => nodes.reduce((all, { address }) => all + later.get(address) - earlier.get(address), 0);
  return [sum(servers.filter(({ primary }) => !primary)), sum(servers.filter(({ primary }) => primary))];
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

test("a function that throws fails the connect with its reason", async () => {
  const readFrom = () => {
    throw new Error("on purpose");
  };
  await assert.rejects(connect(cluster.seeds, { readFrom }), { code: "READ_FROM", message: /on purpose/ });
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
