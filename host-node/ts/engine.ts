/**
 * The run loop of one client: it lends the core a clock, connections and one timer, and does what it says.
 *
 * Calls of one tick are gathered and submitted together, a pipeline as it is; then one poll says what to do. An event of
 * a socket is one word to the core and one poll. What users give (callbacks, transports, signals) may call back in while
 * this runs: such events wait until the loop has come to its end.
 */

import { EventEmitter } from "node:events";

import { Commands } from "./commands.js";
import { publish } from "./diagnostics.js";
import { addressBy } from "./dial.js";
import { type Arg, Writer } from "./encode.js";
import { ClosedError, ConnectError, MisuseError, NotExecutedError, UnknownOutcomeError } from "./errors.js";
import { fast } from "./fast.js";
import type { Action } from "./frame.js";
import { checked, type LinkOptions, Links } from "./links.js";
import { type Input, Machine, type MachineOptions, type ShardOrder } from "./machine.js";
import { Open } from "./open.js";
import type { ReadOrder } from "./options.js";
import type { Plan, Stats, Topology } from "./plan.js";
import { Queue } from "./queue.js";
import type { Listener } from "./subscription.js";
import { aborted, Calls, type Scope, type Settle, type Work } from "./work.js";

export interface EngineOptions {
  /** Asked each time the topology changes. */
  readonly readOrder?: ReadOrder | undefined;
  readonly machine: MachineOptions;
  readonly links: LinkOptions;
}

/** Cores that may break one after the other, without reaching the cluster in between, before the client gives up. */
const STRIKES = 3;
/** So many buffers are kept for the next calls, and none that is larger. */
const SPARE = 16;
const SPARE_BYTES = 1 << 20;
const DEFAULT_DEADLINE_MS = 2000;
const LONGEST_TIMER_MS = 0x7fff_ffff;

export class Engine {
  /** Who wants to know of new slot maps. */
  readonly events = new EventEmitter<{ topology: [Topology] }>();
  private machine: Machine;
  private links: Links;
  private readonly queue: Queue;
  private readonly open = new Open((work) => this.spareOf(work));
  private readonly origin = performance.now();
  private readonly ready = deferred();
  private readonly done = deferred();
  private state: "connecting" | "open" | "closing" | "closed" = "connecting";
  private isScheduled = false;
  private isRunning = false;
  private isBusy = true;
  /** Events that came while the loop ran. */
  private late: (() => void)[] = [];
  private timer: NodeJS.Timeout | undefined;
  private strikes = 0;
  private spare: Writer[] = [];
  private readonly listeners = new Map<number, Listener>();
  /** So many wait for messages of subscriptions. */
  private held = 0;
  private lanes = 0;
  /** Those before are of a core that broke. */
  private firstLane = 0;

  /** Passwords and keys among them: nothing that looks into a client sees them. */
  readonly #options: EngineOptions;

  constructor(options: EngineOptions) {
    this.#options = options;
    this.machine = new Machine(options.machine, this.now(), fast);
    this.links = this.newLinks();
    this.queue = new Queue(
      () => this.now(),
      options.machine.timeout ?? DEFAULT_DEADLINE_MS,
      () => this.event(() => {}),
    );
  }

  /** Resolves when commands flow; at once where they are to wait for that themselves. */
  start(isLazy: boolean): Promise<void> {
    if (isLazy) this.isReady();
    this.event(() => {});
    return this.ready.promise;
  }

  /** One command, together with others of its scope. Throws on what is no argument. */
  call(args: readonly Arg[], scope: Scope, binary: boolean, settle: Settle): void {
    // What is done step by step holds back what stands behind it in its batch, and a name that the core does not know holds
    // up all of it, or fails it if no server knows it either; calls are nothing to each other.
    const isSlow = scope.options?.crossSlot === "emulate" || scope.options?.lane !== undefined;
    const isAlone = isSlow || !isCommand(args[0]);
    const joined = isAlone ? undefined : this.queue.joinable(scope);
    if (joined) return joined.add(args, binary, settle);
    const calls = new Calls(scope, this.writer(), [], isAlone);
    calls.add(args, binary, settle);
    this.submit(calls);
  }

  /** A work of its own. */
  submit(work: Work): void {
    const { signal } = work.scope;
    if (this.state === "closing" || this.state === "closed") return work.fail(() => new ClosedError());
    if (signal?.aborted) return work.fail(() => aborted(signal));
    this.queue.add(work);
    work.listen((aborted) => this.abort(aborted));
    if (this.isScheduled) return;
    this.isScheduled = true;
    // Behind every promise that is ready: what they call is one submit with this.
    process.nextTick(() => {
      this.isScheduled = false;
      this.event(() => this.submitQueue());
    });
  }

  /** A buffer for commands; it comes back when they have settled. */
  writer(): Writer {
    return this.spare.pop() ?? new Writer(fast);
  }

  /** The number of a new lane. */
  lane(): number {
    return this.lanes++;
  }

  explain(bytes: Uint8Array, scope: Scope): Plan[] {
    return this.ask(() => this.machine.plan(bytes, scope.options));
  }

  topology(): Topology {
    return this.ask(() => this.machine.topology());
  }

  stats(): Stats {
    return this.ask(() => this.machine.stats());
  }

  /** What comes for the lane of this number goes to `listener`. */
  listen(listener: Listener): number {
    if (this.state === "closing" || this.state === "closed") throw new ClosedError();
    const lane = this.lanes++;
    this.listeners.set(lane, listener);
    return lane;
  }

  /** A lane has come to its end. */
  release(lane: number): void {
    this.listeners.delete(lane);
    this.event(() => {
      // What was given before comes before its end.
      this.submitQueue();
      for (const work of this.queue.of(lane)) {
        this.queue.remove(work);
        work.fail(() => new NotExecutedError("CANCELLED", "its session was released before it was sent"));
      }
      this.machine.release(this.now(), lane);
    });
  }

  /** So many more, or fewer, wait for messages. */
  hold(more: number): void {
    this.held += more;
    this.keepAlive();
  }

  /** Authenticates every connection anew, with credentials that are asked for now. */
  async reauthenticate(): Promise<void> {
    const { credentials } = this.#options.links;
    const { links } = this;
    const known = checked(await credentials?.());
    if (!known) throw new MisuseError("CREDENTIALS", "there are none to give: connect with a password, or credentials()");
    this.event(() => {
      if (links !== this.links) return;
      for (const link of links.open()) this.machine.authenticate(this.now(), link, known);
    });
  }

  /** Resolves when everything that was asked has settled and every connection is closed. */
  close(): Promise<void> {
    if (this.state !== "closed") this.state = "closing";
    this.endIfDone();
    return this.done.promise;
  }

  /** Does what `tell` does to the core, and then what the core says. A core that breaks on it is replaced. */
  private event(tell: () => void): void {
    if (this.state === "closed") return;
    this.late.push(tell);
    if (this.isRunning) return;
    this.isRunning = true;
    try {
      for (let next = this.late.shift(); next && !this.isClosed(); next = this.late.shift()) {
        next();
        this.pump();
      }
    } catch (error) {
      this.startOver(error);
    } finally {
      this.isRunning = false;
    }
    this.keepAlive();
    this.endIfDone();
  }

  /** What the core answers at once. One that breaks on it is replaced, and the question was in vain. */
  private ask<T>(question: () => T): T {
    try {
      return question();
    } catch (error) {
      if (error instanceof MisuseError) throw error;
      this.event(() => {
        throw error;
      });
      throw new NotExecutedError("BROKEN", `the core broke: ${error instanceof Error ? error.message : String(error)}`);
    }
  }

  /** Polls until the core has nothing to add. */
  private pump(): void {
    for (;;) {
      const actions = this.machine.drain(this.now(), (tape) => this.open.settle(tape), this.isBinary);
      let isRoom = false;
      for (const action of actions) {
        if (this.isClosed()) return;
        isRoom = this.act(action) || isRoom;
      }
      if (!isRoom) return;
      this.queue.unpark();
      this.submitQueue();
    }
  }

  /** Does one thing; true if there is room for what was refused. */
  private act(action: Action): boolean {
    switch (action.kind) {
      case "connect":
        this.links.connect(action.link, action, action.timeoutMs);
        return false;
      case "send":
        this.links.send(action.link, action.bytes);
        return false;
      case "close":
        this.links.close(action.link);
        return false;
      case "wait":
        this.wait(action.until);
        return false;
      case "push":
        this.heard(action.lane, (listener) => listener.push(action.value));
        return false;
      case "note":
        if (this.#options.machine.diagnostics === true) publish(action);
        if (action.note === "topology") this.orderReads();
        if (action.note === "ready" && this.orderReads()) this.isReady();
        if (action.note === "topology" && this.events.listenerCount("topology") > 0) this.showTopology();
        if (action.note === "resubscribed") this.heard(Number(action.text), (listener) => listener.resubscribed());
        if (action.note === "unreachable" && this.state === "connecting")
          this.stop(new ConnectError(action.failure, action.text));
        return action.note === "room";
    }
  }

  private readonly isBinary = (lane: number): boolean => this.listeners.get(lane)?.isBinary === true;

  private heard(lane: number, tell: (listener: Listener) => boolean): void {
    const listener = this.listeners.get(lane);
    if (listener && !tell(listener)) this.release(lane);
  }

  private submitQueue(): void {
    this.queue.submit((work) => {
      const { lane } = work.scope.options ?? {};
      // A fresh core does not know what was watched: what was to run only if that had not changed would run.
      if (lane !== undefined && lane < this.firstLane) {
        const lost = "the core broke that this session or scan was begun on: begin another";
        work.fail(() => new NotExecutedError("CANCELLED", lost));
        return true;
      }
      const first = this.machine.take(this.now(), work.writer.view(), work.scope.options);
      if (first === undefined) return false;
      this.open.add(work, first);
      return true;
    });
  }

  /** Not before all of it has settled: what fails tells its key. */
  private spareOf({ writer, scope }: Work): void {
    // Hooks come behind the outcomes, and may fail.
    if (scope.hooks || this.spare.length === SPARE || writer.length >= SPARE_BYTES) return;
    writer.clear();
    this.spare.push(writer);
  }

  private abort(work: Work): void {
    if (work.first >= 0) {
      this.event(() => {
        if (work.left > 0) this.machine.cancel(this.now(), work.first, work.length);
      });
    } else if (this.queue.remove(work)) {
      work.fail(() => aborted(work.scope.signal));
      this.endIfDone();
    }
  }

  private isReady(): void {
    this.strikes = 0;
    if (this.state === "connecting") this.state = "open";
    this.ready.resolve();
  }

  /** A listener that throws disturbs nothing here: it is an uncaught exception, as those of other emitters are. */
  private showTopology(): void {
    const topology = this.machine.topology();
    process.nextTick(() => this.events.emit("topology", topology));
  }

  /** Tells the core how shards are to be read; false if that is not known, and the client stops for it. */
  private orderReads(): boolean {
    const { readOrder } = this.#options;
    if (!readOrder) return true;
    const topology = this.machine.topology();
    let shards: ShardOrder[];
    try {
      shards = ordered(topology, readOrder);
    } catch (error) {
      if (this.state !== "connecting") return true;
      const text = `readFrom failed: ${error instanceof Error ? error.message : String(error)}`;
      this.stop(new ConnectError("READ_FROM", text));
      return false;
    }
    this.machine.readOrder(this.now(), shards);
    return true;
  }

  private wait(until: number | undefined): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (until === undefined) return;
    const ms = Math.max(1, Math.ceil((until - this.now()) / 1000));
    // Timers of Node come up to a millisecond early by this clock, and the core does not say twice what it waits for.
    const ring = () => (this.now() < until ? this.wait(until) : this.tell({ kind: "elapsed" }));
    this.timer = setTimeout(ring, Math.min(ms, LONGEST_TIMER_MS));
    if (!this.isBusy) this.timer.unref();
  }

  private tell(input: Input): void {
    this.event(() => this.machine.handle(this.now(), input));
  }

  /** Connections and the timer keep the process alive while something is asked, and not otherwise. */
  private keepAlive(): void {
    const isBusy = this.state === "connecting" || this.open.length + this.held > 0;
    if (isBusy === this.isBusy) return;
    this.isBusy = isBusy;
    this.links.keepAlive(isBusy);
    if (isBusy) this.timer?.ref();
    else this.timer?.unref();
  }

  private newLinks(): Links {
    const links: Links = new Links(this.#options.links, this.isBusy, (input) => {
      // What is late to say something about the connections of a core that broke says it to nobody.
      if (links !== this.links) return;
      this.tell(input);
    });
    return links;
  }

  /** The core trapped, or said what cannot be: what it had is unknown, and a fresh one takes its place. */
  private startOver(error: unknown): void {
    const text = `the core broke: ${error instanceof Error ? error.message : String(error)}`;
    this.late = [];
    this.links.clear();
    for (const work of this.open.drain()) work.fail(() => new UnknownOutcomeError(1, text));
    this.deafen(new UnknownOutcomeError(1, text));
    this.strikes += 1;
    if (this.strikes > STRIKES) return this.stop(new ConnectError("BROKEN", text));
    try {
      this.machine = new Machine(this.#options.machine, this.now(), fast);
    } catch (again) {
      return this.stop(new ConnectError("BROKEN", `${text}; and then: ${String(again)}`));
    }
    this.firstLane = this.lanes;
    this.links = this.newLinks();
    this.queue.unpark();
    setImmediate(() => this.event(() => this.submitQueue()));
  }

  /** Every subscription ends. */
  private deafen(error?: Error): void {
    const listeners = [...this.listeners.values()];
    this.listeners.clear();
    for (const listener of listeners) listener.end(error);
  }

  private isClosed(): boolean {
    return this.state === "closed";
  }

  private endIfDone(): void {
    if (this.state === "closing" && this.open.length + this.queue.length === 0) this.stop(new ClosedError());
  }

  private stop(why: Error): void {
    if (this.isClosed()) return;
    this.state = "closed";
    clearTimeout(this.timer);
    this.links.clear();
    for (const work of this.queue.drain()) work.fail(() => new ClosedError());
    for (const work of this.open.drain()) work.fail(() => new UnknownOutcomeError(1, "the client stopped"));
    this.deafen();
    this.ready.reject(why);
    this.done.resolve();
  }

  /** Monotonic microseconds since this client began. */
  private now(): number {
    return Math.floor(1000 * (performance.now() - this.origin));
  }
}

function ordered(topology: Topology, readOrder: ReadOrder): ShardOrder[] {
  const at = new Map(topology.nodes.map((node) => [node.address, node]));
  const shards = new Map<string, ShardOrder>();
  for (const { start, primary: address, replicas } of topology.slots) {
    const primary = at.get(address);
    if (!primary || shards.has(address)) continue;
    const members = [primary, ...replicas.flatMap((replica) => at.get(replica) ?? [])];
    const given: unknown = readOrder(start, members);
    if (!Array.isArray(given)) throw new TypeError("it must give an array of { host, port }");
    const nodes = Array.from(given, (node) => addressBy("readFrom", node));
    shards.set(address, { primary: { host: primary.host, port: primary.port }, nodes });
  }
  return [...shards.values()];
}

interface Deferred {
  readonly promise: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** A promise whose rejection is nobody's fault if nobody looks. */
function deferred(): Deferred {
  let resolve = (): void => {};
  let reject = (_: unknown): void => {};
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  promise.catch(() => {});
  return { promise, resolve, reject };
}

/** Whether a name is one of the table's; those with a subcommand may be too, and are not found here. */
function isCommand(name: unknown): boolean {
  return typeof name === "string" && (COMMANDS.has(name) || COMMANDS.has(name.toUpperCase()));
}

/** Methods are named by their commands. */
const COMMANDS = new Set(Object.getOwnPropertyNames(Commands.prototype).map((name) => name.toUpperCase()));
COMMANDS.delete("CONSTRUCTOR");
