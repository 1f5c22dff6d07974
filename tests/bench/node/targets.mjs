// What the figures have to be. A target compares one client with others of one workload, or names a figure by itself.

import { ratio } from "./stats.mjs";

const GET = "pipeline of 1000 GET × 32 B";
const SET = "pipeline of 1000 SET × 32 B";

const least = (what, of, client, over, bound, more) => ({ what, of, client, over, figure: "perSecond", least: bound, ...more });
const most = (what, of, client, over, bound, more) => ({ what, of, client, over, figure: "cpu", most: bound, ...more });

/** `must`: what has to hold now; the others are to be reached. `floor`: met as well by so much of the floor's speed. */
export const TARGETS = [
  ...[["GET", GET], ["SET", SET]].flatMap(([name, of]) => [
    least(`Node ${name}: k/s over valkey-glide`, of, "node slotpipe", ["node glide"], 2, { must: true }),
    least(`Node ${name}: k/s over ioredis auto-pipelining`, of, "node slotpipe", ["node ioredis-auto"], 4, { must: true }),
    most(`Node ${name}: CPU over the Node floor`, of, "node slotpipe", ["node floor"], 3, { must: true }),
    most(`wasmtime ${name}: CPU over the Rust floor`, of, "rust component", ["rust floor"], 2, { must: true }),
    least(`Node ${name}: k/s over valkey-glide`, of, "node slotpipe", ["node glide"], name === "GET" ? 3 : 2.5, { floor: 0.9 }),
    least(`Node ${name}: k/s over ioredis auto-pipelining`, of, "node slotpipe", ["node ioredis-auto"], 6, { floor: 0.9 }),
    least(`Node ${name}: k/s over node-redis`, of, "node slotpipe", ["node node-redis"], 10, { floor: 0.9 }),
    most(`Node ${name}: CPU over the Node floor`, of, "node slotpipe", ["node floor"], 2),
    least(`wasmtime ${name}: k/s over fred`, of, "rust component", ["rust fred"], 5, { floor: 0.9 }),
    most(`wasmtime ${name}: CPU over the Rust floor`, of, "rust component", ["rust floor"], 1.5),
    most(`in process ${name}: CPU over the Rust floor`, of, "rust in-process", ["rust floor"], 1.25),
  ]),
  ...[1000, 100].map((count) =>
    least(`Node, ${count} GET in flight: k/s over the best peer`, `${count} single GET in flight`, "node slotpipe",
      ["node ioredis", "node ioredis-auto", "node node-redis", "node glide"], 3)),
  { what: "Node, one GET at a time: µs over a raw GET, p50", of: "1 single GET in flight", client: "node slotpipe",
    over: ["node floor"], figure: "p50", most: 8, difference: true },
  ...["64 kB", "1 MB"].flatMap((size) => ["GET", "SET"].flatMap((name) =>
    [["Node", "node slotpipe", "node floor"], ["in process", "rust in-process", "rust floor"], ["wasmtime", "rust component", "rust floor"]].map(
      ([host, client, floor]) =>
        least(`${host} ${name} × ${size}: bytes/s over the floor`, `pipeline of ${size === "1 MB" ? 16 : 100} ${name} × ${size}`, client, [floor], 0.8)))),
  least("load: commands/s over the floor", "load of a million SET", "slotpipe load", ["rust floor"], 0.8),
  ...[
    ["plan of a GET, native", "plan", "native ns", 50],
    ["plan of a GET, 1000 nodes over 3", "plan", "1000 nodes over 3", 1.2],
    ["topology of 1000 nodes parsed and applied in wasmtime: ms", "plan", "wasmtime topology ms", 5],
    ["component from the cache of compiled code: deserialise and instantiate: ms", "start", "component ms", 1],
    ["Node: import and instantiate: ms", "start", "node import ms", 10],
    ["core wasm: kB", "sizes", "core wasm kB", 150],
    ["core wasm, gzip: kB", "sizes", "core wasm gzip kB", 60],
    ["npm tarball: kB", "sizes", "npm tarball kB", 300],
    ["component: kB", "sizes", "component kB", 200],
  ].map(([what, of, figure, bound]) => ({ what, of, figure, most: bound, must: what.includes("kB") && !what.includes("gzip") })),
];

/** `{ value, met }`, or nothing where it was not measured. `results`: by workload, clients with rounds, or figures. */
export function judge(target, results) {
  const result = results[target.of];
  if (!result) return undefined;
  const { least = -Infinity, most = Infinity } = target;
  const verdict = (value) => ({ value, met: value >= least && value <= most });
  if (!target.client) {
    const value = result.figures?.[target.figure];
    return value === undefined ? undefined : verdict(value);
  }
  const own = result.clients[target.client]?.[target.figure];
  const others = target.over.map((name) => result.clients[name]?.[target.figure]).filter(Boolean);
  if (!own || others.length === 0) return undefined;
  if (target.difference) {
    return verdict(Math.max(...others.map((other) => middle(own.map((value, round) => value - other[round])))));
  }
  const ratios = others.map((other) => ratio(own, other).median);
  // Against the best of several: the least of the ratios of speeds, the largest of those of costs.
  const found = verdict(target.least === undefined ? Math.max(...ratios) : Math.min(...ratios));
  const floor = result.clients[`${target.client.split(" ")[0]} floor`]?.[target.figure];
  if (!found.met && target.floor && floor && ratio(own, floor).median >= target.floor) {
    return { ...found, met: true, byFloor: ratio(own, floor).median };
  }
  return found;
}

function middle(values) {
  const sorted = values.filter(Number.isFinite).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}
