// `make scoreboard`: the same faults for every client, on one cluster of real servers behind proxies. Prints tables and
// writes them, with the figures as JSON beside.
//
//   node run.mjs --bin FOLDER [--only TEXT] [--client TEXT] [--json FILE] [--markdown FILE]    FOLDER has slotpipe-bench
//
// A client of this project that breaks what it promises makes the run fail.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { Asked, endAll } from "../node/processes.mjs";
import { FaultyCluster } from "./cluster.mjs";
import { breaches } from "./judge.mjs";
import { SCRIPTS } from "./scripts.mjs";
import { document } from "./tables.mjs";

const { values: options } = parseArgs({
  options: {
    bin: { type: "string" },
    only: { type: "string", default: "" },
    client: { type: "string", default: "" },
    json: { type: "string" },
    markdown: { type: "string" },
  },
});
const root = fileURLToPath(new URL("../../../", import.meta.url));
const rustBench = join(options.bin ?? join(root, "target/debug"), "slotpipe-bench");
const nodeClient = fileURLToPath(new URL("client.mjs", import.meta.url));
const node = (name) => [process.execPath, [nodeClient, name]];
const rust = (name) => [rustBench, ["scored", name]];

/** By the name in the tables. */
const CLIENTS = {
  "slotpipe, Node": node("slotpipe"),
  "slotpipe, Rust": rust("in-process"),
  "slotpipe, Rust over wasmtime": rust("component"),
  ioredis: node("ioredis"),
  "node-redis": node("node-redis"),
  "valkey-glide, Node": node("glide"),
  "redis-rs": rust("redis-rs"),
  fred: rust("fred"),
};

/** A client that says nothing for a minute fails its script, not the run. */
class Patient extends Asked {
  async ask(order) {
    let timer;
    const late = new Promise((_, failed) => (timer = setTimeout(() => failed(new Error(`no answer to ${order.do} within a minute`)), 60_000)));
    return await Promise.race([super.ask(order), late]).finally(() => clearTimeout(timer));
  }
}

const started = Date.now();
const wanted = (name, text) => text.split(";").some((part) => name.includes(part.trim()));
const [results, about] = [{}, {}];

async function everything() {
  const cluster = await FaultyCluster.start(rustBench);
  for (const [client, [command, args]] of Object.entries(CLIENTS)) {
    if (!wanted(client, options.client)) continue;
    const start = async (more = {}) => {
      const asked = new Patient(command, args);
      asked.about = await asked.ask({ do: "connect", seed: cluster.seed, ...more });
      about[client] ??= { version: asked.about.version, config: asked.about.config };
      return asked;
    };
    results[client] = {};
    for (const [name, script] of Object.entries(SCRIPTS)) {
      if (!wanted(name, options.only)) continue;
      results[client][name] = await script({ cluster, start }).catch((error) => ({ failure: error.message }));
      console.error(`${client}: ${name}: ${JSON.stringify(results[client][name])}`);
    }
  }
  await cluster.end();
}

try {
  await everything();
} finally {
  await endAll();
}
const redis = execFileSync(process.env.SLOTPIPE_REDIS_SERVER ?? "redis-server", ["--version"], { encoding: "utf8" });
const machine = { node: process.version, redis: /v=([\d.]+)/.exec(redis)?.[1], cores: availableParallelism() };
const text = document(results);
console.log(text);
const json = options.json ?? join(root, "target/scoreboard.json");
mkdirSync(dirname(json), { recursive: true });
writeFileSync(json, `${JSON.stringify({ machine, about, results }, null, 1)}\n`);
if (options.markdown) writeBetween(options.markdown, text);
console.error(`${Math.round((Date.now() - started) / 1000)} s; the figures are in ${json}`);

const own = Object.entries(results).filter(([client]) => client.startsWith("slotpipe"));
const broken = own.flatMap(([client, figures]) => [
  ...breaches(figures).map((breach) => `${client}: ${breach}`),
  ...Object.entries(figures).flatMap(([script, { failure }]) => (failure ? [`${client}: ${script}: ${failure}`] : [])),
]);
if (broken.length > 0) {
  console.error(`\nnot as promised:\n  ${broken.join("\n  ")}`);
  process.exitCode = 1;
}

/** Puts the tables where the document has its marks, with the versions that were measured. */
function writeBetween(file, tables) {
  const [begin, end] = ["<!-- make scoreboard: from here -->", "<!-- make scoreboard: to here -->"];
  const old = readFileSync(file, "utf8");
  const [head, tail] = [old.slice(0, old.indexOf(begin) + begin.length), old.slice(old.indexOf(end))];
  const versions = Object.entries(about).map(([client, { version, config }]) => `| ${client} | ${version} | ${config} |`);
  const setup = `| | version | configuration |\n|---|---|---|\n${versions.join("\n")}`;
  const where = `redis-server ${machine.redis}, Node ${machine.node}, ${machine.cores} cores.`;
  writeFileSync(file, `${head}\n\n${where}\n\n${setup}\n\n${tables}\n\n${tail}`);
}
