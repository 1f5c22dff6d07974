import assert from "node:assert/strict";
import { test } from "node:test";

import { added, breaches, judgeCounters, judgeLists, judgeReads } from "./judge.mjs";
import { request, Values } from "./resp.mjs";
import { table } from "./tables.mjs";

const ok = (value) => ["ok", value];

test("a counter above one was incremented twice, whatever the caller was told", () => {
  const judged = judgeCounters([ok(2), ["error", "reset"], ok(1)], ["2", "2", "1"]);
  assert.deepEqual([judged.twice, judged.twiceToldOk, judged.failedButRan], [2, 1, 1]);
});

test("an acknowledged increment that no server has is told apart from one that failed and did not run", () => {
  const judged = judgeCounters([ok(1), ["error", "reset"], ["never", "expired"]], [null, null, null]);
  assert.deepEqual([judged.ackedNotRun, judged.failedNotRun, judged.neverButRan], [1, 2, 0]);
});

test("what was told never to run and ran is a lie of its own, and so is a call without end", () => {
  const judged = judgeCounters([["never", "expired"], ["none", ""], ["unknown", "lost"]], ["1", "1", "1"]);
  assert.deepEqual([judged.neverButRan, judged.waiting, judged.unknown, judged.failedButRan], [1, 1, 1, 2]);
});

test("an element behind a greater one is late, a second one is twice, a missing one is lost if it was acknowledged", () => {
  const pushes = [1, 2, 3, 4].map((value) => ["k", value]);
  const judged = judgeLists(pushes, [ok(1), ok(2), ok(3), ok(4)], { k: ["1", "3", "2", "3"] });
  assert.deepEqual([judged.late, judged.twice, judged.ackedNotRun], [1, 1, 1]);
});

test("a list in order has nothing late, though some pushes failed", () => {
  const pushes = [1, 2, 3].map((value) => ["k", value]);
  const judged = judgeLists(pushes, [ok(1), ["error", "reset"], ["never", "would-reorder"]], { k: ["1", "2"] });
  assert.deepEqual([judged.late, judged.twice, judged.failedButRan, judged.failedNotRun], [0, 0, 1, 1]);
});

test("a reply is wrong if it is another key's, and nothing else is", () => {
  const judged = judgeReads(["a", "b", "c", "d"], [ok("a"), ok("a"), ["error", "timeout"], ok(null)]);
  assert.deepEqual(judged, { reads: 4, wrong: 2, ended: 1, waiting: 0 });
});

test("runs add up, and what should be 0 and is not is named", () => {
  const total = added([{ twice: 1, commands: 2 }, { twice: 2, commands: 2 }]);
  assert.deepEqual(total, { twice: 3, commands: 4 });
  assert.deepEqual(breaches({ "a reset": total, other: { twice: 0, failedButRan: 4 } }), ["a reset: twice 3"]);
});

test("values come off a stream whole, however it is cut", () => {
  const bytes = Buffer.from(`${request(["GET", "é"])}*2\r\n:1\r\n$-1\r\n-ERR no\r\n>1\r\n+x\r\n%1\r\n+a\r\n_\r\n`);
  const whole = new Values().take(bytes);
  assert.deepEqual(whole.map(({ value }) => value), [["GET", "é"], [1, null], { error: "ERR no" }, { pushed: ["x"] }, ["a", null]]);
  const single = new Values();
  const cut = [...bytes].flatMap((byte) => single.take(Buffer.from([byte])));
  assert.deepEqual(cut.map(({ value }) => value), whole.map(({ value }) => value));
});

test("a table is Markdown, with a dash where there is no figure and the reason below", () => {
  const text = table([{ title: "twice", of: "s", cell: ({ twice }) => twice }], { a: { s: { twice: 1 } }, b: { s: { refuses: "it cannot" } }, c: {} });
  assert.deepEqual(text.split("\n"), ["| | twice |", "|---|---|", "| a | 1 |", "| b | n/a |", "| c | – |"]);
});
