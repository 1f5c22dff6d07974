// The family of errors: each exception of the clients that users come from, provoked, and what it is here.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { after, before, test } from "node:test";

import * as slotpipe from "../dist/index.mjs";
import { startFake } from "./fake.mjs";

const { connect, slotOf } = slotpipe;
const SLOW = { timeout: 150 };

let fake;
let db;
let executed = 0;

before(async () => {
  fake = await startFake(([name, key]) => {
    if (name === "PING") return "+PONG\r\n";
    if (name === "MULTI" || name === "WATCH") return "+OK\r\n";
    if (key === "watched") return "+QUEUED\r\n";
    // The first one asks whether MULTI may be said.
    if (name === "EXEC") return executed++ === 0 ? "*0\r\n" : "*-1\r\n";
    if (key === "lost") throw new Error("hang up");
    if (key === "silent") return new Promise(() => {});
    if (key === "moved") return `-${moved()}\r\n`;
    return `-${key}\r\n`;
  });
  db = await connect(fake.seeds);
});
after(async () => {
  await db?.close();
  fake?.stop();
});

const get = (key, options = {}) => db.with(options).get(key);
const moved = () => `MOVED ${slotOf("moved")} 127.0.0.1:${fake.port}`;

/** By its name there: what provokes it. */
const PROVOKED = {
  RedisClusterException: () => db.pipeline().call("MULTI"),
  RedisClusterError: () => connect("127.0.0.1:1"),
  ClusterError: () => get("moved"),
  ClusterDownException: () => get("CLUSTERDOWN The cluster is down", SLOW),
  ClusterDownError: () => get("CLUSTERDOWN Hash slot not served", SLOW),
  ClusterCrossSlotError: () => db.sinter(["a", "b"]),
  MovedError: () => get(moved(), { redirects: 0 }),
  MovedException: () => db.pipeline({ redirects: 0 }).get(moved()).exec(),
  AskError: () => get(moved().replace("MOVED", "ASK"), { redirects: 0 }),
  WatchError: async () => {
    const session = db.session("watched");
    try {
      await session.watch("watched");
      return await session.multi().set("watched", 1).exec();
    } finally {
      await session.release();
    }
  },
  TryAgainError: () => get("TRYAGAIN Multiple keys request during rehashing of slot", SLOW),
  MasterDownError: () => get("MASTERDOWN Link with MASTER is down", SLOW),
  ResponseError: () => get("WRONGTYPE Operation against a key"),
  ConnectionError: () => db.set("lost", 1),
  TimeoutError: async () => {
    // What waits for an answer holds up all behind it, for as long as a failover may take: no other call is to be there.
    const alone = await connect(fake.seeds);
    try {
      return await alone.with(SLOW).set("silent", 1);
    } finally {
      await alone.close();
    }
  },
  AuthenticationError: async () => {
    const strict = await startFake(() => undefined);
    try {
      const denied = () => Promise.reject(new Error("no password today"));
      return await connect(strict.seeds, { credentials: denied });
    } finally {
      strict.stop();
    }
  },
};

const page = readFileSync(new URL("../MIGRATION.md", import.meta.url), "utf8");
const rows = page.split("\n").map((line) => line.split("|").map((cell) => cell.trim()));
const table = rows.filter(([, there, here]) => /^[A-Z]\w+(Error|Exception)$/.test(there ?? "") && /Error$/.test(here));

const listed = readFileSync(new URL("../../tests/data/exceptions.tsv", import.meta.url), "utf8");
const theirs = listed.split("\n").slice(1, -1).map((line) => line.split("\t")[0]);

test("every exception of theirs is in the table, and can be provoked", () => {
  assert.deepEqual(table.map(([, there]) => there).sort(), theirs.sort());
  assert.deepEqual(table.map(([, there]) => there).sort(), Object.keys(PROVOKED).sort());
});

for (const [, there, here, codes] of table) {
  test(`${there} is ${here} here`, async () => {
    const error = await Promise.resolve().then(PROVOKED[there]).then(assert.fail, (error) => error);
    assert.ok(error instanceof slotpipe[here] && error instanceof slotpipe.SlotpipeError, `${error.stack}`);
    const listed = [...codes.matchAll(/`([A-Z_]+)`/g)].map(([, code]) => code);
    assert.ok(listed.includes(error.code), `${error.code}: ${error.message}`);
    assert.equal(typeof error.message, "string");
    if (here === "ConnectError") return;
    assert.equal(typeof error.command, "string");
    if (here === "MisuseError") return assert.equal(error.outcome, undefined);
    assert.ok(["server-error", "not-executed", "unknown"].includes(error.outcome));
    assert.match(error.node, /^127\.0\.0\.1:\d+$/);
    assert.ok(error.slot >= 0 && error.slot < 16384);
    if (error.outcome === "not-executed" && codes.includes("message has")) {
      const [, word] = /message has `(\w+)`/.exec(codes);
      assert.ok(error.message.includes(word), error.message);
    }
  });
}

test("MOVED and ASK say slot, host and port", async () => {
  const error = await get(moved(), { redirects: 0 }).catch((error) => error);
  assert.deepEqual(error.redirect, { slot: slotOf("moved"), host: "127.0.0.1", port: fake.port });
  const other = await get("ERR no").catch((error) => error);
  assert.equal(other.redirect, undefined);
});
