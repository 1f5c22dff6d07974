// What only newer servers have: slots that are counted, and moved whole. `make test` puts such a server into place and
// names it in SLOTPIPE_NEWER_SERVER.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { after, before, test } from "node:test";

import { connect, ServerError } from "../dist/index.mjs";
import { startCluster, until } from "./lab.mjs";

// Of each primary one: 15,495, 3,300, 7,365.
const TAGS = ["{a}", "{b}", "{c}"];

const server = process.env.SLOTPIPE_NEWER_SERVER;
let cluster;
let client;

before(async () => {
  if (!server || !existsSync(server)) return;
  cluster = await startCluster({ replicas: 1, server });
  client = await connect(cluster.seeds);
  for (const tag of TAGS) for (let at = 0; at < 100; at++) await client.set(`${tag}${at}`, `${tag}${at}`);
});
after(async () => {
  await client?.close();
  await cluster?.stop();
});

/** Skips, with the reason, what the server lacks. */
async function has(t, command) {
  const found = await client?.call("COMMAND", "INFO", command);
  if (found?.[0]) return true;
  t.skip(cluster ? `${server} has no ${command}` : `SLOTPIPE_NEWER_SERVER names no server that may have ${command}`);
  return false;
}

test("slots are counted by the nodes that own them", async (t) => {
  if (!(await has(t, "cluster|slot-stats"))) return;
  const all = new Map(await client.cluster.slotStatsSlotsrange(0, 16_383));
  assert.equal(all.size, 16_384);
  const held = [...all].filter(([, stats]) => stats.get("key-count") > 0);
  assert.deepEqual(new Set(held.map(([slot]) => slot)), new Set([15_495, 3_300, 7_365]));
  assert.ok(held.every(([, stats]) => stats.get("key-count") === 100));
  // A limit is one of each primary.
  const most = await client.cluster.slotStatsOrderby("key-count", { limit: 1, desc: true });
  assert.deepEqual(most.map(([, stats]) => stats.get("key-count")), [100, 100, 100]);
});

test("a slot moves whole, and its keys are found", async (t) => {
  if (!(await has(t, "cluster|migration"))) return;
  const slot = 3_300;
  const from = client.nodeForSlot(slot);
  const to = client.primaries().find(({ id }) => id !== from.id);
  const importing = client.at(to).cluster;
  await assert.rejects(importing.migrationImport([[slot, slot + 1], [slot, slot]]), ServerError);
  const task = (await importing.migrationImport([[slot, slot]])).get(to.address);
  await until("the slot has moved", async () => {
    const [state] = (await client.at(to).cluster.migrationStatus(task)).get(to.address);
    await client.set("{b}0", "moved");
    return state.get("state") === "completed";
  });
  const keys = Array.from({ length: 99 }, (_, at) => `{b}${at + 1}`);
  assert.deepEqual(await client.mget(keys), keys);
  assert.equal(await client.get("{b}0"), "moved");
  await until("the map follows", () => client.nodeForSlot(slot).address === to.address);
  assert.equal(await client.cluster.countKeysInSlot(slot), 100);
  const told = (await client.at(from).cluster.migrationStatusAll()).get(from.address);
  assert.equal(told[0].get("operation"), "migrate");
  assert.equal((await client.at(to).cluster.migrationCancelAll()).get(to.address), 0);
});
