// How the slot map is kept, on a real cluster: how often, who is asked, and how far redirects and attempts go.

import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { connect, NotExecutedError, slotOf } from "../dist/index.mjs";
import { callsOf, startCluster, until } from "./lab.mjs";

/** No refresh of its own accord in the time of a test. */
const NEVER = 600_000;

let cluster;
let admin;
/** The administrator on each node. */
let nodes;

before(async () => {
  cluster = await startCluster();
  admin = await connect(cluster.seeds, { refreshInterval: NEVER, idlePing: 0 });
  nodes = admin.nodes().map((node) => admin.with({ route: { node } }));
});
after(async () => {
  await admin?.close();
  await cluster?.stop();
});

/** How often the nodes have been asked for their map. */
async function asked() {
  const infos = await Promise.all(nodes.map((node) => node.call("INFO", "commandstats")));
  return infos.map((info) => callsOf("cluster|slots", info));
}

test("the map is looked at as often as is said", async () => {
  const rounds = async (refreshInterval) => {
    const db = await connect(cluster.seeds, { refreshInterval });
    await db.dbsize();
    const [earlier, { refreshes }] = [await asked(), db.stats()];
    await sleep(1000);
    const [later, stats] = [await asked(), db.stats()];
    await db.close();
    return [later.map((count, at) => count - earlier[at]), Number(stats.refreshes - refreshes)];
  };
  assert.deepEqual(await rounds(NEVER), [[0, 0, 0], 0]);
  for (const interval of [100, 300]) {
    const [counts, refreshes] = await rounds(interval);
    const most = Math.ceil(1200 / interval);
    assert.ok(refreshes >= most / 3 && refreshes <= most, `${refreshes} times in a second, every ${interval} ms`);
    // Each round asks as many nodes as there are.
    for (const count of counts) assert.ok(Math.abs(count - refreshes) <= 2, `${counts} for ${refreshes} rounds`);
  }
});

test("discovered nodes are asked first and the seeds as the last resort, or the seeds first", async (t) => {
  // Nobody listens there.
  const server = createServer();
  const dead = await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));
  await new Promise((resolve) => server.close(resolve));
  // The nodes call themselves by their address: the name is the seed's alone.
  const seed = `localhost:${cluster.seeds[0].split(":")[1]}`;
  for (const seedsFirst of [false, true]) {
    let isCut = false;
    const dials = [];
    const mapAddress = ({ host, port }) => {
      dials.push(host);
      return { host: "127.0.0.1", port: isCut && host !== "localhost" ? dead : port };
    };
    const db = await connect(seed, { mapAddress, seedsFirst, refreshInterval: 100 });
    t.after(() => db.close());
    await db.dbsize();
    assert.equal(dials[0], "localhost", "there was nothing else to begin with");
    const hangUp = async () => {
      const { refreshes } = db.stats();
      dials.length = 0;
      // All but the administrator's own connections.
      for (const node of nodes) await node.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
      await until("it is connected and has looked again", () => dials.length > 0 && db.stats().refreshes > refreshes + 1n);
    };
    await hangUp();
    assert.equal(dials[0], seedsFirst ? "localhost" : "127.0.0.1", String(dials));
    assert.equal(dials.includes("localhost"), seedsFirst, String(dials));

    // A node whose connections end one after the other without a word is left alone for a while.
    await db.dbsize();
    isCut = true;
    await hangUp();
    await until("the seed is dialled", () => dials.includes("localhost"));
    if (!seedsFirst) assert.notEqual(dials[0], "localhost", String(dials));
    // And what it says is taken.
    const key = `{seeds:${seedsFirst}}`;
    const owner = db.nodeFor(key).address;
    await cluster.obey(`begin ${slotOf(key)}`);
    await cluster.obey("finish");
    await until("the client knows the new owner", () => db.nodeFor(key).address !== owner);
    isCut = false;
    assert.equal(await db.with({ timeout: 10_000 }).set(key, 1), "OK");
    assert.equal(db.stats().moved, 0n);
  }
});

test("so many redirects are followed as is said, and no more", async () => {
  const key = "{hops}k";
  const open = (redirects) => connect(cluster.seeds, { redirects, refreshInterval: NEVER });
  const clients = [await open(0), await open(1), await open(2)];
  await clients[0].set(key, "there");
  // MOVED leads to the new owner, and from there ASK to where the key is.
  await cluster.obey(`begin ${slotOf(key)}`);
  await cluster.obey("finish");
  await cluster.obey(`begin ${slotOf(key)}`);
  await cluster.obey(`move ${key}`);
  const [none, one, two] = clients;
  await assert.rejects(none.get(key), { code: "MOVED" });
  await assert.rejects(one.get(key), (error) => {
    assert.ok(error instanceof NotExecutedError, String(error));
    assert.match(error.message, /more than 1 redirects; the last was ASK/);
    return true;
  });
  assert.equal(await two.get(key), "there");
  const { moved, ask } = two.stats();
  assert.deepEqual([moved, ask], [1n, 1n]);
  // The same by call.
  await assert.rejects(two.with({ redirects: 0 }).get(key), { code: "ASK" });
  await cluster.obey("finish");
  for (const client of clients) await client.close();
});

test("attempts end with the time of the call", async () => {
  const [here, there] = ["{attempts}here", "{attempts}there"];
  const db = await connect(cluster.seeds, { refreshInterval: NEVER });
  await db.mset({ [here]: 1, [there]: 2 });
  await cluster.obey(`begin ${slotOf(here)}`);
  await cluster.obey(`move ${there}`);
  for (const timeout of [300, 900]) {
    const { tryAgain } = db.stats();
    const began = performance.now();
    // Over both halves of a slot that is half way: TRYAGAIN until the rest has moved.
    await assert.rejects(db.with({ timeout }).mget([here, there]), (error) => {
      assert.ok(error instanceof NotExecutedError, String(error));
      assert.match(error.message, /TRYAGAIN/);
      return true;
    });
    const took = performance.now() - began;
    assert.ok(took > 0.6 * timeout && took < timeout + 1000, `${took} ms of ${timeout}`);
    assert.ok(db.stats().tryAgain - tryAgain >= 2n, `${db.stats().tryAgain - tryAgain} attempts`);
  }
  const { tryAgain } = db.stats();
  const patient = db.with({ timeout: 10_000 }).mget([here, there]);
  await until("it was turned away", () => db.stats().tryAgain > tryAgain);
  await cluster.obey("finish");
  assert.deepEqual(await patient, ["1", "2"]);
  await db.close();
});
