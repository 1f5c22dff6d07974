// Pipelines of 1000 commands with values of 32 bytes against raw sockets that do nothing but write and count replies, in
// one process and one run: `node bench.mjs HOST:PORT [SECONDS]`, after `make build`.

import { connect as dial } from "node:net";

import { connect, slotOf } from "./dist/index.mjs";

const [seed = "127.0.0.1:7000", seconds = "2"] = process.argv.slice(2);
const COUNT = 1000;
const keys = Array.from({ length: COUNT }, (_, at) => `bench:${at}`);
const value = "v".repeat(32);

const db = await connect(seed);
const { slots } = db.topology();
const owner = (key) => slots.find(({ start, end }) => start <= slotOf(key) && slotOf(key) <= end).primary;

const slotpipe = {
  SET: async () => {
    const pipe = db.pipeline();
    for (const key of keys) pipe.set(key, value);
    await pipe.exec();
  },
  GET: async () => {
    const pipe = db.pipeline();
    for (const key of keys) pipe.get(key);
    const replies = await pipe.exec();
    if (replies[COUNT - 1] !== value) throw new Error("a wrong reply");
  },
  "GET, single calls": async () => {
    const replies = await Promise.all(keys.map((key) => db.get(key)));
    if (replies[COUNT - 1] !== value) throw new Error("a wrong reply");
  },
};

/** The floor: encoded by hand and routed by a map made beforehand; replies are only counted by their bytes. */
const floor = await (async () => {
  const links = new Map();
  for (const address of new Set(slots.map(({ primary }) => primary))) {
    const at = address.lastIndexOf(":");
    const socket = dial({ host: address.slice(0, at), port: Number(address.slice(at + 1)), noDelay: true });
    await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
    const link = { socket, left: 0, done: () => {} };
    socket.on("data", (bytes) => {
      link.left -= bytes.length;
      if (link.left === 0) link.done();
    });
    links.set(address, link);
  }
  const owners = keys.map(owner);
  const round = (encode, reply) => async () => {
    const texts = new Map();
    keys.forEach((key, at) => texts.set(owners[at], (texts.get(owners[at]) ?? "") + encode(key)));
    await Promise.all(
      [...texts].map(([address, text]) => {
        const link = links.get(address);
        link.left = reply * owners.filter((own) => own === address).length;
        link.socket.write(text, "latin1");
        return new Promise((resolve) => {
          link.done = resolve;
        });
      }),
    );
  };
  return {
    SET: round((key) => `*3\r\n$3\r\nSET\r\n$${key.length}\r\n${key}\r\n$32\r\n${value}\r\n`, 5),
    GET: round((key) => `*2\r\n$3\r\nGET\r\n$${key.length}\r\n${key}\r\n`, 39),
    end: () => links.forEach(({ socket }) => socket.destroy()),
  };
})();

async function measure(round) {
  for (const end = Date.now() + 300; Date.now() < end; ) await round();
  const [cpu, start] = [process.cpuUsage(), process.hrtime.bigint()];
  let rounds = 0;
  for (const end = Date.now() + 1000 * Number(seconds); Date.now() < end; rounds++) await round();
  const wall = Number(process.hrtime.bigint() - start) / 1e3;
  const { user, system } = process.cpuUsage(cpu);
  return { perSecond: Math.round((rounds * COUNT * 1e6) / wall), cpu: (user + system) / (rounds * COUNT) };
}

const rows = {};
for (const name of ["SET", "GET"]) rows[`floor: ${name}`] = await measure(floor[name]);
for (const [name, round] of Object.entries(slotpipe)) rows[`slotpipe: ${name}`] = await measure(round);
for (const [name, { perSecond, cpu }] of Object.entries(rows)) {
  console.log(`${name.padEnd(28)} ${String(perSecond).padStart(9)} commands/s  ${cpu.toFixed(3)} µs CPU each`);
}
floor.end();
await db.close();
