/** Arguments that are more than one word, and what writes them. */

import { type Arg, isRecord } from "./encode.js";

/** A whole number. */
export type Int = number | bigint;
/** One argument or several. */
export type Many = Arg | readonly Arg[];
/** Pairs in order, or an object or map of them. */
export type Pairs = Iterable<readonly [Arg, Arg]> | Readonly<Record<string, Arg>>;
/** Members with their scores: an object or map from member to score, or pairs of score and member. */
export type ScoredMembers = Readonly<Record<string, Int>> | ReadonlyMap<Arg, Int> | readonly (readonly [Int, Arg])[];
/** Streams, each with the id to read from. */
export type Streams = Pairs;
/** How a stream is cut. */
export type Trim = ({ readonly maxlen: Int } | { readonly minid: Arg }) & {
  /** Keeps a few more where that is cheaper. */
  readonly approximately?: boolean;
  /** Removes so many entries at most; only together with `approximately`. */
  readonly limit?: Int;
};
/** Where a search begins. */
export type GeoOrigin = { readonly member: Arg } | { readonly longitude: number; readonly latitude: number };
/** How far a search reaches. */
export type GeoShape = ({ readonly radius: number } | { readonly width: number; readonly height: number }) & {
  readonly unit: "m" | "km" | "ft" | "mi";
};
/** What is done to the integers in a string; `get`, `set` and `incrby` give one element of the reply each. */
export type BitOperation =
  | { readonly get: readonly [encoding: string, offset: Int | string] }
  | { readonly set: readonly [encoding: string, offset: Int | string, value: Int] }
  | { readonly incrby: readonly [encoding: string, offset: Int | string, increment: Int] }
  | { readonly overflow: "WRAP" | "SAT" | "FAIL" };

export function many(args: Arg[], values: Many): void {
  if (!Array.isArray(values)) args.push(values as Arg);
  else for (const value of values as readonly Arg[]) args.push(value);
}

export function groups(args: Arg[], size: number, values: Pairs | Iterable<readonly Arg[]>): void {
  for (const group of entries(values)) {
    if (!Array.isArray(group) || group.length !== size) {
      throw new TypeError(`${String(args[0])} takes groups of ${size} arguments`);
    }
    many(args, group);
  }
}

/** Arguments behind how many groups of `size` they are. */
export function counted(args: Arg[], size: number, values: Many | Pairs | Iterable<readonly Arg[]>): void {
  const own: Arg[] = [];
  const isFlat = !Array.isArray(values) || !Array.isArray(values[0]);
  if (isFlat && (Array.isArray(values) || typeof values !== "object" || values instanceof Uint8Array)) {
    many(own, values as Many);
  } else {
    for (const group of entries(values as Pairs)) many(own, group);
  }
  args.push(own.length / size);
  many(args, own);
}

export function scoredMembers(args: Arg[], members: ScoredMembers): void {
  if (Array.isArray(members)) return groups(args, 2, members as readonly (readonly [Int, Arg])[]);
  for (const [member, score] of entries(members as ReadonlyMap<Arg, Int>)) args.push(score as Int, member as Arg);
}

export function streams(args: Arg[], from: Streams): void {
  const pairs = [...entries(from)];
  for (const [key] of pairs) args.push(key as Arg);
  for (const [, id] of pairs) args.push(id as Arg);
}

export function trim(args: Arg[], how: Trim): void {
  args.push(
    "maxlen" in how ? "MAXLEN" : "MINID",
    how.approximately ? "~" : "=",
    "maxlen" in how ? how.maxlen : how.minid,
  );
  if (how.limit !== undefined) args.push("LIMIT", how.limit);
}

export function geoOrigin(args: Arg[], from: GeoOrigin): void {
  if ("member" in from) args.push("FROMMEMBER", from.member);
  else args.push("FROMLONLAT", from.longitude, from.latitude);
}

export function geoShape(args: Arg[], shape: GeoShape): void {
  if ("radius" in shape) args.push("BYRADIUS", shape.radius, shape.unit);
  else args.push("BYBOX", shape.width, shape.height, shape.unit);
}

export function bitfield(args: Arg[], operations: readonly BitOperation[]): void {
  for (const operation of operations) {
    for (const [name, words] of Object.entries(operation)) {
      args.push(name.toUpperCase());
      many(args, words as Many);
    }
  }
}

/**
 * Whether there are options. One of another name is refused, as what it should have done would be missing in silence; of
 * names in a list of their own one may be given.
 */
export function given<T extends object>(
  command: string,
  options: T | undefined,
  names: readonly (string | readonly string[])[],
): options is T {
  if (options === undefined || options === null) return false;
  const known = () => `there are ${names.flat().join(", ")}`;
  if (!isRecord(options)) throw new TypeError(`the options of ${command} are an object: ${known()}`);
  const taken: unknown[] = [];
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || value === false) continue;
    const place = names.find((one) => one === name || (typeof one !== "string" && one.includes(name)));
    if (place === undefined) throw new TypeError(`${command} has no option ${name}: ${known()}`);
    if (taken.includes(place)) throw new TypeError(`options of ${command}: ${name} excludes another of ${String(place)}`);
    taken.push(place);
  }
  return true;
}

/**
 * Has every method refuse more arguments than it takes: those would be missing in silence. Methods are assigned, since to
 * define hundreds of properties anew takes milliseconds of each import.
 */
export function refuseSurplus(methods: object): void {
  const own = methods as Record<string, (...args: unknown[]) => unknown>;
  for (const name of Object.getOwnPropertyNames(methods)) {
    const value = Object.getOwnPropertyDescriptor(methods, name)?.value;
    if (typeof value !== "function" || name === "constructor") continue;
    const most = value.length;
    own[name] = function (...args) {
      if (args.length <= most) return value.apply(this, args);
      throw new TypeError(`${name} was given ${args.length} arguments and takes ${most}: several of a kind are an array`);
    };
  }
}

function entries(values: Pairs | Iterable<readonly Arg[]>): Iterable<readonly Arg[]> {
  if (values === null || typeof values !== "object")
    throw new TypeError("pairs are an object, a Map or an array of pairs");
  return Symbol.iterator in values ? (values as Iterable<readonly Arg[]>) : Object.entries(values);
}
