// Connections while they live, on real servers: new passwords, silence, holes, and those that serve one caller alone.

import assert from "node:assert/strict";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { connect as dial } from "node:net";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";

import { connect, MisuseError, NotExecutedError, ServerError, slotOf, UnknownOutcomeError } from "../dist/index.mjs";
import { callsOf, startCluster, until } from "./lab.mjs";

let cluster;
let admin;
/** The administrator on each node. */
let nodes;

before(async () => {
  cluster = await startCluster();
  admin = await connect(cluster.seeds);
  nodes = admin.topology().nodes.map(({ host, port }) => admin.with({ route: { node: { host, port } } }));
});
after(async () => {
  await admin?.close();
  await cluster?.stop();
});

const everywhere = (...words) => Promise.all(nodes.map((node) => node.call(...words)));
/** How often each node has run this command. */
const calls = async (name) => (await everywhere("INFO", "commandstats")).map((info) => callsOf(name, info));
const keys = Array.from({ length: 30 }, (_, at) => `connections:${at}`);
const writeAll = (db) => {
  const pipe = db.pipeline();
  for (const key of keys) pipe.incr(key);
  return pipe.exec();
};

test("a password is rotated while connected", async () => {
  const rotate = (rule) => everywhere("ACL", "SETUSER", "app", rule);
  await everywhere("ACL", "SETUSER", "app", "on", ">first", "~*", "&*", "+@all");
  let password = "first";
  const db = await connect(cluster.seeds, { credentials: () => ({ username: "app", password }) });
  await writeAll(db);

  await rotate(">second");
  password = "second";
  const { dials } = db.stats();
  await db.reauthenticate();
  await writeAll(db);
  assert.equal(db.stats().dials, dials, "no connection was made anew");
  assert.deepEqual(await calls("auth"), [1, 1, 1]);
  await rotate("<first");
  await writeAll(db);

  // Refused, a connection is given up and the next is made with what is right by then.
  password = "wrong";
  await db.reauthenticate();
  const count = async () => {
    const lists = await everywhere("CLIENT", "LIST");
    assert.ok(lists.every((list) => list.some((client) => client.get("user") === "default")), "we are listed");
    return lists.map((list) => list.filter((client) => client.get("user") === "app").length);
  };
  while ((await count()).some((connections) => connections > 0)) await sleep(20);
  await assert.rejects(writeAll(db), /WRONGPASS/);
  password = "second";
  await writeAll(db);
  await db.close();
});

test("without credentials there are none to give anew", async () => {
  await assert.rejects(admin.reauthenticate(), { code: "CREDENTIALS" });
});

test("a connection that is idle is asked whether it lives", async () => {
  const db = await connect(cluster.seeds, { idlePing: 100 });
  await writeAll(db);
  const earlier = await calls("ping");
  await sleep(500);
  const later = await calls("ping");
  later.forEach((count, at) => assert.ok(count - earlier[at] >= 2 && count - earlier[at] < 10, `${count - earlier[at]} PINGs`));
  await writeAll(db);
  await db.close();
});

test("a connection that nobody uses is closed, if that is wished for", async () => {
  const db = await connect(cluster.seeds, { idleTimeout: 1000 });
  await writeAll(db);
  const used = db.stats().dials;
  // Longer than the timeout, and never unused for that long: there is no event to wait for, it is time that does nothing.
  for (const began = Date.now(); Date.now() - began < 2500; ) {
    await writeAll(db);
    await sleep(20);
  }
  assert.equal(db.stats().dials, used, "those that are used stay");
  await until("all connections are closed", () => db.stats().connections === 0);
  await writeAll(db);
  assert.ok(db.stats().connections > 0 && db.stats().dials > used);
  await db.close();
});

test("what cannot be reached is tried again as often as is wished", async () => {
  let dials = 0;
  const transport = ({ host, port }) => {
    dials += 1;
    if (isAway) throw new Error("nobody is there");
    return dial({ host, port });
  };
  let isAway = false;
  const counts = [];
  for (const ms of [20_000, undefined, 20]) {
    isAway = false;
    const options = { transport, reconnectDelay: ms, maxReconnectDelay: ms, idleTimeout: 50 };
    const db = await connect(cluster.seeds, options);
    await until("all connections are closed", () => db.stats().connections === 0);
    [isAway, dials] = [true, 0];
    await assert.rejects(db.with({ timeout: 1500 }).get("a"), { outcome: "not-executed" });
    counts.push(dials);
    await db.close();
  }
  const [patient, usual, eager] = counts;
  assert.ok(patient < usual && usual * 2 < eager, String(counts));
  await assert.rejects(connect(cluster.seeds, { reconnectDelay: -1 }), /reconnectDelay/);
  await assert.rejects(connect(cluster.seeds, { idleTimeout: 0.5 }), /idleTimeout/);
});

/** The timers that the kernel has set for this process's connections to the cluster: what they are, and hundredths of seconds left. */
function timers() {
  const own = new Set();
  for (const fd of readdirSync("/proc/self/fd")) {
    try {
      own.add(/^socket:\[(\d+)\]$/.exec(readlinkSync(`/proc/self/fd/${fd}`))?.[1]);
    } catch {
      // The one that the folder was read by.
    }
  }
  const ports = new Set(cluster.seeds.map((seed) => Number(seed.split(":")[1])));
  const rows = readFileSync("/proc/net/tcp", "latin1").split("\n").slice(1).map((line) => line.trim().split(/\s+/));
  const ours = rows.filter(([, , remote, state, , , , , , inode]) => {
    return own.has(inode) && state === "01" && ports.has(Number.parseInt(remote?.split(":")[1], 16));
  });
  return ours.map(([, , , , , timer]) => timer.split(":").map((part) => Number.parseInt(part, 16)));
}

test("the kernel is told to look after connections that are idle", async () => {
  const KEEP_ALIVE = 2;
  // The administrator's are as all others.
  await everywhere("PING");
  const plain = dial({ host: "127.0.0.1", port: Number(cluster.seeds[0].split(":")[1]) });
  await new Promise((resolve) => plain.once("connect", resolve));
  // As long as something is not acknowledged there is another timer.
  const isQuiet = () => timers().filter(([timer]) => timer === KEEP_ALIVE).length >= 3;
  await until("all is acknowledged", isQuiet);
  const found = timers();
  const kept = found.filter(([timer]) => timer === KEEP_ALIVE);
  assert.equal(kept.length, 3, JSON.stringify(found));
  for (const [, left] of kept) assert.ok(left > 0 && left <= 3000, JSON.stringify(found));
  assert.deepEqual(found.filter(([timer]) => timer !== KEEP_ALIVE).map(([timer]) => timer), [0], "the plain one");
  plain.destroy();
});

test("dedicated connections are so many, and the next waits or fails", async () => {
  const key = "dedicated";
  const db = await connect(cluster.seeds, { maxDedicatedPerNode: 1, maxDedicated: 2, dedicatedTimeout: 100 });
  const blocked = db.blpop([`{${key}}1`], 1);
  await sleep(100);
  const start = performance.now();
  await assert.rejects(db.blpop([`{${key}}2`], 1), (error) => {
    assert.ok(error instanceof NotExecutedError);
    assert.equal(error.code, "OVERLOADED");
    assert.match(error.message, /all dedicated connections are in use/);
    return true;
  });
  assert.ok(performance.now() - start > 90);
  assert.equal(await blocked, null);
  await db.close();

  const patient = await connect(cluster.seeds, { maxDedicatedPerNode: 1 });
  const first = patient.blpop([`{${key}}1`], 5);
  await sleep(100);
  const second = patient.blpop([`{${key}}2`], 5);
  await admin.rpush(`{${key}}2`, "second");
  await admin.rpush(`{${key}}1`, "first");
  assert.deepEqual(await first, [`{${key}}1`, "first"]);
  assert.deepEqual(await second, [`{${key}}2`, "second"]);
  await patient.close();
});

test("whatever needs a dedicated connection counts, at its node and in all", async () => {
  const [key, tag] = ["{dedicated}1", "{dedicated}2"];
  const options = { maxDedicatedPerNode: 1, dedicatedTimeout: 50 };
  const db = await connect(cluster.seeds, options);
  const full = { name: "NotExecutedError", code: "OVERLOADED", message: /all dedicated connections are in use/ };
  await admin.del([key, tag]);
  const session = db.session(key);
  await session.watch([key]);
  const needy = {
    "a blocking read": () => db.xread([[tag, "$"]], { block: 50 }),
    "a blocking move": () => db.blmove(key, tag, "LEFT", "LEFT", 0.05),
    "a blocking pop": () => db.bzpopmin([tag], 0.05),
    "another session": () => other(db, tag),
    "a transaction": () => db.transaction((session) => void session.multi().get(tag), tag),
  };
  for (const [what, ask] of Object.entries(needy)) await assert.rejects(ask, full, what);
  const elsewhere = keys.find((key) => db.nodeFor(key).address !== db.nodeFor(tag).address);
  assert.equal(await db.blpop([`{${elsewhere}}none`], 0.05), null, "another node has its own");
  assert.equal(await db.get(tag), null, "what needs none is not concerned");
  await session.release();
  for (const [what, ask] of Object.entries(needy)) await assert.doesNotReject(ask, what);
  await db.close();

  const few = await connect(cluster.seeds, { ...options, maxDedicatedPerNode: 64, maxDedicated: 1 });
  const held = few.blpop([tag], 0.3);
  await sleep(50);
  await assert.rejects(few.blpop([`{${elsewhere}}none`], 0.05), full, "one in all, whatever the node");
  assert.equal(await held, null);
  await few.close();
});

async function other(db, key) {
  const session = db.session(key);
  try {
    return await session.get(key);
  } finally {
    await session.release();
  }
}

test("with redirects switched off MOVED comes back as an error in its place", async () => {
  const key = "moved";
  const db = await connect(cluster.seeds, { redirects: 0 });
  await db.set(key, 1);
  await cluster.obey(`begin ${slotOf(key)}`);
  await cluster.obey("finish");
  const [reply, other] = await db.pipeline().get(key).set("other", 1).exec({ raiseOnError: false });
  const error = reply instanceof Error ? reply : reply.error;
  assert.ok(error instanceof ServerError, JSON.stringify(reply));
  assert.equal(error.code, "MOVED");
  assert.ok(other !== undefined);
  await db.close();
});

/** Keeps the node of its key busy for that many milliseconds. */
const BUSY = `
  local function now() local time = redis.call('TIME') return time[1] * 1000 + time[2] / 1000 end
  local began = now()
  while now() - began < tonumber(ARGV[1]) do end
  return 'done'`;

test("slow commands have a longer deadline, and blocking ones add their own timeout", async () => {
  const key = "deadlines";
  const timed = async (call) => {
    const began = performance.now();
    const ended = await call.catch((error) => error);
    return [ended, performance.now() - began];
  };
  const busy = async (db, ms) => {
    const slow = db.eval(BUSY, [key], [ms]).catch((error) => error);
    await sleep(50);
    const behind = await timed(db.get(key));
    return [await slow, ...behind];
  };
  // What is slow takes longer than any other command may, and the one behind it waits no longer for that. That
  // the node does not answer a second connection either, for longer than one may take, is the slow command's doing.
  const usual = await connect(cluster.seeds, { timeout: 200, slowTimeout: 10_000 });
  await usual.set(key, "v");
  const [slow, behind, after] = await busy(usual, "1600");
  assert.equal(slow, "done");
  assert.ok(behind instanceof UnknownOutcomeError, `${behind}`);
  assert.ok(after > 190 && after < 650, `${after} ms`);
  // The other way round: the slow one is given up, what is behind it is waited for.
  const turned = await connect(cluster.seeds, { timeout: 10_000, slowTimeout: 200 });
  const [given, waited] = await busy(turned, "800");
  assert.ok(given instanceof UnknownOutcomeError, `${given}`);
  assert.equal(waited, "v");
  await turned.close();

  // It blocks for longer than the deadline of others, and ends when the server says so; with 0 it has none.
  const [nothing, blocked] = await timed(usual.blpop(["never"], 1));
  assert.equal(nothing, null);
  assert.ok(blocked > 990, `${blocked} ms`);
  const popped = timed(usual.blpop(["pushed"], 0));
  await sleep(500);
  await admin.rpush("pushed", "x");
  assert.deepEqual((await popped)[0], ["pushed", "x"]);
  // Where the server says nothing, it ends a second behind its timeout.
  await everywhere("CLIENT", "PAUSE", "5000", "WRITE");
  const [silent, left] = await timed(usual.blpop(["never"], 1));
  await everywhere("CLIENT", "UNPAUSE");
  assert.ok(silent instanceof UnknownOutcomeError, `${silent}`);
  assert.ok(left > 1990 && left < 3500, `${left} ms`);
  await usual.close();
});

// Last, for it leaves a hole.
test("a cluster with holes will do or not, as the caller or the cluster says", async () => {
  const open = async (requireFullCoverage) => {
    const db = await connect(cluster.seeds, { requireFullCoverage });
    await db.set("whole", 1);
    await db.close();
  };
  await everywhere("CONFIG", "SET", "cluster-require-full-coverage", "no");
  await everywhere("CLUSTER", "DELSLOTS", String(slotOf("hole")));
  await open(false);
  await open("server");
  await assert.rejects(open(true), /1 slots have no owner/);
  await everywhere("CONFIG", "SET", "cluster-require-full-coverage", "yes");
  await assert.rejects(open("server"), /cluster-require-full-coverage wants one/);
  await assert.rejects(open("perhaps"), MisuseError);
});
