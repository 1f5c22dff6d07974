/** What methods return: a promise of the reply (or of each node's), or the pipeline with one more command in it. */

import type { Pipeline } from "./pipeline.js";
import type { OfNode, PerNode } from "./replies.js";

/** Methods answer by themselves. */
export interface Single {
  readonly kind: "single";
}

/** Methods add to a pipeline that holds `T` so far. */
export interface Queued<T extends readonly unknown[], S> {
  readonly kind: "queued";
  readonly replies: T;
  readonly text: S;
}

/** Methods are answered by each of the chosen nodes. */
export interface Each {
  readonly kind: "each";
}

export type Out<K, R> =
  K extends Queued<infer T, infer S> ? Pipeline<[...T, R], S> : Promise<K extends Each ? PerNode<OfNode<R>> : R>;
