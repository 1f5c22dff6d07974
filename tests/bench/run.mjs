// `make bench`: every client on one cluster in one run. Prints tables with ratios beside the targets and writes JSON.
//
//   node run.mjs [--long] [--only TEXT] [--json FILE] --bin FOLDER      FOLDER has slotpipe-bench and slotpipe
//
// The short form takes up to five minutes. `--only` runs the workloads whose names have TEXT in them, or one of several
// TEXTs with commas between.

import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { others } from "./node/others.mjs";
import { Asked, endAll } from "./node/processes.mjs";
import { measure } from "./node/rounds.mjs";
import { printTargets, printWorkload } from "./node/tables.mjs";
import { judge, TARGETS } from "./node/targets.mjs";

const { values: options } = parseArgs({
  options: {
    long: { type: "boolean", default: false },
    only: { type: "string", default: "" },
    json: { type: "string" },
    bin: { type: "string" },
  },
});
const bin = options.bin ?? fileURLToPath(new URL("../../target/release", import.meta.url));
const rustBench = join(bin, "slotpipe-bench");
const nodeClient = fileURLToPath(new URL("node/client.mjs", import.meta.url));
const NODE = ["slotpipe", "floor", "glide", "ioredis-auto", "node-redis"];
const RUST = ["in-process", "component", "floor", "fred", "redis-rs"];

const bytes = (size) => (size >= 1 << 20 ? `${size >> 20} MB` : size >= 1 << 16 ? `${size >> 10} kB` : size === 1000 ? "1 kB" : `${size} B`);
const pipeline = (kind, count, size, more) => ({
  id: `pipeline of ${count} ${kind === "mix" ? "mixed" : kind.toUpperCase()} × ${bytes(size)}`,
  work: { kind, count, size },
  node: NODE,
  rust: RUST,
  ...more,
});
const calls = (inFlight) => ({
  id: `${inFlight} single GET in flight`,
  work: { kind: "get", count: inFlight === 1 ? 500 : 1000, size: 32, inFlight },
  node: ["slotpipe", "floor", "glide", "ioredis", "ioredis-auto", "node-redis"],
  rust: RUST,
});

/** What a pipeline may weigh in all. */
const LIMIT = 256 << 20;
const SHORT = [
  pipeline("get", 1000, 32, { pinned: true }),
  pipeline("set", 1000, 32, { pinned: true }),
  pipeline("mix", 1000, 32),
  ...[10, 100, 10_000].map((count) => pipeline("get", count, 32)),
  ...[["get", 100, 1 << 16], ["set", 100, 1 << 16], ["get", 16, 1 << 20], ["set", 16, 1 << 20]].map((form) => pipeline(...form)),
  ...[1, 100, 1000].map(calls),
];
const LONG = [
  ...["get", "set", "mix"].flatMap((kind) =>
    [32, 1000, 1 << 16, 1 << 20].flatMap((size) =>
      [10, 16, 100, 1000, 10_000]
        .filter((count) => (count === 16) === false || size === 1 << 20)
        .filter((count) => count * size <= LIMIT && (kind !== "mix" || size <= 1000))
        .map((count) => pipeline(kind, count, size, { pinned: true })),
    ),
  ),
  ...[1, 100, 1000].map((inFlight) => ({ ...calls(inFlight), pinned: true })),
];
const effort = options.long
  ? { rounds: 15, roundMs: 300, warmMs: 500, budgetMs: 120_000 }
  : { rounds: 9, roundMs: 60, warmMs: 300, budgetMs: 8_000 };

const parts = options.only.toLowerCase().split(",");
const wanted = (id) => parts.some((part) => id.toLowerCase().includes(part.trim()));
const results = {};
const started = Date.now();

async function workloads() {
  const chosen = (options.long ? LONG : SHORT).filter(({ id }) => wanted(id));
  const cluster = new Asked(rustBench, ["lab"]);
  const { seeds, pids: servers } = await cluster.line();
  const [seed] = seeds;
  const clients = new Map();
  const start = async (host, name) => {
    const full = `${host} ${name}`;
    if (!clients.has(full)) {
      const [command, args] = host === "node" ? [process.execPath, [nodeClient]] : [rustBench, ["client"]];
      const client = new Asked(command, [...args, name, seed]);
      await client.line();
      clients.set(full, client);
    }
    return [full, clients.get(full)];
  };
  if (chosen.length > 0) {
    const [, filler] = await start("rust", "floor");
    const fill = (work) => filler.ask({ do: "fill", work });
    for (const workload of chosen) {
      const under = [];
      for (const name of workload.node) under.push(await start("node", name));
      for (const name of workload.rust) under.push(await start("rust", name));
      const pinned = availableParallelism() > 1 ? availableParallelism() : 0;
      results[workload.id] = await measure(workload, under, { ...effort, fill, servers, pinned });
      printWorkload(workload, results[workload.id]);
    }
  }
  for (const client of clients.values()) await client.end();
  for (const [id, run] of Object.entries(others)) {
    if (!wanted(id)) continue;
    results[id] = await run({ bin, rustBench, seed, seeds, long: options.long });
    printWorkload({ id }, results[id]);
  }
  await cluster.end();
}

try {
  await workloads();
} finally {
  await endAll();
}
const verdicts = TARGETS.map((target) => ({ ...target, ...judge(target, results) })).filter(({ value }) => value !== undefined);
printTargets(verdicts);
const machine = { cpu: cpus()[0]?.model, cores: availableParallelism(), node: process.version };
machine.redis = execFileSync(process.env.SLOTPIPE_REDIS_SERVER ?? "redis-server", ["--version"], { encoding: "utf8" }).trim();
const file = options.json ?? fileURLToPath(new URL("../../target/bench.json", import.meta.url));
mkdirSync(dirname(file), { recursive: true });
writeFileSync(file, `${JSON.stringify({ form: options.long ? "long" : "short", machine, results, targets: verdicts }, null, 1)}\n`);
console.log(`\n${Math.round((Date.now() - started) / 1000)} s; all figures by round are in ${file}`);
