// TLS by node:tls against real servers and a real cluster, with certificates made here.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { connect as dialTls } from "node:tls";

import { connect } from "../dist/index.mjs";
import { reachesAndFollows, startCluster } from "./lab.mjs";

const folder = mkdtempSync(join(tmpdir(), "slotpipe-tls-"));
const file = (name) => join(folder, name);
const pem = (name) => readFileSync(file(name), "utf8");
const servers = [];

function openssl(...args) {
  execFileSync("openssl", args, { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
}

/** An authority, or what one signs for these names. */
function certificate(name, subject, { by, names } = {}) {
  const key = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-keyout", `${name}.key`];
  const signed = by ? ["-CA", `${by}.pem`, "-CAkey", `${by}.key`, "-addext", `subjectAltName=${names}`] : [];
  openssl("req", "-x509", ...key, ...signed, "-subj", `/CN=${subject}`, "-days", "2", "-out", `${name}.pem`);
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => server.once("listening", resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A server of one node that speaks TLS only; resolves when it answers. */
async function startServer(clients) {
  const port = await freePort();
  const options = {
    port: 0,
    "tls-port": port,
    "tls-cert-file": file("server.pem"),
    "tls-key-file": file("server.key"),
  };
  Object.assign(options, {
    "tls-ca-cert-file": file("authority.pem"),
    "tls-auth-clients": clients,
    save: "",
    dir: folder,
  });
  const args = Object.entries(options).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = spawn(process.env.SLOTPIPE_REDIS_SERVER ?? "redis-server", args, { stdio: "ignore" });
  servers.push(child);
  const trusted = {
    host: "127.0.0.1",
    port,
    ca: pem("authority.pem"),
    cert: pem("client.pem"),
    key: pem("client.key"),
  };
  for (let attempt = 0; attempt < 100; attempt++) {
    const isThere = await new Promise((resolve) => {
      const socket = dialTls(trusted, () => resolve(true)).once("error", () => resolve(false));
      socket.once("secureConnect", () => socket.destroy());
    });
    if (isThere) return port;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return assert.fail("the server did not start");
}

let port;
let strict;

before(async () => {
  certificate("authority", "Slotpipe tests");
  certificate("stranger", "Another authority");
  certificate("server", "server", { by: "authority", names: "IP:127.0.0.1,DNS:localhost" });
  certificate("client", "client", { by: "authority", names: "DNS:client" });
  [port, strict] = [await startServer("no"), await startServer("yes")];
});
after(async () => {
  await Promise.all(servers.map((child) => new Promise((resolve) => child.once("exit", resolve).kill())));
  rmSync(folder, { recursive: true, force: true });
});

const refusedBy = (options, host = "127.0.0.1", at = port) =>
  connect(`${host}:${at}`, { connectTimeout: 2000, ...options }).then(
    () => assert.fail("it connected"),
    (error) => [error.name, error.code],
  );

test("a server of a trusted authority, by address and by name, by option and by URL", async () => {
  const ca = pem("authority.pem");
  for (const [seed, tls] of [
    [`127.0.0.1:${port}`, { ca }],
    [`localhost:${port}`, { ca }],
    [`rediss://localhost:${port}`, { ca }],
  ]) {
    const db = await connect(seed, { tls });
    const large = "x".repeat(1 << 20);
    assert.deepEqual(await db.pipeline().set("k", large).get("k").exec(), ["OK", large]);
    const pipe = db.pipeline();
    for (let at = 0; at < 12; at++) pipe.set(`wide:${at}`, large);
    assert.equal((await pipe.exec()).length, 12);
    await db.close();
  }
});

test("a server that nobody vouches for is refused, also by URL", async () => {
  assert.deepEqual(await refusedBy({ tls: true }), ["ConnectError", "TLS"]);
  assert.deepEqual(await refusedBy({ tls: { ca: pem("stranger.pem") } }), ["ConnectError", "TLS"]);
  assert.deepEqual(await refusedBy({}, "rediss://localhost"), ["ConnectError", "TLS"]);
});

test("the name that is announced is verified, wherever it is dialled", async () => {
  const tls = { ca: pem("authority.pem") };
  const mapAddress = () => ({ host: "127.0.0.1", port });
  assert.deepEqual(await refusedBy({ tls, mapAddress }, "other.example"), ["ConnectError", "TLS"]);
  const db = await connect(`localhost:${port}`, { tls, mapAddress });
  assert.equal(await db.call("PING"), "PONG");
  await db.close();
});

test("an address that is announced is verified, too, wherever it is dialled", async () => {
  const tls = { ca: pem("authority.pem") };
  const mapAddress = () => ({ host: "127.0.0.1", port });
  for (const announced of ["10.1.2.3", "[fd00::1]"])
    assert.deepEqual(await refusedBy({ tls, mapAddress }, announced), ["ConnectError", "TLS"]);
  const named = { ...tls, servername: "localhost" };
  const db = await connect(`10.1.2.3:${port}`, { tls: named, mapAddress });
  assert.equal(await db.call("PING"), "PONG");
  await db.close();
});

test("a server that asks for a certificate gets it", async () => {
  const ca = pem("authority.pem");
  const db = await connect(`127.0.0.1:${strict}`, { tls: { ca, cert: pem("client.pem"), key: pem("client.key") } });
  assert.equal(await db.set("k", 1), "OK");
  await db.close();
  const [name] = await refusedBy({ tls: { ca } }, "127.0.0.1", strict);
  assert.equal(name, "ConnectError");
});

test("a cluster that speaks TLS is reached and followed by it, and only by those who are trusted and trust it", async () => {
  const cluster = await startCluster({ tls: folder });
  try {
    const [seed] = cluster.seeds;
    const ca = pem("authority.pem");
    const identity = { cert: pem("client.pem"), key: pem("client.key") };
    const db = await connect(`rediss://${seed}`, { tls: { ca, ...identity } });
    await reachesAndFollows(db, cluster);
    await db.close();
    const [host, at] = seed.split(":");
    assert.deepEqual(await refusedBy({ tls: identity }, host, at), ["ConnectError", "TLS"]);
    assert.deepEqual(await refusedBy({ tls: { ca: pem("stranger.pem"), ...identity } }, host, at), ["ConnectError", "TLS"]);
    assert.equal((await refusedBy({ tls: { ca } }, host, at))[0], "ConnectError", "without a certificate");
    assert.equal((await refusedBy({}, host, at))[0], "ConnectError", "without TLS");
  } finally {
    await cluster.stop();
  }
});

test("options that node:tls refuses are why the connection failed", async () => {
  assert.deepEqual((await refusedBy({ tls: { ca: "no certificate", cert: "nor this" } }))[0], "ConnectError");
});

test("plain text is not spoken to a server of TLS, nor TLS to one of plain text", async () => {
  assert.equal((await refusedBy({}))[0], "ConnectError");
  const plain = createServer((socket) => socket.end("-ERR plain\r\n").on("error", () => {})).listen(0, "127.0.0.1");
  await new Promise((resolve) => plain.once("listening", resolve));
  assert.deepEqual(await refusedBy({ tls: true }, "127.0.0.1", plain.address().port), ["ConnectError", "TLS"]);
  plain.close();
});
