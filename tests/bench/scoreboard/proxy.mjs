// What stands between a client and each node, and does what a bad network does. All proxies of a cluster share one
// `Faults`, which the scripts set:
//
//   delayMs          replies come so much later, in order
//   before(command)  is asked before each request goes on; a promise holds it and all behind it on that connection,
//                    `{ reply }` is given to the client instead of what the server would have said
//   cut              the first connection that carries a command of `names` has its replies kept back until its
//                    requests have come to rest and the server has answered them all; then the client gets `at` bytes of
//                    these replies and a reset

import { connect, createServer } from "node:net";
import { setTimeout as pause } from "node:timers/promises";

import { Values } from "./resp.mjs";

/** How long a connection has to be quiet before its requests count as complete. */
const REST_MS = 60;
/** Time for a client to read what came before a reset: a reset takes unread bytes with it. */
const READ_MS = 30;

export class Faults {
  /** Nothing wrong. */
  clear() {
    this.delayMs = 0;
    this.before = undefined;
    this.cut = undefined;
    this.wasCut = undefined;
  }

  constructor() {
    this.clear();
  }
}

/** Listens on a free port and passes everything on to `target`; resolves to `{ port, close }`. */
export async function startProxy(target, faults) {
  const open = new Set();
  const server = createServer({ noDelay: true }, (client) => open.add(new Passage(client, target, faults, (passage) => open.delete(passage))));
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    port: server.address().port,
    close() {
      server.close();
      for (const passage of open) passage.end();
    },
  };
}

/** One connection of a client and the one behind it. */
class Passage {
  requests = [];
  working = false;
  /** Commands at the server that it has not answered yet. */
  outstanding = 0;
  idleWaits = [];
  kept = undefined;
  delayed = [];
  due = 0;
  ended = false;

  constructor(client, target, faults, gone) {
    [this.client, this.target, this.faults, this.gone] = [client, target, faults, gone];
    this.server = connect({ host: "127.0.0.1", port: target, noDelay: true });
    const [commands, replies] = [new Values(), new Values()];
    client.on("data", (chunk) => {
      this.requests.push(...commands.take(chunk));
      this.rested();
      void this.work();
    });
    this.server.on("data", (chunk) => {
      for (const { value, bytes } of replies.take(chunk)) this.answered(value, bytes);
      this.rested();
    });
    for (const socket of [client, this.server]) socket.on("error", () => {}).on("close", () => this.end());
  }

  /** Requests in order, one after the other; whatever holds one holds those behind it. */
  async work() {
    if (this.working) return;
    this.working = true;
    while (this.requests.length > 0 && !this.ended) {
      const { value: args, bytes } = this.requests.shift();
      const { cut } = this.faults;
      if (cut?.names.includes(args[0].toUpperCase())) {
        this.faults.cut = undefined;
        this.kept = { at: cut.at, parts: [] };
      }
      let verdict = this.faults.before?.([args[0].toUpperCase(), ...args.slice(1)], this);
      if (verdict instanceof Promise) verdict = await verdict;
      if (verdict?.reply !== undefined) {
        await this.idle();
        this.client.write(verdict.reply);
        continue;
      }
      this.outstanding += 1;
      this.server.write(bytes);
    }
    this.working = false;
  }

  /** When the server has answered all that it was given. */
  idle() {
    return this.outstanding === 0 ? Promise.resolve() : new Promise((done) => this.idleWaits.push(done));
  }

  end() {
    if (this.ended) return;
    this.ended = true;
    clearTimeout(this.timer);
    this.client.destroy();
    this.server.destroy();
    this.idleWaits.splice(0).forEach((wake) => wake());
    this.gone(this);
  }

  answered(value, bytes) {
    if (value?.pushed === undefined) this.outstanding -= 1;
    if (this.kept) this.kept.parts.push(bytes);
    else this.later(bytes);
    if (this.outstanding === 0) this.idleWaits.splice(0).forEach((wake) => wake());
  }

  /** To the client, after the delay and behind what came before. */
  later(bytes) {
    const due = Math.max(this.due, performance.now() + this.faults.delayMs);
    if (this.faults.delayMs === 0 && this.delayed.length === 0) return this.client.write(bytes);
    this.due = due;
    this.delayed.push(bytes);
    setTimeout(() => this.client.write(this.delayed.shift()), due - performance.now());
  }

  /** Looks again in a while whether a connection that is to be cut has come to rest. */
  rested() {
    if (!this.kept) return;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.reset(), REST_MS);
  }

  async reset() {
    if (this.outstanding > 0 || this.requests.length > 0) return this.rested();
    const bytes = Buffer.concat(this.kept.parts);
    const at = Math.min(this.kept.at, bytes.length - 1);
    this.faults.wasCut = { at, of: bytes.length };
    if (at > 0) this.client.write(bytes.subarray(0, at));
    await pause(READ_MS);
    this.client.resetAndDestroy();
    this.end();
  }
}

/**
 * A listener that no cluster knows and that plays along: it greets, takes any password, says OK to everything, and writes
 * down what it was given.
 */
export async function startRogue() {
  const seen = { connects: 0, bytes: 0, passwords: 0, commands: 0 };
  const sockets = new Set();
  const server = createServer((socket) => {
    seen.connects += 1;
    sockets.add(socket);
    const commands = new Values();
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    socket.on("data", (chunk) => {
      seen.bytes += chunk.length;
      for (const { value } of commands.take(chunk)) socket.write(welcome(value, seen));
    });
  });
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  return {
    port: server.address().port,
    seen,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

const INFO = "redis_version:7.0.15\r\nredis_mode:cluster\r\nloading:0\r\n";

function welcome(args, seen) {
  const words = args.map((arg) => arg.toUpperCase());
  const [name] = words;
  if (words.includes("AUTH")) seen.passwords += 1;
  if (name === "HELLO") {
    const fields = { server: "redis", version: "7.0.15", proto: Number(words[1] ?? 2), id: 7, mode: "cluster", role: "master" };
    const text = Object.entries(fields).map(([key, value]) => `+${key}\r\n${typeof value === "number" ? ":" : "+"}${value}\r\n`);
    return `${words[1] === "3" ? "%7" : "*14"}\r\n${text.join("")}+modules\r\n*0\r\n`;
  }
  if (name === "INFO") return `$${INFO.length}\r\n${INFO}\r\n`;
  if (name === "CLUSTER" || name === "COMMAND") return "-ERR not here\r\n";
  if (["GET", "SET", "INCR", "RPUSH"].includes(name)) seen.commands += 1;
  return "+OK\r\n";
}
