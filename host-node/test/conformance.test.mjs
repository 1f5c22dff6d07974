// The same inputs give the same outputs, byte for byte: every conversation and a thousand random days, recorded by the
// core that is linked into the native host and played again here by the core in V8.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { test } from "node:test";

import { play } from "./conformance.mjs";
import { root } from "./lab.mjs";

/** The days of the record, line by line. */
async function* days() {
  const program = process.env.SLOTPIPE_CONFORMANCE ?? join(root, "../target/debug/conformance");
  const child = spawn(program, { stdio: ["ignore", "pipe", "inherit"] });
  const ended = new Promise((resolve, reject) => child.once("error", reject).once("exit", resolve));
  try {
    let day = [];
    for await (const line of createInterface({ input: child.stdout })) {
      if (line.startsWith("== ") && day.length > 0) {
        yield day;
        day = [];
      }
      day.push(line);
    }
    if (day.length > 0) yield day;
    assert.equal(await ended, 0, "the record is not complete");
  } finally {
    child.kill();
  }
}

test("every day is the same in process and in V8", async (t) => {
  let [conversations, random] = [0, 0];
  for await (const recorded of days()) {
    same(recorded, play(recorded));
    if (recorded[0].startsWith("== random")) random += 1;
    else conversations += 1;
  }
  t.diagnostic(`${conversations} conversations and ${random} random days`);
  assert.ok(conversations >= 400, `${conversations} conversations`);
  assert.ok(random >= 1000, `${random} random days`);
});

/** Fails with the first line in which they differ. */
function same(recorded, played) {
  const at = recorded.findIndex((line, at) => line !== played[at]);
  if (at < 0 && recorded.length === played.length) return;
  const line = at < 0 ? recorded.length : at;
  const call = recorded.slice(0, line).findLast((before) => before.startsWith("> "));
  const shown = [call, recorded[line], played[line]].map((text) => (text ?? "(the day ends)").slice(0, 300));
  assert.fail(`${recorded[0]}, line ${line + 1}, after ${shown[0]}\n  in-process: ${shown[1]}\n  V8:         ${shown[2]}`);
}

test("a line that differs is shown", () => {
  const recorded = ["== a day", "> 1 elapsed", "< wait until=2"];
  assert.throws(() => same(recorded, [...recorded.slice(0, 2), "< wait until=3"]), /line 3, after > 1 elapsed\n.*until=2\n.*until=3/s);
  assert.throws(() => same(recorded, recorded.slice(0, 2)), /the day ends/);
});
