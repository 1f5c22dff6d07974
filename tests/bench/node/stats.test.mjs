import assert from "node:assert/strict";
import { test } from "node:test";

import { columns, figure, ratio, spread } from "./stats.mjs";
import { judge } from "./targets.mjs";
import { commands, digest } from "./workload.mjs";

test("a spread has the middle and the quartiles", () => {
  assert.deepEqual(spread([5, 1, 4, 2, 3]), { median: 3, low: 2, high: 4 });
  assert.deepEqual(spread([1, 2]), { median: 1.5, low: 1.25, high: 1.75 });
});

test("a ratio compares the same rounds, so that a slow machine slows both", () => {
  assert.equal(ratio([2, 20, 200], [1, 10, 100]).median, 2);
});

test("a figure has no more digits than it means", () => {
  assert.deepEqual([1234.5, 12.34, 1.234, 0.1234, NaN].map(figure), ["1235", "12.3", "1.23", "0.123", "–"]);
});

test("columns stand under each other", () => {
  assert.deepEqual(columns([["a", "bb"], ["ccc", 1]]), ["a    bb", "ccc   1"]);
});

test("a digest does not ask for the form or the order of a hash", () => {
  const forms = [new Map([["a", "1"], ["b", "2"]]), { b: "2", a: "1" }, [{ field: "a", value: "1" }, { key: "b", value: "2" }]];
  assert.equal(new Set(forms.map((form) => digest([form]))).size, 1);
  assert.notEqual(digest(["1"]), digest([1]));
});

test("a mixed batch has every command and reads the hash that it wrote", () => {
  const batch = commands({ kind: "mix", count: 18, size: 8 });
  assert.equal(new Set(batch.map(([name]) => name)).size, 9);
  assert.equal(batch[3][1], batch[4][1]);
});

const rounds = (perSecond, cpu) => ({ perSecond, cpu });

test("a target is met by the median of what was measured", () => {
  const target = { what: "twice", of: "w", client: "a", over: ["b", "c"], figure: "perSecond", least: 2 };
  const results = (best) => ({ w: { clients: { a: rounds([4, 4, 4]), b: rounds([1, 1, 1]), c: rounds([best, best, best]) } } });
  assert.deepEqual(judge(target, results(2)), { value: 2, met: true });
  assert.deepEqual(judge(target, results(4)), { value: 1, met: false });
});

test("a target over clients that were not measured is not judged", () => {
  const target = { what: "x", of: "w", client: "a", over: ["b"], figure: "cpu", most: 2 };
  assert.equal(judge(target, { w: { clients: { a: rounds([1], [1]) } } }), undefined);
});
