// The Node side of the rig: runs batches with the built package and tells each command's outcome.
//
//     node tests/rig/node/workload.mjs USER PASSWORD PROTOCOL SEED…
//
// It says `ready`, then reads lines and answers each with lines of its own, all beginning with the number of the asker:
//
//     7 run 2000 reads - - [["RPUSH","k","v"],…]   7 0 reply :1
//     8 password second                            8 0 reply $OK
//     9 stats                                      9 0 reply :0       what is open inside the core
//     9 live                                       9 0 reply :9713    KiB that heap and buffers hold behind a collection
//     10 close                                     10 0 reply $OK
//
// What follows `run` is the deadline in milliseconds, what may be sent twice, and after how many milliseconds the caller
// gives up, or `-`, and `atomic` for what goes between MULTI and EXEC, else `-`.
// An outcome is `reply VALUE`, `error-no LINE`, `error-maybe LINE`, `not-executed TEXT`, `unknown TEXT` or `odd TEXT`; texts
// are escaped as URI components. A value is `_`, `:7`, `$text`, or `*2` and two values.

import { createInterface } from "node:readline";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

import { connect, MisuseError, NotExecutedError, ServerError, UnknownOutcomeError } from "../../../host-node/dist/index.mjs";

const collectGarbage = (setFlagsFromString("--expose-gc"), runInNewContext("gc"));

const [username, first, protocol, ...seeds] = process.argv.slice(2);
let password = first;
const db = await connect(seeds, { protocol: Number(protocol), credentials: async () => ({ username, password }) });
console.log("ready");

for await (const line of createInterface({ input: process.stdin })) {
  const [, number, verb, rest] = /^(\d+) (\w+) ?(.*)$/.exec(line);
  if (verb === "run") void run(number, rest);
  else if (verb === "password") {
    password = rest;
    say(number, 0, "reply $OK");
  } else if (verb === "stats") say(number, 0, `reply :${open()}`);
  else if (verb === "live") say(number, 0, `reply :${live()}`);
  else if (verb === "close") {
    await db.close();
    say(number, 0, "reply $OK");
  }
}

async function run(number, rest) {
  const [, timeout, retry, cancel, atomic, json] = /^(\d+) (\S+) (\S+) (\S+) (.*)$/.exec(rest);
  const commands = JSON.parse(json);
  const signal = cancel === "-" ? undefined : AbortSignal.timeout(Number(cancel));
  const options = { timeout: Number(timeout), retry, signal, ...(atomic === "atomic" && { atomic: true }) };
  let lines;
  try {
    lines = (await results(commands, options)).map(outcome);
  } catch (error) {
    lines = commands.map(() => outcome(error));
  }
  lines.forEach((line, index) => say(number, index, line));
}

// One command as a call, which may block; several as a pipeline.
async function results(commands, options) {
  if (commands.length === 1) return [await db.with(options).call(...commands[0])];
  const pipe = db.pipeline(options);
  for (const [name, ...args] of commands) pipe.call(name, ...args);
  return pipe.exec({ raiseOnError: false });
}

function say(number, index, outcome) {
  process.stdout.write(`${number} ${index} ${outcome}\n`);
}

function outcome(result) {
  if (!(result instanceof Error)) return `reply ${value(result)}`;
  const text = encodeURIComponent(`${result.code}: ${result.message}`);
  if (result instanceof ServerError) return `error-${result.ran} ${encodeURIComponent(result.message)}`;
  if (result instanceof NotExecutedError) return `not-executed ${text}`;
  if (result instanceof UnknownOutcomeError) return `unknown ${text}`;
  if (result instanceof MisuseError) return `misuse ${text}`;
  return `odd ${text}`;
}

function value(reply) {
  if (reply === null) return "_";
  if (typeof reply === "number" || typeof reply === "bigint") return `:${reply}`;
  if (typeof reply === "string") return `$${encodeURIComponent(reply)}`;
  if (Array.isArray(reply)) return [`*${reply.length}`, ...reply.map(value)].join(" ");
  return `?${encodeURIComponent(String(reply))}`;
}

function open() {
  let count = 0;
  for (const kind of db.stats().open.values()) count += Number(kind);
  return count;
}

function live() {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return Math.ceil((heapUsed + external) / 1024);
}
