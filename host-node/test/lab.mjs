// A real cluster by the project's own lab, and the packed package installed in a folder of its own.

import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

export const root = fileURLToPath(new URL("..", import.meta.url));

/**
 * Starts three primaries, with so many replicas each, of the given server if not of the usual, on ::1 or with TLS as the
 * files of a folder say, if that is wished; `obey` moves slots, has nodes announce other places and kills servers; `stop`
 * ends them.
 */
export async function startCluster({ replicas = 0, server, ipv6 = false, tls } = {}) {
  const lab = process.env.SLOTPIPE_LAB ?? join(root, "../target/debug/lab");
  const env = { ...process.env, ...(server && { SLOTPIPE_REDIS_SERVER: server }) };
  const words = [String(replicas), ...(ipv6 ? ["ipv6"] : []), ...(tls ? [`tls=${tls}`] : [])];
  const child = spawn(lab, words, { stdio: ["pipe", "pipe", "inherit"], env });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const line = async () => (await lines.next()).value ?? assert.fail("the lab ended");
  const seeds = (await line()).split(" ");
  return {
    seeds,
    async obey(command) {
      child.stdin.write(`${command}\n`);
      assert.equal(await line(), "ok");
    },
    stop: () => new Promise((resolve) => child.once("exit", resolve).stdin.end()),
  };
}

/** Counts these keys up in one pipeline; all have been counted this often then. */
export async function count(db, keys, times) {
  const pipe = db.pipeline();
  for (const key of keys) pipe.incr(key);
  assert.deepEqual(await pipe.exec(), new Array(keys.length).fill(times));
}

/** A pipeline reaches every node, and a slot is followed to another: by ASK while half of it is there, then by MOVED. */
export async function reachesAndFollows(db, cluster) {
  await db.flushall();
  const spread = Array.from({ length: 100 }, (_, at) => `spread:${at}`);
  await count(db, spread, 1);
  const sizes = [...(await db.at("primaries").dbsize()).values()];
  assert.ok(sizes.length === 3 && sizes.every((size) => size > 20), sizes.join());
  const keys = [0, 1, 2, 3].map((at) => `{together}:${at}`);
  await count(db, keys, 1);
  const before = db.stats();
  await cluster.obey(`begin ${await db.cluster.keyslot(keys[0])}`);
  await cluster.obey(`move ${keys[0]} ${keys[1]}`);
  await count(db, keys, 2);
  const half = db.stats();
  assert.deepEqual([half.ask - before.ask, half.untrusted], [2n, 0n]);
  await cluster.obey("finish");
  await count(db, keys, 3);
  const after = db.stats();
  assert.ok(after.moved > half.moved && after.untrusted === 0n, `${after.moved} times MOVED`);
}

/** Asks until the answer is yes, every so many milliseconds; in vain after ten seconds. */
export async function until(what, ask, every = 20) {
  for (const end = Date.now() + 10_000; Date.now() < end; await sleep(every)) if (await ask()) return;
  assert.fail(`waited in vain until ${what}`);
}

let gc;

/** A collection at once: what is counted behind it is what is kept, not what nobody has looked at yet. */
export function collectGarbage() {
  setFlagsFromString("--expose-gc");
  gc ??= runInNewContext("gc");
  gc();
}

/** How often a server has run a command, by its INFO commandstats. */
export function callsOf(command, info) {
  const stats = info.get("Commandstats");
  return Number(stats.get(`cmdstat_${command}`)?.get("calls") ?? 0);
}

/** A folder in which `npm install` of the packed package has been run. */
export function installPacked() {
  const folder = mkdtempSync(join(tmpdir(), "slotpipe-node-"));
  const npm = (args, cwd) => execFileSync("npm", args, { cwd, stdio: ["ignore", "pipe", "pipe"], encoding: "utf8" });
  npm(["pack", "--silent", "--pack-destination", folder], root);
  const tarball = readdirSync(folder).find((name) => name.endsWith(".tgz"));
  writeFileSync(join(folder, "package.json"), '{ "name": "app", "private": true }\n');
  npm(["install", "--offline", "--no-audit", "--no-fund", `./${tarball}`], folder);
  return {
    folder,
    tarball: join(folder, tarball),
    require: createRequire(join(folder, "app.js")),
    /** Runs a script of this name and text there. */
    run(name, text, ...args) {
      writeFileSync(join(folder, name), text);
      return spawnSync(process.execPath, [name, ...args], { cwd: folder, encoding: "utf8", timeout: 20_000 });
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
