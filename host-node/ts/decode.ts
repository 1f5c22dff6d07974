/**
 * From the core's tape to JavaScript values. The words and the bytes they name are views of wasm memory: they are read
 * before the core is called again, and everything that leaves here is a copy.
 */

import { isAscii } from "node:buffer";

import {
  BrokenError,
  NotExecutedError,
  PartialError,
  ServerError,
  type SlotpipeError,
  UnknownOutcomeError,
} from "./errors.js";
import type { FastBuffer } from "./fast.js";

/** What a reply can be. Maps are `Map`, so that nothing is keyed by a server's text. */
export type Value<S = string> =
  | S
  | string
  | number
  | bigint
  | boolean
  | null
  | ServerError
  | Value<S>[]
  | Set<Value<S>>
  | Map<Value<S>, Value<S>>;

const MAX_DEPTH = 200;
const bits = new DataView(new ArrayBuffer(8));

/** Reads values one by one. Texts are strings, of which bytes that are no UTF-8 are replaced, or with `binary` buffers. */
export class Tape {
  binary = false;
  /** Whether a buffer is ASCII throughout, looked at once: most replies then need no decoder. */
  private readonly ascii: (boolean | undefined)[] = [];

  constructor(
    private readonly memory: FastBuffer,
    private readonly words: Uint32Array,
    /** Per buffer its address and its length. */
    private readonly buffers: Uint32Array,
    public at = 0,
  ) {}

  word(): number {
    const word = this.words[this.at++];
    if (word === undefined) throw new BrokenError("a torn tape");
    return word;
  }

  value(depth = 0): Value<string | Buffer> {
    if (depth > MAX_DEPTH) throw new BrokenError("a tape nested too deep");
    const tag = this.word();
    switch (tag) {
      case 0:
        return null;
      case 1:
        return false;
      case 2:
        return true;
      case 3:
        return integer(this.word(), this.word());
      case 4:
        bits.setUint32(0, this.word(), true);
        bits.setUint32(4, this.word(), true);
        return bits.getFloat64(0, true);
      case 5:
      case 9:
        return this.binary ? this.bytes() : this.text();
      case 6:
        return this.text();
      case 7:
        return new ServerError(this.text(), "maybe");
      case 8:
        return BigInt(this.text());
      case 10:
      case 13:
        return this.array(this.word(), depth);
      case 11:
        return new Set(this.array(this.word(), depth));
      case 12: {
        const map = new Map<Value<string | Buffer>, Value<string | Buffer>>();
        for (let left = this.word(); left > 0; left--) {
          const key = this.value(depth + 1);
          map.set(key, this.value(depth + 1));
        }
        return map;
      }
      case 14:
        for (let left = 2 * this.word(); left > 0; left--) this.value(depth + 1);
        return this.value(depth + 1);
      default:
        throw new BrokenError(`a tape with the tag ${tag}`);
    }
  }

  /** A map from node to that node's reply: of bytes or not, its keys are texts. */
  perNode(): Value<string | Buffer> {
    if (this.word() !== 12) {
      this.at -= 1;
      return this.value();
    }
    const { binary } = this;
    const map = new Map<Value<string | Buffer>, Value<string | Buffer>>();
    for (let left = this.word(); left > 0; left--) {
      this.binary = false;
      const node = this.value(1);
      this.binary = binary;
      map.set(node, this.value(1));
    }
    return map;
  }

  /** The body of an outcome that is no reply, up to `end`. */
  error(kind: number, end: number): SlotpipeError {
    const { binary } = this;
    this.binary = false;
    const values: unknown[] = [];
    while (this.at < end) values.push(this.value());
    this.binary = binary;
    return outcomeError(kind, values);
  }

  private array(count: number, depth: number): Value<string | Buffer>[] {
    const items: Value<string | Buffer>[] = [];
    for (let left = count; left > 0; left--) items.push(this.value(depth + 1));
    return items;
  }

  private text(): string {
    const buffer = this.word();
    const start = this.start(buffer, this.word());
    const end = this.end(buffer, start, this.word());
    let ascii = this.ascii[buffer];
    if (ascii === undefined) {
      const from = this.start(buffer, 0);
      ascii = isAscii(this.memory.subarray(from, from + (this.buffers[2 * buffer + 1] ?? 0)));
      this.ascii[buffer] = ascii;
    }
    return ascii ? this.memory.latin1Slice(start, end) : this.memory.utf8Slice(start, end);
  }

  private bytes(): Buffer {
    const buffer = this.word();
    const start = this.start(buffer, this.word());
    return Buffer.from(this.memory.subarray(start, this.end(buffer, start, this.word())));
  }

  private start(buffer: number, offset: number): number {
    const address = this.buffers[2 * buffer];
    if (address === undefined) throw new BrokenError(`a tape that names buffer ${buffer}`);
    return address + offset;
  }

  private end(buffer: number, start: number, length: number): number {
    const end = start + length;
    const limit = (this.buffers[2 * buffer] ?? 0) + (this.buffers[2 * buffer + 1] ?? 0);
    if (end > limit) throw new BrokenError("a tape that names bytes outside its buffer");
    return end;
  }
}

function integer(low: number, high: number): number | bigint {
  if (high === 0) return low;
  const whole = (high | 0) * 0x1_0000_0000 + low;
  return Number.isSafeInteger(whole) ? whole : (BigInt(high | 0) << 32n) | BigInt(low);
}

function outcomeError(kind: number, values: readonly unknown[]): SlotpipeError {
  const [first, second, third] = values;
  const message = second instanceof ServerError ? second.message : String(second ?? "");
  const place = { node: typeof third === "string" ? third : undefined };
  switch (kind) {
    case 1:
      return new ServerError(message, first === 0 ? "no" : "maybe", place);
    case 2:
      return new NotExecutedError(Number(first), message, place);
    case 4:
      return new PartialError((Array.isArray(first) ? first : []).map(part));
    default:
      return new UnknownOutcomeError(Number(first), message, place);
  }
}

function part(words: unknown) {
  const [kind, node, slot, body] = Array.isArray(words) ? words : [];
  const values: unknown[] = Array.isArray(body) ? body : [];
  return {
    node: typeof node === "string" ? node : undefined,
    slot: typeof slot === "number" ? slot : undefined,
    result: kind === 0 ? values[0] : outcomeError(Number(kind), values),
  };
}
