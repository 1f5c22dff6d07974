// Plays recorded days to the core in JavaScript and writes what it says, in the form that `tests/src/conformance.rs`
// describes. Straight to the bound core: there is no host in between that could leave something out.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

// The bindings as `slotpipe-bind` writes them: they look for the module by this name.
globalThis.WASM = readFileSync(new URL("../dist/bound/core.wasm", import.meta.url));
const { Core, memory } = createRequire(import.meta.url)("../dist/bound/core.js");

/** What the core takes if it is not told; the limits of the record that are left out of the options. */
const DEFAULTS = {
  library: "slotpipe-node,0.1.0",
  measure_ms: "10000",
  idle_ms: "30000",
  reconnect_ms: "200",
  reconnect_most_ms: "250",
  unused_ms: "0",
  refresh_gap_ms: "100",
  seeds_first: "false",
  coverage: "partial",
  read_from: "primary",
  diagnostics: "false",
  waiting_per_node: "10000",
  waiting_bytes_per_node: "16777216",
  in_flight: "4096",
  window: "10000",
  window_bytes: "16777216",
  dedicated_per_node: "64",
  dedicated: "1024",
  nodes: "1000",
  depth: "128",
  line: "65536",
  bulk: "536870912",
  frame: "536870912",
};
const COUNTS = [
  ...["refresh_gap_ms", "database", "deadline_ms", "slow_deadline_ms", "connect_ms", "max_redirects", "refresh_ms"],
  ...["measure_ms", "idle_ms", "unused_ms", "reconnect_ms", "reconnect_most_ms"],
];
const LIMITS = [
  ...["waiting_per_node", "waiting_bytes_per_node", "in_flight", "window", "window_bytes", "dedicated_per_node", "nodes"],
  ...["dedicated", "dedicated_wait_ms"],
  ...["depth", "line", "bulk", "frame"],
];
const CAUSES = ["refused", "tls", "lost", "timed-out", "asked", "unknown-host", "unreachable", "denied"];
const NOTES = [
  ...["ready", "unreachable", "topology", "room", "redirected", "node-down"],
  ...["planned", "wrote", "refreshed", "reconnected", "resubscribed"],
];
const COUNTERS = [
  ...["commands", "moved", "ask", "try_again", "cluster_down", "master_down", "loading", "read_only", "busy", "retries"],
  ...["unknown", "not_executed", "untrusted", "refreshes", "dials", "bytes_in", "bytes_out"],
];
const LEAVES = { 5: "$", 6: "+", 7: "-", 8: "(", 9: "=" };
const COUNTED = { 10: "*", 11: "~", 12: "%", 13: ">", 14: "|" };

/** Plays the `>` lines of one day; all of its lines, with what this core says. */
export function play(lines) {
  const day = new Day();
  for (const line of lines) {
    if (line.startsWith("< ")) continue;
    day.trace.push(line);
    if (line.startsWith("> ")) day.call(line);
  }
  day.core?.free();
  return day.trace;
}

class Day {
  trace = [];
  core;

  call(line) {
    const [, time, verb, ...rest] = line.split(" ");
    const words = new Words(rest);
    const now = count(time);
    const { core } = this;
    switch (verb) {
      case "new":
        this.core = new Core(now, config(words));
        break;
      case "submit":
        this.refusable("misuse", () => {
          const first = core.submit(now, words.bytes("batch"), submitOptions(words));
          this.say(first < 0 ? "full" : `submitted first=${first}`);
        });
        break;
      case "explain":
        this.refusable("misuse", () => this.explained(core.explain(words.bytes("batch"), submitOptions(words))));
        break;
      case "connected":
        core.connected(now, words.number("link"), words.text("username"), words.text("password"));
        break;
      case "received":
        core.received(now, words.number("link"), words.bytes("bytes"));
        break;
      case "closed": {
        const cause = CAUSES.indexOf(words.get("cause"));
        core.closed(now, words.number("link"), cause, words.text("text") ?? "", words.number("maybe_sent"));
        break;
      }
      case "written":
        core.written(now, words.number("link"), words.number("total"));
        break;
      case "elapsed":
        core.elapsed(now);
        break;
      case "cancel":
        core.cancel(now, words.number("first"), words.number("end") - words.number("first"));
        break;
      case "release":
        core.release(now, words.number("lane"));
        break;
      case "read-order":
        core.read_order(now, options([["shards", listed(shards(words))]]));
        break;
      case "authenticate":
        core.authenticate(now, words.number("link"), words.text("username"), words.text("password"));
        break;
      case "poll":
        this.polled(core.poll(now) >>> 0, core.frame_words());
        break;
      case "stats":
        this.stats(core.stats());
        break;
      case "topology":
        this.topology(core.topology());
        break;
      default:
        throw new Error(`there is no call ${verb}`);
    }
  }

  say(...words) {
    this.trace.push(`< ${words.filter((word) => word !== undefined).join(" ")}`);
  }

  /** What is thrown without a place in the batch is no refusal of the core's. */
  refusable(verb, call) {
    try {
      call();
    } catch (error) {
      if (typeof error?.index !== "number") throw error;
      this.misuse(verb, error);
    }
  }

  misuse(verb, { index, code, command, message }) {
    this.say(verb, `index=${index}`, word("code", code), word("command", command), word("message", message));
  }

  /** One frame: `host-node/src/lib.rs` has its form. Its views are read before the core is called again. */
  polled(start, length) {
    const frame = new Uint32Array(memory.buffer, start, length);
    let at = 0;
    const next = () => frame[at++];
    const bytes = (address, size) => Buffer.from(memory.buffer, address, size);
    const tape = new Uint32Array(memory.buffer, next(), next());
    const buffers = Array.from({ length: next() }, () => bytes(next(), next()));
    if (tape.length > 0 || buffers.length > 0) {
      this.say("tape", `words=${tape.length}`, list("buffers", buffers.map((buffer) => buffer.length)));
    }
    for (let head = 0; head < tape.length; ) {
      const ticket = unsigned(tape[head], tape[head + 1]);
      const [kind, size] = tape.subarray(head + 2, head + 4);
      const body = tape.subarray(head + 4, head + 4 + size);
      this.say(`answer ticket=${ticket} outcome=${kind & 0xff} shape=${kind >>> 8}`, ...value(body, buffers));
      head += 4 + size;
    }
    for (let actions = next(); actions > 0; actions--) {
      switch (next()) {
        case 1:
          this.say(`connect link=${next()}`, word("host", bytes(next(), next())), `port=${next()}`, `timeout_ms=${next()}`);
          break;
        case 2:
          this.say(`send link=${next()}`, word("bytes", bytes(next(), next())));
          break;
        case 3:
          this.say(`close link=${next()}`);
          break;
        case 4: {
          const lane = next();
          this.say(`push lane=${lane}`, ...value(new Uint32Array(memory.buffer, next(), next()), buffers));
          break;
        }
        case 5:
          this.note(NOTES[next()], next(), bytes(next(), next()));
          break;
        case 6: {
          const until = unsigned(next(), next());
          this.say("wait", until === 0xffff_ffff_ffff_ffffn ? undefined : `until=${until}`);
          break;
        }
        default:
          throw new Error("an action that is none");
      }
    }
    if (at !== frame.length) throw new Error("words behind the last action");
  }

  note(kind, failure, text) {
    const has = kind === "unreachable" || kind === "node-down";
    this.say(`note kind=${kind}`, has ? `failure=${failure}` : undefined, word("text", text));
  }

  explained(all) {
    for (const { index, command, keys, readonly, plan, refusal } of all) {
      this.say(`explained index=${index}`, word("command", command), `readonly=${readonly}`, list("keys", keys));
      if (!plan) {
        this.misuse("refusal", refusal);
        continue;
      }
      this.say("plan", word("route", plan.route), word("merge", plan.merge), `atomic=${plan.atomic}`, list("steps", plan.steps.map((step) => Buffer.from(step))), optional("loses", plan.loses));
      for (const part of plan.parts) {
        this.say("part", optional("slot", part.slot), optional("node", part.node), list("keys", part.keys));
      }
    }
  }

  stats(stats) {
    const counters = COUNTERS.map((name) => `${name}=${stats[camel(name)]}`);
    const nodes = stats.nodes.map(
      ({ address, connections, waiting, inFlight, latencyUs }) =>
        `node=${[address, connections, waiting, inFlight, latencyUs ?? "none"].join("/")}`,
    );
    counters.push(`connections=${stats.connections}`, `waiting=${stats.waiting}`, ...nodes);
    this.say("stats", ...counters, ...[...stats.open].map(([kind, open]) => `open.${escape(Buffer.from(kind))}=${open}`));
  }

  topology({ nodes, slots, standalone }) {
    this.say(`topology standalone=${standalone}`);
    for (const { host, port, id = "", primary, slots, zone = "", health } of nodes) {
      const place = [word("host", host), `port=${port}`, word("id", id), optional("primary", primary)];
      const ranges = list("slots", slots.map((range) => range.join("-")));
      this.say("node", ...place, ranges, word("zone", zone), `health=${health}`);
    }
    for (const { start, end, primary, replicas } of slots) {
      this.say(`range start=${start} end=${end}`, word("primary", primary), list("replicas", replicas));
    }
  }
}

/** The `name=value` words of a line. */
class Words {
  constructor(words) {
    this.values = new Map(words.map((word) => [word.slice(0, word.indexOf("=")), word.slice(word.indexOf("=") + 1)]));
  }

  get(name) {
    return this.values.get(name);
  }

  number(name) {
    const value = this.get(name);
    return value === undefined ? undefined : count(value);
  }

  bytes(name) {
    return unescape(this.get(name) ?? "");
  }

  text(name) {
    const value = this.get(name);
    return value === undefined ? undefined : unescape(value).toString();
  }

  list(name) {
    const value = this.get(name);
    return value === undefined ? [] : value.split(",").map((item) => unescape(item).toString());
  }
}

/** The record's options, without those that are the core's defaults: a host leaves them out. */
function config(words) {
  const given = (name) => (words.get(name) === DEFAULTS[name] ? undefined : words.number(name));
  const trust = words.get("trust");
  return options([
    ["seeds", listed(words.list("seeds").map(address))],
    ["resp3", words.get("resp3")],
    ["clientName", words.text("client_name")],
    ["library", words.get("library") === DEFAULTS.library ? undefined : listed(words.list("library"))],
    ["tls", words.get("tls")],
    trust === "only" ? ["only", listed(words.list("trusted").map(address))] : ["trust", trust],
    ...readFrom(words, DEFAULTS.read_from),
    ["seedsFirst", words.get("seeds_first") === DEFAULTS.seeds_first ? undefined : true],
    ["coverage", words.get("coverage") === DEFAULTS.coverage ? undefined : words.get("coverage")],
    ["diagnostics", words.get("diagnostics") === DEFAULTS.diagnostics ? undefined : true],
    ["randomSeed", words.get("random_seed")],
    ...[...COUNTS, ...LIMITS].map((name) => [camel(name), given(name)]),
  ]);
}

function submitOptions(words) {
  return options([
    ["deadlineMs", words.number("deadline_ms")],
    ["order", words.get("order")],
    ["retry", words.get("retry")],
    ["maxRedirects", words.number("max_redirects")],
    ["noSplit", words.get("no_split")],
    ["byHash", words.get("by_hash")],
    ["crossSlot", words.get("cross_slot")],
    ["pipeline", words.get("pipeline")],
    ["detailed", words.get("detailed")],
    ["atomic", words.get("atomic")],
    route(words),
    ["lane", words.number("lane")],
    ...readFrom(words),
    ["keyPositions", words.get("keys_given") && listed(words.list("key_positions"))],
  ]);
}

function route(words) {
  const node = words.text("node");
  if (node) return ["node", address(node)];
  const slot = words.number("slot");
  if (slot !== undefined) return ["slot", slot];
  if (words.get("route") === "nodes") return ["nodes", listed(words.list("nodes").map(address))];
  return ["route", words.get("route")];
}

function readFrom(words, usual) {
  const readFrom = words.get("read_from");
  return [
    ["readFrom", readFrom === usual ? undefined : readFrom],
    ["zone", words.text("zone")],
  ];
}

/** A shard and its nodes are one list, the primary first. */
function shards(words) {
  const all = [];
  for (let shard; (shard = words.list(`shard${all.length}`).map(address)).length > 0; ) {
    all.push([2, shard[0], listed(shard.slice(1))]);
  }
  return all;
}

/** Options as the core reads them: names, each with its value, in one RESP array. */
function options(entries) {
  const words = entries.filter(([, value]) => value !== undefined).flat(Infinity).map((word) => Buffer.from(String(word)));
  const bulks = words.flatMap((word) => [Buffer.from(`$${word.length}\r\n`), word, Buffer.from("\r\n")]);
  return Buffer.concat([Buffer.from(`*${words.length}\r\n`), ...bulks]);
}

const listed = (items) => [items.length, items];

/** The nodes of a body with their bytes. */
function value(words, buffers) {
  const nodes = [];
  for (let at = 0; at < words.length; ) {
    const tag = words[at++];
    if (tag <= 2) {
      nodes.push(["_", "#f", "#t"][tag]);
    } else if (tag <= 4) {
      const bits = unsigned(words[at], words[at + 1]);
      nodes.push(tag === 3 ? `:${BigInt.asIntN(64, bits)}` : `,${bits.toString(16).padStart(16, "0")}`);
      at += 2;
    } else if (tag <= 9) {
      const [buffer, offset, length] = words.subarray(at, at + 3);
      if (offset + length > buffers[buffer].length) throw new Error("a leaf that names bytes outside its buffer");
      nodes.push(LEAVES[tag] + escape(buffers[buffer].subarray(offset, offset + length)));
      at += 3;
    } else {
      nodes.push(COUNTED[tag] + words[at++]);
    }
  }
  return nodes;
}

const unsigned = (low, high) => (BigInt(high) << 32n) | BigInt(low);
const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase());
const word = (name, bytes) => `${name}=${escape(typeof bytes === "string" ? Buffer.from(bytes) : bytes)}`;
const optional = (name, value) => (value === undefined || value === null ? undefined : word(name, String(value)));

function list(name, values) {
  if (values.length === 0) return undefined;
  const items = values.map((value) => escape(value instanceof Uint8Array ? value : Buffer.from(String(value))));
  return `${name}=${items.join(",")}`;
}

function address(text) {
  const colon = text.lastIndexOf(":");
  return [text.slice(0, colon), text.slice(colon + 1)];
}

/** A number of the record; one that JavaScript cannot count to is a fault of the record. */
function count(digits) {
  const number = Number(digits);
  if (!Number.isSafeInteger(number)) throw new Error(`${digits} is no whole number below 2^53`);
  return number;
}

const ESCAPED = Array.from({ length: 256 }, (_, byte) => {
  const character = String.fromCharCode(byte);
  const plain = byte > 0x20 && byte < 0x7f && !"%,=".includes(character);
  return plain ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
});

function escape(bytes) {
  let text = "";
  for (const byte of bytes) text += ESCAPED[byte];
  return text;
}

function unescape(text) {
  if (!text.includes("%")) return Buffer.from(text, "latin1");
  return Buffer.from(text.replace(/%(..)/g, (_, digits) => String.fromCharCode(Number.parseInt(digits, 16))), "latin1");
}
