// Units, sessions and transactions against a real cluster.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { connect, MisuseError, NotExecutedError, PartialError, ServerError, slotOf, UnknownOutcomeError, WatchError } from "../dist/index.mjs";
import { cluster, db, useOneCluster } from "./one-cluster.mjs";

useOneCluster();

const at = async (key, ...words) => {
  const node = await connect([db.nodeFor(key).address]);
  try {
    return await node.at(db.nodeFor(key).address).call(...words);
  } finally {
    await node.close();
  }
};

test("a unit runs as one step, and each command has its reply", async () => {
  const unit = db.pipeline({ atomic: true }).set("{u}n", 1).incr("{u}n").hset("{u}h", { f: "v" }).hgetall("{u}h").publish("news", "x");
  const [set, n, added, hash] = await unit.exec();
  assert.deepEqual([set, n, added, hash], ["OK", 2, 1, new Map([["f", "v"]])]);
  assert.equal(unit.length, 0);
  // Its options stay; a command that fails undoes nothing of the others.
  const settled = await unit.incr("{u}n").lpush("{u}n", "x").incr("{u}n").exec({ raiseOnError: false });
  assert.deepEqual([settled[0], settled[1].code, settled[2]], [3, "WRONGTYPE", 4]);
  assert.deepEqual(await unit.exec(), []);
  await assert.rejects(unit.incr("{u}n").lpush("{u}n", "x").exec(), (error) => {
    assert.ok(error instanceof ServerError);
    assert.deepEqual([error.code, error.index, error.outcomes[0]], ["WRONGTYPE", 1, 5]);
    return true;
  });
});

test("what cannot be a unit is refused before anything is sent", async () => {
  const refused = async (queue, code, pattern = /\w/) => {
    const run = async () => queue(db.pipeline({ atomic: true }).set("{r}k", "sent")).exec();
    await assert.rejects(run, (error) => {
      assert.ok(error instanceof MisuseError, String(error));
      assert.deepEqual([error.code, error.index], [code, 1]);
      assert.match(error.message, pattern);
      return true;
    });
  };
  await refused((unit) => unit.set("elsewhere", 1), "CROSSSLOT", new RegExp(`${slotOf("elsewhere")}.*${slotOf("{r}k")}`));
  await refused((unit) => unit.time(), "KEYLESS", /outside of the unit/);
  await refused((unit) => unit.dbsize(), "KEYLESS");
  await refused((unit) => unit.watch("{r}k"), "SESSION");
  await refused((unit) => unit.call("MULTI"), "SESSION");
  await refused((unit) => unit.call("SUBSCRIBE", "c"), "SUBSCRIBE");
  assert.equal(await db.exists(["{r}k"]), 0);
  assert.throws(() => db.pipeline({ atomic: 1 }), { code: "OPTION" });
  // Between MULTI and EXEC nothing blocks.
  assert.deepEqual(await db.pipeline({ atomic: true }).blpop(["{r}empty"], 0).exec(), [null]);
  const [plan] = db.pipeline({ atomic: true }).set("{r}k", 1).explain();
  assert.equal(plan.plan?.parts[0]?.slot ?? plan.parts?.[0]?.slot, slotOf("{r}k"));
});

test("a refused command takes its unit with it", async () => {
  const settled = await db.pipeline({ atomic: true }).set("{d}k", 1).call("JSON.GET", "{d}k").exec({ raiseOnError: false });
  assert.ok(settled[0] instanceof NotExecutedError);
  assert.equal(settled[0].code, "DISCARDED");
  assert.match(settled[0].message, /command 1 .*unknown command/);
  assert.ok(settled[1] instanceof ServerError);
  assert.equal(await db.exists(["{d}k"]), 0);
});

test("a watched key that changes is a WatchError, and the session goes on", async () => {
  const key = "{w}k";
  await db.set(key, 7);
  const session = db.session(key);
  for (let round = 0; round < 3; round++) {
    await session.watch(key);
    const seen = Number(await session.get(key));
    const unit = session.multi().set(key, seen + 1).get(key);
    if (round === 1) {
      await db.set(key, 100);
      await assert.rejects(unit.exec(), (error) => {
        assert.ok(error instanceof WatchError && error instanceof NotExecutedError);
        assert.deepEqual([error.code, error.outcome, error.uncertain], ["CONFLICT", "not-executed", false]);
        return true;
      });
    } else assert.deepEqual(await unit.exec(), ["OK", String(seen + 1)]);
  }
  assert.equal(await db.get(key), "101");
  // More keys later, and let go.
  await session.watch(key);
  await session.watch(["{w}other"]);
  await db.set("{w}other", 1);
  await session.unwatch();
  assert.deepEqual(await session.multi().incr(key).exec(), [102]);
  // Discarded.
  await session.watch(key);
  session.multi().set(key, "never");
  await session.discard();
  await db.incr(key);
  assert.deepEqual(await session.multi().incr(key).exec(), [104]);
  // An empty unit ends the watch.
  await session.watch(key);
  assert.deepEqual(await session.multi().exec(), []);
  await db.incr(key);
  assert.deepEqual(await session.multi().incr(key).exec(), [106]);
  await session.release();
  await session.release();
  await assert.rejects(session.get(key), { code: "RELEASED" });
});

test("a session is on one slot or node", async () => {
  assert.throws(() => db.session("foo", "bar"), { code: "CROSSSLOT" });
  assert.throws(() => db.session(), { code: "KEYS" });
  assert.throws(() => db.session({ slot: 16384 }), { code: "OPTION" });
  await db.set("{b}k", 1);
  const slot = slotOf("{b}k");
  const atSlot = db.session({ slot });
  assert.equal(await atSlot.get("{b}k"), "1");
  await assert.rejects(atSlot.get("elsewhere"), { code: "CROSSSLOT" });
  const owner = db.nodeForSlot(slot);
  assert.equal((await atSlot.call("CONFIG", "GET", "port")).get("port"), String(owner.port));
  const atNode = db.session({ node: owner.address });
  assert.equal(await atNode.get("{b}k"), "1");
  const other = db.primaries().find(({ address }) => address !== owner.address);
  const away = db.session({ node: other });
  await assert.rejects(away.get("{b}k"), { code: "MOVED" });
  for (const session of [atSlot, atNode, away]) await session[Symbol.asyncDispose]();
});

test("WAIT speaks of what the session wrote", async () => {
  await assert.rejects(db.call("WAIT", 1, 100), { code: "SESSION" });
  const session = db.session("{wait}k");
  await session.set("{wait}k", 1);
  assert.equal(await session.wait(0, 100), 0);
  await session.release();
});

test("transactions that meet lose no update", async () => {
  const [key, log] = ["{t}n", "{t}log"];
  let tried = 0;
  const count = () =>
    db.transaction(
      async (session) => {
        tried += 1;
        const next = Number((await session.get(key)) ?? 0) + 1;
        return session.multi().set(key, next).rpush(log, next);
      },
      key,
      log,
      { attempts: 10_000 },
    );
  const task = async () => {
    for (let n = 0; n < 10; n++) {
      const [set, len] = await count();
      assert.equal(set, "OK");
      assert.equal(typeof len, "number");
    }
  };
  await Promise.all(Array.from({ length: 8 }, task));
  assert.equal(await db.get(key), "80");
  assert.deepEqual(await db.lrange(log, 0, -1), Array.from({ length: 80 }, (_, n) => String(n + 1)));
  assert.ok(tried > 80, "they never met");
});

test("a transaction gives what its function gives, and is tried so often", async () => {
  const key = "{f}k";
  await db.set(key, 5);
  assert.equal(await db.transaction((session) => session.get(key), key), "5", "without a unit it is immediate");
  assert.deepEqual(await db.transaction((session) => void session.multi().incr(key), key), [6], "a unit that was begun is sent");
  assert.deepEqual(await db.transaction((session) => session.multi().incr(key).exec(), key), [7]);
  assert.equal(
    await db.transaction((session) => {
      session.multi().incr(key);
      return "mine";
    }, key),
    "mine",
  );
  let tried = 0;
  const meeting = db.transaction(
    async (session) => {
      tried += 1;
      await db.incr(key);
      session.multi().set(key, 0);
    },
    key,
    { attempts: 3 },
  );
  await assert.rejects(meeting, WatchError);
  assert.deepEqual([tried, await db.get(key)], [3, "11"]);
  const thrown = new Error("mine");
  await assert.rejects(
    db.transaction(() => {
      throw thrown;
    }, key),
    (error) => error === thrown,
  );
  await assert.rejects(db.transaction(() => 1, "foo", "bar"), { code: "CROSSSLOT" });
  await assert.rejects(db.transaction(key, () => 1), { code: "OPTION", message: /begins with a function/ });
  await assert.rejects(db.transaction(() => 1, key, { attempts: 0 }), { code: "OPTION" });
  await assert.rejects(db.transaction(() => 1, key, { atempts: 1 }), { code: "OPTION" });
});

test("units run whole and once while their slots move", async () => {
  const counts = new Map(Array.from({ length: 40 }, (_, n) => [`{m${n}}`, 0]));
  const before = db.stats();
  const unit = async (tag) => {
    const n = counts.get(tag) + 1;
    counts.set(tag, n);
    const unit = db.pipeline({ atomic: true, timeout: 20_000 }).incr(`${tag}n`).rpush(`${tag}l`, n);
    assert.deepEqual(await unit.exec(), [n, n], tag);
  };
  for (const tag of counts.keys()) {
    let isMoving = true;
    const work = (async () => {
      while (isMoving) await unit(tag);
      await unit(tag);
    })();
    await cluster.obey(`begin ${slotOf(tag)}`);
    await sleep(3);
    await cluster.obey(`move ${tag}n`);
    await sleep(3);
    await cluster.obey("finish");
    isMoving = false;
    await work;
  }
  for (const [tag, n] of counts) {
    const list = (await db.lrange(`${tag}l`, 0, -1)).map(Number);
    assert.deepEqual(list, Array.from({ length: n }, (_, index) => index + 1));
  }
  const { moved, ask, tryAgain } = db.stats();
  assert.ok(moved - before.moved > 20, `MOVED ${moved - before.moved}`);
  assert.ok(ask + tryAgain - before.ask - before.tryAgain > 20, `ASK ${ask - before.ask}, TRYAGAIN ${tryAgain - before.tryAgain}`);
});

test("a slot that moves under a watch is a WatchError", async () => {
  const key = "{s}k";
  await db.set(key, 1);
  const session = db.session(key);
  await session.watch(key);
  await cluster.obey(`begin ${slotOf(key)}`);
  await cluster.obey("finish");
  await assert.rejects(session.multi().set(key, 2).exec(), WatchError);
  assert.equal(await db.get(key), "1");
  await session.watch(key);
  assert.deepEqual(await session.multi().incr(key).exec(), [2], "it goes on at the new owner");
  await session.release();
});

test("a connection that is lost takes its watch along", async () => {
  const key = "{l}k";
  const session = db.session(key);
  await session.watch(key);
  await at(key, "CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
  await sleep(50);
  await assert.rejects(session.multi().set(key, 2).exec(), WatchError);
  assert.deepEqual(await session.multi().set(key, 3).exec(), ["OK"]);
  await session.release();
});

test("a user who may not say MULTI is told so, and nothing runs", async () => {
  await db.at("all").call("ACL", "SETUSER", "single", "on", ">secret", "allkeys", "allchannels", "+@all", "-multi");
  const single = await connect(cluster.seeds, { username: "single", password: "secret" });
  const settled = await single.pipeline({ atomic: true }).set("{acl}k", 1).incr("{acl}k").exec({ raiseOnError: false });
  assert.deepEqual(settled.map(({ code }) => code), ["NOPERM", "NOPERM"]);
  assert.equal(await db.exists(["{acl}k"]), 0);
  await assert.rejects(single.session("{acl}k").watch("{acl}k"), { code: "NOPERM" });
  await single.close();
});

test("a unit whose MULTI was forbidden meanwhile is partial, and no other runs", async () => {
  const allow = (...rules) => db.at("all").call("ACL", "SETUSER", "revoked", ...rules);
  await allow("on", ">secret", "allkeys", "allchannels", "+@all");
  const revoked = await connect(cluster.seeds, { username: "revoked", password: "secret" });
  const [shared, own] = ["{revoked}shared", "{revoked}own"];
  const unit = () => revoked.pipeline({ atomic: true }).incr(shared).incr(shared).exec({ raiseOnError: false });
  // That MULTI had been refused, and what became of the command for itself.
  const apart = (error) => {
    assert.ok(error instanceof PartialError, String(error));
    const [multi, command, ...rest] = error.parts;
    assert.deepEqual([multi.step, multi.result.code, rest.length], ["MULTI", "NOPERM", 0]);
    return command.result;
  };
  assert.deepEqual(await unit(), [1, 2]);
  const session = revoked.session(own);
  await session.watch(own);

  await allow("-multi");
  assert.deepEqual((await unit()).map(apart), [3, 4]);
  assert.deepEqual((await unit()).map(({ code }) => code), ["NOPERM", "NOPERM"], "MULTI is asked for anew");
  assert.equal(await db.get(shared), "4");

  // Nobody is told that a watch has held.
  await db.set(own, "somebody else's");
  await assert.rejects(session.multi().set(own, "mine").exec(), (error) => apart(error) === "OK");
  await assert.rejects(session.watch(own), { code: "NOPERM" });
  await revoked.close();
});

test("a unit that is given up is unknown, and its late replies are nobody's", async () => {
  const key = "{late}k";
  await db.pipeline({ atomic: true }).set(key, 1).exec();
  await at(key, "CLIENT", "PAUSE", "400", "ALL");
  const settled = await db
    .pipeline({ atomic: true, timeout: 100 })
    .incr(key)
    .incr(key)
    .exec({ raiseOnError: false });
  for (const outcome of settled) assert.ok(outcome instanceof UnknownOutcomeError, String(outcome));
  assert.equal(await db.get(key), "3", "it ran when the pause was over, once");
  const { jobs, batches } = Object.fromEntries([...db.stats().open]);
  assert.equal(Number(jobs) + Number(batches), 0);
});

test("hooks see each command of a unit", async () => {
  const seen = [];
  const onReply = (value, { command, node, slot }) => {
    seen.push([command, slot, typeof node]);
    return value;
  };
  const [, n] = await db.pipeline({ atomic: true, onReply, onResult: (value) => ({ value }) }).set("{hook}n", 1).incr("{hook}n").exec();
  assert.deepEqual(n, { value: 2 });
  assert.deepEqual(seen, [["SET", slotOf("{hook}n"), "string"], ["INCR", slotOf("{hook}n"), "string"]]);
});
