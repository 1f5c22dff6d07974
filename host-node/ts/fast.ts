/** Texts to bytes and back by what Node has for it beneath `Buffer`. */

import { isAscii } from "node:buffer";

import type { Texts } from "./texts.js";

/** Fast paths of Node's Buffer that its types do not list; they take any Uint8Array. */
interface Beneath {
  latin1Slice(this: Uint8Array, start: number, end: number): string;
  utf8Slice(this: Uint8Array, start: number, end: number): string;
  utf8Write(this: Uint8Array, text: string, at: number): number;
}

const { latin1Slice, utf8Slice, utf8Write } = Buffer.prototype as unknown as Beneath;

export const fast: Texts = {
  // Not of the shared pool: these live long and grow.
  allocate: (size) => Buffer.allocUnsafeSlow(size),
  byteLength: (text) => Buffer.byteLength(text),
  write: (text, bytes, at) => utf8Write.call(bytes, text, at),
  isAscii,
  ascii: (bytes, start, end) => latin1Slice.call(bytes, start, end),
  utf8: (bytes, start, end) => utf8Slice.call(bytes, start, end),
  copy: (bytes, start, end) => Buffer.from(bytes.subarray(start, end)),
};
