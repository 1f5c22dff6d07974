/** Options that the core knows, in this package's words and in the core's. */

import { type Arg, encoded } from "./encode.js";
import { MisuseError } from "./errors.js";
import { type Parsed, parseSeeds, type Seed } from "./seeds.js";
import { portable } from "./texts.js";

/** Options of a core. */
export interface CoreOptions {
  /** Milliseconds for all attempts of a call: 2000. */
  readonly timeout?: number | undefined;
  /** The same for commands that are slow by nature: 30,000. */
  readonly slowTimeout?: number | undefined;
  /** Milliseconds for one connection, TLS and handshake included: 1000. */
  readonly connectTimeout?: number | undefined;
  /** Redirects followed per command: 5. With 0, MOVED and ASK come back as errors. */
  readonly redirects?: number | undefined;
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
  /** `false` refuses multi-key commands over several slots. */
  readonly split?: boolean | undefined;
  /** By the command table, or to chosen nodes; their replies are a `Map` by node. */
  readonly route?:
    | "table"
    | "primaries"
    | "all"
    | { readonly node: { readonly host: string; readonly port: number } }
    | { readonly slot: number }
    | undefined;
}

/** The core's options of a submit. */
export interface CoreSubmitOptions {
  readonly deadlineMs?: number;
  readonly maxRedirects?: number;
  readonly retry?: string;
  readonly order?: string;
  readonly noSplit?: boolean;
  readonly route?: unknown;
}

const TRUST: readonly CoreOptions["trust"][] = ["listed", "server"];
const U32 = 0xffff_ffff;

/** Reads options of a core; `more` are those that users do not write like this. */
export function coreConfig(options: CoreOptions, more: Record<string, unknown>): Record<string, unknown> {
  if (options.name !== undefined && typeof options.name !== "string") throw refused("name must be a string");
  oneOf("protocol", options.protocol, [2, 3]);
  return defined({
    ...more,
    resp3: options.protocol !== 2,
    clientName: options.name,
    deadlineMs: count("timeout", options.timeout, U32),
    slowDeadlineMs: count("slowTimeout", options.slowTimeout, U32),
    connectMs: count("connectTimeout", options.connectTimeout, U32),
    maxRedirects: count("redirects", options.redirects, 255),
    refreshMs: count("refreshInterval", options.refreshInterval, U32),
    trust: Array.isArray(options.trust) ? { only: places(options.trust) } : oneOf("trust", options.trust, TRUST),
  });
}

/** Reads options of a submit; `undefined` if none is given. */
export function submitOptions({
  timeout,
  retry,
  order,
  redirects,
  split,
  route,
}: SubmitOptions): CoreSubmitOptions | undefined {
  if (typeof route !== "object" || route === null) oneOf("route", route, ["table", "primaries", "all"]);
  else if ("slot" in route) count("the slot of a route", route.slot, 16_383);
  else if (typeof route.node?.host !== "string")
    throw refused("route must be table, primaries, all, { node } or { slot }");
  else count("the port of a route", route.node.port, 65_535);
  const options = defined({
    deadlineMs: count("timeout", timeout, U32),
    maxRedirects: count("redirects", redirects, 255),
    retry: oneOf("retry", retry, ["reads", "idempotent", "never"]),
    order: oneOf("order", order, ["key", "slot", "none"]),
    noSplit: split === undefined ? undefined : !split,
    route,
  });
  return Object.keys(options).length > 0 ? options : undefined;
}

/** Refuses an option that there is none of: a name that is mistyped would go unheard. */
export function known<T extends object>(options: T, names: Readonly<Record<keyof T, true>>): void {
  const unknown = Object.keys(options).find((name) => !Object.hasOwn(names, name));
  if (unknown !== undefined) throw refused(`there is no option ${unknown}: there are ${Object.keys(names).join(", ")}`);
}

function places(list: readonly Seed[]): Parsed["addresses"] {
  try {
    return list.length === 0 ? [] : parseSeeds(list).addresses;
  } catch {
    throw refused("trust must be listed, server, or a list of host:port or { host, port }");
  }
}

function count(name: string, value: number | undefined, most: number): number | undefined {
  if (value === undefined || (Number.isInteger(value) && value >= 0 && value <= most)) return value;
  throw refused(`${name} must be a whole number from 0 to ${most}`);
}

function oneOf<T>(name: string, value: T | undefined, values: readonly T[]): T | undefined {
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

const refused = (message: string): MisuseError => new MisuseError("OPTION", message);
