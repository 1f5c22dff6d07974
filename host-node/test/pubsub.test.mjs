// Publish and subscribe on a real cluster, in both protocols.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { connect, slotOf, Subscription } from "../dist/index.mjs";
import { callsOf, root, startCluster, until } from "./lab.mjs";

const SOON = 5000;
const LATE = 20_000;

let cluster;
let clients;

before(async () => {
  cluster = await startCluster();
  clients = [
    ["resp3", await connect(cluster.seeds)],
    ["resp2", await connect(cluster.seeds, { protocol: 2 })],
  ];
});
after(async () => {
  for (const [, db] of clients ?? []) await db.close();
  await cluster?.stop();
});

/** One test for each protocol. */
const both = {
  test(name, run) {
    for (const protocol of ["resp3", "resp2"]) {
      test(`${name} (${protocol})`, () => run(clients.find(([of]) => of === protocol)[1], protocol));
    }
  },
};

async function next(sub) {
  return (await sub.get(SOON)) ?? assert.fail("no message came");
}

async function drained(sub) {
  let count = 0;
  while (await sub.get(100)) count += 1;
  return count;
}

/** Publishes until a message comes: other nodes hear of a subscription a little later, and of a failover too. */
async function heard(db, sub, channel, publish = "publish") {
  for (const begun = Date.now(); Date.now() - begun < LATE; ) {
    const isSent = await db[publish](channel, "x").then(() => true, () => false);
    const message = isSent && (await sub.get(50));
    if (message) return message;
  }
  assert.fail(`no message on ${channel}`);
}

both.test("channels, patterns and shard channels come on one subscription", async (db, protocol) => {
  const channel = `all:${protocol}`;
  const sub = await db.subscribe(channel);
  assert.ok(sub instanceof Subscription);
  assert.equal(await sub.psubscribe(`${channel}*`), 2);
  const shards = ["a", "b", "c", "d"].map((shard) => `${shard}:${protocol}`);
  assert.equal(await sub.ssubscribe(...shards), 6);
  await db.publish(channel, "one");
  const pair = [await next(sub), await next(sub)].sort((a, b) => a.kind.localeCompare(b.kind));
  const rest = { channel, payload: "one", count: undefined };
  assert.deepEqual(pair, [
    { kind: "message", pattern: undefined, ...rest },
    { kind: "pmessage", pattern: `${channel}*`, ...rest },
  ]);
  for (const shard of shards) {
    assert.equal(await db.spublish(shard, "two"), 1);
    const { kind, channel: from, payload } = await next(sub);
    assert.deepEqual([kind, from, payload], ["smessage", shard, "two"]);
  }
  assert.equal(await sub.get(0), undefined);
  assert.equal(sub.dropped, 0);
  await sub.close();
  await assert.rejects(sub.get(0), { code: "CLOSED" });
  await assert.rejects(sub.subscribe("more"), { code: "CLOSED" });
});

both.test("messages come by iterator, and a binary client has bytes", async (db, protocol) => {
  const channel = `iterate:${protocol}`;
  const sub = await db.binary.subscribe(channel, { confirmations: true });
  const bytes = Buffer.from([0, 255, 13, 10]);
  await db.publish(channel, bytes);
  await db.publish(channel, "last");
  const seen = [];
  for await (const { kind, channel: from, payload, count } of sub) {
    seen.push([kind, String(from), payload, count]);
    if (String(payload) === "last") break;
  }
  assert.deepEqual(seen, [
    ["subscribe", channel, "", 1],
    ["message", channel, bytes, undefined],
    ["message", channel, Buffer.from("last"), undefined],
  ]);
  await sub[Symbol.asyncDispose]();
  await assert.rejects(sub.subscribe(channel), { code: "CLOSED" });
});

both.test("messages come by callback, confirmations too, and one that throws disturbs no other", async (db, protocol) => {
  const channel = `call:${protocol}`;
  const sub = await db.subscribe();
  const seen = [];
  for (const event of ["subscribe", "unsubscribe"]) sub.on(event, ({ channel, count }) => seen.push([event, channel, count]));
  sub.on("message", ({ payload }) => {
    seen.push(payload);
    if (payload === "bad") throw new Error("of the listener");
  });
  const thrown = [];
  sub.on("error", (error) => thrown.push(error.message));
  await sub.subscribe(channel);
  for (const text of ["good", "bad", "good again"]) await db.publish(channel, text);
  for (const begun = Date.now(); seen.length < 4 && Date.now() - begun < SOON; ) await sleep(5);
  await sub.unsubscribe(channel);
  await sleep(20);
  assert.deepEqual(seen, [["subscribe", channel, 1], "good", "bad", "good again", ["unsubscribe", channel, 0]]);
  assert.deepEqual(thrown, ["of the listener"]);
  const closed = once(sub, "close");
  await sub.close();
  await closed;
});

both.test("awaited publishes keep their order, and so do those of a pipeline", async (db, protocol) => {
  const channel = `order:${protocol}`;
  const sub = await db.subscribe(channel);
  for (let n = 0; n < 50; n++) await db.publish(channel, n);
  const pipe = db.pipeline();
  for (let n = 50; n < 100; n++) pipe.publish(channel, n);
  await pipe.exec();
  for (let n = 0; n < 100; n++) assert.equal((await next(sub)).payload, String(n));
  await sub.close();
});

both.test("nothing of a channel comes after its end", async (db, protocol) => {
  const [channel, other] = [`end:${protocol}`, `stays:${protocol}`];
  const sub = await db.subscribe(channel, other);
  const flood = (async () => {
    for (let n = 0; n < 1000; n++) await db.publish(channel, n);
  })();
  await next(sub);
  assert.equal(await sub.unsubscribe(channel), 1);
  await drained(sub);
  await flood;
  await db.publish(other, "last");
  assert.equal((await next(sub)).payload, "last");
  await sub.close();
});

both.test("a slow reader costs messages as it was told, and nobody anything", async (db, protocol) => {
  const channel = `slow:${protocol}`;
  const oldest = await db.subscribe(channel, { buffer: 10 });
  const newest = await db.subscribe(channel, { bufferBytes: 10 * (channel.length + 2), onOverflow: "dropNewest" });
  const closing = await db.subscribe(channel, { buffer: 5, onOverflow: "close" });
  const closed = new Promise((resolve) => closing.once("close", resolve));
  const quick = await db.subscribe(channel);
  for (let n = 10; n < 60; n++) await db.publish(channel, n);
  for (let n = 10; n < 60; n++) assert.equal((await next(quick)).payload, String(n));
  assert.equal(await db.set(`key:${channel}`, 1), "OK");
  // Each has a connection of its own: what the quick one has may still be on its way to the others.
  for (let left = 500; left > 0 && (oldest.dropped < 40 || newest.dropped < 40); left--) await sleep(10);
  await closed;
  assert.equal((await next(oldest)).payload, "50");
  assert.deepEqual([await drained(oldest), oldest.dropped], [9, 40]);
  assert.equal((await next(newest)).payload, "10");
  assert.deepEqual([await drained(newest), newest.dropped], [9, 40]);
  for (let n = 10; n < 15; n++) assert.equal((await next(closing)).payload, String(n));
  await assert.rejects(closing.get(0), { code: "OVERFLOW" });
  for (const sub of [oldest, newest, quick]) await sub.close();
});

both.test("a refused channel is an error and leaves the others", async (db, protocol) => {
  const rules = ["on", ">secret", "allkeys", "+@all", "resetchannels", "&open:*"];
  await db.call("ACL", "SETUSER", "reader", ...rules);
  const reader = await connect(cluster.seeds, {
    username: "reader",
    password: "secret",
    protocol: protocol === "resp2" ? 2 : 3,
  });
  await assert.rejects(reader.subscribe("closed:x"), { code: "NOPERM", ran: "no" });
  const sub = await reader.subscribe("open:x");
  await assert.rejects(sub.subscribe("open:y", "closed:x"), { code: "NOPERM" });
  await assert.rejects(sub.ssubscribe("closed:z"), { code: "NOPERM" });
  assert.equal(await sub.subscribe("open:z"), 2);
  await reader.publish("open:x", "still");
  assert.equal((await next(sub)).payload, "still");
  await reader.close();
});

both.test("a subscription ends with its client, whoever waits", async (_, protocol) => {
  const db = await connect(cluster.seeds, { protocol: protocol === "resp2" ? 2 : 3 });
  const sub = await db.subscribe(`ends:${protocol}`);
  const waiting = sub.get(LATE);
  const loop = (async () => {
    for await (const message of sub) assert.fail(message);
  })();
  await db.close();
  await assert.rejects(waiting, { code: "CLOSED" });
  await loop;
  await assert.rejects(db.subscribe("late"), { code: "CLOSED" });
});

both.test("new credentials are said on a subscription too", async (admin, protocol) => {
  await admin.at("all").call("ACL", "SETUSER", "rotated", "on", ">secret", "~*", "&*", "+@all");
  const said = async () => {
    const infos = await admin.at("all").call("INFO", "commandstats");
    return [...infos.values()].reduce((sum, info) => sum + callsOf("auth", info), 0);
  };
  const db = await connect(cluster.seeds, {
    username: "rotated",
    password: "secret",
    protocol: protocol === "resp2" ? 2 : 3,
  });
  const [kept, added] = [`rotated:${protocol}`, `rotated:${protocol}:added`];
  const sub = await db.subscribe(kept);
  const [before, { dials }] = [await said(), db.stats()];
  await db.reauthenticate();
  assert.equal(await sub.subscribe(added), 2);
  if (protocol === "resp2") {
    // There a subscriber may not say AUTH: another connection takes the place of its own.
    await until("it is subscribed to again", () => sub.resubscriptions > 0);
  } else {
    assert.ok((await said()) > before, "nobody has said AUTH");
    assert.equal(db.stats().dials, dials, "no connection was made anew");
  }
  for (const channel of [kept, added]) {
    const { kind, channel: from } = await heard(db, sub, channel);
    assert.deepEqual([kind, from], ["message", channel]);
    await drained(sub);
  }
  assert.equal(sub.resubscriptions, protocol === "resp2" ? 1 : 0);
  await db.close();
});

test("bad options and names are refused before anything is sent", async () => {
  const [[, db]] = clients;
  await assert.rejects(db.subscribe("x", { bufer: 1 }), { code: "OPTION" });
  await assert.rejects(db.subscribe("x", { buffer: 0 }), { code: "OPTION" });
  await assert.rejects(db.subscribe("x", { onOverflow: "wait" }), { code: "OPTION" });
  await assert.rejects(db.subscribe(undefined), TypeError);
  await assert.rejects(db.call("SUBSCRIBE", "x"), { code: "SUBSCRIBE" });
  const sub = await db.subscribe("x");
  await assert.rejects(sub.get(-1), { code: "OPTION" });
  await sub.close();
});

test("a process lives while someone waits for a message, and no longer", () => {
  const run = (text) => {
    const head = `import { connect } from "${root}/dist/index.mjs"; const db = await connect(${JSON.stringify(cluster.seeds)});`;
    return spawnSync(process.execPath, ["--input-type=module", "-e", head + text], { encoding: "utf8", timeout: LATE });
  };
  const idle = run(`await db.subscribe("alive"); console.log("idle");`);
  assert.deepEqual([idle.status, idle.stdout], [0, "idle\n"], idle.stderr);
  const waits = run(`
    const sub = await db.subscribe("alive");
    setTimeout(() => db.publish("alive", "x"), 300).unref();
    console.log((await sub.get()).payload);`);
  assert.deepEqual([waits.status, waits.stdout], [0, "x\n"], waits.stderr);
});

test("shard channels follow their slot", async () => {
  for (const [, db] of clients) {
    const sub = await db.ssubscribe("{moves}:a", "{moves}:b", "stays");
    const resubscribed = once(sub, "resubscribed");
    await cluster.obey(`begin ${slotOf("{moves}")}`);
    await cluster.obey("finish");
    await resubscribed;
    for (const channel of ["{moves}:a", "{moves}:b", "stays"]) {
      assert.equal((await heard(db, sub, channel, "spublish")).channel, channel);
      await drained(sub);
    }
    assert.equal(sub.resubscriptions, 1);
    await sub.close();
  }
});

test("what is lost with a node is subscribed to again and told once", async () => {
  for (const protocol of [2, 3]) {
    const own = await startCluster({ replicas: 1 });
    const db = await connect(own.seeds, { protocol });
    try {
      const sub = await db.subscribe("news", "sport");
      await sub.psubscribe("n*");
      const counts = await db.with({ route: "all" }).call("PUBSUB", "NUMSUB", "news");
      const home = [...counts].find(([, reply]) => Number([...reply].flat()[1]) === 1)[0];
      const { slots } = db.topology();
      const shard = Array.from({ length: 1000 }, (_, n) => `shard:${n}`).find((name) => {
        const slot = slotOf(name);
        return slots.find(({ start, end }) => start <= slot && slot <= end).primary === home;
      });
      await sub.ssubscribe(shard);
      let told = 0;
      sub.on("resubscribed", () => (told += 1));
      await sleep(1100);
      await own.obey(`kill ${home.split(":").at(-1)}`);
      for (const begun = Date.now(); told === 0 && Date.now() - begun < LATE; ) await sleep(20);
      for (const [channel, publish] of [["news"], ["sport"], [shard, "spublish"]]) {
        assert.equal((await heard(db, sub, channel, publish)).channel, channel);
        await sleep(200);
        await drained(sub);
      }
      assert.deepEqual([told, sub.resubscriptions], [1, 1]);
    } finally {
      await db.close();
      await own.stop();
    }
  }
});
