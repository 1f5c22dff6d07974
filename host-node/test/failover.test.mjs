// A primary dies and its replica takes over: what waits, what does not, and that nothing runs twice.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { connect, NotExecutedError } from "../dist/index.mjs";
import { startCluster } from "./lab.mjs";

let cluster;

before(async () => {
  cluster = await startCluster({ replicas: 1 });
});
after(() => cluster?.stop());

test("what is asked while a primary is dead waits for its replica within its deadline, and nothing runs twice", async () => {
  // The periodic look at the map is far away: it is the trouble that makes the client look.
  const db = await connect(cluster.seeds, { refreshInterval: 600_000, timeout: 30_000 });
  const list = "failover:list";
  const others = Array.from({ length: 40 }, (_, at) => `failover:${at}`);
  const old = db.nodeFor(list);
  const push = (client, element) => client.rpush(list, element);
  const session = db.session(list);
  for (let at = 0; at < 20; at++) await session.rpush(list, `before:${at}`);
  // What is acknowledged and not replicated may be lost with a server: these are.
  assert.equal(await session.wait(1, 10_000), 1);
  await session[Symbol.asyncDispose]();

  const { refreshes } = db.stats();
  // Some are on their way when it dies: whatever is told of each, it is true.
  const during = [];
  const isConnected = () => db.stats().nodes.find(({ address }) => address === old.address)?.connections > 0;
  const killed = cluster.obey(`kill ${old.port}`);
  for (const end = Date.now() + 10_000; isConnected(); ) {
    assert.ok(Date.now() < end, "the client does not notice that its node is dead");
    during.push(push(db, `during:${during.length}`).catch((error) => error));
    await sleep(0);
  }
  await killed;

  const asked = performance.now();
  const after = db.pipeline();
  for (let at = 0; at < 50; at++) after.rpush(list, `after:${at}`);
  const waiting = after.exec();
  const single = db.set("failover:single", 1);
  const impatient = push(db.with({ timeout: 200 }), "impatient");
  // Those of the others are served meanwhile.
  const served = others.filter((key) => db.nodeFor(key).address !== old.address);
  assert.ok(served.length > 10);
  await Promise.all(served.map((key) => db.with({ timeout: 1000 }).set(key, 1)));
  await assert.rejects(impatient, (error) => {
    assert.ok(error instanceof NotExecutedError, String(error));
    assert.ok(performance.now() - asked > 150);
    return true;
  });
  assert.ok(db.stats().refreshes > refreshes, "nobody has asked for the new owner");

  const lengths = await waiting;
  assert.ok(performance.now() - asked > 500, "a replica waits before it takes over");
  assert.equal(await single, "OK");
  assert.notEqual(db.nodeFor(list).address, old.address);
  const kept = await db.lrange(list, 0, -1);
  assert.deepEqual(lengths, Array.from({ length: 50 }, (_, at) => kept.length - 49 + at), "in their order, one after the other");
  assert.equal(new Set(kept).size, kept.length, `run twice: ${kept}`);
  const of = (name) => kept.filter((element) => element.startsWith(name));
  assert.equal(of("before:").length, 20);
  assert.deepEqual(of("after:"), Array.from({ length: 50 }, (_, at) => `after:${at}`));
  assert.deepEqual(of("impatient"), []);
  for (const [at, became] of (await Promise.all(during)).entries()) {
    if (typeof became === "number") continue;
    assert.ok(["unknown", "not-executed"].includes(became.outcome), String(became));
    if (became.outcome === "not-executed") assert.ok(!kept.includes(`during:${at}`), String(became));
  }
  await db.close();
});
