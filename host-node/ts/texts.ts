/** Texts to bytes and back by what every JavaScript has. Node's entry brings faster ones: `fast.ts`. */

/** How texts become bytes in a buffer, and bytes texts. */
export interface Texts {
  allocate(size: number): Uint8Array;
  /** How many bytes a well-formed text has as UTF-8. */
  byteLength(text: string): number;
  /** Writes a text as UTF-8, as far as whole characters have room, and says how many bytes that were. */
  write(text: string, bytes: Uint8Array, at: number): number;
  /** Whether `ascii` may be used for these bytes; "no" is always right. */
  isAscii(bytes: Uint8Array): boolean;
  ascii(bytes: Uint8Array, start: number, end: number): string;
  /** Bytes that are no UTF-8 become U+FFFD. */
  utf8(bytes: Uint8Array, start: number, end: number): string;
  copy(bytes: Uint8Array, start: number, end: number): Uint8Array;
}

const encoder = new TextEncoder();
const decoder = new TextDecoder("utf-8", { ignoreBOM: true });
const utf8 = (bytes: Uint8Array, start: number, end: number): string => decoder.decode(bytes.subarray(start, end));

export const portable: Texts = {
  allocate: (size) => new Uint8Array(size),
  byteLength(text) {
    let length = text.length;
    for (let at = 0; at < text.length; at++) {
      const unit = text.charCodeAt(at);
      // A surrogate is one half of four bytes.
      if (unit > 0x7f) length += unit > 0x7ff && (unit & 0xf800) !== 0xd800 ? 2 : 1;
    }
    return length;
  },
  write: (text, bytes, at) => encoder.encodeInto(text, bytes.subarray(at)).written,
  isAscii: () => false,
  ascii: utf8,
  utf8,
  copy: (bytes, start, end) => bytes.slice(start, end),
};
