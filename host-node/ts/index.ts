/**
 * Redis and Valkey Cluster: any commands over any keys in one pipeline, one write per node. What you may rely on, promise by
 * promise with its tests, is in core/GUARANTEES.md of the project.
 */

export type { BitOperation, GeoOrigin, GeoShape, Int, Many, Pairs, ScoredMembers, Streams, Trim } from "./arguments.js";
export {
  type CallOptions,
  Client,
  type ConnectOptions,
  connect,
  type PipelineOptions,
  type SessionOn,
  type StreamOptions,
  type Topics,
  type TransactionOptions,
} from "./client.js";
export type { Value } from "./decode.js";
export type { Address, Target, Transport } from "./dial.js";
export type { Arg } from "./encode.js";
export {
  ClosedError,
  ConnectError,
  HookError,
  type Key,
  MisuseError,
  NotExecutedError,
  type Outcome,
  type Part,
  PartialError,
  ServerError,
  SlotpipeError,
  UnknownOutcomeError,
  WatchError,
} from "./errors.js";
export type { Hooks, ReplyHook, ReplyInfo, ResultHook, ResultInfo } from "./hooks.js";
export type { Credentials } from "./machine.js";
export { AtNodes, type NodeName, type NodesName } from "./nodes.js";
export { keysBySlot, keysOf, slotOf } from "./offline.js";
export { type Indexed, Pipeline, type Settled } from "./pipeline.js";
export type { Place, ReadFrom, ReadOrder } from "./options.js";
export type { Node, Plan, Stats, Topology } from "./plan.js";
export type * from "./replies.js";
export { Script } from "./script.js";
export type { Seed, Seeds } from "./seeds.js";
export { Session, type SessionPlace } from "./session.js";
export type { Command, CommandSource } from "./stream.js";
export { type Message, type SubscribeOptions, Subscription } from "./subscription.js";
