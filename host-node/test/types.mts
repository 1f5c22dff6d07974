// Compiled, never run: what callers write compiles, and what they get has these types. `types.test.mjs` sees to it that
// every exported name and every public member stands here.

import { Duplex } from "node:stream";
import type { ConnectionOptions } from "node:tls";

import {
  type Address,
  type Arg,
  type AtNodes,
  type Autoclaimed,
  type BitOperation,
  type CallOptions,
  type Client,
  type ClientInfo,
  ClosedError,
  type ClusterNode,
  type Command,
  type CommandSource,
  connect,
  ConnectError,
  type ConnectOptions,
  type Credentials,
  type FieldMap,
  type Fields,
  type GeoMatch,
  type GeoOrigin,
  type GeoShape,
  HookError,
  type Hooks,
  type Indexed,
  type Info,
  type Int,
  type Key,
  keysBySlot,
  keysOf,
  type LcsMatch,
  type Many,
  type Message,
  MisuseError,
  type Node,
  type NodeName,
  type NodesName,
  NotExecutedError,
  type OfNode,
  type OneOrMany,
  type Outcome,
  type Pairs,
  type Part,
  PartialError,
  type PendingSummary,
  type Perhaps,
  type PerNode,
  Pipeline,
  type PipelineOptions,
  type Place,
  type Plan,
  type ReadFrom,
  type ReadOrder,
  type ReplyHook,
  type ReplyInfo,
  type ResultHook,
  type ResultInfo,
  type Role,
  type Sample,
  type ScanPage,
  type ScoredMembers,
  type Script,
  type Seed,
  type Seeds,
  ServerError,
  type Session,
  type SessionOn,
  type SessionPlace,
  type Settled,
  type SlotNode,
  slotOf,
  type SlotOwners,
  SlotpipeError,
  type SlotStats,
  type SlowlogEntry,
  type Stats,
  type StreamEntry,
  type StreamOptions,
  type Streams,
  type SubscribeOptions,
  Subscription,
  type Target,
  type Topics,
  type Topology,
  type TransactionOptions,
  type Transport,
  type Trim,
  UnknownOutcomeError,
  type Value,
  WatchError,
} from "slotpipe";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const is = <A, B>(_: Same<A, B>): void => {};
/** All members of a type, also of one that is made of others. */
type Flat<T> = { [N in keyof T]: T[N] };

export async function replies(db: Client): Promise<void> {
  const got = await db.get("k");
  is<typeof got, string | null>(true);
  const bytes = await db.binary.get("k");
  is<typeof bytes, Buffer | null>(true);
  const all = await db.hgetall("k");
  is<typeof all, Map<string, string>>(true);
  const set = await db.set("k", "v");
  is<typeof set, "OK">(true);
  const wide = await db.incr("k");
  is<typeof wide, number | bigint>(true);
  const groups = await db.xinfoGroups("s");
  is<ReturnType<NonNullable<(typeof groups)[number]>["get"]> extends never ? true : false, false>(true);
  const slot = await db.cluster.keyslot("k");
  is<typeof slot, number>(true);
  const named = await db.call("GET", "k");
  is<typeof named, Value>(true);
  const told = await db.call<number>("STRLEN", "k");
  is<typeof told, number>(true);
  // @ts-expect-error a boolean is no argument
  await db.set("k", true);
  // @ts-expect-error an option that is none
  await db.set("k", "v", { nope: 1 });
}

export async function pipelines(db: Client): Promise<void> {
  const pipe = db.pipeline().set("k", 1).get("k").llen("l");
  is<typeof pipe, Pipeline<["OK", string | null, number], string>>(true);
  is<typeof pipe.length, number>(true);
  const plans = pipe.explain();
  is<typeof plans, Plan[]>(true);
  const results = await pipe.exec();
  is<typeof results, ["OK", string | null, number]>(true);
  const settled = await pipe.exec({ raiseOnError: false });
  is<typeof settled, ["OK" | SlotpipeError, string | null | SlotpipeError, number | SlotpipeError]>(true);
  is<typeof settled, Settled<typeof results>>(true);
  for await (const one of pipe.stream()) is<typeof one, Indexed<"OK" | string | null | number>>(true);
  is<Indexed<number>, { readonly index: number; readonly outcome: number | SlotpipeError }>(true);
  const named = await db.pipeline().call("GET", "k").call<number>("STRLEN", "k").exec();
  is<typeof named, [Value, number]>(true);
  const scripts = await db.pipeline().script("return 1").run(["k"], [1]).script("return 1").run<number>().exec();
  is<typeof scripts, [Value, number]>(true);
  const reset = pipe.reset();
  is<typeof reset, Pipeline<[], string>>(true);
  const disposed = pipe[Symbol.dispose]();
  is<typeof disposed, void>(true);
  const bytes = await db.binary.pipeline().get("k").exec();
  is<typeof bytes, [Buffer | null]>(true);
  const unit = await db.pipeline({ atomic: true }).set("{k}", 1).incr("{k}").exec();
  is<typeof unit, ["OK", number | bigint]>(true);
  is<Flat<PipelineOptions>, Flat<CallOptions & { readonly atomic?: boolean | undefined }>>(true);
  is<PipelineOptions["atomic"], boolean | undefined>(true);
  // @ts-expect-error an option that is none
  db.pipeline({ nope: 1 });
}

export async function sessions(db: Client): Promise<void> {
  const session = db.session("{k}1", "{k}2");
  is<typeof session, Session<string>>(true);
  const watched = await session.watch(["{k}1", "{k}2"]);
  is<typeof watched, "OK">(true);
  const named = await session.call("GET", "k");
  is<typeof named, Value>(true);
  const unit = session.multi();
  is<typeof unit, Pipeline<[], string>>(true);
  is<typeof session.pending, Pipeline<readonly unknown[], string> | undefined>(true);
  const sent = await session.multi().get("{k}1").exec();
  is<typeof sent, [string | null]>(true);
  const ends = [session.discard(), session.release(), session[Symbol.asyncDispose]()];
  is<typeof ends, Promise<void>[]>(true);
  const bytes = await db.binary.session("k").get("k");
  is<typeof bytes, Buffer | null>(true);
  is<SessionOn, readonly Arg[] | readonly [SessionPlace]>(true);
  is<SessionPlace, { readonly slot: number } | { readonly node: NodeName }>(true);
  db.session({ slot: 1 });
  db.session({ node: "h:1" });
  // @ts-expect-error a session is on keys or on one place
  db.session({ slot: 1 }, "k");

  const returned = await db.transaction(async (inner) => inner.multi().set("k", 1).llen("k"), "k");
  is<typeof returned, ["OK", number]>(true);
  const begun = await db.transaction((inner) => void inner.multi().set("k", 1), "k", { attempts: 3 });
  is<typeof begun, Value[]>(true);
  const given = await db.transaction(() => 1, "k");
  is<typeof given, number>(true);
  is<TransactionOptions, { readonly attempts?: number | undefined }>(true);
  // @ts-expect-error an option that is none
  await db.transaction(() => 1, "k", { nope: 1 });
}

export async function streams(db: Client, commands: CommandSource): Promise<void> {
  for await (const reply of db.stream([["GET", "k"]])) is<typeof reply, Value>(true);
  for await (const reply of db.stream<number>(commands, { window: 1 })) is<typeof reply, number>(true);
  const inPlace = db.stream<number>(commands, { raiseOnError: false });
  is<typeof inPlace, AsyncGenerator<number | SlotpipeError, void, undefined>>(true);
  for await (const reply of db.binary.stream(commands)) is<typeof reply, Value<Buffer>>(true);
  is<Command, readonly [name: string, ...args: Arg[]]>(true);
  is<CommandSource, Iterable<readonly Arg[]> | AsyncIterable<readonly Arg[]>>(true);
  is<StreamOptions["window"], number | undefined>(true);
  is<StreamOptions["raiseOnError"], boolean | undefined>(true);
  // @ts-expect-error a source gives commands, not texts
  db.stream(["GET k"]);
}

export async function scans(db: Client): Promise<void> {
  for await (const key of db.scanIterator({ match: "a*", count: 10, type: "hash" })) is<typeof key, string>(true);
  for await (const key of db.binary.scanIterator()) is<typeof key, Buffer>(true);
  for await (const pair of db.hscanIterator("h", { match: "a*" })) is<typeof pair, [field: string, value: string]>(true);
  for await (const pair of db.binary.hscanIterator("h")) is<typeof pair, [field: Buffer, value: Buffer]>(true);
  for await (const member of db.sscanIterator("s", { count: 10 })) is<typeof member, string>(true);
  for await (const pair of db.zscanIterator("z")) is<typeof pair, [member: string, score: number]>(true);
  // @ts-expect-error an option that is none
  db.scanIterator({ nope: 1 });
}

export async function scripts(db: Client): Promise<void> {
  const script = db.script("return KEYS[1]");
  is<typeof script, Script<string>>(true);
  const run = await script.run(["k"], [1, new Uint8Array()]);
  is<typeof run, Value>(true);
  const read = await script.runReadOnly<number>("k");
  is<typeof read, number>(true);
  const bytes = await db.binary.script(new Uint8Array()).run();
  is<typeof bytes, Value<Buffer>>(true);
  const loaded = await db.functionLoad("#!lua name=library");
  is<typeof loaded, string>(true);
  const called = await db.fcall("f", ["k"], [1]);
  is<typeof called, Value>(true);
  const hash = await db.scriptLoad("return 1");
  is<typeof hash, string>(true);
}

export async function subscriptions(db: Client): Promise<void> {
  const sub = await db.subscribe("a", "b", { buffer: 1, bufferBytes: 1, onOverflow: "close", confirmations: true });
  is<typeof sub, Subscription<string>>(true);
  const others = await Promise.all([db.psubscribe("a*"), db.ssubscribe("a")]);
  is<typeof others, [Subscription<string>, Subscription<string>]>(true);
  const counts = [sub.subscribe("c"), sub.psubscribe("c*"), sub.ssubscribe("c")];
  is<typeof counts, Promise<number>[]>(true);
  const left = [sub.unsubscribe(), sub.punsubscribe("c*"), sub.sunsubscribe("c")];
  is<typeof left, Promise<number>[]>(true);
  const message = await sub.get(0);
  is<typeof message, Message<string> | undefined>(true);
  for await (const one of sub) is<typeof one, Message<string>>(true);
  const iterator = sub[Symbol.asyncIterator]();
  is<typeof iterator, AsyncGenerator<Message<string>, void, undefined>>(true);
  sub.on("message", (one) => is<typeof one, Message<string>>(true));
  sub.on("subscribe", (one) => is<typeof one, Message<string>>(true));
  sub.on("unsubscribe", (one) => is<typeof one, Message<string>>(true));
  sub.on("error", (error) => is<typeof error, Error>(true));
  sub.on("resubscribed", (...none) => is<typeof none, []>(true));
  sub.on("close", (...none) => is<typeof none, []>(true));
  is<typeof sub.dropped, number>(true);
  is<typeof sub.resubscriptions, number>(true);
  const ends = [sub.close(), sub[Symbol.asyncDispose]()];
  is<typeof ends, Promise<void>[]>(true);
  const bytes = await (await db.binary.subscribe()).get();
  is<typeof bytes, Message<Buffer> | undefined>(true);
  is<
    Message<Buffer>,
    {
      readonly kind:
        | "message"
        | "pmessage"
        | "smessage"
        | "subscribe"
        | "psubscribe"
        | "ssubscribe"
        | "unsubscribe"
        | "punsubscribe"
        | "sunsubscribe"
        | "resubscribed";
      readonly channel: Buffer;
      readonly payload: Buffer;
      readonly pattern: Buffer | undefined;
      readonly count: number | undefined;
    }
  >(true);
  is<
    SubscribeOptions,
    {
      readonly buffer?: number | undefined;
      readonly bufferBytes?: number | undefined;
      readonly onOverflow?: "dropOldest" | "dropNewest" | "close" | undefined;
      readonly confirmations?: boolean | undefined;
    }
  >(true);
  is<Topics, readonly Arg[] | readonly [...Arg[], SubscribeOptions]>(true);
  // @ts-expect-error an option that is none
  await db.subscribe("a", { nope: 1 });
}

export async function nodes(db: Client): Promise<void> {
  const chosen = db.at("primaries");
  is<typeof chosen, AtNodes<string>>(true);
  const sizes = await chosen.dbsize();
  is<typeof sizes, PerNode<number>>(true);
  const ids = await chosen.cluster.myId();
  is<typeof ids, PerNode<string>>(true);
  const told = await chosen.call("GET", "k");
  is<typeof told, PerNode<Value>>(true);
  const bytes = await chosen.binary.get("k");
  is<typeof bytes, PerNode<Buffer | null>>(true);
  // What is by node anyway is so once.
  const [info, own] = await Promise.all([db.info(), chosen.info()]);
  is<typeof info, PerNode<Info<string>>>(true);
  is<typeof own, PerNode<Info<string>>>(true);
  is<OfNode<typeof info>, Info<string>>(true);
  is<OfNode<number>, number>(true);
  is<Parameters<typeof sizes.get>, [key: string]>(true);
  is<NodesName, "primaries" | "replicas" | "all" | NodeName | readonly NodeName[]>(true);
  is<NodeName, string | Place>(true);
  is<Place, { readonly host: string; readonly port: number }>(true);
  db.at([{ host: "h", port: 1 }, "h:2"]);
  // @ts-expect-error nodes have a port
  db.at({ host: "h" });

  const lists = [db.primaries(), db.replicas()];
  is<typeof lists, Node[][]>(true);
  const all = db.nodes();
  is<typeof all, readonly Node[]>(true);
  const ones = [db.randomNode(), db.node("h:1"), db.nodeFor("k"), db.nodeForSlot(1)];
  is<typeof ones, (Node | undefined)[]>(true);
  const byNode = db.nodesByKeys<string | number>(["a", 1]);
  is<typeof byNode, Map<string | undefined, (string | number)[]>>(true);
  is<
    Node,
    {
      readonly address: string;
      readonly host: string;
      readonly port: number;
      readonly id: string | undefined;
      readonly role: "primary" | "replica";
      readonly primary: string | undefined;
      readonly slots: readonly (readonly [first: number, last: number])[];
      readonly zone: string | undefined;
      readonly health: "online" | "failed";
    }
  >(true);
  const topology = db.topology();
  is<typeof topology, Topology>(true);
  is<
    Topology,
    {
      readonly nodes: readonly Node[];
      readonly slots: readonly {
        readonly start: number;
        readonly end: number;
        readonly primary: string;
        readonly replicas: readonly string[];
      }[];
      readonly standalone: boolean;
    }
  >(true);
  const same = db.on("topology", (map) => is<typeof map, Topology>(true)).off("topology", () => {});
  is<typeof same, Client<string>>(true);
  // @ts-expect-error an event that is none
  db.on("nope", () => {});
}

export function told(db: Client): void {
  const stats = db.stats();
  is<typeof stats, Stats>(true);
  is<
    Flat<Stats>,
    {
      readonly commands: bigint;
      readonly moved: bigint;
      readonly ask: bigint;
      readonly tryAgain: bigint;
      readonly clusterDown: bigint;
      readonly masterDown: bigint;
      readonly loading: bigint;
      readonly readOnly: bigint;
      readonly busy: bigint;
      readonly retries: bigint;
      readonly unknown: bigint;
      readonly notExecuted: bigint;
      readonly untrusted: bigint;
      readonly refreshes: bigint;
      readonly dials: bigint;
      readonly bytesIn: bigint;
      readonly bytesOut: bigint;
      readonly connections: number;
      readonly waiting: number;
      readonly nodes: readonly {
        readonly address: string;
        readonly connections: number;
        readonly waiting: number;
        readonly inFlight: number;
        readonly latencyUs: number | undefined;
      }[];
      readonly open: ReadonlyMap<string, number | bigint>;
    }
  >(true);

  const plan = db.explain("GET", "k");
  is<typeof plan, Plan>(true);
  is<
    Plan,
    {
      readonly index: number;
      readonly command: string;
      readonly keys: readonly Uint8Array[];
      readonly readonly: boolean;
      readonly plan:
        | {
            readonly route: string;
            readonly merge: string;
            readonly atomic: boolean;
            readonly steps: readonly string[];
            readonly loses: string | undefined;
            readonly parts: readonly {
              readonly slot: number | undefined;
              readonly node: string | undefined;
              readonly keys: readonly Uint8Array[];
            }[];
          }
        | undefined;
      readonly refusal:
        | { readonly index: number; readonly code: string; readonly command: string; readonly message: string }
        | undefined;
    }
  >(true);

  is<ReturnType<typeof slotOf>, number>(true);
  const bySlot = keysBySlot<string | bigint>(["a", 1n]);
  is<typeof bySlot, Map<number, (string | bigint)[]>>(true);
  is<ReturnType<typeof keysOf>, Uint8Array[]>(true);
  is<Parameters<typeof keysOf>, [name: string, ...args: Arg[]]>(true);
}

export function hooks(db: Client): void {
  const onReply: ReplyHook = (_, info) => info.slot;
  const onResult: ResultHook = (_, { parts }) => parts.length;
  is<Parameters<ReplyHook>[1], ReplyInfo>(true);
  is<Parameters<ResultHook>[1], ResultInfo>(true);
  is<
    Hooks,
    {
      readonly onReply?: ReplyHook | Readonly<Record<string, ReplyHook>> | undefined;
      readonly onResult?: ResultHook | Readonly<Record<string, ResultHook>> | undefined;
    }
  >(true);
  is<
    ReplyInfo,
    {
      readonly command: string | undefined;
      readonly index: number | undefined;
      readonly node: string | undefined;
      readonly slot: number | undefined;
    }
  >(true);
  is<
    ResultInfo,
    { readonly command: string | undefined; readonly index: number | undefined; readonly parts: readonly Part[] }
  >(true);
  const hooked = db.with({ onReply: { GET: onReply }, onResult });
  is<typeof hooked, Client<string>>(true);
  const bytes = db.binary.with({});
  is<typeof bytes, Client<Buffer>>(true);
  // @ts-expect-error a hook is a function
  db.with({ onReply: { GET: 1 } });
}

export function errors(error: unknown): string | undefined {
  if (!(error instanceof SlotpipeError)) return undefined;
  is<typeof error.code, string>(true);
  is<typeof error.command, string | undefined>(true);
  is<typeof error.index, number | undefined>(true);
  is<typeof error.node, string | undefined>(true);
  is<typeof error.slot, number | undefined>(true);
  is<typeof error.key, Key | undefined>(true);
  is<Key, string | Uint8Array>(true);
  is<typeof error.outcome, Outcome | undefined>(true);
  is<Outcome, "reply" | "server-error" | "not-executed" | "unknown" | "partial">(true);
  is<typeof error.outcomes, readonly unknown[] | undefined>(true);
  is<typeof error.uncertain, boolean>(true);
  is<ReturnType<typeof error.toJSON>, object>(true);
  if (error instanceof ServerError) {
    is<typeof error.ran, "no" | "maybe">(true);
    is<typeof error.redirect, { readonly slot: number; readonly host: string; readonly port: number } | undefined>(true);
  }
  if (error instanceof UnknownOutcomeError) is<typeof error.attempts, number>(true);
  if (error instanceof PartialError) {
    is<typeof error.parts, readonly Part[]>(true);
    is<typeof error.uncertain, boolean>(true);
  }
  is<
    Part,
    {
      readonly node: string | undefined;
      readonly slot: number | undefined;
      readonly step: string | undefined;
      readonly result: unknown;
    }
  >(true);
  const conflict: new (...args: ConstructorParameters<typeof WatchError>) => NotExecutedError = WatchError;
  const family: readonly (abstract new (...args: never) => SlotpipeError)[] = [
    ...[MisuseError, ClosedError, ConnectError, ServerError, NotExecutedError, UnknownOutcomeError],
    ...[PartialError, HookError, conflict],
  ];
  return family.find((one) => error instanceof one)?.name;
}

export async function options(given: ConnectOptions, call: CallOptions): Promise<void> {
  const transport: Transport = async ({ host, port, announced, tls, signal }) => {
    is<typeof signal, AbortSignal>(true);
    is<typeof announced, Address>(true);
    return new Duplex({ objectMode: tls, construct: () => [host, port] });
  };
  is<Transport, (target: Target) => Duplex | Promise<Duplex>>(true);
  is<
    Flat<Target>,
    {
      readonly announced: Address;
      readonly tls: boolean;
      readonly signal: AbortSignal;
      readonly host: string;
      readonly port: number;
    }
  >(true);
  is<Address, { readonly host: string; readonly port: number }>(true);
  const readFrom: ReadOrder = (slot, [primary, ...replicas]) => (slot > 0 ? replicas : primary ? [primary] : []);
  is<ReadOrder, (slot: number, nodes: readonly Node[]) => readonly Place[]>(true);

  const db = await connect(["redis://h", { host: "h", port: "1" }], {
    ...{ transport, readFrom, username: "u", password: "p", credentials: async () => ({ password: "p" }) },
    ...{ tls: { rejectUnauthorized: true }, mapAddress: { "a:1": "b:1", "a:2": { host: "b", port: 2 } }, lazy: true },
    ...{ requireFullCoverage: "server", trust: ["h:1", { host: "h" }], protocol: 2, name: "n" },
  });
  is<typeof db, Client>(true);
  is<Awaited<ReturnType<typeof connect>>, Client<string>>(true);
  is<Parameters<typeof connect>, [seeds: Seeds, options?: ConnectOptions]>(true);
  is<Seeds, Seed | readonly Seed[]>(true);
  is<Seed, string | { readonly host: string; readonly port?: number | string }>(true);
  is<Credentials, { readonly username?: string | undefined; readonly password: string }>(true);
  is<
    Flat<Omit<ConnectOptions, "tls">>,
    {
      readonly readFrom?: ReadFrom | ReadOrder | undefined;
      readonly username?: string | undefined;
      readonly password?: string | undefined;
      readonly credentials?: (() => Promise<Credentials | undefined> | Credentials | undefined) | undefined;
      readonly mapAddress?: ((address: Address) => Address) | Readonly<Record<string, Address | string>> | undefined;
      readonly lazy?: boolean | undefined;
      readonly transport?: Transport | undefined;
      readonly timeout?: number | undefined;
      readonly slowTimeout?: number | undefined;
      readonly connectTimeout?: number | undefined;
      readonly reconnectDelay?: number | undefined;
      readonly maxReconnectDelay?: number | undefined;
      readonly redirects?: number | undefined;
      readonly measureInterval?: number | undefined;
      readonly idlePing?: number | undefined;
      readonly idleTimeout?: number | undefined;
      readonly seedsFirst?: boolean | undefined;
      readonly requireFullCoverage?: boolean | "server" | undefined;
      readonly maxDedicatedPerNode?: number | undefined;
      readonly maxDedicated?: number | undefined;
      readonly dedicatedTimeout?: number | undefined;
      readonly protocol?: 2 | 3 | undefined;
      readonly name?: string | undefined;
      readonly refreshInterval?: number | undefined;
      readonly trust?: "listed" | "server" | readonly Seed[] | undefined;
      readonly diagnostics?: boolean | undefined;
    }
  >(true);
  is<ConnectOptions["tls"], boolean | ConnectionOptions | undefined>(true);
  is<
    Flat<CallOptions>,
    {
      readonly timeout?: number | undefined;
      readonly retry?: "reads" | "idempotent" | "never" | undefined;
      readonly order?: "key" | "slot" | "none" | undefined;
      readonly redirects?: number | undefined;
      readonly readFrom?: ReadFrom | undefined;
      readonly split?: boolean | undefined;
      readonly crossSlot?: "refuse" | "emulate" | undefined;
      readonly route?:
        | "table"
        | "primaries"
        | "replicas"
        | "all"
        | { readonly node: Place }
        | { readonly nodes: readonly Place[] }
        | { readonly slot: number }
        | undefined;
      readonly onReply?: Hooks["onReply"];
      readonly onResult?: Hooks["onResult"];
      readonly signal?: AbortSignal | undefined;
    }
  >(true);
  is<
    ReadFrom,
    "primary" | "any" | "preferReplica" | "replica" | "nearest" | "listed" | { readonly zone: string }
  >(true);
  const ends = [db.reauthenticate(), db.close(), db[Symbol.asyncDispose]()];
  is<typeof ends, Promise<void>[]>(true);
  await connect("h", given);
  db.with(call);
  // @ts-expect-error an option that is none
  await connect("h", { nope: 1 });
  // @ts-expect-error a function is for connect alone
  db.with({ readFrom });
}

/** What arguments are made of. */
export async function given(db: Client, list: Many, pairs: Pairs, scores: ScoredMembers, read: Streams): Promise<void> {
  is<Arg, string | number | bigint | Uint8Array>(true);
  is<Int, number | bigint>(true);
  is<Many, Arg | readonly Arg[]>(true);
  is<Pairs, Iterable<readonly [Arg, Arg]> | Readonly<Record<string, Arg>>>(true);
  is<
    ScoredMembers,
    Readonly<Record<string, Int>> | ReadonlyMap<Arg, Int> | readonly (readonly [Int, Arg])[]
  >(true);
  is<Streams, Pairs>(true);
  is<
    Trim,
    ({ readonly maxlen: Int } | { readonly minid: Arg }) & {
      readonly approximately?: boolean;
      readonly limit?: Int;
    }
  >(true);
  is<GeoOrigin, { readonly member: Arg } | { readonly longitude: number; readonly latitude: number }>(true);
  is<
    GeoShape,
    ({ readonly radius: number } | { readonly width: number; readonly height: number }) & {
      readonly unit: "m" | "km" | "ft" | "mi";
    }
  >(true);
  is<
    BitOperation,
    | { readonly get: readonly [encoding: string, offset: Int | string] }
    | { readonly set: readonly [encoding: string, offset: Int | string, value: Int] }
    | { readonly incrby: readonly [encoding: string, offset: Int | string, increment: Int] }
    | { readonly overflow: "WRAP" | "SAT" | "FAIL" }
  >(true);
  await db.del(list);
  await db.mset(pairs);
  await db.zadd("z", scores);
  await db.xread(read);
}

/** What replies are made of. */
export function shapes(fields: FieldMap<{ id: number; name: string }>): void {
  is<Exclude<Value, object>, string | number | bigint | boolean | null>(true);
  is<Extract<Value<Buffer>, Uint8Array>, Buffer>(true);
  is<Extract<Value, Error>, ServerError>(true);
  is<Extract<Value, unknown[]>, Value[]>(true);
  is<Extract<Value<Buffer>, Set<unknown>>, Set<Value<Buffer>>>(true);
  is<Extract<Value<Buffer>, Map<unknown, unknown>>, Map<Value<Buffer>, Value<Buffer>>>(true);
  is<Fields<string, { id: number }>, FieldMap<{ id: number }>>(true);
  is<Fields<Buffer, { id: number }>, Map<Value<Buffer>, Value<Buffer>>>(true);
  const id = fields.get("id");
  is<typeof id, number>(true);
  is<typeof fields.size, number>(true);
  is<ReturnType<typeof fields.has>, boolean>(true);
  is<ReturnType<typeof fields.keys>, IterableIterator<string>>(true);
  is<ReturnType<typeof fields.values>, IterableIterator<number | string>>(true);
  is<ReturnType<typeof fields.entries>, IterableIterator<[string, number | string]>>(true);
  for (const one of fields) is<typeof one, [string, number | string]>(true);
  // @ts-expect-error a field that there is none of
  fields.get("nope");

  is<Info<string>, Map<string, Map<string, string | Map<string, string>>>>(true);
  is<ClientInfo<string>, Map<string, string>>(true);
  is<ClusterNode<Buffer>, Map<Value<Buffer>, Value<Buffer>>>(true);
  is<
    ClusterNode<string>,
    FieldMap<{
      id: string;
      ip: string;
      port: number;
      "bus-port": number | null;
      hostname: string | null;
      metadata: Map<string, string>;
      flags: string[];
      primary: string | null;
      "ping-sent": number;
      "pong-received": number;
      "config-epoch": number;
      "link-state": string;
      slots: [first: number, last: number][];
      migrating: [slot: number, node: string][];
      importing: [slot: number, node: string][];
    }>
  >(true);
  is<
    SlowlogEntry<string>,
    FieldMap<{
      id: number;
      time: number;
      duration: number;
      command: string[];
      client: string;
      "client-name": string;
    }>
  >(true);
  is<StreamEntry<string>, [id: string, fields: string[] | null]>(true);
  is<ScanPage<string>, [cursor: string, found: string[]]>(true);
  is<OneOrMany<string>, string | string[]>(true);
  is<Perhaps<string>, string | []>(true);
  is<Autoclaimed<string, number>, [next: string, claimed: number[], deleted?: string[]]>(true);
  is<
    GeoMatch<string>,
    | string
    | [member: string, ...details: (string | number | [longitude: string | number, latitude: string | number])[]]
  >(true);
  is<LcsMatch, [first: [start: number, end: number], second: [start: number, end: number], length?: number]>(true);
  is<
    PendingSummary<string>,
    [count: number, first: string | null, last: string | null, consumers: [name: string, count: string][] | null]
  >(true);
  is<
    Role<string>,
    | [role: string, offset: number, replicas: [host: string, port: string, offset: string][]]
    | [role: string, host: string, port: number, state: string, offset: number]
    | [role: string, names: string[]]
  >(true);
  is<Sample<string>, [time: number, ...values: (number | string)[]]>(true);
  is<SlotOwners<string>, [first: number, last: number, ...nodes: SlotNode<string>[]]>(true);
  is<SlotNode<string>, [host: string | null, port: number, id: string, metadata?: Map<string, string>]>(true);
  is<SlotStats<string>, Map<string, number>>(true);
}
