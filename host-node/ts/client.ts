/** The client: `connect`, and what it gives. */

import type { ConnectionOptions } from "node:tls";

import { Commands, type HscanOptions, type ScanOptions, type SscanOptions, type ZscanOptions } from "./commands.js";
import type { Value } from "./decode.js";
import type { Transport } from "./dial.js";
import { type Arg, encoded, isRecord, shape } from "./encode.js";
import { Engine } from "./engine.js";
import { MisuseError, SlotpipeError, WatchError } from "./errors.js";
import { fast } from "./fast.js";
import { checkHooks, Detailed, heard, type Hooks } from "./hooks.js";
import type { LinkOptions } from "./links.js";
import type { Credentials } from "./machine.js";
import {
  type CoreOptions,
  type CoreSubmitOptions,
  check,
  known,
  LAST_SLOT,
  type ReadFrom,
  type ReadOrder,
  SUBMIT,
  type SubmitOptions,
  submitOptions,
  whole,
} from "./options.js";
import { AtNodes, findNode, findPlace, type NodeName, type NodesName, routeTo } from "./nodes.js";
import { grouped, keyOf, slotOf } from "./offline.js";
import type { Out, Single } from "./out.js";
import { Pipeline } from "./pipeline.js";
import type { Node, Plan, Stats, Topology } from "./plan.js";
import { paired, scanned, score } from "./scan.js";
import { Script } from "./script.js";
import { parseSeeds, type Seeds } from "./seeds.js";
import { Session, type SessionPlace } from "./session.js";
import { type CommandSource, stream } from "./stream.js";
import { type SubscribeOptions, Subscription } from "./subscription.js";
import { type Scope, scopeOf } from "./work.js";

/** Names, and last of all options. */
export type Topics = readonly Arg[] | readonly [...Arg[], SubscribeOptions];

/** Options of a client. */
export interface ConnectOptions extends Omit<CoreOptions, "readFrom"> {
  /**
   * Who answers reads where a call or pipeline does not say: the primary. A function is given the lowest slot of a shard
   * and the shard's nodes, the primary first, each time the topology changes; the first that can serve of those that it
   * gives is read from, else the primary.
   */
  readonly readFrom?: ReadFrom | ReadOrder | undefined;
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Asked at each connection, instead of `username` and `password`. */
  readonly credentials?: (() => Promise<Credentials | undefined> | Credentials | undefined) | undefined;
  /** TLS: `true`, or options of `tls.connect` such as `ca`, `cert` and `key`. */
  readonly tls?: boolean | ConnectionOptions | undefined;
  /** Where a node is really reached, by the address that the cluster announces. */
  readonly mapAddress?: LinkOptions["mapAddress"];
  /** Does not wait for the slot map: the first commands do, within their timeouts. */
  readonly lazy?: boolean | undefined;
  /** Opens connections instead of `node:net` and `node:tls`. */
  readonly transport?: Transport | undefined;
}

/** Options of calls and pipelines. */
export interface CallOptions extends SubmitOptions, Hooks {
  /** Ends the wait: what is not written yet never runs, of the rest the outcome is unknown. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of a pipeline. */
export interface PipelineOptions extends CallOptions {
  /**
   * Runs all of it or nothing, as one step: MULTI … EXEC in one write. All keys are in one slot; commands without keys and
   * for several nodes are refused on a cluster. A command that fails when it runs undoes nothing of the others.
   */
  readonly atomic?: boolean | undefined;
}

/** What a session is on: the slot of keys, a slot, or a node. */
export type SessionOn = readonly Arg[] | readonly [SessionPlace];

/** Options of a transaction. */
export interface TransactionOptions {
  /** How often it is tried at most: 100. */
  readonly attempts?: number | undefined;
}

/** Options of a stream. */
export interface StreamOptions extends CallOptions {
  /** So many commands at most are on their way or wait to be read: 2048. */
  readonly window?: number | undefined;
  /** Whether the first error is thrown (and ends the stream) or stands in its place: `true`. */
  readonly raiseOnError?: boolean | undefined;
}

const CONNECT: Readonly<Record<keyof ConnectOptions, true>> = {
  username: true,
  password: true,
  credentials: true,
  tls: true,
  mapAddress: true,
  transport: true,
  lazy: true,
  timeout: true,
  slowTimeout: true,
  connectTimeout: true,
  reconnectDelay: true,
  maxReconnectDelay: true,
  redirects: true,
  protocol: true,
  name: true,
  readFrom: true,
  measureInterval: true,
  idlePing: true,
  idleTimeout: true,
  seedsFirst: true,
  requireFullCoverage: true,
  maxDedicatedPerNode: true,
  maxDedicated: true,
  dedicatedTimeout: true,
  refreshInterval: true,
  trust: true,
  diagnostics: true,
};

const CALL: Readonly<Record<keyof CallOptions, true>> = { ...SUBMIT, signal: true, onReply: true, onResult: true };
const PIPELINE: Readonly<Record<keyof PipelineOptions, true>> = { ...CALL, atomic: true };
const STREAM: Readonly<Record<keyof StreamOptions, true>> = { ...CALL, window: true, raiseOnError: true };
const TRANSACTION: Readonly<Record<keyof TransactionOptions, true>> = { attempts: true };

/** Connects to the cluster (or single server) behind `seeds`; resolves when the first slot map is there, unless `lazy`. */
export async function connect(seeds: Seeds, options: ConnectOptions = {}): Promise<Client> {
  const { addresses, database, ...parsed } = parseSeeds(seeds);
  known(options, CONNECT);
  const { username = parsed.username, password = parsed.password, tls = parsed.tls, mapAddress, transport } = options;
  check("username", username, "string");
  check("password", password, "string");
  check("credentials", options.credentials, "function");
  check("tls", tls, "boolean", "object");
  check("mapAddress", mapAddress, "function", "object");
  check("transport", transport, "function");
  check("lazy", options.lazy, "boolean");
  const credentials = options.credentials ?? (password === undefined ? undefined : () => ({ username, password }));
  const randomSeed = Math.floor(Math.random() * 2 ** 32);
  const readOrder = typeof options.readFrom === "function" ? options.readFrom : undefined;
  const readFrom = typeof options.readFrom === "function" ? "listed" : options.readFrom;
  const engine = new Engine({
    machine: { ...options, readFrom, seeds: addresses, database, tls: tls !== false, randomSeed },
    links: { tls, mapAddress, transport, credentials },
    readOrder,
  });
  await engine.start(options.lazy === true);
  return new Client<string>(engine, scopeOf(undefined, undefined), false);
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
    private readonly scope: Scope,
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
    return new Client<Buffer>(this.engine, this.scope, true);
  }

  /** The same client with these options for its calls and pipelines. */
  with(options: CallOptions): Client<S> {
    return new Client<S>(this.engine, this.scoped(options, CALL), this.isBinary);
  }

  /** An empty pipeline, with options of its own. */
  pipeline<T extends readonly unknown[] = []>(options: PipelineOptions = {}): Pipeline<T, S> {
    const { options: own, signal, hooks } = this.scoped(options, PIPELINE);
    check("atomic", options.atomic, "boolean");
    const kind = options.atomic ? { atomic: true } : { pipeline: true };
    return new Pipeline<T, S>(this.engine, scopeOf({ ...own, ...kind }, signal, hooks), this.isBinary);
  }

  /**
   * A session on the slot of these keys, on a slot (`{ slot }`) or on a node (`{ node }`): commands on a connection of its
   * own, where keys can be watched. Nothing is watched yet, and nothing is sent.
   */
  session(...on: SessionOn): Session<S> {
    const route = this.routeOf(on);
    const lane = this.engine.lane();
    const client = this.having({ lane, route });
    return new Session<S>(this.engine, lane, client.scope, this.isBinary, (args) => client.send(args));
  }

  /**
   * Watches the keys, calls `attempt` with a session on their slot, and calls it again if its unit was a conflict; options
   * come last. A unit that `attempt` has begun with `session.multi()` and not sent itself is sent when it is done, and what
   * the transaction gives are its replies, unless `attempt` gives something else. What `attempt` throws ends it: nothing
   * stays watched. What it does outside of the unit happens each time.
   */
  transaction<T>(
    attempt: (session: Session<S>) => T | Promise<T>,
    ...keys: readonly Arg[] | readonly [...Arg[], TransactionOptions]
  ): Promise<TransactionResult<T, S>>;
  async transaction(attempt: (session: Session<S>) => unknown, ...given: readonly unknown[]): Promise<unknown> {
    if (typeof attempt !== "function") throw new MisuseError("OPTION", "a transaction begins with a function: (attempt, ...keys)");
    const [keys, options] = apart<TransactionOptions>("keys", given);
    known(options, TRANSACTION);
    const { attempts = 100 } = options;
    if (!(Number.isInteger(attempts) && attempts > 0)) throw new MisuseError("OPTION", "attempts must be a whole number, at least 1");
    const session = this.session(...keys);
    try {
      for (let left = attempts - 1; ; left--) {
        session.forget();
        await session.watch(keys);
        try {
          return await finished(session, await attempt(session));
        } catch (error) {
          if (!(error instanceof WatchError) || left === 0) throw error;
          // Those who meet are not to meet again; and a slot that is half moved takes a while.
          const tried = attempts - left;
          if (tried > 2) await new Promise((resolve) => setTimeout(resolve, Math.random() * Math.min(2 ** tried, 64)));
        }
      }
    } finally {
      await session.release();
    }
  }

  /**
   * The replies of any number of commands, in their order. Commands are taken from `commands` only as there is room, in
   * constant memory; a source that throws ends the stream behind the replies of what it gave. Whoever leaves early ends
   * the source, and what is on its way ends as not executed or unknown. Each command answers for itself, as single calls
   * do: what is no argument throws, behind the replies of what came before.
   */
  stream<R = Value<S>>(
    commands: CommandSource,
    options?: StreamOptions & { readonly raiseOnError?: true | undefined },
  ): AsyncGenerator<R, void, undefined>;
  stream<R = Value<S>>(
    commands: CommandSource,
    options: StreamOptions,
  ): AsyncGenerator<R | SlotpipeError, void, undefined>;
  stream(commands: CommandSource, options: StreamOptions = {}): AsyncGenerator<unknown, void, undefined> {
    const scope = this.scoped(options, STREAM);
    const { window, raiseOnError = true } = options;
    check("raiseOnError", raiseOnError, "boolean");
    if (window !== undefined && !(Number.isInteger(window) && window > 0)) {
      throw new MisuseError("OPTION", "window must be a whole number of commands, at least 1");
    }
    return stream(this.engine, scope, this.isBinary, commands, raiseOnError, window);
  }

  /**
   * Subscribes to channels; resolves when the server has confirmed them. More can be added to the subscription, of any kind.
   * Options come last.
   */
  subscribe(...channels: Topics): Promise<Subscription<S>> {
    return this.subscribed(channels, (sub, names) => sub.subscribe(...names));
  }

  /** Subscribes to patterns. */
  psubscribe(...patterns: Topics): Promise<Subscription<S>> {
    return this.subscribed(patterns, (sub, names) => sub.psubscribe(...names));
  }

  /** Subscribes to shard channels, each at the node that has its slot. */
  ssubscribe(...channels: Topics): Promise<Subscription<S>> {
    return this.subscribed(channels, (sub, names) => sub.ssubscribe(...names));
  }

  /** A Lua script, called by its hash where the node has it. */
  script(lua: string | Uint8Array): Script<S> {
    return new Script<S>(this.having({ byHash: true }), lua);
  }

  /**
   * The keys of all primaries: SCAN on each of them, never on a replica.
   *
   * Every key that is there throughout is found, also when its slot moves meanwhile. A key may be found twice where SCAN
   * itself repeats it, where its slot moves while it is read, or where the connection to its node is lost. A slot that
   * stays half moved for longer than `slowTimeout` ends the scan with an error. Leaving early leaves nothing behind.
   */
  async *scanIterator(options?: ScanOptions): AsyncGenerator<S, void, undefined> {
    const lane = this.engine.lane();
    try {
      const client = this.having({ lane });
      yield* scanned((cursor) => client.scan(cursor, options));
    } finally {
      this.engine.release(lane);
    }
  }

  /** The fields of a hash with their values. */
  hscanIterator(key: Arg, options?: HscanOptions): AsyncGenerator<[field: S, value: S], void, undefined> {
    return paired<S, S>(scanned((cursor) => this.hscan(key, cursor, options)), (value) => value);
  }

  /** The members of a set. */
  sscanIterator(key: Arg, options?: SscanOptions): AsyncGenerator<S, void, undefined> {
    return scanned((cursor) => this.sscan(key, cursor, options));
  }

  /** The members of a sorted set with their scores. */
  zscanIterator(key: Arg, options?: ZscanOptions): AsyncGenerator<[member: S, score: number], void, undefined> {
    return paired<S, number>(scanned((cursor) => this.zscan(key, cursor, options)), score);
  }

  /** What would be done with one command. Nothing is sent. */
  explain(name: string, ...args: readonly Arg[]): Plan {
    return this.engine.explain(encoded([[name, ...args]], fast), this.scope)[0] as Plan;
  }

  /** The nodes and the slot map as they are. */
  topology(): Topology {
    return this.engine.topology();
  }

  /** Every node of the cluster, primaries first. */
  nodes(): readonly Node[] {
    return this.topology().nodes;
  }

  /** Those that are primaries, with slots or without. */
  primaries(): Node[] {
    return this.nodes().filter(({ role }) => role === "primary");
  }

  /** Those that replicate one. */
  replicas(): Node[] {
    return this.nodes().filter(({ role }) => role === "replica");
  }

  /** One of the nodes that are online, by chance. */
  randomNode(): Node | undefined {
    const online = this.nodes().filter(({ health }) => health === "online");
    return online[Math.floor(Math.random() * online.length)];
  }

  /** The node of this name (`host:port`, `[::1]:7000`, or the id that the cluster gave it) or place. */
  node(name: NodeName): Node | undefined {
    return findNode(this.nodes(), name);
  }

  /** The primary of a key's slot; `undefined` where nobody owns it. */
  nodeFor(key: Arg): Node | undefined {
    return this.nodeForSlot(slotOf(key));
  }

  /** The primary of a slot; `undefined` where nobody owns it. */
  nodeForSlot(slot: number): Node | undefined {
    return this.nodes().find(({ slots }) => slots.some(([first, last]) => first <= slot && slot <= last));
  }

  /**
   * Keys by the address of the primary of their slot, each list in the order given; those of slots that nobody owns are
   * under `undefined`.
   */
  nodesByKeys<A extends Arg>(keys: Iterable<A>): Map<string | undefined, A[]> {
    const { slots } = this.topology();
    return grouped(keys, (key) => {
      const slot = slotOf(key);
      return slots.find(({ start, end }) => start <= slot && slot <= end)?.primary;
    });
  }

  /**
   * Commands at chosen nodes, each node's reply in a `Map` by its address, of one node too:
   * `db.at("primaries").dbsize()`. Keys do not matter there, and redirects come back as errors.
   */
  at(nodes: NodesName): AtNodes<S> {
    const route = routeTo(nodes, () => this.nodes());
    return new AtNodes<S>(this.engine, this.scoped({ route }, CALL), this.isBinary);
  }

  /** Calls `listener` with each new slot map, until `off`. */
  on(event: "topology", listener: (topology: Topology) => void): this {
    this.engine.events.on(heardOf(event), listener);
    return this;
  }

  /** Takes a listener of `on` away. */
  off(event: "topology", listener: (topology: Topology) => void): this {
    this.engine.events.off(heardOf(event), listener);
    return this;
  }

  /** What has happened so far, counted. */
  stats(): Stats {
    return this.engine.stats();
  }

  /**
   * Asks for the credentials again and authenticates every connection with them, behind what has been sent on it. One that
   * is refused takes no more commands, and the next one dials. So does a subscription's in RESP2, where a subscriber may
   * not say AUTH: what it misses meanwhile is told as after any lost connection.
   */
  reauthenticate(): Promise<void> {
    return this.engine.reauthenticate();
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
      this.engine.call(args, this.scope, this.isBinary, (result) => {
        if (result instanceof SlotpipeError) reject(result);
        else if (result instanceof Detailed) resolve(this.heard(result, args) as Promise<R>);
        else resolve(result as R);
      });
    });
  }

  /** Behind the tape: hooks may do what they like. */
  private async heard(result: Detailed, args: readonly Arg[]): Promise<unknown> {
    await undefined;
    const made = heard(result, this.scope, () => keyOf(encoded([args], fast))(), String(args[0]));
    if (made instanceof SlotpipeError) throw made;
    return made;
  }

  private async subscribed(
    topics: Topics,
    begin: (subscription: Subscription<S>, names: readonly Arg[]) => Promise<number>,
  ): Promise<Subscription<S>> {
    const [names, options] = apart<SubscribeOptions>("channels and patterns", topics);
    const subscription = new Subscription<S>(this.engine, this.scope, this.isBinary, options);
    // Without names it is subscribed to nothing yet.
    if (names.length === 0) return subscription;
    try {
      await begin(subscription, names);
      return subscription;
    } catch (error) {
      await subscription.close();
      throw error;
    }
  }

  private routeOf(on: SessionOn): NonNullable<CoreSubmitOptions["route"]> {
    const [first] = on;
    if (typeof first === "object" && !(first instanceof Uint8Array)) {
      const [kind, more] = isRecord(first) ? Object.keys(first) : [];
      if (on.length === 1 && more === undefined) {
        if (kind === "slot" && "slot" in first) return { slot: whole("the slot of a session", first.slot, LAST_SLOT) };
        if (kind === "node" && "node" in first) return { node: findPlace(first.node, () => this.nodes()) };
      }
      const given = on.length === 1 ? shape(first) : `${shape(first)} and more`;
      const expected = "a session is on keys, each an argument of its own, on { slot } or on { node }";
      throw new MisuseError("OPTION", `${expected}, not on ${given}`);
    }
    if (first === undefined) throw new MisuseError("KEYS", "a session needs a key, a slot or a node: it is on one connection");
    const keys = on as readonly Arg[];
    const slot = slotOf(first);
    const other = keys.find((key) => slotOf(key) !== slot);
    if (other === undefined || this.topology().standalone) return { slot };
    throw new MisuseError(
      "CROSSSLOT",
      `the keys of a session are in different slots, ${slot} and ${slotOf(other)}: give them a common hash tag, {…}`,
    );
  }

  private having(options: CoreSubmitOptions): Client<S> {
    const { signal, hooks } = this.scope;
    return new Client<S>(this.engine, scopeOf({ ...this.scope.options, ...options }, signal, hooks), this.isBinary);
  }

  private scoped<O extends CallOptions>(options: O, names: Readonly<Record<keyof O, true>>): Scope {
    known(options, names);
    checkHooks("onReply", options.onReply);
    checkHooks("onResult", options.onResult);
    const { signal = this.scope.signal } = options;
    if (signal !== undefined && !(signal instanceof AbortSignal))
      throw new MisuseError("OPTION", "signal must be an AbortSignal");
    const own = submitOptions(options);
    const { onReply = this.scope.hooks?.onReply, onResult = this.scope.hooks?.onResult } = options;
    const hooks = onReply || onResult ? { onReply, onResult } : undefined;
    return own || hooks || signal !== this.scope.signal
      ? scopeOf(own ? { ...this.scope.options, ...own } : this.scope.options, signal, hooks)
      : this.scope;
  }
}

/** Names, and the options that may come behind them. */
function apart<O extends object>(what: string, given: readonly unknown[]): [names: readonly Arg[], options: O] {
  const last = given.at(-1);
  if (Array.isArray(last)) throw new MisuseError("OPTION", `${what} are arguments of their own, not an array: spread it, (...array)`);
  const isOptions = typeof last === "object" && last !== null && !(last instanceof Uint8Array);
  return isOptions ? [given.slice(0, -1) as Arg[], last as O] : [given as readonly Arg[], {} as O];
}

/** What a transaction gives: the replies of a unit that was begun and not sent, or what its function gives. */
export type TransactionResult<T, S> = [T] extends [Pipeline<infer R, S>] ? R : T extends undefined | void ? Value<S>[] : T;

async function finished<S>(session: Session<S>, given: unknown): Promise<unknown> {
  const unit = given instanceof Pipeline ? given : session.pending;
  if (!unit) return given;
  const replies = await unit.exec();
  return given === undefined || given === unit ? replies : given;
}

function heardOf(event: "topology"): "topology" {
  if (event === "topology") return event;
  throw new MisuseError("OPTION", `there is no event ${String(event)}: there is topology`);
}
