// A call that is cancelled, timed out, or left never gives its reply to another: behind a network on which replies take
// their time, at four delays, for every kind of call.

import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { connect, SlotpipeError } from "../dist/index.mjs";
import { startCluster, until } from "./lab.mjs";
import { startSlow } from "./slow.mjs";

const DELAYS = [0, 5, 20, 60];
/** Longer than any reply takes. */
const PATIENCE = 10_000;
/**
 * When a call is given up, in hundredths of the time that its reply takes: long before it comes, just then, and when it
 * has long been there.
 */
const GIVEN_UP_AT = [0, 50, 90, 98, 102, 110, 150, 5_000];

/** What those who leave have instead of an answer. */
const LEFT = Symbol("left");

/** Takes what comes until it is left: what is on its way then is not waited for. */
async function taken(source, left) {
  const iterator = source[Symbol.asyncIterator]();
  const all = [];
  for (;;) {
    const next = await Promise.race([iterator.next(), left]);
    if (next === LEFT) {
      void iterator.return();
      return LEFT;
    }
    if (next.done) return all;
    all.push(next.value);
  }
}

async function inOrder(source, left) {
  const outcomes = await taken(source, left);
  if (outcomes === LEFT) return LEFT;
  const failed = outcomes.find(({ outcome }) => outcome instanceof Error);
  if (failed) throw failed.outcome;
  return outcomes.sort((a, b) => a.index - b.index).map(({ outcome }) => outcome);
}

const three = (pipe, keys) => keys.reduce((pipe, key) => pipe.get(key), pipe);
const list = (key) => `list:${key}`;
const set = (key) => `set:${key}`;
const one = (value) => [value];

/**
 * Kinds of calls: how many round trips they take, one after the other, and what is asked through `db`: some of the keys, as
 * each is its own value. What has a connection of its own first has that to make.
 */
const KINDS = {
  call: [1, (db, keys) => db.get(keys[0]).then(one)],
  named: [1, (db, keys) => db.call("GET", keys[0]).then(one)],
  split: [1, (db, keys) => db.mget(keys)],
  merged: [1, (db, keys) => db.keys(`${keys[0].slice(0, -1)}?`).then((found) => found.sort())],
  everywhere: [
    1,
    async (db, keys) => {
      const said = await db.at("primaries").echo(keys[0]);
      assert.deepEqual([...said.values()], Array(3).fill(keys[0]));
      return [keys[0]];
    },
  ],
  pipeline: [1, (db, keys) => three(db.pipeline(), keys).exec()],
  outcomes: [1, (db, keys, left) => inOrder(three(db.pipeline(), keys).stream(), left)],
  stream: [1, (db, keys, left) => taken(db.stream(keys.map((key) => ["GET", key])), left)],
  blocking: [
    2,
    async (db, keys) => {
      const [from, value] = await db.blpop([list(keys[0])], 5);
      assert.equal(from, list(keys[0]));
      return [value];
    },
  ],
  unit: [1, (db, keys) => three(db.pipeline({ atomic: true }), keys).exec()],
  session: [
    3,
    async (db, keys, left) => {
      const session = db.session(keys[0]);
      // With it goes what is open on its connection.
      void left.then(() => session.release());
      try {
        await session.watch([keys[0]]);
        return await three(session.multi(), keys).exec();
      } finally {
        await session.release();
      }
    },
  ],
  transaction: [3, (db, keys) => db.transaction((session) => void three(session.multi(), keys), keys[0])],
  script: [1, (db, keys) => db.script("return redis.call('GET', KEYS[1])").run([keys[0]]).then(one)],
  scan: [1, async (db, keys, left) => sorted(await taken(db.sscanIterator(set(keys[0])), left))],
  recipe: [1, async (db, keys) => sorted([...(await db.with({ crossSlot: "emulate" }).sunion(keys.map(set)))])],
  subscription: [
    3,
    async (db, keys, left, direct) => {
      const sub = await db.subscribe(keys[0]);
      try {
        await direct.publish(keys[0], keys[0]);
        const message = await Promise.race([sub.get(PATIENCE), left]);
        if (message === LEFT) return LEFT;
        assert.equal(message.channel, keys[0]);
        return [message.payload];
      } finally {
        await sub.close();
      }
    },
  ],
};
const IN_ONE_SLOT = ["unit", "session", "transaction"];

const sorted = (found) => (found === LEFT ? LEFT : found.sort());

/** Ways to give up after so many milliseconds: options of the call, or `left`. */
const WAYS = {
  signal: (ms) => ({ options: { signal: AbortSignal.timeout(ms) } }),
  timeout: (ms) => ({ options: { timeout: ms } }),
  left: (ms) => ({ options: {}, left: sleep(ms, LEFT) }),
};

/** What a call of the kind reads. */
async function prepare(direct, kind, keys) {
  if (kind === "blocking") return direct.rpush(list(keys[0]), [keys[0]]);
  if (kind === "scan") return direct.sadd(set(keys[0]), keys);
  if (kind === "recipe") return Promise.all(keys.map((key) => direct.sadd(set(key), [key])));
  return write(direct, keys);
}

/** Each of these is its own value, so that a reply tells whose it is. */
const write = (direct, keys) => Promise.all(keys.map((key) => direct.set(key, key)));

/** Gives up, or has what it asked for: whether it was its own is said at once, and of what was left once it comes. */
async function hurry(clients, kind, way, ms, keys) {
  const [, ask] = KINDS[kind];
  const { options, left } = WAYS[way](ms);
  const asked = ask(clients.db.with(options), keys, left ?? new Promise(() => {}), clients.direct);
  const answer = asked.then(
    (got) => {
      if (got === LEFT) return false;
      assert.deepEqual(got, keys.slice(0, got.length), `${kind}, ${way}`);
      assert.ok([1, 3].includes(got.length), `${kind}, ${way}: ${got}`);
      return true;
    },
    (error) => {
      if (!(error instanceof SlotpipeError) && error.name !== "TimeoutError") throw error;
      assert.ok(error.name === "TimeoutError" || givenUp(error), `${kind}, ${way}: ${error}`);
      assert.ok(way !== "left" || kind === "session", `${kind}, ${way}: ${error}`);
      for (const [at, outcome] of (error.outcomes ?? []).entries()) {
        assert.ok(outcome instanceof Error || outcome === keys[at], `${kind}, ${way}: ${outcome}`);
      }
      return false;
    },
  );
  if (!left) return { isAnswered: await answer, late: undefined };
  const first = await Promise.race([answer, left]);
  return { isAnswered: first === true, late: answer };
}

const givenUp = ({ outcome, code }) => ["unknown", "not-executed", "partial"].includes(outcome) || code === "RELEASED";

/** All calls of a kind, one after the other, and beside each one others that wait. How many were given up. */
async function giveUp(clients, kind, delay) {
  const { db, direct } = clients;
  // A reply that is not late takes its time, too.
  const usual = Math.max(delay, 5) * KINDS[kind][0];
  let given = 0;
  const late = [];
  for (const way of Object.keys(WAYS)) {
    for (const hundredths of GIVEN_UP_AT) {
      const call = `${delay}:${kind}:${way}:${hundredths}`;
      const tag = IN_ONE_SLOT.includes(kind) ? `{${call}}` : call;
      const keys = [0, 1, 2].map((at) => `${tag}:${at}`);
      const others = [0, 1, 2].map((at) => `other:${call}:${at}`);
      await Promise.all([prepare(direct, kind, keys), write(direct, others)]);
      const hurried = hurry(clients, kind, way, 1 + Math.floor((usual * hundredths) / 100), keys);
      const beside = Promise.all(others.slice(0, 2).map((key) => db.get(key)));
      const { isAnswered, late: answer } = await hurried;
      if (!isAnswered) given += 1;
      if (answer) late.push(answer);
      assert.deepEqual(await beside, others.slice(0, 2), call);
      assert.equal(await db.get(others[2]), others[2], call);
    }
  }
  await Promise.all(late);
  return given;
}

async function settled(db) {
  await until("nothing is open", () => [...db.stats().open.values()].every((open) => BigInt(open) === 0n));
}

describe("behind a slow network", { concurrency: true }, () => {
  let cluster;
  let direct;
  before(async () => {
    cluster = await startCluster();
    direct = await connect(cluster.seeds);
  });
  after(async () => {
    await direct?.close();
    await cluster?.stop();
  });

  async function connectBehind(t, delay) {
    const slow = await startSlow(cluster.seeds, delay);
    const db = await connect(cluster.seeds, { mapAddress: slow.way, timeout: PATIENCE, connectTimeout: PATIENCE });
    t.after(async () => {
      await db.close();
      await slow.stop();
    });
    return db;
  }

  for (const delay of DELAYS) {
    test(`no call that is given up gives its reply to another after ${delay} ms`, async (t) => {
      const db = await connectBehind(t, delay);
      const asked = performance.now();
      await db.ping();
      assert.ok(performance.now() - asked > delay - 1, "replies are not late: the test proves nothing");
      const kinds = Object.keys(KINDS);
      const given = await Promise.all(kinds.map((kind) => giveUp({ db, direct }, kind, delay)));
      const all = GIVEN_UP_AT.length * Object.keys(WAYS).length;
      for (const [at, kind] of kinds.entries()) {
        // Long before a reply comes nobody has it; without a delay it may always be there at once.
        assert.ok(delay < 20 || given[at] >= 2 * Object.keys(WAYS).length, `${kind}: ${given[at]} of ${all} were given up`);
        assert.ok(given[at] < all, `${kind}: all were given up`);
      }
      await settled(db);
    });

    test(`what is left early behind ${delay} ms gives its replies to nobody`, async (t) => {
      const db = await connectBehind(t, delay);
      for (let round = 0; round < 6; round++) {
        const keys = [0, 1, 2, 3].map((at) => `early:${delay}:${round}:${at}`);
        const rest = `after:${delay}:${round}`;
        await write(direct, [...keys, rest]);
        for await (const { index, outcome } of three(db.pipeline(), keys).stream()) {
          assert.equal(outcome, keys[index]);
          break;
        }
        for await (const value of db.stream(keys.map((key) => ["GET", key]))) {
          assert.equal(value, keys[0]);
          break;
        }
        assert.equal(await db.get(rest), rest);
      }
      await settled(db);
    });
  }
});
