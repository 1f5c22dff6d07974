// Workloads that are not rounds of batches: mass insertion, the core without a network, starting, and sizes.

import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

import { spread } from "./stats.mjs";

const root = fileURLToPath(new URL("../../../", import.meta.url));
const text = (command, args, options) => execFileSync(command, args, { encoding: "utf8", maxBuffer: 1 << 26, ...options });
const json = (command, args) => JSON.parse(text(command, args));
const middle = (values) => spread(values).median;

/** By name: `{ clients, figures }` of it. */
export const others = { "load of a million SET": load, plan, start, sizes };

/** A file over the whole cluster by `slotpipe load` and the floor; one of one node's keys by `redis-cli --pipe`. */
async function load({ bin, rustBench, seed, long }) {
  const folder = mkdtempSync(join(tmpdir(), "slotpipe-bench-"));
  const count = 1_000_000;
  const clients = {};
  const figures = {};
  try {
    const [whole, part] = ["whole", "part"].map((name) => join(folder, name));
    text(rustBench, ["load-file", whole, String(count), "16384"]);
    // The first of three primaries has the slots below this.
    text(rustBench, ["load-file", part, String(count), "5461"]);
    const redis = seed.split(":");
    const runs = {
      "slotpipe load": () => timed(join(bin, "slotpipe"), ["load", "-c", seed, whole]),
      "rust floor": () => timed(rustBench, ["load", whole, seed]),
      "redis-cli --pipe, one node": () => timed("sh", ["-c", 'exec redis-cli -h "$1" -p "$2" --pipe < "$3"', "sh", ...redis, part]),
    };
    for (let round = 0; round < (long ? 9 : 3); round++) {
      for (const [name, run] of Object.entries(runs)) {
        const { wall, cpu, peak } = await run();
        const kept = (clients[name] ??= { perSecond: [], cpu: [], commands: count });
        kept.perSecond.push((1e6 * count) / wall);
        kept.cpu.push(cpu / count);
        figures[`${name}: peak memory MB`] = Math.max(figures[`${name}: peak memory MB`] ?? 0, peak / 1e6);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return { clients, figures };
}

/** A process from its start to its end: µs of time and of CPU, and the most memory that it was seen to have. */
function timed(command, args) {
  return new Promise((resolve, reject) => {
    // The shell's own clock counts the CPU time of its child to the millisecond.
    const script = 'TIMEFORMAT="%3R %3U %3S"; time "$@" >&3 2>&3';
    const child = spawn("bash", ["-c", script, "bash", command, ...args], { stdio: ["ignore", "ignore", "pipe", "pipe"] });
    let [said, own, peak] = ["", "", 0];
    child.stderr.on("data", (bytes) => (said += bytes));
    child.stdio[3].on("data", (bytes) => (own += bytes));
    const sample = () => {
      try {
        const [own] = readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, "utf8").trim().split(" ");
        const [, kb] = /VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${own}/status`, "utf8")) ?? [];
        peak = Math.max(peak, Number(kb ?? 0) * 1024);
      } catch {
        // It has ended meanwhile.
      }
    };
    const sampler = setInterval(sample, 20);
    child.once("error", reject);
    child.once("close", (code) => {
      clearInterval(sampler);
      if (code !== 0) return reject(new Error(`${command} ${args[0]} ended with ${code}: ${own.slice(-500)}`));
      const [wall, user, system] = said.trim().split(" ").map((seconds) => Number(seconds) * 1e6);
      resolve({ wall, cpu: user + system, peak });
    });
  });
}

function plan({ rustBench }) {
  return { figures: json(rustBench, ["plan"]) };
}

/** Each in processes of its own, nine times. */
function start({ rustBench, seed }) {
  const ROUNDS = 9;
  const repeat = (run) => {
    const all = Array.from({ length: ROUNDS + 1 }, run).slice(1);
    return (name) => middle(all.map((figures) => figures[name]));
  };
  const script = fileURLToPath(new URL("start.mjs", import.meta.url));
  const node = repeat(() => json(process.execPath, [script, seed]));
  const inProcess = repeat(() => json(rustBench, ["start", "in-process", seed]));
  const component = repeat(() => json(rustBench, ["start", "component", seed]));
  return {
    figures: {
      "node import ms": node("importMs"),
      "node import to first reply ms": node("firstReplyMs"),
      "node idle client kB": node("idleKb"),
      "in process first reply ms": inProcess("firstReplyMs"),
      "in process idle client kB": inProcess("idleKb"),
      "component from cache ms": component("loadMs"),
      "component instantiate ms": component("instantiateMs"),
      "component ms": component("loadMs") + component("instantiateMs"),
      "component first reply ms": component("firstReplyMs"),
      "component idle client kB": component("idleKb"),
    },
  };
}

function sizes() {
  const core = readFileSync(join(root, "host-node/dist/bound/core.wasm"));
  const [packed] = JSON.parse(text("npm", ["pack", "--dry-run", "--json", "--silent"], { cwd: join(root, "host-node"), stdio: ["ignore", "pipe", "ignore"] }));
  return {
    figures: {
      "core wasm kB": core.length / 1000,
      "core wasm gzip kB": gzipSync(core, { level: 9 }).length / 1000,
      "npm tarball kB": packed.size / 1000,
      "component kB": statSync(join(root, "host-native/component/slotpipe.wasm")).size / 1000,
    },
  };
}
