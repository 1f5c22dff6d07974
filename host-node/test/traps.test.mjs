// A core that breaks at any crossing into wasm: what was open ends honestly, nothing runs twice, no reply reaches another's
// call, and the next call has a fresh core. `tests/tests/traps.rs` is the same for Rust.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { connect, NotExecutedError, SlotpipeError, UnknownOutcomeError } from "../dist/index.mjs";
import { intercepted, trap } from "./cores.mjs";
import { startCluster } from "./lab.mjs";

let cluster;

before(async () => {
  cluster = await startCluster();
});
after(() => cluster?.stop());

/** How a core may break: a trap, a stack that is full, an error of the bindings, or a word that cannot be. */
const WAYS = {
  trap,
  stack() {
    const deeper = () => 1 + deeper();
    deeper();
  },
  bindings() {
    throw new Error("recursive use of an object detected which would lead to unsafe aliasing in rust");
  },
};

const honest = (error) => error instanceof UnknownOutcomeError || error instanceof NotExecutedError;
let rounds = 0;

/** Breaks the core of a client at these verbs, each the next time, while calls wait, and looks what becomes of all. */
async function brokenAt(verbs, way) {
  const [verb] = verbs;
  const name = `${verbs.join("-")}:${way}:${rounds++}`;
  let armed = [];
  let broke = 0;
  const seen = new Set();
  const around = (called, instance, call) => {
    seen.add(instance);
    if (called === armed[0]) {
      armed.shift();
      broke += 1;
      WAYS[way]();
    }
    return call();
  };
  await intercepted(around, async () => {
    const db = await connect(cluster.seeds, {
      timeout: 5000,
      // The user whom nobody has given a password is let in with any.
      credentials: () => ({ username: "default", password: "any" }),
      readFrom: (_, nodes) => nodes,
      ...(verb === "elapsed" ? { refreshInterval: 100 } : {}),
    });
    const keys = Array.from({ length: 5 }, (_, at) => `trap:${name}:${at}`);
    const counted = [...keys, `trap:${name}:a`, `trap:${name}:b`];
    const controller = new AbortController();
    const never = [`never:${name}`, 0.3];
    // They wait for replies, or for their turn, when it happens.
    const calls = Promise.allSettled(keys.map((key) => db.incr(key)));
    const blocked = Promise.allSettled([
      db.call("BLPOP", ...never),
      db.with({ signal: controller.signal }).call("BLPOP", ...never),
    ]);
    const pipe = db.pipeline().incr(`trap:${name}:a`).incr(`trap:${name}:b`);
    const piped = pipe.exec({ raiseOnError: false });
    if (verb !== "submit") await db.call("ECHO", "they are on their way");
    armed = [...verbs];
    if (verb in db && verb !== "cancel") {
      assert.throws(() => (verb === "explain" ? db.explain("GET", "k") : db[verb]()), { code: "BROKEN" });
    } else {
      const triggered = await TRIGGERS[verb]?.(db, controller);
      assert.ok(triggered === undefined || triggered === "OK" || honest(triggered), `${name}: ${triggered}`);
    }
    for (let left = 300; armed.length > 0 && left > 0; left--) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(broke, verbs.length, `${name}: it broke ${broke} times`);
    for (const { reason, value } of await calls) {
      assert.ok(reason === undefined ? value === 1 : honest(reason), `${name}: ${reason ?? value}`);
    }
    for (const { reason, value } of await blocked) {
      assert.ok(reason === undefined ? value === null : honest(reason), `${name}: ${reason ?? value}`);
    }
    for (const outcome of await piped) assert.ok(outcome === 1 || honest(outcome), `${name}: ${outcome}`);
    const echoes = Array.from({ length: 100 }, (_, at) => `${name}:${at}`);
    assert.deepEqual(await Promise.all(echoes.map((echo) => db.call("ECHO", echo))), echoes);
    assert.ok(seen.size > verbs.length, `${name}: a broken core was used again`);
    for (const count of await db.mget(counted)) assert.ok(count === "1" || count === null, `${name}: ran ${count} times`);
    await db.close();
  });
}

/** What makes a client call a verb; where there is nothing, it calls it by itself. */
const TRIGGERS = {
  cancel: (_, controller) => controller.abort(),
  written: (db) => db.set("trap:large", "x".repeat(1 << 20)).catch((error) => error),
  received: (db) => db.set("trap:any", "1").catch((error) => error),
  poll: (db) => db.set("trap:any", "1").catch((error) => error),
  frame_words: (db) => db.set("trap:any", "1").catch((error) => error),
  closed: () => kill(),
  release: (db) => db.session("k").release(),
  authenticate: (db) => db.reauthenticate(),
};

/** Ends the connections of a client from outside. */
async function kill() {
  const other = await connect(cluster.seeds);
  await other.with({ route: "primaries" }).call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
  await other.close();
}

const VERBS = [
  ...["submit", "received", "closed", "written", "elapsed", "cancel", "poll", "frame_words", "release", "authenticate"],
  ...["explain", "topology", "stats"],
];

// Reads are put in order when a fresh core has found the cluster.
for (const verbs of [...VERBS.map((verb) => [verb]), ["poll", "read_order"], ["poll", "topology"]]) {
  test(`a core that breaks at ${verbs.join(" and then at ")} is replaced, and calls end honestly`, async () => {
    for (const way of Object.keys(WAYS)) await brokenAt(verbs, way);
  });
}

test("a core that breaks when a connection is there is replaced", async () => {
  let armed = true;
  const around = (verb, _, call) => {
    if (armed && verb === "connected") {
      armed = false;
      trap();
    }
    return call();
  };
  await intercepted(around, async () => {
    const db = await connect(cluster.seeds);
    assert.equal(await db.call("ECHO", "here"), "here");
    await db.close();
  });
  assert.equal(armed, false);
});

test("a question on which the core breaks in the middle of its work waits until that is done", async () => {
  let armed = false;
  const around = (verb, _, call) => {
    if (armed && verb === "stats") trap();
    return call();
  };
  await intercepted(around, async () => {
    let asked;
    const db = await connect(cluster.seeds, {
      mapAddress(address) {
        if (armed) {
          asked = assert.throws(() => db.stats(), SlotpipeError) ?? true;
          armed = false;
        }
        return address;
      },
    });
    armed = true;
    // A blocking call has a connection of its own: the core asks for it, and `mapAddress` is called meanwhile.
    const blocked = await db.call("BLPOP", "never", 0.05).catch((error) => error);
    assert.ok(blocked === null || honest(blocked), String(blocked));
    assert.equal(asked, true);
    assert.equal(await db.call("ECHO", "here"), "here");
    await db.close();
  });
});
