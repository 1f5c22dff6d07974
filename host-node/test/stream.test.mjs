// Streams of commands against a real cluster.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { connect } from "../dist/index.mjs";
import { collectGarbage } from "./lab.mjs";
import { cluster, db, useOneCluster } from "./one-cluster.mjs";

useOneCluster();

/** Commands that note how many were taken, and whether the source was told to end. */
function source(count, command) {
  const state = { taken: 0, isEnded: false };
  state.commands = (function* () {
    try {
      for (let at = 0; at < count; at++) {
        state.taken += 1;
        yield command(at);
      }
    } finally {
      state.isEnded = true;
    }
  })();
  return state;
}

async function collect(stream) {
  const got = [];
  let error;
  try {
    for await (const reply of stream) got.push(reply);
  } catch (thrown) {
    error = thrown;
  }
  return { got, error };
}

/** Once all that was cancelled has been answered, nothing is open inside. */
async function drained() {
  for (let at = 0; at < 100; at++) {
    if ([...db.stats().open.values()].every((count) => Number(count) === 0)) return;
    await sleep(20);
  }
  assert.fail([...db.stats().open].join(" "));
}

test("200,000 commands are answered in order, in memory that stays flat", async () => {
  await db
    .pipeline()
    .del(Array.from({ length: 100 }, (_, at) => `count:${at}`))
    .exec();
  const all = source(200_000, (at) => ["INCR", `count:${at % 100}`]);
  let [at, highest, first] = [0, 0, 0];
  for await (const count of db.stream(all.commands)) {
    if (count !== Math.floor(at / 100) + 1) assert.fail(`reply ${at} is ${count}`);
    at += 1;
    if (at % 10_000 !== 0) continue;
    assert.ok(all.taken - at <= 2048, `${all.taken - at} on their way`);
    collectGarbage();
    const { heapUsed, arrayBuffers, external } = process.memoryUsage();
    if (at === 20_000) first = heapUsed + arrayBuffers + external;
    highest = Math.max(highest, heapUsed + arrayBuffers + external);
  }
  assert.equal(at, 200_000);
  assert.ok(all.isEnded);
  // What is kept of 180,000 commands would be more.
  assert.ok(highest - first < 4 << 20, `${(highest - first) >> 10} KiB more than at the beginning`);
});

test("a reader that pauses stops the source, and goes on without a loss", async () => {
  const all = source(2000, (at) => ["ECHO", String(at)]);
  const stream = db.stream(all.commands, { window: 100 });
  assert.equal(all.taken, 0);
  assert.equal((await stream.next()).value, "0");
  await sleep(50);
  assert.ok(all.taken <= 101, `${all.taken} taken for one reply`);
  const { got } = await collect(stream);
  assert.deepEqual(
    got,
    Array.from({ length: 1999 }, (_, at) => String(at + 1)),
  );
});

test("large commands count by their bytes", async () => {
  const value = "v".repeat(1 << 18);
  const all = source(40, (at) => ["SET", `large:${at}`, value]);
  const stream = db.stream(all.commands);
  await stream.next();
  assert.ok(all.taken <= 6, `${all.taken} MiB/4 taken`);
  assert.equal((await collect(stream)).got.length, 39);
});

test("a source that waits holds back neither what it gave nor its reply", async () => {
  let goOn;
  async function* source() {
    yield ["SET", "waiting", "1"];
    await new Promise((resolve) => {
      goOn = resolve;
    });
    yield ["GET", "waiting"];
  }
  const stream = db.stream(source());
  assert.equal((await stream.next()).value, "OK");
  goOn();
  assert.deepEqual((await collect(stream)).got, ["1"]);
});

test("commands come from arrays and from async sources, and none is an empty stream", async () => {
  assert.deepEqual(
    (
      await collect(
        db.stream([
          ["SET", "a", 1],
          ["GET", "a"],
        ]),
      )
    ).got,
    ["OK", "1"],
  );
  assert.deepEqual((await collect(db.stream([]))).got, []);
  const { got } = await collect(db.binary.stream([["GET", "a"]]));
  assert.deepEqual(got, [Buffer.from("1")]);
});

const MIXED = [
  ["SET", "text", "x"],
  ["INCR", "text"],
  ["GET", "text"],
];

test("the first error is thrown behind the replies before it, and ends the source", async () => {
  const all = source(100_000, (at) => MIXED[at % 3]);
  const { got, error } = await collect(db.stream(all.commands));
  assert.deepEqual(got, ["OK"]);
  assert.deepEqual([error.code, error.command, error.index], ["ERR", "INCR", 1]);
  assert.ok(all.isEnded && all.taken < 10_000);
  await drained();
});

test("errors stand in their places if they are not to be thrown, misuse too", async () => {
  const { got, error } = await collect(
    db.stream([...MIXED, ["MSET", "odd"], [], ["GET", "text"]], { raiseOnError: false }),
  );
  assert.equal(error, undefined);
  assert.deepEqual(
    got.map((reply) => reply?.code ?? reply),
    ["OK", "ERR", "x", "ARITY", "EMPTY", "x"],
  );
  assert.deepEqual([got[1].index, got[3].index], [1, 3]);
});

test("what is no command ends the stream behind the replies of what came before", async () => {
  for (const bad of [["SET", "k", undefined], "GET k", null, 1]) {
    const all = source(4, (at) => (at === 2 ? bad : ["SET", "k", at]));
    const { got, error } = await collect(db.stream(all.commands));
    assert.deepEqual([got, error?.name], [["OK", "OK"], "TypeError"]);
    assert.ok(all.isEnded);
  }
  for (const none of [undefined, null, 5, "text", {}]) {
    assert.match((await collect(db.stream(none))).error.message, /iterable/);
  }
  for (const window of [0, -1, 1.5, NaN, "7"]) assert.throws(() => db.stream([], { window }), { code: "OPTION" });
});

test("a source that throws ends the stream behind the replies of what it gave", async () => {
  const sync = (function* () {
    yield ["SET", "k", 1];
    throw new Error("no more");
  })();
  const later = (async function* () {
    yield ["SET", "k", 1];
    throw new Error("no more");
  })();
  for (const commands of [sync, later]) {
    const { got, error } = await collect(db.stream(commands));
    assert.deepEqual([got, error.message], [["OK"], "no more"]);
  }
});

test("leaving early ends the source and leaves nothing open", async () => {
  const all = source(Infinity, (at) => ["SET", `early:${at % 50}`, at]);
  let count = 0;
  for await (const reply of db.stream(all.commands)) {
    assert.equal(reply, "OK");
    count += 1;
    if (count === 5000) break;
  }
  assert.ok(all.isEnded);
  const { taken } = all;
  await drained();
  assert.equal(all.taken, taken);
  assert.equal(await db.set("after", 1), "OK");
});

test("leaving a source that never goes on does not wait for it", async () => {
  let isTold = false;
  const stuck = {
    [Symbol.asyncIterator]: () => ({
      calls: 0,
      next() {
        this.calls += 1;
        return this.calls === 1 ? Promise.resolve({ done: false, value: ["PING"] }) : new Promise(() => {});
      },
      return() {
        isTold = true;
        return Promise.reject(new Error("nobody hears this"));
      },
    }),
  };
  for await (const reply of db.stream(stuck)) {
    assert.equal(reply, "PONG");
    break;
  }
  assert.ok(isTold);
});

test("a signal ends it: what is on its way has its outcome, then the stream throws", async () => {
  const controller = new AbortController();
  const all = source(Infinity, () => ["BLPOP", "nothing", "5"]);
  const stream = db.stream(all.commands, {
    signal: controller.signal,
    window: 3,
    raiseOnError: false,
    timeout: 10_000,
  });
  setTimeout(() => controller.abort(new Error("enough")), 100);
  const { got, error } = await collect(stream);
  assert.equal(got.length, 3);
  assert.ok(
    got.every(({ outcome, cause }) => ["unknown", "not-executed"].includes(outcome) && cause.message === "enough"),
  );
  assert.deepEqual([error.code, error.cause.message], ["CANCELLED", "enough"]);
  assert.ok(all.isEnded);
  const late = await collect(db.stream([["PING"]], { signal: controller.signal }));
  assert.deepEqual([late.got, late.error.code], [[], "CANCELLED"]);
});

test("a closed client ends it, also where errors stand in their places", async () => {
  const other = await connect(cluster.seeds);
  await other.close();
  const all = source(Infinity, () => ["PING"]);
  const { got, error } = await collect(other.stream(all.commands, { raiseOnError: false }));
  assert.deepEqual([got, error.code], [[], "CLOSED"]);
});

test("a pipeline's outcomes come as they settle", async () => {
  const pipe = db.pipeline().set("s1", "x").incr("s1").get("s1").mget(["s1", "s2"]);
  const order = [];
  const replies = [];
  for await (const { index, outcome } of pipe.stream()) {
    order.push(index);
    replies[index] = outcome;
  }
  assert.equal(pipe.length, 0);
  assert.deepEqual(order.sort(), [0, 1, 2, 3]);
  assert.deepEqual([replies[0], replies[1].code, replies[2], replies[3]], ["OK", "ERR", "x", ["x", null]]);
  const misused = await collect(db.pipeline().set("s1", 2).call("MSET", "odd").stream());
  assert.deepEqual([misused.got, misused.error.code], [[], "ARITY"]);
  assert.deepEqual((await collect(db.pipeline().stream())).got, []);
  for await (const _ of db.pipeline().set("s1", 3).get("s1").stream()) break;
  assert.equal(await db.get("s1"), "3");
});

test("a pipeline's outcomes at a slow node hold back none of the others", async () => {
  const at = ({ address }) => {
    for (let n = 0; ; n++) if (db.nodeFor(`slow:${n}`).address === address) return `slow:${n}`;
  };
  const [slow, ...others] = db.primaries().map(at);
  await db.mset(Object.fromEntries([slow, ...others].map((key) => [key, key])));
  const began = performance.now();
  await db.at(db.nodeFor(slow)).call("CLIENT", "PAUSE", 500, "ALL");
  const came = [];
  for await (const { index, outcome } of db.pipeline().get(slow).get(others[0]).get(others[1]).stream()) {
    came.push({ index, outcome, ms: performance.now() - began });
  }
  const last = came.pop();
  assert.deepEqual([last.index, last.outcome], [0, slow]);
  assert.deepEqual(came.map(({ outcome }) => outcome).sort(), [...others].sort());
  assert.ok(last.ms > 450 && came.every(({ ms }) => ms < 250), JSON.stringify([...came, last]));
});

test("a pipeline of more than the connection takes at once goes through", async () => {
  const value = "v".repeat(1 << 20);
  const pipe = db.pipeline();
  for (let at = 0; at < 24; at++) pipe.set(`{wide}:${at}`, value);
  const replies = await pipe.exec();
  assert.ok(replies.every((reply) => reply === "OK"));
});
