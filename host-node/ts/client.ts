/** The client: `connect`, and what it gives. */

import type { ConnectionOptions } from "node:tls";

import { Commands } from "./commands.js";
import { explain_offline, slot_of } from "./core.js";
import type { Value } from "./decode.js";
import { type Arg, bytesOf, Writer } from "./encode.js";
import { type Credentials, Engine, type SubmitOptions } from "./engine.js";
import { MisuseError, SlotpipeError } from "./errors.js";
import type { DialOptions } from "./links.js";
import type { Out, Single } from "./out.js";
import { Pipeline } from "./pipeline.js";
import type { Plan, Stats, Topology } from "./plan.js";
import { parseSeeds, type Seeds } from "./seeds.js";

/** Options of a client. */
export interface ConnectOptions {
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Asked at each connection, instead of `username` and `password`. */
  readonly credentials?: (() => Promise<Credentials | undefined> | Credentials | undefined) | undefined;
  /** TLS: `true`, or options of `tls.connect` such as `ca`, `cert` and `key`. */
  readonly tls?: boolean | ConnectionOptions | undefined;
  /** Where a node is really reached, by the address that the cluster announces. */
  readonly mapAddress?: DialOptions["mapAddress"];
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
  /** Which addresses may be connected to: what known nodes list (`"listed"`), or whatever a server names (`"server"`). */
  readonly trust?: "listed" | "server" | undefined;
}

/** Options of calls and pipelines. */
export interface CallOptions {
  /** Milliseconds for all attempts. */
  readonly timeout?: number | undefined;
  /** Ends the wait: what is not written yet never runs, of the rest the outcome is unknown. */
  readonly signal?: AbortSignal | undefined;
  /** What may be sent again when the outcome is unknown: reads. `"idempotent"` says that writes may be, too. */
  readonly retry?: "reads" | "idempotent" | "never" | undefined;
  /** What a command that is sent again may not overtake: later ones of its key, of its slot, or none. */
  readonly order?: "key" | "slot" | "none" | undefined;
  readonly redirects?: number | undefined;
  /** `false` refuses multi-key commands over several slots. */
  readonly split?: boolean | undefined;
  /** By the command table, or to chosen nodes; their replies are a `Map` by node. */
  readonly route?: "table" | "primaries" | "all" | { readonly node: { readonly host: string; readonly port: number } } | { readonly slot: number } | undefined;
}

/** Connects to the cluster (or single server) behind `seeds`; resolves when the first slot map is there. */
export async function connect(seeds: Seeds, options: ConnectOptions = {}): Promise<Client> {
  const parsed = parseSeeds(seeds);
  const { username = parsed.username, password = parsed.password } = options;
  const fixed = password === undefined ? undefined : () => ({ username, password });
  const tls = options.tls ?? parsed.tls;
  const deadlineMs = options.timeout ?? 2000;
  const config = {
    seeds: parsed.addresses,
    database: parsed.database,
    tls: tls !== false,
    resp3: options.protocol !== 2,
    clientName: options.name,
    deadlineMs,
    slowDeadlineMs: options.slowTimeout,
    connectMs: options.connectTimeout,
    maxRedirects: options.redirects,
    refreshMs: options.refreshInterval,
    trust: options.trust,
    randomSeed: Math.floor(Math.random() * 2 ** 32),
  };
  const dial = { tls, mapAddress: options.mapAddress, keepAliveMs: 30_000 };
  let engine: Engine;
  try {
    engine = new Engine({ config: defined(config), dial, credentials: options.credentials ?? fixed, deadlineMs });
  } catch (error) {
    throw new MisuseError("OPTION", error instanceof Error ? error.message : String(error));
  }
  await engine.start();
  return new Client<string>(engine, undefined, undefined, false);
}

/**
 * A client of one cluster. Calls of one tick travel together; each resolves when its own reply is there.
 *
 * An idle client does not keep the process alive; calls that wait do.
 */
export class Client<S = string> extends Commands<S, Single> {
  /** By `connect`. */
  constructor(
    private readonly engine: Engine,
    private readonly options: SubmitOptions | undefined,
    private readonly signal: AbortSignal | undefined,
    private readonly isBinary: boolean,
  ) {
    super();
  }

  /** Any command by its name. */
  call<R = Value<S>>(name: string, ...args: readonly Arg[]): Promise<R> {
    return this.send<R>([name, ...args]) as Promise<R>;
  }

  /** The same client with texts of replies as `Buffer`. As strings, bytes that are no UTF-8 are replaced by U+FFFD. */
  get binary(): Client<Buffer> {
    return new Client<Buffer>(this.engine, this.options, this.signal, true);
  }

  /** The same client with these options for its calls and pipelines. */
  with(options: CallOptions): Client<S> {
    const { signal = this.signal } = options;
    return new Client<S>(this.engine, { ...this.options, ...submitOptions(options) }, signal, this.isBinary);
  }

  /** An empty pipeline, with options of its own. */
  pipeline<T extends readonly unknown[] = []>(options?: CallOptions): Pipeline<T, S> {
    const own = options ? { ...this.options, ...submitOptions(options) } : this.options;
    return new Pipeline<T, S>(this.engine, own, options?.signal ?? this.signal, this.isBinary);
  }

  /** What would be done with one command. Nothing is sent. */
  explain(name: string, ...args: readonly Arg[]): Plan {
    const writer = new Writer();
    writer.command([name, ...args]);
    return (this.engine.explain(writer.view(), this.options) as [Plan])[0];
  }

  /** The slot map as it is. */
  topology(): Topology {
    return this.engine.topology() as Topology;
  }

  /** What has happened so far, counted. */
  stats(): Stats {
    return this.engine.stats() as Stats;
  }

  /** Lets what was asked settle, refuses what comes, and closes every connection. */
  close(): Promise<void> {
    return this.engine.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  protected send<R>(args: readonly Arg[]): Out<Single, R> {
    return new Promise<R>((resolve, reject) => {
      const settle = (result: unknown) => {
        if (result instanceof SlotpipeError) reject(result);
        else resolve(result as R);
      };
      // Calls with a signal end together; all others of one tick and equal options are one submit.
      const group = this.signal ?? this.options;
      this.engine.call(args, group, this.options, this.signal, this.isBinary, settle);
    });
  }
}

/** The slot of a key. */
export function slotOf(key: Arg): number {
  return slot_of(bytesOf(key));
}

/** The keys of a command, by the command table. */
export function keysOf(name: string, ...args: readonly Arg[]): Uint8Array[] {
  const writer = new Writer();
  writer.command([name, ...args]);
  const [explained] = explain_offline(writer.view()) as [Plan];
  return [...explained.keys];
}

const ROUTES = { table: "table", primaries: "primaries", all: "all" };

function submitOptions({ timeout, retry, order, redirects, split, route }: CallOptions): SubmitOptions {
  if (typeof route === "string" && !Object.hasOwn(ROUTES, route)) {
    throw new MisuseError("OPTION", "route is table, primaries, all, { node } or { slot }");
  }
  const count = (name: string, value: number | undefined, most: number) => {
    if (value === undefined || (Number.isInteger(value) && value >= 0 && value <= most)) return value;
    throw new MisuseError("OPTION", `${name} must be a whole number from 0 to ${most}`);
  };
  return defined({
    deadlineMs: count("timeout", timeout, 0xffff_ffff),
    maxRedirects: count("redirects", redirects, 255),
    retry,
    order,
    noSplit: split === undefined ? undefined : !split,
    route,
  });
}

function defined<T extends object>(options: T): { [N in keyof T]: Exclude<T[N], undefined> } {
  const given = Object.entries(options).filter(([, value]) => value !== undefined);
  return Object.fromEntries(given) as { [N in keyof T]: Exclude<T[N], undefined> };
}
