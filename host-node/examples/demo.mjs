// The Node side of `make demo`: runs pipelines on a cluster and prints how each command ended, one line each.
//
//     node host-node/examples/demo.mjs 127.0.0.1:7000 < pipelines
//
// A line of input is a pipeline: an array of commands in JSON whose characters are bytes. The output has the form of
// `line_of` in host-native/src/cli/demo/beside.rs, which compares it with that of another host.

import { createInterface } from "node:readline";

import { connect, MisuseError, ServerError, SlotpipeError } from "slotpipe";

const db = await connect(process.argv.slice(2));
for await (const line of createInterface({ input: process.stdin })) {
  const commands = JSON.parse(line);
  const pipe = db.binary.pipeline();
  for (const [name, ...args] of commands) pipe.call(name, ...args.map((arg) => Buffer.from(arg, "latin1")));
  const outcomes = await pipe.exec({ raiseOnError: false }).catch((error) => commands.map(() => error));
  for (const outcome of outcomes) console.log(lineOf(outcome));
}
await db.close();

function lineOf(outcome) {
  if (outcome instanceof MisuseError) return `refused ${outcome.code} ${outcome.command ?? ""}: ${outcome.message}`;
  if (outcome instanceof ServerError) {
    const ran = outcome.ran === "no" ? "did not run" : "may have run";
    return `error ${outcome.message} (${ran}, ${outcome.node ?? "no node"})`;
  }
  if (outcome instanceof SlotpipeError) return `no reply: ${outcome.code}`;
  return shown(outcome);
}

function shown(value) {
  if (value === null) return "nil";
  if (Buffer.isBuffer(value)) return quoted(value);
  if (value instanceof ServerError) return `error ${value.message}`;
  if (Array.isArray(value)) return `[${value.map(shown).join(", ")}]`;
  if (value instanceof Set) return `{${Array.from(value, shown).sort().join(", ")}}`;
  if (value instanceof Map) return `{${Array.from(value, ([key, item]) => `${shown(key)}: ${shown(item)}`).join(", ")}}`;
  return String(value); // a number, a bigint, a boolean, or a word of the server's own
}

function quoted(bytes) {
  const escaped = Array.from(bytes, (byte) => {
    const character = String.fromCharCode(byte);
    if (character === '"' || character === "\\") return `\\${character}`;
    return byte >= 0x20 && byte < 0x7f ? character : `\\x${byte.toString(16).padStart(2, "0")}`;
  });
  return `"${escaped.join("")}"`;
}
