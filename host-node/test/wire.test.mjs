// What is planned, and what then reaches the sockets and the servers: held against each other on a real cluster.

import assert from "node:assert/strict";
import { connect as dial } from "node:net";
import { after, before, test } from "node:test";

import { connect } from "../dist/index.mjs";
import { startCluster, until } from "./lab.mjs";

let cluster;

before(async () => {
  cluster = await startCluster();
});
after(() => cluster?.stop());

/** What a server has run, as it tells by MONITOR. */
class Wire {
  static async tap(address) {
    const [host, port] = address.split(":");
    const wire = new Wire();
    wire.address = address;
    wire.text = "";
    wire.monitor = dial({ host, port });
    wire.other = dial({ host, port }).resume();
    wire.monitor.on("data", (bytes) => {
      wire.text += bytes.toString("latin1");
    });
    wire.monitor.write("MONITOR\r\n");
    await until(`${address} says what it runs`, () => wire.text.includes("+OK\r\n"), 5);
    wire.text = wire.text.slice(5);
    return wire;
  }

  /** What has been run since, in the server's order: commands as lists of words. */
  async take() {
    const end = '"ECHO" "until here"\r\n';
    this.other.write('ECHO "until here"\r\n');
    await until(`${this.address} has run it all`, () => this.text.endsWith(end), 1);
    const lines = this.text.split("\r\n").slice(0, -2);
    this.text = "";
    // `+1700000000.123456 [0 127.0.0.1:50000] "GET" "key"`
    const commands = lines.map((line) => line.slice(line.indexOf('] "') + 3, -1).split('" "'));
    // How the client keeps its map.
    return commands.filter(([name]) => name !== "CLUSTER");
  }

  close() {
    this.monitor.destroy();
    this.other.destroy();
  }
}

function randomBatch(seed) {
  let state = seed;
  const roll = (sides) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return (state >>> 8) % sides;
  };
  return Array.from({ length: 1 + roll(60) }, () => {
    const [a, b, c] = [roll(500), roll(500), roll(500)];
    const kinds = [
      ["GET", `k${a}`],
      ["SET", `k${a}`, "v", "EX", String(b + 1)],
      ["MGET", `k${a}`, `k${b}`, `k${c}`, `k${a}`],
      ["MSET", `k${a}`, "1", `k${b}`, "2", `k${c}`, "3"],
      ["DEL", `k${a}`, `k${b}`],
      ["DBSIZE"],
      ["PING"],
      ["ZUNIONSTORE", `{t${a}}d`, "2", `{t${a}}x`, `{t${a}}y`],
      ["EVAL", "return:1", "1", `{t${a}}x`, String(b)],
      ["XREAD", "COUNT", "2", "STREAMS", `{s${a}}1`, `{s${a}}2`, "0", "0"],
      ["SCRIPT", "EXISTS", "abc"],
      ["SORT", `{t${a}}l`, "LIMIT", "0", "5", "STORE", `{t${a}}o`],
      ["PUBLISH", `channel${a}`, "message"],
      ["EXISTS", `k${a}`, `k${b}`, `k${c}`],
      ["RANDOMKEY"],
      ["EVAL", "return:1", "0"],
      ["HSET", `h${a}`, "f", "v"],
    ];
    return kinds[roll(kinds.length)];
  });
}

const shown = (command, keys) => [command, ...keys.map((key) => Buffer.from(key).toString())].join(" ");

test("what explain says is what the nodes are sent, in order", async () => {
  // What the client asks of its own accord is no matter of a plan.
  const db = await connect(cluster.seeds, { idlePing: 0 });
  await db.dbsize();
  const wires = await Promise.all(db.nodes().map(({ address }) => Wire.tap(address)));
  let [bound, anywhere] = [0, 0];
  for (let seed = 1; seed <= 40; seed++) {
    const pipe = db.pipeline();
    for (const [name, ...args] of randomBatch(seed)) pipe.call(name, ...args);
    const planned = new Map();
    for (const { command, plan } of pipe.explain())
      for (const { node, keys } of plan.parts) planned.set(node, [...(planned.get(node) ?? []), shown(command, keys)]);
    for (const wire of wires) assert.deepEqual(await wire.take(), [], "explain has sent something");

    await pipe.exec({ raiseOnError: false });
    const left = planned.get(undefined) ?? [];
    anywhere += left.length;
    planned.delete(undefined);
    for (const wire of wires) {
      const own = planned.get(wire.address) ?? [];
      planned.delete(wire.address);
      const sent = (await wire.take()).map(([name, ...args]) => {
        const { command, keys } = db.explain(name, ...args);
        return shown(command, keys);
      });
      // What may go to any node was planned for none: it is taken out first.
      const rest = sent.filter((command) => {
        const at = own.includes(command) ? -1 : left.indexOf(command);
        if (at >= 0) left.splice(at, 1);
        return at < 0;
      });
      assert.deepEqual(rest, own, `seed ${seed}, ${wire.address}`);
      bound += rest.length;
    }
    assert.deepEqual([left, [...planned]], [[], []], `seed ${seed}: never sent`);
  }
  assert.ok(bound > 1000 && anywhere > 10, `too little was compared: ${bound}, ${anywhere}`);
  for (const wire of wires) wire.close();
  await db.close();
});

test("a pipeline over all nodes is one write for each, and none waits for another", async () => {
  const events = [];
  const transport = async ({ host, port }) => {
    const socket = dial({ host, port, noDelay: true });
    await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
    const write = socket.write.bind(socket);
    socket.write = (bytes, ...more) => (events.push(["write", port, bytes.length]), write(bytes, ...more));
    socket.on("data", () => events.push(["reply", port]));
    return socket;
  };
  const db = await connect(cluster.seeds, { transport });
  const keys = Array.from({ length: 300 }, (_, at) => `write:${at}`);
  await db.dbsize();
  const { bytesOut } = db.stats();
  events.length = 0;
  const pipe = db.pipeline();
  for (const key of keys) pipe.set(key, key).get(key);
  const replies = await pipe.exec();
  assert.ok(keys.every((key, at) => replies[2 * at + 1] === key));

  const writes = events.filter(([what]) => what === "write");
  assert.deepEqual(events.slice(0, 3), writes, "all are written before anything is read");
  assert.equal(new Set(writes.map(([, port]) => port)).size, 3);
  const length = (...words) => words.reduce((sum, word) => sum + `$${word.length}\r\n${word}\r\n`.length, `*${words.length}\r\n`.length);
  const bytes = keys.reduce((sum, key) => sum + length("SET", key, key) + length("GET", key), 0);
  assert.equal(writes.reduce((sum, [, , count]) => sum + count, 0), bytes);
  assert.equal(Number(db.stats().bytesOut - bytesOut), bytes);
  await db.close();
});
