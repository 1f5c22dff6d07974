/**
 * The run loop of one client: it owns the core, the connections and one timer.
 *
 * Calls of one tick are gathered and submitted together, a pipeline as it is; then one poll says what to do. An event of
 * a socket is one `received` and one poll. Views of wasm memory are made after each poll and forgotten before the next
 * call, since memory may grow and move in any of them.
 */

import { Core, memory } from "./core.js";
import { Tape, type Value } from "./decode.js";
import { type Arg, Writer } from "./encode.js";
import {
  BrokenError,
  ClosedError,
  ConnectError,
  MisuseError,
  NotExecutedError,
  SlotpipeError,
  UnknownOutcomeError,
} from "./errors.js";
import type { FastBuffer } from "./fast.js";
import { Cause, type DialOptions, Links } from "./links.js";

/** Options of a submit, in the core's words. */
export interface SubmitOptions {
  deadlineMs?: number;
  order?: "key" | "slot" | "none";
  retry?: "reads" | "idempotent" | "never";
  maxRedirects?: number;
  noSplit?: boolean;
  route?: unknown;
}

export interface EngineOptions {
  /** The core's options. */
  config: Record<string, unknown>;
  dial: DialOptions;
  credentials: (() => Promise<Credentials | undefined> | Credentials | undefined) | undefined;
  deadlineMs: number;
}

export interface Credentials {
  username?: string | undefined;
  password: string;
}

/** Told how one command ended. */
export type Settle = (result: unknown) => void;

/** Commands that are submitted together. */
export interface Work {
  options: SubmitOptions | undefined;
  signal: AbortSignal | undefined;
  writer: Writer;
  /** Where each command's bytes end. */
  ends: number[];
  names: string[];
  /** Whose replies are bytes; a pipeline's are all the same. */
  binary: boolean | boolean[];
  /** Told each outcome once; settled calls are taken out. */
  calls: (Settle | undefined)[];
  /** A pipeline is taken or refused as a whole, and told when it is complete. */
  whole: { results: unknown[]; finish: () => void } | undefined;
  since: number;
  /** Once it is submitted. */
  first: number;
  left: number;
  stopListening: (() => void) | undefined;
}

/** What a failed connect is called, by what the servers or the system said; the Rust client has the same codes. */
const DENIED = /WRONGPASS|NOAUTH|NOPERM|invalid username-password/;
const FAILURES: readonly (readonly [RegExp, string])[] = [
  [/ECONNREFUSED/, "CONNECTION_REFUSED"],
  [/ENOTFOUND|EAI_AGAIN/, "UNKNOWN_HOST"],
  [/connect timed out|no connection within/, "CONNECT_TIMEOUT"],
];
const NOTE = { ready: 0, unreachable: 1, topology: 2, room: 3 };
/** The shape of a map by node. */
const PER_NODE = 18;
/** Cores that may break one after the other before the client gives up. */
const STRIKES = 3;
/** So many buffers are kept for the next calls, and none that is larger. */
const SPARE = 16;
const SPARE_BYTES = 1 << 20;

export class Engine {
  private core: Core;
  private links: Links;
  private readonly origin = performance.now();
  private gathering = new Map<unknown, Work>();
  private fresh: Work[] = [];
  private parked: Work[] = [];
  /** Submitted and not settled, by first ticket ascending. */
  private open: Work[] = [];
  private scheduled = false;
  private timer: NodeJS.Timeout | undefined;
  private parkTimer: NodeJS.Timeout | undefined;
  private strikes = 0;
  private spare: Writer[] = [];
  private state: "connecting" | "open" | "closing" | "closed" = "connecting";
  private ready: PromiseWithResolvers | undefined;
  private done: PromiseWithResolvers | undefined;
  private lastCause: Cause | undefined;

  constructor(private readonly options: EngineOptions) {
    this.core = new Core(this.now(), options.config);
    this.links = this.newLinks();
  }

  /** Resolves when the first slot map is there. */
  start(): Promise<void> {
    this.ready = withResolvers();
    this.pump();
    return this.ready.promise;
  }

  /** One command; `group` names those that it may be submitted with. Throws on what is no argument. */
  call(args: readonly Arg[], group: unknown, options: SubmitOptions | undefined, signal: AbortSignal | undefined, binary: boolean, settle: Settle): void {
    if (this.isClosed()) return settle(new ClosedError());
    if (signal?.aborted) return settle(aborted(signal));
    let work = this.gathering.get(group);
    if (!work) {
      work = newWork(options, signal, this.writer());
      work.binary = [];
    }
    work.writer.command(args);
    work.ends.push(work.writer.length);
    work.names.push(String(args[0]));
    (work.binary as boolean[]).push(binary);
    work.calls.push(settle);
    if (work.calls.length === 1) {
      this.gathering.set(group, work);
      this.enqueue(work);
    }
  }

  /** A buffer for commands; it comes back when they have been submitted. */
  writer(): Writer {
    return this.spare.pop() ?? new Writer();
  }

  /** A pipeline. */
  submit(work: Work): void {
    if (this.isClosed()) return fail(work, () => new ClosedError());
    if (work.signal?.aborted) return fail(work, () => aborted(work.signal));
    this.enqueue(work);
  }

  explain(bytes: Uint8Array, options: SubmitOptions | undefined): unknown {
    try {
      return this.core.explain(bytes, options);
    } catch (error) {
      throw misuse(error);
    }
  }

  topology(): unknown {
    return this.core.topology();
  }

  stats(): unknown {
    return this.core.stats();
  }

  /** Resolves when everything that was asked has settled and every connection is closed. */
  close(): Promise<void> {
    if (!this.done) {
      this.done = withResolvers();
      if (this.state !== "closed") this.state = "closing";
      this.endIfDone();
    }
    return this.done.promise;
  }

  private isClosed(): boolean {
    return this.state === "closing" || this.state === "closed";
  }

  private enqueue(work: Work): void {
    work.since = this.now();
    this.fresh.push(work);
    const { signal } = work;
    if (signal) {
      const onAbort = () => this.abort(work);
      signal.addEventListener("abort", onAbort, { once: true });
      work.stopListening = () => signal.removeEventListener("abort", onAbort);
    }
    if (this.scheduled) return;
    this.scheduled = true;
    // Behind every promise that is ready: what they call is one submit with this.
    process.nextTick(() => this.flush());
  }

  private flush(): void {
    this.scheduled = false;
    if (this.state === "closed") return;
    this.guard(() => {
      this.submitFresh();
      this.pump();
    });
  }

  private submitFresh(): void {
    this.gathering.clear();
    const queue = this.fresh;
    this.fresh = [];
    // Works are taken apart by putting the pieces in front.
    queue.reverse();
    for (let work = queue.pop(); work; work = queue.pop()) this.offer(work, queue);
  }

  private offer(work: Work, queue: Work[]): void {
    const count = work.names.length;
    if (count === 0) return;
    let first: number;
    try {
      first = this.core.submit(this.now(), work.writer.view(), work.options);
    } catch (error) {
      const found = misuse(error);
      if (work.whole) {
        fail(work, () => found);
      } else if (count === 1) {
        found.index = undefined;
        fail(work, () => found);
      } else {
        const at = found.index ?? 0;
        queue.push(...cut(work, [0, at, at + 1, count]).reverse());
      }
      return;
    }
    if (first < 0) {
      if (work.whole || count === 1) this.park(work);
      else queue.push(...cut(work, Array.from({ length: count + 1 }, (_, at) => at)).reverse());
      return;
    }
    work.first = first;
    work.left = count;
    if (this.open.push(work) === 1) this.keepAlive(true);
    if (this.spare.length < SPARE && work.writer.length < SPARE_BYTES) {
      work.writer.clear();
      this.spare.push(work.writer);
    }
  }

  private park(work: Work): void {
    this.parked.push(work);
    const at = Math.min(...this.parked.map((parked) => this.deadlineOf(parked)));
    clearTimeout(this.parkTimer);
    this.parkTimer = setTimeout(() => this.expireParked(), Math.max(0, (at - this.now()) / 1000));
  }

  private deadlineOf(work: Work): number {
    return work.since + 1000 * (work.options?.deadlineMs ?? this.options.deadlineMs);
  }

  private expireParked(): void {
    const parked = this.parked;
    this.parked = [];
    const message = "no room before the deadline: too much waits for a node that it goes to";
    for (const work of parked) {
      if (this.deadlineOf(work) > this.now()) this.park(work);
      else fail(work, () => new NotExecutedError("OVERLOADED", message));
    }
    this.endIfDone();
  }

  private abort(work: Work): void {
    if (work.first >= 0) {
      if (work.left === 0 || this.state === "closed") return;
      this.guard(() => {
        this.core.cancel(this.now(), work.first, work.names.length);
        this.pump();
      });
      return;
    }
    this.fresh = this.fresh.filter((fresh) => fresh !== work);
    this.parked = this.parked.filter((parked) => parked !== work);
    for (const [group, gathered] of this.gathering) if (gathered === work) this.gathering.delete(group);
    fail(work, () => aborted(work.signal));
    this.endIfDone();
  }

  /** Polls until the core has nothing to add. */
  private pump(): void {
    const written: number[] = [];
    for (;;) {
      const again = this.poll(written);
      for (let at = 0; at < written.length; at += 2) this.core.written(this.now(), written[at] ?? 0, written[at + 1] ?? 0);
      written.length = 0;
      if (!again) break;
      this.submitFresh();
    }
    this.endIfDone();
  }

  /** One poll: what it answers is handed out, what it says is done. True if there is room again. */
  private poll(written: number[]): boolean {
    const { core } = this;
    const start = core.poll(this.now()) >>> 0;
    const length = core.frame_words();
    const words = new Uint32Array(memory.buffer, start, length);
    const bytes = Buffer.from(memory.buffer) as FastBuffer;
    let at = 0;
    const next = (): number => {
      const word = words[at++];
      if (word === undefined) throw new BrokenError("a torn frame");
      return word;
    };
    const tape = new Uint32Array(memory.buffer, next(), next());
    const count = next();
    const buffers = words.subarray(at, at + 2 * count);
    at += 2 * count;
    if (tape.length > 0) this.settle(new Tape(bytes, tape, buffers), tape);
    const slice = () => {
      const from = next();
      return bytes.subarray(from, from + next());
    };
    let room = false;
    for (let actions = next(); actions > 0; actions--) {
      switch (next()) {
        case 1: {
          const link = next();
          const host = slice().toString();
          this.links.connect(link, { host, port: next() }, next());
          break;
        }
        case 2: {
          const link = next();
          // Sockets keep what they are given: it is copied out of wasm memory.
          const total = this.links.send(link, Buffer.from(slice()));
          if (total > 0) written.push(link, total);
          break;
        }
        case 3:
          this.links.close(next());
          break;
        case 4:
          at += 3;
          break;
        case 5: {
          const kind = next();
          room = this.note(kind, slice().toString()) || room;
          break;
        }
        case 6:
          this.wait(next(), next());
          break;
        default:
          throw new BrokenError("an action that is none");
      }
    }
    return room;
  }

  /** Promises are resolved in here and nobody else's code runs before the views are forgotten. */
  private settle(tape: Tape, words: Uint32Array): void {
    let work: Work | undefined;
    while (tape.at < words.length) {
      const ticket = tape.word() + tape.word() * 0x1_0000_0000;
      const head = tape.word();
      const kind = head & 0xff;
      const end = tape.word() + tape.at;
      if (!work || ticket < work.first || ticket >= work.first + work.names.length) work = this.find(ticket);
      const index = ticket - work.first;
      if (work.left === 0) throw new BrokenError("two outcomes for one ticket");
      tape.binary = typeof work.binary === "boolean" ? work.binary : (work.binary[index] ?? false);
      let result: Value<string | Buffer> | SlotpipeError;
      if (kind === 0) {
        result = head >>> 8 === PER_NODE ? tape.perNode() : tape.value();
      } else {
        result = tape.error(kind, end);
        name(result, work, index);
      }
      if (tape.at !== end) throw new BrokenError("a record of another length");
      if (!tell(work, index, result)) throw new BrokenError("two outcomes for one ticket");
      work.left -= 1;
      if (work.left === 0) {
        work.whole?.finish();
        this.open.splice(this.open.indexOf(work), 1);
        work.stopListening?.();
        if (this.open.length === 0) this.keepAlive(false);
        work = undefined;
      }
    }
  }

  private find(ticket: number): Work {
    let [low, high] = [0, this.open.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const work = this.open[middle] as Work;
      if (ticket < work.first) high = middle;
      else if (ticket >= work.first + work.names.length) low = middle + 1;
      else return work;
    }
    throw new BrokenError(`an outcome for ticket ${ticket}, which is not open`);
  }

  private note(kind: number, text: string): boolean {
    switch (kind) {
      case NOTE.ready:
        this.strikes = 0;
        if (this.state === "connecting") this.state = "open";
        this.ready?.resolve();
        if (this.open.length === 0) this.keepAlive(false);
        return false;
      case NOTE.unreachable:
        if (this.state === "connecting") this.giveUp(text);
        return false;
      case NOTE.room:
        this.fresh.unshift(...this.parked.splice(0));
        clearTimeout(this.parkTimer);
        return true;
      default:
        return false;
    }
  }

  private giveUp(text: string): void {
    const known = this.lastCause === Cause.Tls ? "TLS" : FAILURES.find(([words]) => words.test(text))?.[1];
    const code = DENIED.test(text) ? "AUTH" : (known ?? "UNREACHABLE");
    this.ready?.reject(new ConnectError(code, text));
    queueMicrotask(() => this.stop());
  }

  private wait(low: number, high: number): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (high !== 0xffff_ffff) this.wakeAt(low + high * 0x1_0000_0000);
  }

  /** The core says once when it wants to be woken; timers fire up to a millisecond early, and not after 25 days. */
  private wakeAt(until: number): void {
    const ms = Math.max(1, Math.ceil((until - this.now()) / 1000));
    const wake = () => {
      if (this.now() < until) this.wakeAt(until);
      else this.event(() => this.core.elapsed(this.now()));
    };
    this.timer = setTimeout(wake, Math.min(ms, 0x7fff_ffff));
    if (!this.isBusy()) this.timer.unref();
  }

  /** Connections and the timer keep the process alive while something is asked, and not otherwise. */
  private keepAlive(busy: boolean): void {
    this.links.keepAlive(busy);
    if (busy) this.timer?.ref();
    else this.timer?.unref();
  }

  private isBusy(): boolean {
    return this.state === "connecting" || this.open.length > 0;
  }

  private newLinks(): Links {
    const events = {
      opened: (link: number) => this.opened(link),
      received: (link: number, bytes: Uint8Array) => this.event(() => this.core.received(this.now(), link, bytes)),
      written: (link: number, total: number) => this.event(() => this.core.written(this.now(), link, total)),
      closed: (link: number, cause: Cause, text: string, maybeSent: number) => {
        this.lastCause = cause;
        this.event(() => this.core.closed(this.now(), link, cause, text, maybeSent));
      },
    };
    return new Links(this.options.dial, events, this.isBusy());
  }

  private opened(link: number): void {
    const { credentials } = this.options;
    const tell = (known: Credentials | undefined) =>
      this.event(() => this.core.connected(this.now(), link, known?.username, known?.password));
    if (!credentials) return tell(undefined);
    const links = this.links;
    void (async () => credentials())().then(tell, (error: unknown) => {
      if (links !== this.links) return;
      const text = `credentials() failed: ${error instanceof Error ? error.message : String(error)}`;
      this.links.close(link);
      this.event(() => this.core.closed(this.now(), link, Cause.Refused, text, 0));
    });
  }

  private event(tell: () => void): void {
    if (this.state === "closed") return;
    this.guard(() => {
      tell();
      this.pump();
    });
  }

  /** Runs what may find the core broken: a trap, or words that cannot be. */
  private guard(run: () => void): void {
    try {
      run();
    } catch (error) {
      this.startOver(error);
    }
  }

  private startOver(error: unknown): void {
    const text = `the core broke: ${error instanceof Error ? error.message : String(error)}`;
    const open = this.open;
    this.open = [];
    this.links.clear();
    for (const work of open) fail(work, () => new UnknownOutcomeError(1, text));
    this.strikes += 1;
    if (this.strikes > STRIKES) {
      this.ready?.reject(new ConnectError("BROKEN", text));
      return this.stop();
    }
    this.core = new Core(this.now(), this.options.config);
    this.links = this.newLinks();
    this.fresh.unshift(...this.parked.splice(0));
    setImmediate(() => this.flush());
  }

  private endIfDone(): void {
    if (this.state !== "closing" || this.open.length + this.fresh.length + this.parked.length > 0) return;
    this.stop();
  }

  private stop(): void {
    if (this.state === "closed") return;
    this.state = "closed";
    clearTimeout(this.timer);
    clearTimeout(this.parkTimer);
    this.links.clear();
    for (const work of [...this.fresh.splice(0), ...this.parked.splice(0)]) fail(work, () => new ClosedError());
    for (const work of this.open.splice(0)) fail(work, () => new UnknownOutcomeError(1, "the client stopped"));
    this.ready?.reject(new ClosedError());
    this.done ??= withResolvers();
    this.done.resolve();
  }

  private now(): number {
    return Math.floor(1000 * (performance.now() - this.origin));
  }
}

export function newWork(options: SubmitOptions | undefined, signal: AbortSignal | undefined, writer: Writer): Work {
  return {
    options,
    signal,
    writer,
    ends: [],
    names: [],
    binary: false,
    calls: [],
    whole: undefined,
    since: 0,
    first: -1,
    left: 0,
    stopListening: undefined,
  };
}

/** False if this command has its outcome already. */
function tell(work: Work, index: number, result: unknown): boolean {
  if (work.whole) {
    if (work.whole.results[index] !== undefined) return false;
    work.whole.results[index] = result;
    return true;
  }
  const settle = work.calls[index];
  work.calls[index] = undefined;
  settle?.(result);
  return settle !== undefined;
}

/** Ends every command of it that is still open. */
function fail(work: Work, error: () => SlotpipeError): void {
  work.stopListening?.();
  for (let index = 0; index < work.names.length; index++) {
    const own = error();
    name(own, work, own.index ?? index);
    tell(work, index, own);
  }
  work.whole?.finish();
}

function name(error: SlotpipeError, work: Work, index: number): void {
  error.command ??= work.names[index];
  if (work.whole) error.index ??= index;
  if (work.signal?.aborted && error.cause === undefined) error.cause = work.signal.reason;
}

/** A work of joined calls as several, at these borders. */
function cut(work: Work, borders: readonly number[]): Work[] {
  const bytes = work.writer.view();
  work.stopListening?.();
  const pieces: Work[] = [];
  for (let piece = 0; piece + 1 < borders.length; piece++) {
    const [from = 0, to = 0] = [borders[piece], borders[piece + 1]];
    if (from === to) continue;
    const start = from === 0 ? 0 : (work.ends[from - 1] ?? 0);
    const writer = new Writer(0);
    writer.take(bytes.subarray(start, work.ends[to - 1]));
    const own = newWork(work.options, work.signal, writer);
    own.ends = work.ends.slice(from, to).map((end) => end - start);
    own.names = work.names.slice(from, to);
    own.binary = typeof work.binary === "boolean" ? work.binary : work.binary.slice(from, to);
    own.calls = work.calls.slice(from, to);
    own.since = work.since;
    pieces.push(own);
  }
  return pieces;
}

function misuse(error: unknown): MisuseError {
  const { code, message, command, index } = (error ?? {}) as Record<string, unknown>;
  if (typeof code !== "string" || error instanceof Error) throw error;
  return new MisuseError(code, String(message), undefined, {
    command: typeof command === "string" && command !== "" ? command : undefined,
    index: typeof index === "number" ? index : undefined,
  });
}

function aborted(signal: AbortSignal | undefined): NotExecutedError {
  const error = new NotExecutedError("CANCELLED", "cancelled by its signal before it was sent");
  error.cause = signal?.reason;
  return error;
}

interface PromiseWithResolvers {
  promise: Promise<void>;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** A promise whose rejection is nobody's fault if nobody looks. */
function withResolvers(): PromiseWithResolvers {
  let resolve = (): void => {};
  let reject = (_: unknown): void => {};
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  promise.catch(() => {});
  return { promise, resolve, reject };
}
