/**
 * Commands without end: taken from a source as there is room, answered in order.
 *
 * What is asked for travels as single calls do, all of a tick in one submit. At most a window of commands is on its way or
 * waits for the reader, so that a slow reader slows the source down, and so does a slow cluster.
 */

import { type Arg, encoded } from "./encode.js";
import type { Engine } from "./engine.js";
import { ClosedError, SlotpipeError } from "./errors.js";
import { fast } from "./fast.js";
import { heard } from "./hooks.js";
import { keyOf } from "./offline.js";
import { aborted, type Scope, scopeOf } from "./work.js";

/** One command: its name and its arguments. */
export type Command = readonly [name: string, ...args: Arg[]];
/** Where commands come from. */
export type CommandSource = Iterable<readonly Arg[]> | AsyncIterable<readonly Arg[]>;

const WINDOW = 2048;
const WINDOW_BYTES = 1 << 20;

interface Entry {
  readonly size: number;
  /** What was asked. */
  readonly command: readonly Arg[];
  readonly index: number;
  /** Once it is there. */
  result: unknown;
}

export async function* stream(
  engine: Engine,
  scope: Scope,
  binary: boolean,
  commands: CommandSource,
  raiseOnError: boolean,
  window = WINDOW,
): AsyncGenerator<unknown, void, undefined> {
  const { signal } = scope;
  if (signal?.aborted) throw aborted(signal);
  const flow = new Flow(engine, scope, binary, window);
  const onAbort = () => flow.stop(signal?.reason, aborted(signal));
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    void flow.read(commands);
    for (;;) {
      const entry = flow.shift();
      if (entry) {
        const { command, index } = entry;
        const key = () => keyOf(encoded([command], fast))();
        const result = heard(entry.result, scope, key, String(command[0]), index);
        if (result instanceof SlotpipeError && (raiseOnError || result instanceof ClosedError)) throw result;
        yield result;
      } else if (flow.isOver) {
        if (flow.failure) throw flow.failure.error;
        return;
      } else {
        await flow.change();
      }
    }
  } finally {
    signal?.removeEventListener("abort", onAbort);
    flow.stop(undefined);
  }
}

class Flow {
  /** Why it ended before its source did. */
  failure: { readonly error: unknown } | undefined;
  private readonly controller = new AbortController();
  private readonly scope: Scope;
  private entries: Entry[] = [];
  private head = 0;
  private bytes = 0;
  private count = 0;
  private isFull = false;
  private isEnded = false;
  private stopSource = (): void => {};
  private changed = (): void => {};
  private goOn = (): void => {};

  constructor(
    private readonly engine: Engine,
    { options, hooks }: Scope,
    private readonly binary: boolean,
    private readonly window: number,
  ) {
    this.scope = scopeOf(options, this.controller.signal, hooks);
  }

  /** Whether nothing more will come. */
  get isOver(): boolean {
    return this.isEnded && this.head === this.entries.length;
  }

  /** Takes commands from the source until it ends or this is stopped; never rejects. */
  async read(commands: CommandSource): Promise<void> {
    try {
      const source = iterator(commands);
      let isDone = false;
      this.stopSource = () => {
        // Not awaited: a source that waits for something itself would hold up whoever leaves.
        if (!isDone) void (async () => source.return?.())().catch(() => {});
      };
      while (!this.isEnded) {
        if (this.isFull) {
          await new Promise<void>((resolve) => {
            this.goOn = resolve;
          });
          continue;
        }
        const step = source.next();
        const { done, value } = step instanceof Promise ? await step : step;
        isDone = done === true;
        if (isDone || this.isEnded) break;
        this.ask(value as readonly Arg[]);
      }
    } catch (error) {
      this.failure ??= { error };
      this.stopSource();
    }
    this.isEnded = true;
    this.changed();
  }

  /** The next result in order, if it is there. */
  shift(): Entry | undefined {
    const entry = this.entries[this.head];
    if (entry?.result === undefined) return undefined;
    this.head += 1;
    this.bytes -= entry.size;
    if (2 * this.head > this.window) {
      this.entries.splice(0, this.head);
      this.head = 0;
    }
    // Not one by one, so that what follows is one submit again.
    const left = this.entries.length - this.head;
    if (this.isFull && left <= this.window / 2 && this.bytes <= WINDOW_BYTES / 2) {
      this.isFull = false;
      this.goOn();
    }
    return entry;
  }

  /** Resolves when something may have come. */
  change(): Promise<void> {
    return new Promise((resolve) => {
      this.changed = resolve;
    });
  }

  /** Takes no more from the source; what is on its way ends as not executed or unknown. */
  stop(reason: unknown, error?: unknown): void {
    if (error !== undefined) this.failure ??= { error };
    if (!this.isEnded) this.stopSource();
    this.isEnded = true;
    this.controller.abort(reason);
    this.goOn();
    this.changed();
  }

  private ask(command: readonly Arg[]): void {
    const index = this.count;
    this.count += 1;
    if (!Array.isArray(command))
      throw new TypeError(`command ${index} of the stream is no array: give [name, ...arguments]`);
    const entry: Entry = { size: sizeOf(command), command, index, result: undefined };
    this.engine.call(command, this.scope, this.binary, (result) => {
      if (result instanceof SlotpipeError) result.index ??= index;
      entry.result = result;
      if (this.entries[this.head] === entry) this.changed();
    });
    this.entries.push(entry);
    this.bytes += entry.size;
    this.isFull = this.entries.length - this.head >= this.window || this.bytes >= WINDOW_BYTES;
  }
}

function iterator(commands: CommandSource): Iterator<unknown> | AsyncIterator<unknown> {
  const { [Symbol.asyncIterator]: later, [Symbol.iterator]: now } = (commands ?? {}) as AsyncIterable<unknown> &
    Iterable<unknown>;
  const begin: (() => Iterator<unknown> | AsyncIterator<unknown>) | undefined = later ?? now;
  if (typeof begin !== "function" || typeof commands === "string") {
    throw new TypeError("a stream takes commands from an iterable or async iterable of [name, ...arguments]");
  }
  return begin.call(commands);
}

const sizeOf = (command: readonly Arg[]): number =>
  command.reduce<number>(
    (sum, arg) => sum + 16 + (typeof arg === "string" || arg instanceof Uint8Array ? arg.length : 8),
    0,
  );
