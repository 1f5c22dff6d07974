/**
 * From the core's tape to JavaScript values. The words and the bytes they name are views of wasm memory: they are read
 * before the core is called again, and everything that leaves here is a copy.
 */

import { BrokenError, ServerError } from "./errors.js";
import type { Texts } from "./texts.js";

/** What a reply can be. Maps are `Map`, so that nothing is keyed by a server's text. */
export type Value<S = string> =
  S | string | number | bigint | boolean | null | ServerError | Value<S>[] | Set<Value<S>> | Map<Value<S>, Value<S>>;

type Decoded = Value<string | Uint8Array>;

const MAX_DEPTH = 200;
/** Texts up to here are cut out of one that has its neighbours too: making one out of bytes costs more than cutting. */
const SHORT = 256;
/** So long is that text. What is cut out keeps it in memory, hence no longer than pays. */
const RUN = 1024;
const bits = new DataView(new ArrayBuffer(8));

/** What is known of a buffer. */
interface Run {
  /** Throughout, looked at once: most replies then need no decoder. */
  readonly isAscii: boolean;
  /** The text of its bytes from `start` to `end`, out of which short ones are cut. */
  text: string;
  start: number;
  end: number;
}

/** Reads values one by one. Texts are strings, of which bytes that are no UTF-8 are replaced, or with `binary` bytes. */
export class Tape {
  binary = false;
  at = 0;
  private readonly runs: (Run | undefined)[] = [];

  constructor(
    private readonly texts: Texts,
    private readonly memory: Uint8Array,
    private readonly words: Uint32Array,
    /** Per buffer its address and its length. */
    private readonly buffers: Uint32Array,
  ) {}

  get length(): number {
    return this.words.length;
  }

  word(): number {
    const word = this.words[this.at++];
    if (word === undefined) throw new BrokenError("a torn tape");
    return word;
  }

  value(depth = 0): Decoded {
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
      case 12:
        return this.map(this.word(), depth);
      case 14:
        // What is told about a value is not part of it.
        this.map(this.word(), depth);
        return this.value(depth + 1);
      default:
        throw new BrokenError(`a tape with the tag ${tag}`);
    }
  }

  /** A map from node to that node's reply: texts are bytes or not, its keys are addresses. */
  perNode(): Decoded {
    if (this.words[this.at] !== 12) return this.value();
    this.at += 1;
    return this.map(this.word(), 0, false);
  }

  private array(count: number, depth: number): Decoded[] {
    const items: Decoded[] = [];
    for (let left = count; left > 0; left--) items.push(this.value(depth + 1));
    return items;
  }

  private map(pairs: number, depth: number, binaryKeys = this.binary): Map<Decoded, Decoded> {
    const { binary } = this;
    const map = new Map<Decoded, Decoded>();
    for (let left = pairs; left > 0; left--) {
      this.binary = binaryKeys;
      const key = this.value(depth + 1);
      this.binary = binary;
      map.set(key, this.value(depth + 1));
    }
    return map;
  }

  private text(): string {
    const buffer = this.word();
    const start = this.start(buffer, this.word());
    const end = this.end(buffer, start, this.word());
    // The most frequent of all.
    if (end - start === 2 && this.memory[start] === 0x4f && this.memory[start + 1] === 0x4b) return "OK";
    const run = this.runs[buffer] ?? this.look(buffer);
    if (!run.isAscii) return this.texts.utf8(this.memory, start, end);
    if (start < run.start || end > run.end) {
      if (end - start > SHORT) return this.texts.ascii(this.memory, start, end);
      run.start = start;
      run.end = Math.min(start + RUN, this.last(buffer));
      run.text = this.texts.ascii(this.memory, start, run.end);
    }
    return run.text.slice(start - run.start, end - run.start);
  }

  private bytes(): Uint8Array {
    const buffer = this.word();
    const start = this.start(buffer, this.word());
    return this.texts.copy(this.memory, start, this.end(buffer, start, this.word()));
  }

  private look(buffer: number): Run {
    const start = this.start(buffer, 0);
    const isAscii = this.texts.isAscii(this.memory.subarray(start, this.last(buffer)));
    return (this.runs[buffer] = { isAscii, text: "", start, end: start });
  }

  private start(buffer: number, offset: number): number {
    const address = this.buffers[2 * buffer];
    if (address === undefined) throw new BrokenError("a tape that names a buffer that is not there");
    return address + offset;
  }

  private end(buffer: number, start: number, length: number): number {
    const end = start + length;
    if (end > this.last(buffer) || end > this.memory.length) {
      throw new BrokenError("a tape that names bytes outside its buffer");
    }
    return end;
  }

  /** Where a buffer ends. */
  private last(buffer: number): number {
    return (this.buffers[2 * buffer] ?? 0) + (this.buffers[2 * buffer + 1] ?? 0);
  }
}

function integer(low: number, high: number): number | bigint {
  if (high === 0) return low;
  const whole = (high | 0) * 0x1_0000_0000 + low;
  return Number.isSafeInteger(whole) ? whole : (BigInt(high | 0) << 32n) | BigInt(low);
}
