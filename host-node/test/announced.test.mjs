// Clusters whose nodes are known under something else than the 127.0.0.1 that they were asked at: names, no host at all,
// IPv6, and addresses that only a map makes any use of.

import assert from "node:assert/strict";
import { createServer } from "node:net";
import { after, before, test } from "node:test";

import { connect, slotOf } from "../dist/index.mjs";
import { count, reachesAndFollows, startCluster, until } from "./lab.mjs";

/** Why nothing listens on ::1 here, if so. */
const noIpv6 = await new Promise((resolve) => {
  const server = createServer();
  server.once("error", ({ message }) => resolve(`this machine has no ::1: ${message}`));
  server.listen(0, "::1", () => server.close(() => resolve(false)));
});

let named;
let nameless;
let mapped;
let onIpv6;

before(async () => {
  [named, nameless, mapped, onIpv6] = await Promise.all([
    startCluster(),
    startCluster(),
    startCluster(),
    noIpv6 ? undefined : startCluster({ ipv6: true }),
  ]);
});
after(() => Promise.all([named, nameless, mapped, onIpv6].map((cluster) => cluster?.stop())));

const portOf = (seed) => Number(seed.slice(seed.lastIndexOf(":") + 1));
/** Where the nodes are, in the order in which they were started. */
const placesAt = (host, { seeds }) => seeds.map((seed) => `${host}:${portOf(seed)}`);

function knows(db, places) {
  const known = db.nodes().map(({ host, port }) => `${host}:${port}`);
  assert.deepEqual(known.sort(), [...places].sort());
}

test("nodes that announce names are known, dialled and followed by them", async () => {
  const places = placesAt("localhost", named);
  await named.obey(`announce ${places.join(" ")}`);
  const dialled = new Set();
  const mapAddress = (address) => {
    dialled.add(`${address.host}:${address.port}`);
    return address;
  };
  const [seed] = named.seeds;
  const db = await connect(seed, { mapAddress });
  knows(db, places);
  const node = db.node({ host: "localhost", port: portOf(seed) });
  assert.deepEqual(db.node(`localhost:${portOf(seed)}`), node);
  assert.equal((await db.at(node).call("CLUSTER", "MYID")).get(node.address), node.id);
  await reachesAndFollows(db, named);
  knows(db, places);
  for (const place of places) assert.ok(dialled.has(place), `${place} is not in ${[...dialled]}`);
  await db.close();

  // Whom to trust is said by the same names: the nodes' addresses are not they.
  const trusting = await connect(seed, { trust: places });
  assert.equal(await trusting.set("trusted", 1), "OK");
  await trusting.close();
  const refused = await connect(seed, { trust: named.seeds, timeout: 500, lazy: true });
  await assert.rejects(refused.set("trusted", 2), /trust/);
  await refused.close();
});

test("each command runs once while slots move between nodes with names", async () => {
  const db = await connect(named.seeds[0]);
  const keys = Array.from({ length: 80 }, (_, at) => `{moves:${at % 8}}:${at}`);
  await count(db, keys, 1);
  let isMoving = true;
  const moves = (async () => {
    try {
      for (const key of keys.slice(0, 8)) {
        const { ask } = db.stats();
        await named.obey(`begin ${slotOf(key)}`);
        await named.obey(`move ${key}`);
        await until("a pipeline meets the moving slot", () => db.stats().ask > ask);
        await named.obey("finish");
      }
    } finally {
      isMoving = false;
    }
  })();
  for (let times = 2; isMoving; times++) await count(db, keys, times);
  await moves;
  const { moved, untrusted } = db.stats();
  assert.ok(moved > 0n && untrusted === 0n, `${moved} times MOVED, ${untrusted} to others`);
  await db.close();
});

test("nodes that announce no host are where the one is that said so", async () => {
  const admin = await connect(nameless.seeds);
  await admin.at("all").call("CONFIG", "SET", "cluster-preferred-endpoint-type", "unknown-endpoint");
  await admin.close();
  for (const host of ["127.0.0.1", "localhost"]) {
    const db = await connect({ host, port: portOf(nameless.seeds[0]) });
    knows(db, placesAt(host, nameless));
    if (host === "localhost") await reachesAndFollows(db, nameless);
    await db.close();
  }
});

test("a cluster on IPv6 is reached and followed", { skip: noIpv6 }, async () => {
  const port = portOf(onIpv6.seeds[0]);
  await assert.rejects(connect(`127.0.0.1:${port}`, { connectTimeout: 500 }));
  for (const seeds of [`[::1]:${port}`, `redis://[::1]:${port}`, { host: "::1", port }, onIpv6.seeds]) {
    const db = await connect(seeds);
    knows(db, placesAt("::1", onIpv6));
    const node = db.node({ host: "::1", port });
    for (const name of [`[::1]:${port}`, node.address, node.id]) assert.deepEqual(db.node(name), node, name);
    if (seeds === onIpv6.seeds) await reachesAndFollows(db, onIpv6);
    await db.close();
  }
  const db = await connect("door.invalid", { mapAddress: { "door.invalid:6379": `[::1]:${port}` } });
  knows(db, placesAt("::1", onIpv6));
  await db.close();
});

test("addresses that cannot be dialled are mapped for every node and redirect", async () => {
  const places = mapped.seeds.map((_, at) => `node-${at}.invalid:6379`);
  await mapped.obey(`announce ${places.join(" ")}`);
  const doors = Object.fromEntries(places.map((place, at) => [place, mapped.seeds[at]]));
  const dialled = new Set();
  const open = ({ host, port }) => {
    dialled.add(`${host}:${port}`);
    return { host: "127.0.0.1", port: portOf(doors[`${host}:${port}`]) };
  };
  for (const mapAddress of [doors, open]) {
    const db = await connect("node-1.invalid", { mapAddress });
    knows(db, places);
    await reachesAndFollows(db, mapped);
    await db.close();
  }
  assert.deepEqual([...dialled].sort(), places);
  await assert.rejects(connect("node-1.invalid", { connectTimeout: 2_000 }), { code: "UNKNOWN_HOST" });
});
