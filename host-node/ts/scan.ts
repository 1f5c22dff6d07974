/** Everything that a scan finds, page by page. */

import type { ScanPage } from "./replies.js";

/** Elements of pages; the next page is asked for when the last one has been taken. */
export async function* scanned<S>(ask: (cursor: bigint) => Promise<ScanPage<S>>): AsyncGenerator<S, void, undefined> {
  let cursor = 0n;
  do {
    const [next, found] = await ask(cursor);
    yield* found;
    cursor = BigInt(String(next));
  } while (cursor > 0n);
}

/** Elements that come one behind the other, in pairs. */
export async function* paired<S, V>(
  elements: AsyncIterable<S>,
  read: (value: S) => V,
): AsyncGenerator<[S, V], void, undefined> {
  let first: S[] = [];
  for await (const element of elements) {
    const [name] = first;
    if (name === undefined) {
      first = [element];
    } else {
      first = [];
      yield [name, read(element)];
    }
  }
}

/** A score as a number; texts have `inf` where numbers have `Infinity`. */
export function score(value: unknown): number {
  const text = String(value);
  return /^[+-]?inf$/i.test(text) ? (text.startsWith("-") ? -Infinity : Infinity) : Number(text);
}
