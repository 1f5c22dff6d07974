/** Options that the core knows, in this package's words and in the core's. */

import { type Arg, encoded, isRecord, shape } from "./encode.js";
import { MisuseError } from "./errors.js";
import type { Node } from "./plan.js";
import { type Parsed, parseSeeds, type Seed } from "./seeds.js";
import { portable } from "./texts.js";

/**
 * Who answers commands that only read: the primary of their slot, its replicas and it in turn (`"any"`), a replica if there
 * is one (`"preferReplica"`) or none (`"replica"`: without a replica the command is not executed), those that answer PING
 * fastest (`"nearest"`), those of one availability zone first (`{ zone }`), or those that the function given to `connect`
 * names (`"listed"`). Writes go to the primary always. All but the primary give up reading what was written before, unless
 * in the same pipeline.
 */
export type ReadFrom =
  | "primary"
  | "any"
  | "preferReplica"
  | "replica"
  | "nearest"
  | "listed"
  | { readonly zone: string };

/** Whom to read a shard from, in this order: given its lowest slot and its nodes, the primary first. */
export type ReadOrder = (slot: number, nodes: readonly Node[]) => readonly Place[];

/** Options of a core. */
export interface CoreOptions {
  /** Milliseconds for all attempts of a call: 2000. */
  readonly timeout?: number | undefined;
  /** The same for commands that are slow by nature: 30,000. */
  readonly slowTimeout?: number | undefined;
  /** Milliseconds for one connection, TLS and handshake included: 1000. */
  readonly connectTimeout?: number | undefined;
  /**
   * Milliseconds before a node that could not be reached is tried again, 10 or more: 200. Each attempt that fails doubles
   * them, up to `maxReconnectDelay`; the wait is up to half as long again.
   */
  readonly reconnectDelay?: number | undefined;
  /** The most of these milliseconds, if that is more: 250. */
  readonly maxReconnectDelay?: number | undefined;
  /** Redirects followed per command: 5. With 0, MOVED and ASK come back as errors. */
  readonly redirects?: number | undefined;
  /** Who answers reads where a call or pipeline does not say: the primary. */
  readonly readFrom?: ReadFrom | undefined;
  /** Milliseconds between two PINGs to each node, as long as anybody reads from the nearest: 10,000. */
  readonly measureInterval?: number | undefined;
  /** Milliseconds of silence after which a connection is asked by PING whether it lives: 30,000. 0 asks none. */
  readonly idlePing?: number | undefined;
  /**
   * Milliseconds without a command after which a connection is closed, unless a session, subscription or scan is on it: never,
   * which is 0 too. What is needed is dialled anew: by the next command, by refreshes (one node), by `"nearest"` (all).
   */
  readonly idleTimeout?: number | undefined;
  /** Dial the seeds before discovered nodes, where the slot map is refreshed and nothing is connected. */
  readonly seedsFirst?: boolean | undefined;
  /**
   * Whether `connect` wants an owner for every slot: `false`. `"server"` does as `cluster-require-full-coverage` says;
   * where CONFIG is refused, the servers see to it.
   */
  readonly requireFullCoverage?: boolean | "server" | undefined;
  /** Connections that serve one caller (a blocking command, a session, a subscription), per node: 64. Scans need none. */
  readonly maxDedicatedPerNode?: number | undefined;
  /** The same over all nodes: 1024. */
  readonly maxDedicated?: number | undefined;
  /** Milliseconds that a command waits for such a connection where all are in use: until its deadline. 0 fails at once. */
  readonly dedicatedTimeout?: number | undefined;
  /** RESP version: 3, with fallback where a server has only 2. */
  readonly protocol?: 2 | 3 | undefined;
  /** CLIENT SETNAME on every connection. */
  readonly name?: string | undefined;
  /** Milliseconds between two looks at the slot map: 60,000. */
  readonly refreshInterval?: number | undefined;
  /**
   * Which addresses may be connected to besides the seeds: what known nodes list (`"listed"`), whatever a server names
   * (`"server"`), or these and no others.
   */
  readonly trust?: "listed" | "server" | readonly Seed[] | undefined;
  /** Tell what is planned, written, redirected, refreshed and connected; a client does so on `slotpipe:*` channels. */
  readonly diagnostics?: boolean | undefined;
}

/** Options of one submit. */
export interface SubmitOptions {
  /** Milliseconds for all attempts. */
  readonly timeout?: number | undefined;
  /** What may be sent again when the outcome is unknown: reads. `"idempotent"` says that writes may be, too. */
  readonly retry?: "reads" | "idempotent" | "never" | undefined;
  /** What a command that is sent again may not overtake: later ones of its key, of its slot, or none. */
  readonly order?: "key" | "slot" | "none" | undefined;
  readonly redirects?: number | undefined;
  /** Who answers the reads of slots that are not written together with them. */
  readonly readFrom?: ReadFrom | undefined;
  /** `false` refuses multi-key commands over several slots. */
  readonly split?: boolean | undefined;
  /**
   * `"emulate"` does commands across slots that cannot be split step by step, where they have a recipe: not atomically.
   * `explain` shows the steps and what is lost. In a pipeline such a command waits for those before it, and those behind
   * wait for it.
   */
  readonly crossSlot?: "refuse" | "emulate" | undefined;
  /** By the command table, to one node or slot, or to several nodes, whose replies are a `Map` by node. */
  readonly route?:
    | "table"
    | "primaries"
    | "replicas"
    | "all"
    | { readonly node: Place }
    | { readonly nodes: readonly Place[] }
    | { readonly slot: number }
    | undefined;
}

/** Where a node listens. */
export interface Place {
  readonly host: string;
  readonly port: number;
}

/** The core's options of a submit. */
export interface CoreSubmitOptions {
  readonly deadlineMs?: number;
  readonly maxRedirects?: number;
  readonly retry?: string;
  readonly order?: string;
  readonly noSplit?: boolean;
  readonly pipeline?: boolean;
  readonly atomic?: boolean;
  readonly detailed?: boolean;
  readonly crossSlot?: string;
  readonly byHash?: boolean;
  readonly readFrom?: ReadFrom;
  readonly route?: unknown;
  readonly lane?: number;
}

export const SUBMIT: Readonly<Record<keyof SubmitOptions, true>> = {
  timeout: true,
  retry: true,
  order: true,
  redirects: true,
  readFrom: true,
  split: true,
  crossSlot: true,
  route: true,
};

const TRUST: readonly CoreOptions["trust"][] = ["listed", "server"];
const COVERAGE = new Map<CoreOptions["requireFullCoverage"], string>([
  [undefined, "partial"],
  [false, "partial"],
  [true, "full"],
  ["server", "server"],
]);
const READ_FROM: readonly unknown[] = ["primary", "any", "preferReplica", "replica", "nearest", "listed"];
const U32 = 0xffff_ffff;
export const LAST_SLOT = 16_383;

/** Reads options of a core; `more` are those that users do not write like this. */
export function coreConfig(options: CoreOptions, more: Record<string, unknown>): Record<string, unknown> {
  if (options.name !== undefined && !isText(options.name)) throw refused("name must be a string, without a lone surrogate");
  oneOf("protocol", options.protocol, [2, 3]);
  return defined({
    ...more,
    resp3: options.protocol !== 2,
    clientName: options.name,
    deadlineMs: count("timeout", options.timeout, U32),
    slowDeadlineMs: count("slowTimeout", options.slowTimeout, U32),
    connectMs: count("connectTimeout", options.connectTimeout, U32),
    reconnectMs: count("reconnectDelay", options.reconnectDelay, U32),
    reconnectMostMs: count("maxReconnectDelay", options.maxReconnectDelay, U32),
    maxRedirects: count("redirects", options.redirects, 255),
    readFrom: readFrom(options.readFrom),
    measureMs: count("measureInterval", options.measureInterval, U32),
    idleMs: count("idlePing", options.idlePing, U32),
    unusedMs: count("idleTimeout", options.idleTimeout, U32),
    seedsFirst: oneOf("seedsFirst", options.seedsFirst, [true, false]),
    coverage: COVERAGE.get(oneOf("requireFullCoverage", options.requireFullCoverage, [...COVERAGE.keys()])),
    dedicatedPerNode: count("maxDedicatedPerNode", options.maxDedicatedPerNode, U32),
    dedicated: count("maxDedicated", options.maxDedicated, U32),
    dedicatedWaitMs: count("dedicatedTimeout", options.dedicatedTimeout, U32),
    refreshMs: count("refreshInterval", options.refreshInterval, U32),
    diagnostics: oneOf("diagnostics", options.diagnostics, [true, false]),
    trust: Array.isArray(options.trust) ? { only: places(options.trust) } : oneOf("trust", options.trust, TRUST),
  });
}

/** Reads options of a submit; `undefined` if none is given. */
export function submitOptions({
  timeout,
  retry,
  order,
  redirects,
  readFrom: reader,
  split,
  crossSlot,
  route,
}: SubmitOptions): CoreSubmitOptions | undefined {
  const options = defined({
    deadlineMs: count("timeout", timeout, U32),
    maxRedirects: count("redirects", redirects, 255),
    retry: oneOf("retry", retry, ["reads", "idempotent", "never"]),
    order: oneOf("order", order, ["key", "slot", "none"]),
    crossSlot: oneOf("crossSlot", crossSlot, ["refuse", "emulate"]),
    readFrom: readFrom(reader),
    noSplit: oneOf("split", split, [true, false]) === undefined ? undefined : !split,
    route: routeOf(route),
  });
  return Object.keys(options).length > 0 ? options : undefined;
}

function routeOf(route: SubmitOptions["route"]): unknown {
  if (typeof route !== "object" || route === null) return oneOf("route", route, ["table", "primaries", "replicas", "all"]);
  const { slot, node, nodes } = route as { readonly slot?: unknown; readonly node?: unknown; readonly nodes?: unknown };
  const [kind, more] = ["slot", "node", "nodes"].filter((name) => name in route);
  const isList = Array.isArray(nodes) && nodes.length > 0;
  if (kind === undefined || more !== undefined || (kind === "nodes" && !isList))
    throw refused(`route must be table, primaries, replicas, all, { node }, { nodes: [node, …] } or { slot }, not ${shape(route)}`);
  if (kind === "slot") return { slot: whole("the slot of a route", slot, LAST_SLOT) };
  return isList ? { nodes: Array.from(nodes, placeOf) } : { node: placeOf(node) };
}

/** Where a node listens, which it may do on a unix socket: without what else there is in the object. */
export function placeOf(node: unknown): Place {
  if (!isRecord(node) || !("host" in node)) throw refused(`a node must be { host, port }, not ${shape(node)}`);
  const { host, port } = node as Partial<Place>;
  if (!isText(host) || host === "") throw refused("the host of a node must be a string, not empty and without a lone surrogate");
  return { host, port: whole("the port of a node", port, 65_535) };
}

/** Refuses what are no options, and an option that there is none of: a name that is mistyped would go unheard. */
export function known<T extends object>(options: T, names: Readonly<Record<keyof T, true>>): void {
  const there = () => `there are ${Object.keys(names).join(", ")}`;
  if (!isRecord(options)) throw refused(`options are an object, not ${shape(options)}: ${there()}`);
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(names, name));
  if (unknown !== undefined) throw refused(`there is no option ${unknown}: ${there()}`);
}

/** Refuses an option of another type. */
export function check(name: string, value: unknown, ...types: readonly string[]): void {
  if (value === undefined || (types.includes(typeof value) && (typeof value !== "object" || isRecord(value)))) return;
  throw refused(`${name} must be a ${types.join(" or ")}`);
}

function readFrom(value: ReadFrom | undefined): ReadFrom | undefined {
  if (value === undefined || READ_FROM.includes(value)) return value;
  if (typeof value === "object" && value !== null && isText(value.zone)) return { zone: value.zone };
  throw refused(
    typeof value === "function"
      ? 'readFrom takes a function in connect() only: say readFrom: "listed" here to read as it says'
      : `readFrom must be one of ${READ_FROM.join(", ")}, or { zone }`,
  );
}

function places(list: readonly Seed[]): Parsed["addresses"] {
  try {
    return list.length === 0 ? [] : parseSeeds(list).addresses;
  } catch {
    throw refused("trust must be listed, server, or a list of host:port or { host, port }");
  }
}

/** A whole number, or none. */
export function count(name: string, value: number | undefined, most: number): number | undefined {
  return value === undefined ? undefined : whole(name, value, most);
}

/** A whole number. */
export function whole(name: string, value: unknown, most: number): number {
  if (Number.isInteger(value) && (value as number) >= 0 && (value as number) <= most) return value as number;
  throw refused(`${name} must be a whole number from 0 to ${most}, not ${typeof value === "number" ? value : shape(value)}`);
}

/** One of these, or none. */
export function oneOf<T>(name: string, value: T | undefined, values: readonly T[]): T | undefined {
  if (value === undefined || values.includes(value)) return value;
  throw refused(`${name} must be one of ${values.join(", ")}`);
}

/** Options as the core reads them: each name with its value, a list with its length; an address is a host and a port. */
export function words(options: object | undefined): Uint8Array {
  return options ? encoded([Object.entries(options).flatMap(([name, value]) => named(name, value))], portable) : NONE;
}

const NONE = new Uint8Array();

function named(name: string, value: unknown): Arg[] {
  const isGroup = typeof value === "object" && value !== null && !Array.isArray(value) && !("host" in value);
  return isGroup ? Object.entries(value).flatMap(([inner, each]) => named(inner, each)) : [name, ...plain(value)];
}

function plain(value: unknown): Arg[] {
  if (Array.isArray(value)) return [value.length, ...value.flatMap(plain)];
  if (typeof value !== "object" || value === null) return [String(value)];
  const { host, port } = value as { readonly host: string; readonly port: number };
  return [host, port];
}

export function defined<T extends object>(options: T): { [N in keyof T]: Exclude<T[N], undefined> } {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [N in keyof T]: Exclude<T[N], undefined> };
}

/** A text that has UTF-8: what else reaches the core with a command has been looked at with it. */
const isText = (value: unknown): value is string => typeof value === "string" && value.isWellFormed();

const refused = (message: string): MisuseError => new MisuseError("OPTION", message);
