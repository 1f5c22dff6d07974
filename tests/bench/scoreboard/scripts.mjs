// The fault scripts. Each takes the cluster and `start(options)`, which makes a fresh process with a client that is
// connected, and gives figures; `{ refuses }` where the client has no such thing.

import { setTimeout as pause } from "node:timers/promises";

import { added, judgeCounters, judgeLists, judgeReads } from "./judge.mjs";
import { startRogue } from "./proxy.mjs";

/** Time for what a client may still be doing behind its caller's back. */
const SETTLE_MS = 300;
const CANCEL_MS = 200;
const COMMANDS = 1000;
const PASSWORD = "open-sesame";

/** By name, in the order of the tables. */
export const SCRIPTS = {
  "reset, pipeline": (run) => resets(run, "pipeline", (at) => `{tag}:${at}`),
  "reset, calls": (run) => resets(run, "calls", (at) => `call:${at}`),
  "moved, pipeline": (run) => movedHalfWay(run, "pipeline"),
  "moved, calls": (run) => movedHalfWay(run, "calls"),
  "order in a migration, pipeline": (run) => migration(run, "pipeline"),
  "order in a migration, calls": (run) => migration(run, "calls"),
  "order in a reset, pipeline": (run) => orderInReset(run, "pipeline"),
  "order in a reset, calls": (run) => orderInReset(run, "calls"),
  cancel: cancelled,
  rogue,
  storm,
};

/** 1000 INCR of as many counters. All reach the servers and run; one connection ends within the replies. */
async function resets({ cluster, start }, form, key) {
  const commands = numbers(COMMANDS).map((at) => ["INCR", key(at)]);
  const length = ":1\r\n".length * (form === "pipeline" ? COMMANDS : COMMANDS / cluster.nodes.length);
  return inRuns([0, 1, length / 2 - 1, length / 2, length - 1].map(Math.floor), cluster, start, async (client, at) => {
    cluster.faults.cut = { names: ["INCR"], at };
    const { outcomes, refuses } = await client.ask({ do: form, commands });
    if (refuses) return { refuses };
    if (!cluster.faults.wasCut) throw new Error("no connection was cut");
    await pause(SETTLE_MS);
    return judgeCounters(outcomes, await cluster.read(commands.map(([, name]) => ["GET", name])));
  });
}

/** 200 INCR of counters of one slot, which is handed to another node when the first half has run. */
async function movedHalfWay({ cluster, start }, form) {
  const commands = numbers(200).map((at) => ["INCR", `{moved}:${at}`]);
  return inRuns([1, 2, 3], cluster, start, async (client) => {
    const move = await cluster.ends(await cluster.slotOf("{moved}"));
    const steps = [[101, async () => (await cluster.open(move), await cluster.finish(move))]];
    const told = whileMoving(cluster, move, "INCR", steps);
    const { outcomes, refuses } = await client.ask({ do: form, commands });
    if (refuses) return { refuses };
    if (told.failure) throw told.failure;
    if (told.done !== steps.length) throw new Error("the slot was not moved");
    await pause(SETTLE_MS);
    return judgeCounters(outcomes, await cluster.read(commands.map(([, name]) => ["GET", name])));
  });
}

/** 100 RPUSH to each of ten lists in one slot, in turns, while it moves key by key: ASK for more and more of them, then MOVED. */
async function migration({ cluster, start }, form) {
  const keys = numbers(10).map((at) => `{order}:${at}`);
  const pushes = numbers(COMMANDS).map((at) => [keys[at % keys.length], 1 + Math.floor(at / keys.length)]);
  return inRuns([1, 2, 3], cluster, start, async (client) => {
    const move = await cluster.ends(await cluster.slotOf("{order}"));
    const steps = [
      [40, () => cluster.open(move)],
      ...keys.map((key, at) => [50 + 50 * at, () => cluster.migrate(move, [key])]),
      [600, () => cluster.finish(move)],
    ];
    const told = whileMoving(cluster, move, "RPUSH", steps);
    const { outcomes, refuses } = await client.ask({ do: form, commands: pushes.map((push) => ["RPUSH", ...push]) });
    if (refuses) return { refuses };
    if (told.failure) throw told.failure;
    if (told.done < 2) throw new Error("no key was moved");
    await pause(SETTLE_MS);
    cluster.faults.before = undefined;
    await cluster.agreed();
    return { ...judgeLists(pushes, outcomes, await lists(cluster, keys)), shadows: cluster.shadows.splice(0).length };
  });
}

/** 1000 RPUSH to one list; the connection ends within the replies. */
async function orderInReset({ cluster, start }, form) {
  const pushes = numbers(COMMANDS).map((at) => ["list", at + 1]);
  return inRuns([0, 1500, 3000], cluster, start, async (client, at) => {
    cluster.faults.cut = { names: ["RPUSH"], at };
    const { outcomes, refuses } = await client.ask({ do: form, commands: pushes.map((push) => ["RPUSH", ...push]) });
    if (refuses) return { refuses };
    if (!cluster.faults.wasCut) throw new Error("no connection was cut");
    await pause(SETTLE_MS);
    return judgeLists(pushes, outcomes, await lists(cluster, ["list"]));
  });
}

/**
 * 100 GET in flight, of which one is cancelled after 200 ms (all of them where the client has one timeout for all), 100
 * more 5 ms later and 100 when all is quiet. Replies come 50, 202, 215 and 350 ms late.
 */
async function cancelled({ cluster, start }) {
  const keys = numbers(300).map((at) => `read:${at}`);
  const parts = [keys.slice(0, 100), keys.slice(100, 200), keys.slice(200)];
  const gets = parts.map((part) => part.map((key) => ["GET", key]));
  const runs = [];
  for (const delayMs of [50, 202, 215, 350]) {
    await cluster.reset();
    await cluster.read(keys.map((key) => ["SET", key, key]));
    const client = await start({ timeoutMs: CANCEL_MS });
    try {
      if (client.about.cancels === false) return { refuses: client.about.cannotCancel };
      await client.ask({ do: "calls", commands: gets.flat() });
      cluster.faults.delayMs = delayMs;
      const during = await client.ask({ do: "cancel", first: gets[0], at: 50, afterMs: CANCEL_MS, then: gets[1], thenMs: 5 });
      cluster.faults.delayMs = 0;
      await pause(SETTLE_MS);
      const after = await client.ask({ do: "calls", commands: gets[2] });
      runs.push(judgeReads(keys, [...during.outcomes, ...after.outcomes]));
    } finally {
      await client.end();
    }
  }
  return added(runs);
}

/** One GET is answered with a MOVED to a listener that is no node; then 100 SET over all slots. */
async function rogue({ cluster, start }) {
  await cluster.reset(PASSWORD);
  const client = await start({ password: PASSWORD });
  const listener = await startRogue();
  try {
    await client.ask({ do: "calls", commands: [["GET", "stray"]] });
    const slot = await cluster.slotOf("stray");
    let told = 0;
    cluster.faults.before = ([name, key]) => {
      if (name !== "GET" || key !== "stray" || told > 0) return undefined;
      told += 1;
      return { reply: `-MOVED ${slot} 127.0.0.1:${listener.port}\r\n` };
    };
    const { outcomes } = await client.ask({ do: "calls", commands: [["GET", "stray"]] });
    if (told !== 1) throw new Error("the redirect was not given");
    await client.ask({ do: "calls", commands: numbers(100).map((at) => ["SET", `after:${at}`, "private"]) });
    await pause(SETTLE_MS);
    return { ...listener.seen, answered: outcomes.filter(([kind, value]) => kind === "ok" && value === null).length };
  } finally {
    listener.close();
    await client.end();
    await cluster.reset();
  }
}

/** 200 slots change their owner at once under GETs by 64 callers; what the servers are asked about slots in the 5 s after. */
async function storm({ cluster, start }) {
  await cluster.reset();
  const client = await start();
  try {
    const owners = await cluster.owners();
    const source = cluster.nodes[0];
    const keys = new Map();
    for (let at = 0; keys.size < 200; at++) {
      const slot = await cluster.slotOf(`storm:${at}`);
      if (owners[slot] === source.id) keys.set(slot, `storm:${at}`);
    }
    await client.ask({ do: "calls", commands: [...keys.values()].map((key) => ["GET", key]) });
    const load = client.ask({ do: "load", keys: [...keys.values()], ms: 6000, callers: 64 });
    await pause(300);
    await cluster.forgetStatistics();
    await cluster.handOver([...keys.keys()].map((slot) => ({ slot, source, target: cluster.nodes[1] })));
    await pause(5000);
    const refreshes = await cluster.refreshes();
    const { done, failed } = await load;
    return { refreshes, done, failed };
  } finally {
    await client.end();
  }
}

/** A script once for each value, with a fresh client on an empty cluster; figures added up. */
async function inRuns(values, cluster, start, run) {
  const runs = [];
  for (const value of values) {
    await cluster.reset();
    const client = await start();
    try {
      // Connections to all nodes are up before the fault.
      await client.ask({ do: "calls", commands: numbers(30).map((at) => ["GET", `warm:${at}`]) });
      const figures = await run(client, value);
      if (figures.refuses) return figures;
      runs.push(figures);
    } finally {
      cluster.faults.clear();
      await client.end();
    }
  }
  return added(runs);
}

/** Takes steps of a move, each before the command of this number that reaches the source; meanwhile all others wait. */
function whileMoving(cluster, move, command, steps) {
  const told = { done: 0, seen: 0, failure: undefined, busy: undefined };
  cluster.faults.before = ([name], passage) => {
    if (name !== command || passage.target !== move.source.port) return undefined;
    told.seen += 1;
    if (told.busy || told.seen < (steps[told.done]?.[0] ?? Infinity)) return told.busy;
    const [, step] = steps[told.done];
    told.done += 1;
    told.busy = passage
      .idle()
      .then(step)
      .catch((error) => (told.failure = error))
      .then(() => (told.busy = undefined));
    return told.busy;
  };
  return told;
}

async function lists(cluster, keys) {
  const found = await cluster.read(keys.map((key) => ["LRANGE", key, 0, -1]));
  return Object.fromEntries(keys.map((key, at) => [key, found[at]]));
}

const numbers = (count) => [...new Array(count).keys()];
