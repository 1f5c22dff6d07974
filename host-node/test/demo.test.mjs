// `slotpipe demo` with the package as built beside it, as `make demo` runs it.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { test } from "node:test";

import { root } from "./lab.mjs";

const slotpipe = join(dirname(process.env.SLOTPIPE_LAB ?? join(root, "../target/debug/lab")), "slotpipe");
const example = join(root, "examples/demo.mjs");
const demo = (...beside) =>
  spawnSync(slotpipe, ["demo", "--seconds", "6", "--beside", ...beside], { encoding: "utf8", timeout: 120_000 });

test("every command of the demo ends in wasmtime and in Node alike", () => {
  const { status, stdout, stderr } = demo(process.execPath, example);
  assert.equal(stderr, "");
  assert.match(stdout, /One pipeline through wasmtime and through Node/);
  assert.equal(stdout.match(/ ✓$/gm).length, 17, stdout);
  assert.match(stdout, /17 outcomes, identical byte for byte/);
  assert.match(stdout, /60 of 60 lists are in the order/);
  assert.equal(status, 0);
});

test("one digit that Node tells otherwise is shown and fails the demo", () => {
  const other = `"${process.execPath}" "${example}" "$@" | sed 's/^5[.]2$/5.3/'`;
  const { status, stdout, stderr } = demo("sh", "-c", other, "sh");
  assert.match(stdout, /ZSCORE au Jupiter .* ✗\n +wasmtime: 5[.]2\n +sh: 5[.]3\n/);
  assert.equal(stdout.match(/ ✓$/gm).length, 16, stdout);
  assert.match(stderr, /^slotpipe: .*1 of 17 outcomes differ between wasmtime and sh\n$/);
  assert.equal(status, 1);
});
