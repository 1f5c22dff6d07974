// How servers are named and reached: seeds in every form, a single server with its databases, a unix socket, users and
// passwords, what does not answer.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { Worker } from "node:worker_threads";

import { connect, ConnectError, MisuseError, NotExecutedError, WatchError } from "../dist/index.mjs";
import { startCluster } from "./lab.mjs";

let cluster;
let server;

/** A port that nobody listens on. */
async function freePort() {
  const listener = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => listener.once("listening", resolve));
  const { port } = listener.address();
  await new Promise((resolve) => listener.close(resolve));
  return port;
}

/** A server that is no cluster, with a socket in its folder. */
async function startServer() {
  const folder = mkdtempSync(join(tmpdir(), "slotpipe-single-"));
  const [port, socket] = [await freePort(), join(folder, "redis.sock")];
  const program = process.env.SLOTPIPE_REDIS_SERVER ?? "redis-server";
  const options = ["--port", port, "--bind", "127.0.0.1", "--unixsocket", socket, "--dir", folder, "--save", ""];
  const child = spawn(program, options.map(String), { stdio: "ignore" });
  for (let attempt = 0; ; attempt++) {
    try {
      await (await connect(`127.0.0.1:${port}`)).close();
      break;
    } catch (error) {
      if (attempt === 100) throw error;
      await sleep(50);
    }
  }
  const stop = async () => {
    await new Promise((resolve) => child.once("exit", resolve).kill());
    rmSync(folder, { recursive: true, force: true });
  };
  return { port, socket, stop };
}

before(async () => {
  [cluster, server] = await Promise.all([startCluster(), startServer()]);
});
after(async () => {
  await server?.stop();
  await cluster?.stop();
});

const reached = async (seeds, options) => {
  const db = await connect(seeds, options);
  try {
    await db.set("reached", 1);
    return await db.get("reached");
  } finally {
    await db.close();
  }
};

test("a seed is host:port, a URL, a host and a port as number or text, or a list of them", async () => {
  const [seed] = cluster.seeds;
  const [host, port] = seed.split(":");
  const forms = [seed, `redis://${seed}`, { host, port: Number(port) }, { host, port }, cluster.seeds, [{ host, port }, seed]];
  for (const form of forms) assert.equal(await reached(form), "1", JSON.stringify(form));
  const nobody = `127.0.0.1:${await freePort()}`;
  assert.equal(await reached([nobody, seed]), "1", "one good seed is enough");
  await assert.rejects(reached([]), MisuseError);
});

test("a single server takes any keys, commands and databases", async () => {
  const { port } = server;
  const db = await connect(`redis://127.0.0.1:${port}/3`);
  assert.equal(db.topology().standalone, true);
  await db.mset({ foo: 1, bar: 2 });
  assert.equal(await db.rename("foo", "elsewhere"), "OK");
  const unit = await db.pipeline({ atomic: true }).set("foo", 1).set("bar", 2).dbsize().exec();
  assert.deepEqual(unit, ["OK", "OK", 3]);
  const session = db.session("foo", "bar");
  await session.watch(["foo", "bar"]);
  await db.set("bar", 3);
  await assert.rejects(session.multi().incr("foo").exec(), WatchError);
  await session.release();
  const other = await connect(`127.0.0.1:${port}`);
  assert.equal(await other.exists(["foo"]), 0, "another database");
  await Promise.all([db.close(), other.close()]);
  await assert.rejects(connect(`redis://${cluster.seeds[0]}/1`), (error) => {
    assert.match(error.message, /SELECT is not allowed in cluster mode/);
    return true;
  });
});

test("a unix socket serves as well", async () => {
  assert.equal(await reached(`unix://${server.socket}`), "1");
});

test("users and passwords come from options, the URL, or a function", async () => {
  const admin = await connect(cluster.seeds);
  await admin.at("all").call("ACL", "SETUSER", "app", "on", ">s3cret", "~*", "&*", "+@all");
  const [seed] = cluster.seeds;
  assert.equal(await reached(seed, { username: "app", password: "s3cret" }), "1");
  assert.equal(await reached(`redis://app:s3cret@${seed}`), "1");
  let asked = 0;
  const credentials = async () => {
    asked += 1;
    return { username: "app", password: "s3cret" };
  };
  assert.equal(await reached(seed, { credentials }), "1");
  assert.ok(asked > 0);
  await assert.rejects(reached(seed, { username: "app", password: "wrong" }), (error) => {
    assert.ok(error instanceof ConnectError);
    assert.equal(error.code, "AUTH");
    assert.doesNotMatch(`${error.stack}`, /wrong"|s3cret/);
    return true;
  });
  await admin.close();
});

test("what never answers is given up after the connect timeout", async () => {
  const sockets = new Set();
  const mute = createServer((socket) => sockets.add(socket)).listen(0, "127.0.0.1");
  await new Promise((resolve) => mute.once("listening", resolve));
  const begun = performance.now();
  await assert.rejects(connect(`127.0.0.1:${mute.address().port}`, { connectTimeout: 200 }), { code: "CONNECT_TIMEOUT" });
  const ms = performance.now() - begun;
  assert.ok(ms > 190 && ms < 2_000, `${ms} ms`);
  for (const socket of sockets) socket.destroy();
  mute.close();
});

test("a lazy client waits with its first command", async () => {
  const db = await connect(cluster.seeds, { lazy: true });
  assert.equal(await db.set("lazy", 1), "OK");
  await db.close();
  const nobody = await connect(`127.0.0.1:${await freePort()}`, { lazy: true, timeout: 300 });
  await assert.rejects(nobody.set("lazy", 1), (error) => {
    assert.ok(error instanceof NotExecutedError);
    assert.equal(error.code, "UNREACHABLE");
    return true;
  });
  await nobody.close();
  await assert.rejects(connect(cluster.seeds, { lazy: 1 }), { code: "OPTION" });
});

test("each worker thread has a client of its own, also while a slot moves", async () => {
  const source = `
    const { workerData, parentPort } = require("node:worker_threads");
    import(workerData.package).then(async ({ connect }) => {
      const db = await connect(workerData.seeds);
      for (let n = 1; n <= 300; n++) {
        const count = await db.incr(workerData.key);
        if (count !== n) throw new Error(count + " instead of " + n);
      }
      await db.close();
      parentPort.postMessage("done");
    });`;
  const workers = [1, 2].map((number) => {
    const workerData = {
      package: new URL("../dist/index.mjs", import.meta.url).href,
      seeds: cluster.seeds,
      key: `{worker}:${number}`,
    };
    return new Worker(source, { eval: true, workerData });
  });
  const done = workers.map(
    (worker) => new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject)),
  );
  const db = await connect(cluster.seeds);
  const { slotOf } = await import("../dist/index.mjs");
  await cluster.obey(`begin ${slotOf("{worker}")}`);
  await sleep(10);
  await cluster.obey("finish");
  assert.deepEqual(await Promise.all(done), ["done", "done"]);
  await db.close();
});
