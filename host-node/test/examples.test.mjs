// The examples, run as a user runs them, on a cluster of three primaries with a replica each. What they print stands in
// tests/data/examples, for Node and Rust alike; there the cluster is at 127.0.0.1:7000 and the ports behind it.

import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, test } from "node:test";

import { connect } from "../dist/index.mjs";
import { root, startCluster } from "./lab.mjs";

const EXPECTED = join(root, "../tests/data/examples");

let cluster;
let db;

before(async () => {
  cluster = await startCluster({ replicas: 1 });
  db = await connect(cluster.seeds);
});
after(async () => {
  await db?.close();
  await cluster?.stop();
});

/** Runs the example of this topic, compares what it prints, and looks whether it leaves anything behind. */
async function runs(topic) {
  const example = join(root, "examples", `${topic}.mjs`);
  const options = { encoding: "utf8", timeout: 60_000 };
  const { status, stdout, stderr } = spawnSync(process.execPath, [example, cluster.seeds[0]], options);
  assert.equal(stderr, "");
  assert.equal(withUsualPorts(stdout), readFileSync(join(EXPECTED, `${topic}.txt`), "utf8"));
  assert.equal(status, 0);
  assert.deepEqual(await db.keys("*"), [], "keys that are left");
}

function withUsualPorts(text) {
  return text.replace(/127\.0\.0\.1:\d+/g, (address) => {
    const at = cluster.seeds.indexOf(address);
    return at < 0 ? address : `127.0.0.1:${7000 + at}`;
  });
}

test("the example of first steps prints what is expected", () => runs("first-steps"));
test("the example of pipelines prints what is expected", () => runs("pipelines"));
test("the example of transactions prints what is expected", () => runs("transactions"));
test("the example of nodes prints what is expected", () => runs("nodes"));
test("the example of cluster commands prints what is expected", () => runs("cluster-commands"));

test("every example but the demo's is run, and every expected text has its example", () => {
  const topics = (folder) => readdirSync(folder).map((name) => name.replace(/\.\w+$/, "")).sort();
  const text = readFileSync(join(root, "test/examples.test.mjs"), "utf8");
  const run = [...text.matchAll(/=> runs\("(.+)"\)/g)].map(([, topic]) => topic).sort();
  assert.deepEqual(topics(join(root, "examples")).filter((topic) => topic !== "demo"), run);
  assert.deepEqual(topics(EXPECTED), run);
});
