/** Types of replies that several commands share. */

import type { Value } from "./decode.js";

/** A map with these names. Of texts as bytes the names are bytes too, and have no types. */
export type Fields<S, F> = S extends string ? FieldMap<F> : Map<Value<S>, Value<S>>;

/** A `Map` of which is known what stands under which name. */
export interface FieldMap<F> extends Iterable<[string, F[keyof F]]> {
  readonly size: number;
  get<N extends keyof F>(name: N): F[N];
  has(name: string): boolean;
  keys(): IterableIterator<string>;
  values(): IterableIterator<F[keyof F]>;
  entries(): IterableIterator<[string, F[keyof F]]>;
}

/** What each node answered, by its address. */
export type PerNode<T> = Map<string, T>;
/** An entry of a stream; its fields and values one behind the other, `null` if it has been deleted. */
export type StreamEntry<S> = [id: S, fields: S[] | null];
/** Where to go on (0 at the end), and what was found. */
export type ScanPage<S> = [cursor: S, found: S[]];
/** One result, or one for each match of a path. */
export type OneOrMany<T> = T | T[];
