// Counters and diagnostics: what is told, that nothing is told unasked, and that nothing secret is in it.

import assert from "node:assert/strict";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { after, before, test } from "node:test";

import { connect, slotOf } from "../dist/index.mjs";
import { startCluster } from "./lab.mjs";

const NAMES = ["plan", "write", "redirect", "refresh", "reconnect", "resubscribe", "down"].map((name) => `slotpipe:${name}`);
const CANARY = "correct-horse-battery-canary";

let cluster;

before(async () => {
  cluster = await startCluster();
});
after(() => cluster?.stop());

/** What is told while `work` runs. */
async function heard(work) {
  const told = [];
  const listener = (message, name) => told.push([name, message]);
  for (const name of NAMES) subscribe(name, listener);
  try {
    await work();
  } finally {
    for (const name of NAMES) unsubscribe(name, listener);
  }
  return told;
}

test("what happens is told on channels, if it is asked for, and holds no argument of a command", async () => {
  let nodes;
  const told = await heard(async () => {
    const db = await connect(cluster.seeds, { diagnostics: true });
    nodes = db.topology().nodes.map(({ address }) => address);
    await db.pipeline().set(`k:${CANARY}`, CANARY).get("other").exec();
    await assert.rejects(db.call("AUTH", CANARY));
    await db.close();
  });
  const of = (name) => told.filter(([channel]) => channel === `slotpipe:${name}`).map(([, message]) => message);
  assert.deepEqual(of("plan")[0], { first: 0, count: 2 });
  assert.ok(of("write").every(({ link, node, bytes }) => link >= 0 && nodes.includes(node) && bytes > 0));
  assert.ok(of("write").length >= 2);
  assert.deepEqual(of("refresh")[0], { changed: true });
  assert.ok(of("reconnect").length >= 1 && of("reconnect").every(({ node }) => nodes.includes(node)));
  assert.ok(!JSON.stringify(told).includes(CANARY));
});

test("redirects are told with their code", async () => {
  const told = await heard(async () => {
    const db = await connect(cluster.seeds, { diagnostics: true });
    const key = (at) => `{told}${at}`;
    await db.set(key(0), 0);
    await db.set(key(1), 1);
    await cluster.obey(`begin ${slotOf("told")}`);
    await cluster.obey(`move ${key(0)}`);
    assert.deepEqual(await db.pipeline().get(key(0)).get(key(1)).exec(), ["0", "1"]);
    await cluster.obey("finish");
    assert.equal(await db.get(key(1)), "1");
    await db.close();
  });
  const codes = told.filter(([name]) => name === "slotpipe:redirect").map(([, { code }]) => code);
  assert.deepEqual(codes.sort(), ["ASK", "MOVED"]);
});

test("what a subscription has again is told", async () => {
  const told = await heard(async () => {
    const db = await connect(cluster.seeds, { diagnostics: true });
    const sub = await db.ssubscribe("{restored}channel");
    const isRestored = new Promise((resolve) => sub.once("resubscribed", resolve));
    await cluster.obey(`begin ${slotOf("{restored}")}`);
    await cluster.obey("finish");
    await isRestored;
    await Promise.all([sub.close(), db.close()]);
  });
  const restored = told.filter(([name]) => name === "slotpipe:resubscribe").map(([, message]) => message);
  assert.deepEqual(restored, [{ lane: 0 }]);
});

test("a node that refuses its password is told without it", async () => {
  const told = await heard(() =>
    assert.rejects(connect(cluster.seeds, { diagnostics: true, username: "nobody", password: CANARY }), { code: "AUTH" }),
  );
  const down = told.filter(([name]) => name === "slotpipe:down").map(([, message]) => message);
  assert.ok(down.length >= 1 && down.every(({ code, reason }) => code === "AUTH" && /WRONGPASS|AUTH/.test(reason)), String(down));
  assert.ok(!JSON.stringify(told).includes(CANARY));
});

test("nothing is told unless it is asked for", async () => {
  const told = await heard(async () => {
    const db = await connect(cluster.seeds);
    await db.set("quiet", 1);
    await db.close();
  });
  assert.deepEqual(told, []);
});

test("counters name every node with its connections and how long it takes", async () => {
  const db = await connect(cluster.seeds);
  await db.mset({ "stats:a": 1, "stats:b": 2, "stats:c": 3, "stats:d": 4 });
  const { commands, bytesIn, bytesOut, moved, retries, unknown, connections, waiting, nodes, open } = db.stats();
  assert.ok(commands >= 1n && bytesIn > 0n && bytesOut > 0n);
  assert.deepEqual([moved, retries, unknown, waiting, open.get("jobs")], [0n, 0n, 0n, 0, 0]);
  assert.equal(connections, nodes.reduce((sum, node) => sum + node.connections, 0));
  assert.equal(nodes.length, 3);
  assert.ok(nodes.some(({ latencyUs }) => latencyUs > 0 && latencyUs < 5_000_000));
  assert.ok(nodes.every(({ inFlight, waiting }) => inFlight === 0 && waiting === 0));
  await db.close();
});
