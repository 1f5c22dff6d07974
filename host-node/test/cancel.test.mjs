// A call that is cancelled, timed out, or whose pipeline is left never gives its reply to another: behind a server that
// answers late, at four delays, for every kind of call.

import assert from "node:assert/strict";
import { test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { connect } from "../dist/index.mjs";
import { array, bulk, startFake } from "./fake.mjs";

const DELAYS = [0, 5, 20, 60];
const ROUNDS = 6;
/** Longer than any reply takes. */
const PATIENT = { timeout: 10_000 };

/** Each key is its own value, so that a reply tells whose it is. */
const echo = (delay) => async ([name, ...args]) => {
  await sleep(delay);
  if (name === "MGET") return array(args.map(bulk));
  if (name === "BLPOP") return array([bulk(args[0]), bulk(args[0])]);
  return bulk(args[0] ?? name);
};

/** Kinds of calls: each resolves with its keys, or rejects when it is given up. */
const KINDS = {
  call: (db, keys) => db.get(keys[0]).then((value) => [value]),
  split: (db, keys) => db.mget(keys),
  pipeline: (db, keys) => keys.reduce((pipe, key) => pipe.get(key), db.pipeline()).exec(),
  blocking: (db, keys) => db.blpop([keys[0]], 1).then(([key, value]) => (assert.equal(key, value), [value])),
  stream: async (db, keys) => {
    const seen = [];
    for await (const value of db.stream(keys.map((key) => ["GET", key]))) seen.push(value);
    return seen;
  },
  outcomes: async (db, keys) => {
    const seen = [];
    for await (const { index, outcome } of keys.reduce((pipe, key) => pipe.get(key), db.pipeline()).stream()) {
      if (outcome instanceof Error) throw outcome;
      seen[index] = outcome;
    }
    return seen;
  },
};

/** Ways to give up. */
const WAYS = {
  signal: (db, ms) => db.with({ signal: AbortSignal.timeout(ms) }),
  timeout: (db, ms) => db.with({ timeout: ms }),
};

for (const delay of DELAYS) {
  for (const [kind, ask] of Object.entries(KINDS)) {
    test(`${kind} behind a delay of ${delay} ms`, async () => {
      const fake = await startFake(echo(delay));
      const db = await connect(fake.seeds);
      const patient = db.with(PATIENT);
      let given = 0;
      for (const [way, giveUp] of Object.entries(WAYS)) {
        for (let round = 0; round < ROUNDS; round++) {
          const keys = [0, 1, 2].map((at) => `${way}:${round}:${at}`);
          const others = [0, 1].map((at) => `other:${way}:${round}:${at}`);
          const hurried = ask(giveUp(db, 1 + ((round * 7) % (delay + 10))), keys);
          const beside = Promise.all(others.map((key) => patient.get(key)));
          try {
            const got = await hurried;
            assert.deepEqual(got, got.length === 1 ? [keys[0]] : keys);
          } catch (error) {
            if (error instanceof assert.AssertionError) throw error;
            assert.ok(["unknown", "not-executed", "partial"].includes(error.outcome) || error.name === "TimeoutError", `${error}`);
            given += 1;
          }
          assert.deepEqual(await beside, others);
          assert.equal(await patient.get(`after:${way}:${round}`), `after:${way}:${round}`);
        }
      }
      if (delay === 60) assert.ok(given > 0, "nothing was given up: the test proves nothing");
      await db.close();
      fake.stop();
    });
  }
}

test("a pipeline that is left early gives its replies to nobody", async () => {
  for (const delay of DELAYS) {
    const fake = await startFake(echo(delay));
    const db = await connect(fake.seeds);
    for (let round = 0; round < ROUNDS; round++) {
      const keys = [0, 1, 2, 3].map((at) => `left:${round}:${at}`);
      for await (const { index, outcome } of keys.reduce((pipe, key) => pipe.get(key), db.pipeline(PATIENT)).stream()) {
        assert.equal(outcome, keys[index]);
        break;
      }
      for await (const value of db.with(PATIENT).stream(keys.map((key) => ["GET", key]))) {
        assert.equal(value, keys[0]);
        break;
      }
      assert.equal(await db.with(PATIENT).get(`after:${round}`), `after:${round}`);
    }
    await db.close();
    fake.stop();
  }
});
