/** Commands as RESP arrays, back to back in a buffer that grows. */

import type { FastBuffer } from "./fast.js";

/** One argument. Numbers are written as JavaScript prints them, infinities as `inf` and `-inf`. */
export type Arg = string | number | bigint | Uint8Array;

/** Up to here a text is copied character by character, which beats a call into the runtime. */
const SHORT = 40;

export class Writer {
  private bytes: FastBuffer;
  private at = 0;

  constructor(size = 512) {
    this.bytes = Buffer.allocUnsafeSlow(size) as FastBuffer;
  }

  /** How many bytes have been written. */
  get length(): number {
    return this.at;
  }

  /** The bytes written so far; the next command may move them. */
  view(): Buffer {
    return this.bytes.subarray(0, this.at);
  }

  clear(): void {
    this.at = 0;
  }

  /** Takes over bytes that hold commands. */
  take(commands: Buffer): void {
    this.bytes = commands as FastBuffer;
    this.at = commands.length;
  }

  /** Appends a command; throws a TypeError and appends nothing if an argument is none. */
  command(args: readonly Arg[]): void {
    const before = this.at;
    try {
      this.reserve(16);
      this.header(0x2a, args.length);
      for (let index = 0; index < args.length; index++) {
        const arg = args[index];
        if (typeof arg === "string") this.text(arg, args, index);
        else if (typeof arg === "number") this.ascii(number(arg, args, index));
        else if (typeof arg === "bigint") this.ascii(arg.toString());
        else if (arg instanceof Uint8Array) this.binary(arg);
        else throw refused(args, index, `a ${kind(arg)} is no argument: give a string, number, bigint or Uint8Array`);
      }
    } catch (error) {
      this.at = before;
      throw error;
    }
  }

  private text(text: string, args: readonly Arg[], index: number): void {
    if (text.length <= SHORT && this.ascii(text)) return;
    if (!text.isWellFormed()) throw refused(args, index, "a text with a lone surrogate has no UTF-8: give a Uint8Array");
    const length = Buffer.byteLength(text);
    this.reserve(length + 32);
    this.header(0x24, length);
    this.at += this.bytes.utf8Write(text, this.at, length);
    this.line();
  }

  /** Writes a short text of ASCII; false and nothing if it is none. */
  private ascii(text: string): boolean {
    const { length } = text;
    this.reserve(length + 32);
    const before = this.at;
    this.header(0x24, length);
    const { bytes } = this;
    let { at } = this;
    for (let index = 0; index < length; index++) {
      const code = text.charCodeAt(index);
      if (code > 0x7f) {
        this.at = before;
        return false;
      }
      bytes[at++] = code;
    }
    this.at = at;
    this.line();
    return true;
  }

  private binary(value: Uint8Array): void {
    this.reserve(value.length + 32);
    this.header(0x24, value.length);
    this.bytes.set(value, this.at);
    this.at += value.length;
    this.line();
  }

  private header(mark: number, count: number): void {
    const { bytes } = this;
    bytes[this.at++] = mark;
    if (count < 10) {
      bytes[this.at++] = 0x30 + count;
    } else if (count < 100) {
      bytes[this.at++] = 0x30 + ((count / 10) | 0);
      bytes[this.at++] = 0x30 + (count % 10);
    } else {
      this.at += bytes.latin1Write(String(count), this.at);
    }
    this.line();
  }

  private line(): void {
    this.bytes[this.at++] = 0x0d;
    this.bytes[this.at++] = 0x0a;
  }

  private reserve(more: number): void {
    if (this.at + more <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(2 * this.bytes.length, this.at + more)) as FastBuffer;
    this.bytes.copy(larger, 0, 0, this.at);
    this.bytes = larger;
  }
}

/** The bytes of one argument. */
export function bytesOf(arg: Arg): Uint8Array {
  if (arg instanceof Uint8Array) return arg;
  if (typeof arg === "string" && !arg.isWellFormed()) throw refused([arg], 0, "a text with a lone surrogate has no UTF-8");
  if (typeof arg === "string" || typeof arg === "number" || typeof arg === "bigint") return Buffer.from(String(arg));
  throw new TypeError(`a ${kind(arg)} is no key: give a string, number, bigint or Uint8Array`);
}

function number(value: number, args: readonly Arg[], index: number): string {
  if (Number.isNaN(value)) throw refused(args, index, "NaN is no argument");
  if (value === Infinity) return "inf";
  return value === -Infinity ? "-inf" : String(value);
}

function refused(args: readonly Arg[], index: number, what: string): TypeError {
  const name = typeof args[0] === "string" ? args[0] : "the command";
  return new TypeError(index === 0 ? `the command's name: ${what}` : `argument ${index} of ${name}: ${what}`);
}

const kind = (value: unknown): string => (value === null ? "null" : Array.isArray(value) ? "nested array" : typeof value);
