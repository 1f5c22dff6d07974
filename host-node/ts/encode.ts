/** Commands as RESP arrays, back to back in a buffer that grows. */

import { portable, type Texts } from "./texts.js";

/** One argument. Numbers are written as JavaScript prints them, infinities as `inf` and `-inf`. */
export type Arg = string | number | bigint | Uint8Array;

/** Up to here a text is copied character by character, which beats a call into the runtime. */
const SHORT = 40;

export class Writer {
  private bytes: Uint8Array;
  private at = 0;

  constructor(
    private readonly texts: Texts,
    size = 512,
  ) {
    this.bytes = texts.allocate(size);
  }

  /** How many bytes have been written. */
  get length(): number {
    return this.at;
  }

  /** The bytes written so far; the next command may move them. */
  view(): Uint8Array {
    return this.bytes.subarray(0, this.at);
  }

  clear(): void {
    this.at = 0;
  }

  /** A writer that holds these bytes of this one. */
  part(start: number, end: number): Writer {
    const part = new Writer(this.texts, 0);
    part.bytes = this.bytes.subarray(start, end);
    part.at = end - start;
    return part;
  }

  /** Appends a command; throws a TypeError and appends nothing if an argument is none. */
  command(args: readonly Arg[]): void {
    const before = this.at;
    const count = args.length;
    this.reserve(16);
    this.header(0x2a, count);
    for (let index = 0; index < count; index++) {
      const arg = args[index];
      if (typeof arg === "string") {
        if (arg.length <= SHORT && this.ascii(arg)) continue;
        if (arg.isWellFormed()) this.text(arg);
        else this.refuse(before, args, index, "a text with a lone surrogate has no UTF-8: give a Uint8Array");
      } else if (typeof arg === "number") {
        if (Number.isNaN(arg)) this.refuse(before, args, index, "NaN is no argument");
        this.ascii(printed(arg));
      } else if (typeof arg === "bigint") {
        // Longer than SHORT or not, its digits are ASCII.
        this.ascii(arg.toString());
      } else if (arg instanceof Uint8Array) {
        this.binary(arg);
      } else {
        this.refuse(before, args, index, `${kind(arg)} is no argument: give a string, number, bigint or Uint8Array`);
      }
    }
  }

  private text(text: string): void {
    const length = this.texts.byteLength(text);
    this.reserve(length + 32);
    this.header(0x24, length);
    this.texts.write(text, this.bytes, this.at);
    this.at += length;
    this.line();
  }

  /** Writes a text of ASCII; false and nothing if it is none. */
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
    bytes[at] = 0x0d;
    bytes[at + 1] = 0x0a;
    this.at = at + 2;
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
    if (count >= 10) {
      const digits = count < 100 ? 2 : String(count).length;
      let rest = count;
      for (let at = this.at + digits - 1; at >= this.at; at--) {
        bytes[at] = 0x30 + (rest % 10);
        rest = Math.floor(rest / 10);
      }
      this.at += digits;
    } else {
      bytes[this.at++] = 0x30 + count;
    }
    this.line();
  }

  private line(): void {
    this.bytes[this.at++] = 0x0d;
    this.bytes[this.at++] = 0x0a;
  }

  private reserve(more: number): void {
    if (this.at + more <= this.bytes.length) return;
    const larger = this.texts.allocate(Math.max(2 * this.bytes.length, this.at + more));
    larger.set(this.view());
    this.bytes = larger;
  }

  private refuse(before: number, args: readonly Arg[], index: number, what: string): never {
    this.at = before;
    const name = typeof args[0] === "string" ? args[0] : "the command";
    throw new TypeError(index === 0 ? `the command's name: ${what}` : `argument ${index} of ${name}: ${what}`);
  }
}

/** The bytes of commands, one behind the other. */
export function encoded(commands: readonly (readonly Arg[])[], texts: Texts): Uint8Array {
  const writer = new Writer(texts);
  for (const command of commands) writer.command(command);
  return writer.view();
}

/** The bytes of a key. */
export function bytesOf(key: Arg): Uint8Array {
  if (key instanceof Uint8Array) return key;
  if (typeof key !== "string" && typeof key !== "bigint" && (typeof key !== "number" || Number.isNaN(key))) {
    throw new TypeError(`${kind(key)} is no key: give a string, number, bigint or Uint8Array`);
  }
  const text = typeof key === "number" ? printed(key) : String(key);
  if (!text.isWellFormed()) throw new TypeError("a key with a lone surrogate has no UTF-8: give a Uint8Array");
  const bytes = new Uint8Array(portable.byteLength(text));
  portable.write(text, bytes, 0);
  return bytes;
}

const printed = (value: number): string => (value === Infinity ? "inf" : value === -Infinity ? "-inf" : String(value));

const kind = (value: unknown): string => {
  if (value === null || value === undefined || Number.isNaN(value)) return String(value);
  return Array.isArray(value) ? "a nested array" : `a value of type ${typeof value}`;
};
