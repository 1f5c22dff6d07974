/** Commands as RESP arrays, back to back in a buffer that grows. */

import { portable, type Texts } from "./texts.js";

/** One argument. Numbers are written as JavaScript prints them, infinities as `inf` and `-inf`. */
export type Arg = string | number | bigint | Uint8Array;

/** Up to here a text is copied character by character, which beats a call into the runtime. */
const SHORT = 40;
/** Room for what stands around an argument's bytes, and for a character more. */
const AROUND = 32;

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

  /** Takes back what was written from here on. */
  cut(length: number): void {
    this.at = length;
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
    this.reserve(AROUND);
    this.at = this.header(before, 0x2a, count);
    for (let index = 0; index < count; index++) {
      const arg = args[index];
      if (typeof arg === "string") {
        if (this.text(arg)) continue;
        if (arg.isWellFormed()) this.wide(arg);
        else this.refuse(before, args, index, "a text with a lone surrogate has no UTF-8: give a Uint8Array");
      } else if (typeof arg === "number") {
        if (Number.isNaN(arg)) this.refuse(before, args, index, "NaN is no argument");
        this.text(printed(arg));
      } else if (typeof arg === "bigint") {
        this.text(arg.toString());
      } else if (arg instanceof Uint8Array) {
        this.binary(arg);
      } else {
        this.refuse(before, args, index, `${kind(arg)} is no argument: give a string, number, bigint or Uint8Array`);
      }
    }
  }

  /** Writes a text of ASCII; false and nothing if it is none. */
  private text(text: string): boolean {
    const { length } = text;
    this.reserve(length + AROUND);
    const { bytes } = this;
    const start = this.header(this.at, 0x24, length);
    if (length <= SHORT) {
      let all = 0;
      for (let index = 0; index < length; index++) {
        const code = text.charCodeAt(index);
        all |= code;
        bytes[start + index] = code;
      }
      if (all > 0x7f) return false;
    } else if (this.texts.write(text, bytes, start) !== length) {
      // There was room for one character more than that: only ASCII has as many bytes as characters.
      return false;
    }
    this.line(start + length);
    return true;
  }

  /** Writes a well-formed text. */
  private wide(text: string): void {
    const length = this.texts.byteLength(text);
    this.reserve(length + AROUND);
    const start = this.header(this.at, 0x24, length);
    this.texts.write(text, this.bytes, start);
    this.line(start + length);
  }

  private binary(value: Uint8Array): void {
    this.reserve(value.length + AROUND);
    const start = this.header(this.at, 0x24, value.length);
    this.bytes.set(value, start);
    this.line(start + value.length);
  }

  /** Writes a mark and a count, and returns where they end. */
  private header(start: number, mark: number, count: number): number {
    const { bytes } = this;
    let at = start;
    bytes[at++] = mark;
    if (count < 10) {
      bytes[at++] = 0x30 + count;
    } else if (count < 100) {
      const tens = Math.floor(count / 10);
      bytes[at++] = 0x30 + tens;
      bytes[at++] = 0x30 + count - 10 * tens;
    } else {
      const digits = String(count);
      for (let index = 0; index < digits.length; index++) bytes[at++] = digits.charCodeAt(index);
    }
    bytes[at] = 0x0d;
    bytes[at + 1] = 0x0a;
    return at + 2;
  }

  /** Ends a line, and what is written. */
  private line(at: number): void {
    this.bytes[at] = 0x0d;
    this.bytes[at + 1] = 0x0a;
    this.at = at + 2;
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

/** Where each command of a batch ends. @internal */
export function endsOf(batch: Uint8Array): number[] {
  const ends: number[] = [];
  let at = 0;
  // What stands behind a mark.
  const count = (): number => {
    let count = 0;
    while (batch[++at] !== 0x0d && at < batch.length) count = 10 * count + Number(batch[at]) - 0x30;
    at += 2;
    return count;
  };
  while (at < batch.length) {
    for (let args = count(); args > 0; args--) {
      const length = count();
      at += length + 2;
    }
    ends.push(at);
  }
  return ends;
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

/** Whether this is an object with names, and no list, map or set, whose names say nothing of what is in it. */
export const isRecord = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !(Symbol.iterator in value);

/** What something is, for those who gave it in the place of an object: none of what is in it. */
export const shape = (value: unknown): string => {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  if (!isRecord(value)) return `a ${typeof value === "object" ? value.constructor?.name : typeof value}`;
  const names = Object.keys(value).slice(0, 4);
  return names.length > 0 ? `{ ${names.join(", ")} }` : "{}";
};

const printed = (value: number): string => (value === Infinity ? "inf" : value === -Infinity ? "-inf" : String(value));

const kind = (value: unknown): string => {
  if (value === null || value === undefined || Number.isNaN(value)) return String(value);
  return Array.isArray(value) ? "a nested array" : `a value of type ${typeof value}`;
};
