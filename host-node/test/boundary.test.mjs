// What crosses into wasm: how often, and what happens when memory moves or the core breaks.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { connect } from "../dist/index.mjs";
import { intercepted, trap } from "./cores.mjs";
import { startCluster } from "./lab.mjs";

let cluster;

before(async () => {
  cluster = await startCluster();
});
after(() => cluster?.stop());

/** A client, and the crossings that `run` made with it by verb. */
async function counted(run) {
  const counts = {};
  await intercepted(
    (verb, _, call) => {
      counts[verb] = (counts[verb] ?? 0) + 1;
      return call();
    },
    async () => {
      const db = await connect(cluster.seeds);
      for (const verb of Object.keys(counts)) counts[verb] = 0;
      await run(db);
      await db.close();
    },
  );
  const { submit = 0, poll = 0, received = 0 } = counts;
  return { submit, poll, received, others: (counts.written ?? 0) + (counts.elapsed ?? 0) };
}

const keys = Array.from({ length: 10_000 }, (_, at) => `tick:${at}`);

test("10,000 single calls of a tick are one submit, and each event of a socket is one poll", async () => {
  const { submit, poll, received, others } = await counted(async (db) => {
    const replies = await Promise.all(keys.map((key) => db.set(key, key)));
    assert.ok(replies.every((reply) => reply === "OK"));
  });
  assert.equal(submit, 1);
  assert.equal(poll, submit + received + others);
});

test("a pipeline of 10,000 commands is one submit, and each event of a socket is one poll", async () => {
  const { submit, poll, received, others } = await counted(async (db) => {
    const pipe = db.pipeline();
    for (const key of keys) pipe.get(key);
    assert.deepEqual(await pipe.exec(), keys);
  });
  assert.equal(submit, 1);
  assert.equal(poll, submit + received + others);
});

test("calls of a tick are one submit per set of options, however many clients have these", async () => {
  const { submit } = await counted(async (db) => {
    const calls = keys.slice(0, 100).map((key, at) => db.with({ timeout: 1000 + 1000 * (at % 2) }).get(key));
    await Promise.all([...calls, db.get("other"), db.binary.get("other")]);
  });
  assert.equal(submit, 3);
});

test("calls that await each other are counted one by one: the count can tell", async () => {
  const { submit } = await counted(async (db) => {
    for (const key of keys.slice(0, 10)) await db.get(key);
  });
  assert.equal(submit, 10);
});

test("no view outlives a call: memory that moves in every call disturbs nothing", async () => {
  let grown = 0;
  const grow = (verb, { memory }, call) => {
    // 65,536 pages are the end of memory: not for ever, but from time to time also in the middle of an event.
    if (grown < 2000) {
      memory.grow(1);
      grown += 1;
    }
    const result = call();
    // What this returns may be an address: a view made before is dead, one made now is good.
    if (grown < 2000) memory.grow(1);
    return result;
  };
  await intercepted(grow, async () => {
    const db = await connect(cluster.seeds);
    const pipe = db.pipeline();
    for (const key of keys.slice(0, 500)) pipe.set(key, key).get(key).mget([key, "nothing"]);
    const replies = await pipe.exec();
    assert.deepEqual(replies.slice(0, 3), ["OK", keys[0], [keys[0], null]]);
    assert.deepEqual(replies.slice(-3), ["OK", keys[499], [keys[499], null]]);
    await assert.rejects(db.call("MSET", "odd"), { code: "ARITY" });
    await db.close();
  });
  assert.ok(grown > 20, `memory grew ${grown} times`);
});

test("bursts cost their peak once: after the first ones memory grows no more", async () => {
  const sizes = [];
  let last = 0;
  const watch = (_, { memory }, call) => {
    const result = call();
    last = memory.buffer.byteLength;
    return result;
  };
  await intercepted(watch, async () => {
    const db = await connect(cluster.seeds);
    for (let burst = 0; burst < 40; burst++) {
      const signal = new AbortController();
      const pipe = db.pipeline();
      for (const key of keys) pipe.set(key, key).get(key);
      const dropped = db.pipeline({ signal: signal.signal });
      for (const key of keys.slice(0, 500)) dropped.get(key);
      const late = dropped.exec({ raiseOnError: false });
      setImmediate(() => signal.abort());
      const replies = await pipe.lpush(keys[0], "x").exec({ raiseOnError: false });
      assert.equal(replies.at(-1).code, "WRONGTYPE");
      await late;
      // The late replies of what was given up have come with this one, behind them.
      for (const { address } of db.primaries()) await db.at(address).ping();
      sizes.push(last);
    }
    const open = Object.fromEntries(db.stats().open);
    assert.deepEqual(Object.values(open).map(Number), [0, 0, 0, 0]);
    await db.close();
  });
  // A burst whose replies come otherwise may need a little more, once; what is kept of each needs more again and again.
  assert.ok(new Set(sizes.slice(9)).size <= 2, `bytes of memory after each burst: ${sizes}`);
});

test("a reply that makes memory grow while it arrives is whole, and so are those around it", async () => {
  const sizes = new Set();
  const watch = (_, { memory }, call) => {
    const result = call();
    sizes.add(memory.buffer.byteLength);
    return result;
  };
  await intercepted(watch, async () => {
    const db = await connect(cluster.seeds);
    const large = "0123456789abcdef".repeat(1 << 18);
    await db.mset({ l1: large, l2: large, l3: large, small: "s" });
    const [before, all, after_] = await db.pipeline().get("small").mget(["l1", "l2", "l3"]).get("small").exec();
    assert.deepEqual([before, after_], ["s", "s"]);
    assert.ok(all.every((value) => value === large));
    await db.close();
  });
  assert.ok(sizes.size > 2, `sizes of memory: ${[...sizes]}`);
});

/** A client whose first core traps once, at the first `verb` after it was armed. */
async function trapping(verb, run) {
  let armed = false;
  let victim;
  const around = (called, instance, call) => {
    victim ??= instance;
    if (armed && instance === victim && called === verb) {
      armed = false;
      trap();
    }
    return call();
  };
  await intercepted(around, async () => {
    const db = await connect(cluster.seeds);
    await run(db, () => {
      armed = true;
    });
    await db.close();
  });
}

test("a trap leaves what was under way unknown, and the next call has a fresh core", async () => {
  await trapping("received", async (db, arm) => {
    const other = await connect(cluster.seeds);
    arm();
    const [set, list] = await Promise.allSettled([
      db.set("trapped", 1),
      db.pipeline().get("a").get("b").exec({ raiseOnError: false }),
    ]);
    assert.equal(set.reason.outcome, "unknown");
    assert.match(set.reason.message, /the core broke: unreachable/);
    assert.deepEqual(
      list.value.map(({ outcome, index }) => [outcome, index]),
      [
        ["unknown", 0],
        ["unknown", 1],
      ],
    );
    assert.equal(await db.set("trapped", 2), "OK");
    assert.equal(await db.get("trapped"), "2");
    // It broke alone.
    assert.equal(await other.get("trapped"), "2");
    await other.close();
  });
});

test("a trap while commands are handed over: they never ran, and what waits behind them runs", async () => {
  await trapping("submit", async (db, arm) => {
    await db.del("handed");
    arm();
    const first = db.call("INCR", "handed");
    const second = db.with({ timeout: 1500 }).call("INCR", "handed");
    const [refused, done] = await Promise.allSettled([first, second]);
    assert.deepEqual([refused.reason.code, refused.reason.outcome], ["BROKEN", "not-executed"]);
    assert.equal(done.value, 1);
  });
});

test("a session does not outlive the core that it was opened on: a fresh one knows nothing of the watch", async () => {
  await trapping("received", async (db, arm) => {
    const session = db.session("watched:a");
    await session.watch("watched:a");
    arm();
    await assert.rejects(db.set("watched:any", 1), { outcome: "unknown" });
    await db.set("watched:a", "changed");
    await assert.rejects(session.get("watched:a"), { code: "CANCELLED", outcome: "not-executed" });
    const unit = session.multi().set("watched:a", "lost");
    await assert.rejects(unit.exec(), { code: "CANCELLED", message: /begin another/ });
    await session.release();
    assert.equal(await db.get("watched:a"), "changed");
    const kept = await db.transaction((session) => void session.multi().set("watched:a", "kept"), "watched:a");
    assert.deepEqual(kept, ["OK"]);
  });
});

test("a core that breaks every time ends in one clear error", async () => {
  const around = (verb, _, call) => (verb === "received" ? trap() : call());
  const error = await intercepted(around, () => connect(cluster.seeds).catch((error) => error));
  assert.deepEqual([error.name, error.code], ["ConnectError", "BROKEN"]);
});

test("words of the core that cannot be break it, and nothing is read outside of memory", async () => {
  let armed = false;
  // The frame's address is the last word of memory: whatever it says does not fit.
  const around = (verb, { memory }, call) => {
    const result = call();
    if (!armed || verb !== "poll") return result;
    armed = false;
    const at = memory.buffer.byteLength - 4;
    new Uint32Array(memory.buffer, at, 1)[0] = 0xffff_fff0;
    return at;
  };
  await intercepted(around, async () => {
    const db = await connect(cluster.seeds);
    armed = true;
    const error = await db.set("torn", 1).catch((error) => error);
    assert.equal(error.outcome, "unknown");
    assert.equal(await db.set("torn", 2), "OK");
    await db.close();
  });
});
