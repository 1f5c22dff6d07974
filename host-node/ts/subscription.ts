/**
 * Channels, patterns and shard channels on one object, and what is published to them: by iterator, one by one, or by
 * callback. What nobody has taken yet is bounded by count and by bytes, so that a slow reader costs neither memory without
 * end nor anybody else's time.
 */

import { EventEmitter } from "node:events";

import type { Arg } from "./encode.js";
import type { Engine } from "./engine.js";
import { ClosedError, MisuseError, ServerError, SlotpipeError } from "./errors.js";
import { check, known, oneOf } from "./options.js";
import { type Scope, scopeOf } from "./work.js";

/** Options of a subscription. */
export interface SubscribeOptions {
  /** So many messages are kept that nobody has taken yet: 10,000. */
  readonly buffer?: number | undefined;
  /** And so many bytes of them, names included: 16 MiB. A larger message has the buffer to itself. */
  readonly bufferBytes?: number | undefined;
  /**
   * What happens beyond that: the oldest messages make room (`"dropOldest"`, the default), the new one is left out
   * (`"dropNewest"`), both counted by `dropped`; or the subscription ends with an error `OVERFLOW` (`"close"`).
   */
  readonly onOverflow?: "dropOldest" | "dropNewest" | "close" | undefined;
  /** Whether what happens to the subscription itself comes as messages too: `subscribe`, `unsubscribe`, `resubscribed`. */
  readonly confirmations?: boolean | undefined;
}

/** Something that came for a subscription. */
export interface Message<S = string> {
  /** `message`, `pmessage` (by a pattern), `smessage` (on a shard channel); with `confirmations` also the others. */
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
  /** Where it was published; of a confirmation the channel or pattern, of `resubscribed` nothing. */
  readonly channel: S;
  /** What was published; of a confirmation nothing. */
  readonly payload: S;
  /** The pattern that it came by. */
  readonly pattern: S | undefined;
  /** Of a confirmation: how many channels, patterns and shard channels the subscription has with it. */
  readonly count: number | undefined;
}

/** What an engine tells the reader of a lane. */
export interface Listener {
  /** Texts of its messages are bytes. */
  readonly isBinary: boolean;
  /** A push; false if the subscription is to end. */
  push(value: readonly unknown[]): boolean;
  /** All that was lost is held again; false if the subscription is to end. */
  resubscribed(): boolean;
  /** Nothing more comes. */
  end(error?: Error): void;
}

interface Waiter<S> {
  take(message: Message<S> | undefined): void;
  fail(error: Error): void;
}

interface Events<S> {
  message: [Message<S>];
  subscribe: [Message<S>];
  unsubscribe: [Message<S>];
  resubscribed: [];
  error: [Error];
  close: [];
}

const OPTIONS: Readonly<Record<keyof SubscribeOptions, true>> = {
  buffer: true,
  bufferBytes: true,
  onOverflow: true,
  confirmations: true,
};
const POLICIES = ["dropOldest", "dropNewest", "close"] as const;

/**
 * A subscription. Delivery is at most once, as the server's: what is published while a connection is lost is gone. The client
 * subscribes again by itself, elsewhere if need be, and shard channels follow their slot; then `resubscribed` is emitted.
 *
 * Events: `message` (each message; with a listener for it nothing is left for `get` and iterators), `subscribe` and
 * `unsubscribe` (confirmations), `resubscribed`, `error` (a channel that could not be subscribed to again, the end of all, what a listener threw),
 * `close`. While somebody waits (a `get`, an iterator, a `message` listener), the process is kept alive.
 */
export class Subscription<S = string> extends EventEmitter<Events<S>> implements AsyncIterable<Message<S>>, AsyncDisposable {
  /** Messages that were dropped because nobody took them in time. */
  dropped = 0;
  /** How often all that had been lost was subscribed to again: messages may have been missed each time. */
  resubscriptions = 0;
  private readonly scope: Scope;
  private readonly lane: number;
  private readonly buffer: number;
  private readonly bufferBytes: number;
  private readonly onOverflow: string;
  private readonly confirmations: boolean;
  private waiting: { readonly message: Message<S>; readonly size: number }[] = [];
  private bytes = 0;
  private readers: Waiter<S>[] = [];
  /** What readers are to be told in the place of a message. */
  private failures: Error[] = [];
  private isClosed = false;
  private isHeard = false;
  private isScheduled = false;

  /** By `db.subscribe` and its like. */
  constructor(
    private readonly engine: Engine,
    { options, signal }: Scope,
    isBinary: boolean,
    given: SubscribeOptions,
  ) {
    super();
    known(given, OPTIONS);
    this.buffer = count("buffer", given.buffer, 10_000);
    this.bufferBytes = count("bufferBytes", given.bufferBytes, 16 << 20);
    this.onOverflow = oneOf("onOverflow", given.onOverflow, POLICIES) ?? "dropOldest";
    check("confirmations", given.confirmations, "boolean");
    this.confirmations = given.confirmations === true;
    const { route: _, ...others } = options ?? {};
    this.lane = engine.listen({
      isBinary,
      push: (value) => this.put(value),
      resubscribed: () => this.restored(),
      end: (error) => this.ended(error),
    });
    this.scope = scopeOf({ ...others, lane: this.lane }, signal);
    const own = this as unknown as EventEmitter;
    own.on("newListener", (event) => {
      if (event !== "message" || this.isHeard || this.isClosed) return;
      this.isHeard = true;
      engine.hold(1);
      this.flushSoon();
    });
    own.on("removeListener", (event) => {
      if (event === "message" && this.listenerCount("message") === 0) this.unheard();
    });
  }

  /**
   * Subscribes to more channels. Resolves when the server has confirmed all of them, with how many channels, patterns and
   * shard channels the subscription has then; if one is refused, none of those that are new is subscribed to.
   */
  subscribe(...channels: readonly Arg[]): Promise<number> {
    return this.send("SUBSCRIBE", channels);
  }

  /** The same with patterns. */
  psubscribe(...patterns: readonly Arg[]): Promise<number> {
    return this.send("PSUBSCRIBE", patterns);
  }

  /** The same with shard channels, each at the node that has its slot. */
  ssubscribe(...channels: readonly Arg[]): Promise<number> {
    return this.send("SSUBSCRIBE", channels);
  }

  /** Ends the subscription to these channels, or to all. From this call's tick on no message of theirs is added. */
  unsubscribe(...channels: readonly Arg[]): Promise<number> {
    return this.send("UNSUBSCRIBE", channels);
  }

  /** The same with patterns. */
  punsubscribe(...patterns: readonly Arg[]): Promise<number> {
    return this.send("PUNSUBSCRIBE", patterns);
  }

  /** The same with shard channels. */
  sunsubscribe(...channels: readonly Arg[]): Promise<number> {
    return this.send("SUNSUBSCRIBE", channels);
  }

  /** The next message, or `undefined` if none comes within so many milliseconds; with 0, if none is here. */
  async get(timeoutMs?: number): Promise<Message<S> | undefined> {
    if (timeoutMs !== undefined && !(typeof timeoutMs === "number" && timeoutMs >= 0)) {
      throw new MisuseError("OPTION", "the time to wait must be milliseconds, 0 or more");
    }
    if (timeoutMs === 0 && this.waiting.length === 0) {
      // What has arrived is read, so that a loop of these makes headway.
      await new Promise((resolve) => setImmediate(resolve));
      if (this.waiting.length + this.failures.length === 0 && !this.isClosed) return undefined;
    }
    const message = await this.next(timeoutMs);
    if (message === undefined && this.isClosed) throw new ClosedError();
    return message;
  }

  /** Message after message until the subscription ends. Leaving the loop does not end it. */
  async *[Symbol.asyncIterator](): AsyncGenerator<Message<S>, void, undefined> {
    for (;;) {
      const message = await this.next();
      if (message === undefined) return;
      yield message;
    }
  }

  /** Ends the subscription. Messages that are here already can still be taken. */
  close(): Promise<void> {
    if (!this.isClosed) {
      this.ended();
      this.engine.release(this.lane);
    }
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  private send(name: string, topics: readonly Arg[]): Promise<number> {
    return new Promise((resolve, reject) => {
      if (this.isClosed) return reject(new ClosedError());
      this.engine.call([name, ...topics], this.scope, false, (result) => {
        if (result instanceof SlotpipeError) reject(result);
        else resolve(result as number);
      });
    });
  }

  /** `undefined`: none came in time, or none will come. */
  private next(timeoutMs?: number): Promise<Message<S> | undefined> {
    const message = this.take();
    if (message) return Promise.resolve(message);
    const failure = this.failures.shift();
    if (failure) return Promise.reject(failure);
    if (this.isClosed) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      let timer: NodeJS.Timeout | undefined;
      const over = () => {
        clearTimeout(timer);
        this.engine.hold(-1);
      };
      const reader: Waiter<S> = {
        take: (next) => {
          over();
          resolve(next);
        },
        fail: (error) => {
          over();
          reject(error);
        },
      };
      if (timeoutMs !== undefined && timeoutMs <= 0x7fff_ffff) {
        timer = setTimeout(() => {
          this.readers.splice(this.readers.indexOf(reader), 1);
          reader.take(undefined);
        }, timeoutMs);
      }
      this.engine.hold(1);
      this.readers.push(reader);
    });
  }

  private take(): Message<S> | undefined {
    const next = this.waiting.shift();
    if (next) this.bytes -= next.size;
    return next?.message;
  }

  private put([kind, channel, third, pattern]: readonly unknown[]): boolean {
    if (kind === "refused") {
      const line = third instanceof ServerError ? third.message : String(third);
      this.fail(new ServerError(line, "no"));
      return true;
    }
    const isMessage = String(kind).endsWith("message");
    const message = {
      kind: kind as Message["kind"],
      channel: channel as S,
      payload: (isMessage ? third : "") as S,
      pattern: pattern as S | undefined,
      count: isMessage ? undefined : (third as number),
    };
    if (isMessage) return this.add(message);
    const event = message.kind.includes("un") ? "unsubscribe" : "subscribe";
    setImmediate(() => this.tell(() => this.emit(event, message)));
    return !this.confirmations || this.add(message);
  }

  private restored(): boolean {
    this.resubscriptions += 1;
    setImmediate(() => this.tell(() => this.emit("resubscribed")));
    const nothing = "" as S;
    const message = { kind: "resubscribed", channel: nothing, payload: nothing, pattern: undefined, count: undefined } as const;
    return !this.confirmations || this.add(message);
  }

  private add(message: Message<S>): boolean {
    if (this.isClosed) return true;
    const reader = this.isHeard ? undefined : this.readers.shift();
    if (reader) {
      reader.take(message);
      return true;
    }
    const size = lengthOf(message.channel) + lengthOf(message.payload) + lengthOf(message.pattern);
    while (this.waiting.length > 0 && (this.waiting.length >= this.buffer || this.bytes + size > this.bufferBytes)) {
      if (this.onOverflow === "close") {
        this.ended(
          new SlotpipeError("OVERFLOW", "messages came faster than they were taken: take them faster, or give a larger buffer"),
        );
        return false;
      }
      this.dropped += 1;
      if (this.onOverflow === "dropNewest") return true;
      this.take();
    }
    this.waiting.push({ message, size });
    this.bytes += size;
    if (this.isHeard) this.flushSoon();
    return true;
  }

  /** Listeners are called outside of the engine's loop: they may call anything, and throw. */
  private flushSoon(): void {
    if (this.isScheduled) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      while (this.isHeard || this.isClosed) {
        if (this.listenerCount("message") === 0) break;
        const message = this.take();
        if (!message) break;
        this.tell(() => this.emit("message", message));
      }
      if (this.isClosed && this.waiting.length === 0) this.unheard();
    });
  }

  /** What a listener throws is an `error`, or is thrown on where nobody listens for that; the next one is told all the same. */
  private tell(emit: () => void): void {
    try {
      emit();
    } catch (error) {
      process.nextTick(() => {
        if (this.listenerCount("error") === 0) throw error;
        this.emit("error", error as Error);
      });
    }
  }

  private fail(error: Error): void {
    const reader = this.readers.shift();
    if (reader) reader.fail(error);
    else this.failures.push(error);
    if (this.listenerCount("error") > 0) setImmediate(() => this.tell(() => this.emit("error", error)));
  }

  private ended(error?: Error): void {
    if (this.isClosed) return;
    this.isClosed = true;
    if (error) this.fail(error);
    for (const reader of this.readers.splice(0)) reader.take(undefined);
    this.flushSoon();
    setImmediate(() => this.tell(() => this.emit("close")));
  }

  private unheard(): void {
    if (!this.isHeard) return;
    this.isHeard = false;
    this.engine.hold(-1);
  }
}

function count(name: string, value: unknown, usual: number): number {
  if (value === undefined) return usual;
  if (Number.isInteger(value) && (value as number) > 0) return value as number;
  throw new MisuseError("OPTION", `${name} must be a whole number, at least 1`);
}

const lengthOf = (text: unknown): number =>
  typeof text === "string" || text instanceof Uint8Array ? text.length : 0;
