// The floor: the simplest code that does the same job on raw sockets. Encodes by hand, hashes the slot, writes once per
// node, and decodes replies to strings, numbers, arrays and Maps. No redirects, no retries, no deadlines.

import { isAscii } from "node:buffer";
import { connect } from "node:net";

/** Longer texts are copied by themselves, shorter ones cut out of what came with them. */
const LONG = 1000;

/** Connects to every primary that `seed` names. */
export async function connectFloor(seed) {
  const owners = new Array(16_384);
  const links = new Map();
  const first = await open(seed);
  const [slots] = await first.ask(encode(["CLUSTER", "SLOTS"]), 1);
  for (const [from, to, [host, port]] of slots) {
    const address = `${host}:${port}`;
    if (!links.has(address)) links.set(address, await open(address));
    owners.fill(links.get(address), from, to + 1);
  }
  first.close();

  /** Sends commands (name first); resolves to their replies in order. */
  async function run(batch) {
    const replies = new Array(batch.length);
    const jobs = new Map();
    const job = (key) => {
      const link = owners[slotOf(key)];
      let found = jobs.get(link);
      if (!found) jobs.set(link, (found = { text: "", places: [] }));
      return found;
    };
    for (let at = 0; at < batch.length; at++) {
      const args = batch[at];
      if (args[0] === "MGET") {
        // Keys of several slots: each is asked for by itself.
        const values = (replies[at] = new Array(args.length - 1));
        for (let key = 1; key < args.length; key++) {
          const own = job(args[key]);
          own.text += encode(["GET", args[key]]);
          own.places.push([values, key - 1]);
        }
      } else {
        const own = job(args[1]);
        own.text += encode(args);
        own.places.push(at);
      }
    }
    await Promise.all(
      [...jobs].map(async ([link, { text, places }]) => {
        const own = await link.ask(text, places.length);
        for (let at = 0; at < places.length; at++) {
          const place = places[at];
          if (typeof place === "number") replies[place] = own[at];
          else place[0][place[1]] = own[at];
        }
      }),
    );
    return replies;
  }

  let queue = [];
  async function flush() {
    const calls = queue;
    queue = [];
    const replies = await run(calls.map(({ args }) => args));
    for (let at = 0; at < calls.length; at++) calls[at].resolve(replies[at]);
  }

  return {
    run,
    /** One command by itself. */
    one: async (args) => (await owners[slotOf(args[1])].ask(encode(args), 1))[0],
    /** One command, sent with what else is asked in this tick: a promise each, as clients have them. */
    call: (args) =>
      new Promise((resolve) => {
        if (queue.push({ args, resolve }) === 1) process.nextTick(flush);
      }),
    close: () => links.forEach((link) => link.close()),
  };
}

async function open(address) {
  const at = address.lastIndexOf(":");
  const socket = connect({ host: address.slice(0, at), port: Number(address.slice(at + 1)), noDelay: true });
  await new Promise((resolve, reject) => socket.once("connect", resolve).once("error", reject));
  let [chunks, length, need] = [[], 0, 0];
  /** Asks that wait for their replies, in order. */
  const asked = [];
  socket.on("data", (chunk) => {
    chunks.push(chunk);
    length += chunk.length;
    if (length < need) return;
    const reader = new Reader(chunks.length === 1 ? chunk : Buffer.concat(chunks, length));
    for (;;) {
      const from = reader.at;
      const reply = reader.reply();
      if (reply === undefined) {
        const rest = reader.bytes.subarray(from);
        [chunks, length, need] = [rest.length > 0 ? [rest] : [], rest.length, reader.end - from];
        return;
      }
      const { replies, count, resolve } = asked[0];
      if (replies.push(reply) < count) continue;
      asked.shift();
      resolve(replies);
    }
  });
  const link = {
    ask: (text, count) =>
      new Promise((resolve) => {
        asked.push({ replies: [], count, resolve });
        socket.write(text, "latin1");
      }),
    close: () => socket.destroy(),
  };
  await link.ask(encode(["HELLO", "3"]), 1);
  return link;
}

/** Of texts of ASCII, as the workloads have: then lengths are those of the strings. */
function encode(args) {
  let text = `*${args.length}\r\n`;
  for (let at = 0; at < args.length; at++) text += `$${args[at].length}\r\n${args[at]}\r\n`;
  return text;
}

/** Replies one by one out of what has come; `undefined` when the next is not complete: it wants bytes up to `end`. */
class Reader {
  at = 0;
  end = 0;
  /** All bytes as one text, made when the first short one is wanted; `null` if they are not ASCII. */
  text = undefined;

  constructor(bytes) {
    this.bytes = bytes;
  }

  reply() {
    const { bytes } = this;
    const line = bytes.indexOf(13, this.at);
    if (line < 0 || line + 1 >= bytes.length) {
      this.end = bytes.length + 1;
      return undefined;
    }
    const mark = bytes[this.at];
    const start = this.at + 1;
    this.at = line + 2;
    if (mark === 0x2b) return this.slice(start, line);
    if (mark === 0x2d) throw new Error(this.slice(start, line));
    if (mark === 0x5f) return null;
    const count = this.integer(start, line);
    switch (mark) {
      case 0x3a:
        return count;
      case 0x24: {
        if (count < 0) return null;
        const from = this.at;
        this.at = from + count + 2;
        if (this.at > bytes.length) {
          this.end = this.at;
          return undefined;
        }
        return this.slice(from, from + count);
      }
      case 0x2a:
        return this.items(count);
      case 0x25: {
        const flat = this.items(2 * count);
        if (flat === undefined) return undefined;
        const map = new Map();
        for (let at = 0; at < flat.length; at += 2) map.set(flat[at], flat[at + 1]);
        return map;
      }
      default:
        throw new Error(`a reply that begins with ${mark}`);
    }
  }

  items(count) {
    const items = [];
    for (let left = count; left > 0; left--) {
      const item = this.reply();
      if (item === undefined) return undefined;
      items.push(item);
    }
    return items;
  }

  integer(from, to) {
    const negative = this.bytes[from] === 0x2d;
    let number = 0;
    for (let at = negative ? from + 1 : from; at < to; at++) number = 10 * number + this.bytes[at] - 0x30;
    return negative ? -number : number;
  }

  slice(from, to) {
    const { bytes } = this;
    if (to - from > LONG) return isAscii(bytes.subarray(from, to)) ? bytes.latin1Slice(from, to) : bytes.utf8Slice(from, to);
    if (this.text === undefined) this.text = isAscii(bytes) ? bytes.latin1Slice() : null;
    return this.text === null ? bytes.utf8Slice(from, to) : this.text.slice(from, to);
  }
}

const CRC16 = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1;
  return crc;
});

/** Of a key of ASCII. */
function slotOf(key) {
  let [from, to] = [0, key.length];
  const open = key.indexOf("{");
  if (open >= 0) {
    const close = key.indexOf("}", open + 1);
    if (close > open + 1) [from, to] = [open + 1, close];
  }
  let crc = 0;
  for (let at = from; at < to; at++) crc = ((crc << 8) & 0xffff) ^ CRC16[((crc >>> 8) ^ key.charCodeAt(at)) & 0xff];
  return crc & 0x3fff;
}
