// Connections of one's own instead of node:net: through a proxy, and without any network.

import assert from "node:assert/strict";
import { connect as dial } from "node:net";
import { Duplex, duplexPair } from "node:stream";
import { after, before, test } from "node:test";

import { connect } from "../dist/index.mjs";
import { startCluster } from "./lab.mjs";

let cluster;

before(async () => {
  cluster = await startCluster();
});
after(() => cluster?.stop());

/** A stream with nothing of a socket, behind which is one; it keeps back what is written, and cuts what is read. */
class Tunnel extends Duplex {
  constructor(socket) {
    super({ highWaterMark: 1024 });
    this.socket = socket;
    socket.on("data", (bytes) => {
      for (let at = 0; at < bytes.length; at += 1000) this.push(bytes.subarray(at, at + 1000));
    });
    socket.on("error", (error) => this.destroy(error));
    socket.on("close", () => this.push(null));
  }
  _read() {}
  _write(bytes, _, done) {
    setImmediate(() => this.socket.write(bytes, done));
  }
  _destroy(error, done) {
    this.socket.destroy();
    done(error);
  }
}

test("a transport carries everything, and is told where to and with what intent", async () => {
  const targets = [];
  const tunnels = [];
  const transport = async (target) => {
    targets.push(target);
    const socket = dial({ host: target.host, port: target.port });
    await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
    tunnels.push(new Tunnel(socket));
    return tunnels.at(-1);
  };
  const mapAddress = ({ host, port }) => ({ host: host === "127.0.0.1" ? "localhost" : host, port });
  const db = await connect(cluster.seeds, { transport, mapAddress, connectTimeout: 5000 });
  const large = "0123456789abcdef".repeat(1 << 14);
  const pipe = db.pipeline();
  for (let at = 0; at < 100; at++) pipe.set(`t:${at}`, large).get(`t:${at}`);
  const replies = await pipe.exec();
  assert.ok(replies.every((reply, at) => reply === (at % 2 === 0 ? "OK" : large)));
  assert.ok(targets.length >= 3);
  for (const { host, port, announced, tls, signal } of targets) {
    assert.deepEqual([host, announced.host, tls], ["localhost", "127.0.0.1", false]);
    assert.ok(port === announced.port && !signal.aborted);
  }
  await db.close();
  assert.ok(tunnels.every(({ destroyed }) => destroyed));
  assert.ok(targets.every(({ signal }) => signal.aborted));
});

test("a transport that fails is why there is no connection", async () => {
  const fail = () => {
    throw new Error("no tunnel");
  };
  for (const transport of [fail, async () => fail(), () => Promise.reject(new Error("no tunnel"))]) {
    const error = await connect(cluster.seeds, { transport, connectTimeout: 200 }).catch((error) => error);
    assert.deepEqual([error.name, error.code], ["ConnectError", "UNREACHABLE"]);
    assert.match(error.message, /no tunnel/);
  }
  for (const nothing of [undefined, {}, "socket", new EventTarget()]) {
    const error = await connect(cluster.seeds, { transport: () => nothing, connectTimeout: 200 }).catch(
      (error) => error,
    );
    assert.match(error.message, /stream\.Duplex/);
  }
});

test("a transport that never comes is told when nobody waits any more, and what comes then is destroyed", async () => {
  let late;
  const aborted = [];
  const transport = ({ signal }) => {
    signal.addEventListener("abort", () => aborted.push(true));
    return new Promise((resolve) => {
      late = resolve;
    });
  };
  const error = await connect(cluster.seeds[0], { transport, connectTimeout: 100 }).catch((error) => error);
  assert.equal(error.code, "CONNECT_TIMEOUT");
  assert.ok(aborted.length > 0);
  const [stream] = duplexPair();
  late(stream);
  await new Promise(setImmediate);
  assert.ok(stream.destroyed);
});

/** A server in memory that knows a few commands; `answer` may end the connection by giving nothing. */
function serve(stream, answer) {
  let text = "";
  stream.on("data", (bytes) => {
    text += bytes.toString("latin1");
    for (;;) {
      const head = /^\*(\d+)\r\n((?:\$\d+\r\n[^]*?\r\n)*)/.exec(text);
      const parts = text.split("\r\n");
      const count = 2 * Number(head?.[1] ?? 0);
      if (!head || parts.length < count + 2) return;
      const words = parts.slice(1, count + 1).filter((_, at) => at % 2 === 1);
      text = parts.slice(count + 1).join("\r\n");
      const reply = answer(words);
      if (reply === undefined) return stream.destroy();
      stream.write(reply);
    }
  });
  stream.on("error", () => {});
}

test("without any network: the other end is in this process", async () => {
  const values = new Map();
  const answer = ([name, key, value]) => {
    if (name === "SET") return (values.set(key, value), "+OK\r\n");
    if (name === "GET") return values.has(key) ? `$${values.get(key).length}\r\n${values.get(key)}\r\n` : "$-1\r\n";
    if (name === "QUITE") return undefined;
    return name === "CLUSTER"
      ? "-ERR This instance has cluster support disabled\r\n"
      : `-ERR unknown command '${name}'\r\n`;
  };
  let connections = 0;
  const transport = () => {
    const [here, there] = duplexPair();
    connections += 1;
    serve(there, answer);
    return here;
  };
  const db = await connect("memory:1", { transport, trust: "server" });
  assert.deepEqual(await db.pipeline().set("k", "v").get("k").get("none").exec(), ["OK", "v", null]);
  assert.equal(connections, 1);
  values.set("k", "other");
  assert.equal(await db.get("k"), "other");
  await db.close();
});

test("a stream that gives texts instead of bytes is not believed", async () => {
  const transport = () => {
    const [here, there] = duplexPair();
    here.setEncoding("utf8");
    serve(there, () => "-ERR unknown command\r\n");
    return here;
  };
  const error = await connect("memory:1", { transport, connectTimeout: 300 }).catch((error) => error);
  assert.match(error.message, /encoding or is in object mode/);
});
