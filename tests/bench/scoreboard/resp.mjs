// RESP as the scoreboard needs it: requests and replies out of a stream, each with its bytes, and a plain client. It
// knows nothing of the clients under test: it is the witness.

import { connect } from "node:net";

/** Takes whole values off a stream, however it is cut: `[{ value, bytes }]`. Errors are `{ error }`, pushes `{ pushed }`. */
export class Values {
  rest = Buffer.alloc(0);

  take(chunk) {
    this.rest = this.rest.length === 0 ? chunk : Buffer.concat([this.rest, chunk]);
    const taken = [];
    let start = 0;
    for (;;) {
      const read = valueAt(this.rest, start);
      if (!read) break;
      taken.push({ value: read.value, bytes: this.rest.subarray(start, read.end) });
      start = read.end;
    }
    this.rest = this.rest.subarray(start);
    return taken;
  }
}

/** A command as an array of bulk strings. */
export function request(args) {
  const parts = args.map((arg) => `$${Buffer.byteLength(String(arg))}\r\n${arg}\r\n`);
  return `*${args.length}\r\n${parts.join("")}`;
}

/** A connection that asks in order and answers with texts, numbers, arrays; an error reply is thrown. */
export class Asking {
  waiting = [];

  static async to(port) {
    const asking = new Asking();
    asking.socket = connect({ host: "127.0.0.1", port, noDelay: true });
    await new Promise((done, failed) => asking.socket.once("connect", done).once("error", failed));
    const values = new Values();
    asking.socket.on("data", (chunk) => values.take(chunk).forEach(({ value }) => asking.waiting.shift()?.(value)));
    asking.socket.on("error", () => {});
    asking.socket.on("close", () => asking.waiting.splice(0).forEach((wake) => wake({ error: "the server has closed the connection" })));
    return asking;
  }

  async ask(...args) {
    const value = await new Promise((done) => {
      this.waiting.push(done);
      this.socket.write(request(args));
    });
    if (value?.error !== undefined) throw new Error(`${args[0]} ${args[1] ?? ""}: ${value.error}`);
    return value;
  }

  close() {
    this.socket.destroy();
  }
}

const SIMPLE = { "+": String, ":": Number, "-": (text) => ({ error: text }), "(": String, ",": Number, "#": (text) => text === "t", _: () => null };

function valueAt(bytes, at) {
  const end = bytes.indexOf("\r\n", at);
  if (end < 0) return undefined;
  const kind = String.fromCharCode(bytes[at]);
  const text = bytes.toString("latin1", at + 1, end);
  if (SIMPLE[kind]) return { value: SIMPLE[kind](text), end: end + 2 };
  const count = Number(text);
  if ("$=!".includes(kind)) {
    if (count < 0) return { value: null, end: end + 2 };
    if (bytes.length < end + 4 + count) return undefined;
    return { value: bytes.toString("utf8", end + 2, end + 2 + count), end: end + 4 + count };
  }
  if (!"*~>%".includes(kind)) throw new Error(`no RESP: ${bytes.toString("latin1", at, end).slice(0, 60)}`);
  if (count < 0) return { value: null, end: end + 2 };
  const items = [];
  let next = end + 2;
  for (let left = kind === "%" ? count * 2 : count; left > 0; left--) {
    const item = valueAt(bytes, next);
    if (!item) return undefined;
    items.push(item.value);
    next = item.end;
  }
  return { value: kind === ">" ? { pushed: items } : items, end: next };
}
