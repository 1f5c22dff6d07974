/** Types of replies that several commands share, and of those whose places have a meaning. */

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

/** Told apart from the maps that commands answer, in types alone. */
declare const byNode: unique symbol;

/** What each node answered, by its address. */
export type PerNode<T> = Map<string, T> & { readonly [byNode]?: true };

/** What one node answers where `R` is the reply of one or of each. */
export type OfNode<R> = typeof byNode extends keyof R ? (R extends Map<string, infer T> ? T : R) : R;

/** INFO: sections of fields; a field of pairs such as `keys=1,expires=0` is a map too. */
export type Info<S> = Map<S, Map<S, S | Map<S, S>>>;
/** One client of a node, as texts: `id`, `addr`, `name`, `cmd` and more from version to version. */
export type ClientInfo<S> = Map<S, S>;
/** One line of CLUSTER NODES; times are in milliseconds since 1970, 0 if nothing is awaited. */
export type ClusterNode<S> = Fields<
  S,
  {
    id: S;
    ip: S;
    port: number;
    "bus-port": number | null;
    hostname: S | null;
    metadata: Map<S, S>;
    flags: S[];
    primary: S | null;
    "ping-sent": number;
    "pong-received": number;
    "config-epoch": number;
    "link-state": S;
    slots: [first: number, last: number][];
    /** Slots that leave, each with the id of the node that they go to. */
    migrating: [slot: number, node: S][];
    /** Slots that arrive, each with the id of the node that they come from. */
    importing: [slot: number, node: S][];
  }
>;
/** An entry of a stream; its fields and values one behind the other, `null` if it has been deleted. */
export type StreamEntry<S> = [id: S, fields: S[] | null];
/** Where to go on (0 at the end), and what was found. */
export type ScanPage<S> = [cursor: S, found: S[]];
/** One result, or one for each match of a path. */
export type OneOrMany<T> = T | T[];
/** It, or an empty array where there is nothing. */
export type Perhaps<T> = T | [];

/** XAUTOCLAIM: where to go on (`0-0` at the end), what was claimed, and since 7.0 the ids of what had been deleted. */
export type Autoclaimed<S, T> = [next: S, claimed: T[], deleted?: S[]];
/** A place that a search found: its name alone, or with what was asked for; coordinates are texts under RESP2. */
export type GeoMatch<S> = S | [member: S, ...details: (S | number | [longitude: S | number, latitude: S | number])[]];
/** First and last byte in the first and in the second string, and with WITHMATCHLEN the length. */
export type LcsMatch = [first: [start: number, end: number], second: [start: number, end: number], length?: number];
/** XPENDING: how many, the first and last id, and how many by consumer; `null` where there are none. */
export type PendingSummary<S> = [
  count: number,
  first: S | null,
  last: S | null,
  consumers: [name: S, count: S][] | null,
];
/** ROLE: of a primary its offset and replicas, of a replica its primary, state and offset. */
export type Role<S> =
  | [role: S, offset: number, replicas: [host: S, port: S, offset: S][]]
  | [role: S, host: S, port: number, state: S, offset: number]
  | [role: S, names: S[]];
/** A time and as many values as were asked for; values are texts under RESP2. */
export type Sample<S> = [time: number, ...values: (number | S)[]];
/** CLUSTER SLOTS: first and last slot, the owner, its replicas. */
export type SlotOwners<S> = [first: number, last: number, ...nodes: SlotNode<S>[]];
/** A node; without a host it is the one that was asked. Servers before 7.0 tell no metadata. */
export type SlotNode<S> = [host: S | null, port: number, id: S, metadata?: Map<S, S>];
/** Names and counts. */
export type SlotStats<S> = Map<S, number>;
/** SLOWLOG GET and COMMANDLOG GET: seconds since 1970, and microseconds or bytes as duration. */
export type SlowlogEntry<S> = Fields<
  S,
  { id: number; time: number; duration: number; command: S[]; client: S; "client-name": S }
>;
