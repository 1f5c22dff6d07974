/** Commands that are sent together: queued by chaining, sent by `exec`. */

import { Commands } from "./commands.js";
import type { Value } from "./decode.js";
import type { Arg, Writer } from "./encode.js";
import { type Engine, newWork, type SubmitOptions } from "./engine.js";
import { SlotpipeError } from "./errors.js";
import type { Out, Queued } from "./out.js";
import type { Plan } from "./plan.js";

/** Each command's reply, or the error that it has instead. */
export type Settled<T extends readonly unknown[]> = { -readonly [I in keyof T]: T[I] | SlotpipeError };

/**
 * Commands over any keys, slots and nodes. One write per node carries them, all nodes work at the same time, and results
 * stand in the order of the commands. Not atomic.
 */
export class Pipeline<T extends readonly unknown[] = [], S = string> extends Commands<S, Queued<T, S>> {
  private writer: Writer;
  private ends: number[] = [];
  private names: string[] = [];

  /** By `db.pipeline()`. */
  constructor(
    private readonly engine: Engine,
    private readonly options: SubmitOptions | undefined,
    private readonly signal: AbortSignal | undefined,
    private readonly binary: boolean,
  ) {
    super();
    this.writer = engine.writer();
  }

  /** How many commands are queued. */
  get length(): number {
    return this.ends.length;
  }

  /** Queues any command by its name. */
  call<R = Value<S>>(name: string, ...args: readonly Arg[]): Pipeline<[...T, R], S> {
    return this.send<R>([name, ...args]) as unknown as Pipeline<[...T, R], S>;
  }

  /** Drops what is queued. */
  reset(): Pipeline<[], S> {
    this.writer = this.engine.writer();
    this.ends = [];
    this.names = [];
    return this as unknown as Pipeline<[], S>;
  }

  /** What `exec` would do, on the slot map as it is. Nothing is sent. */
  explain(): Plan[] {
    return this.engine.explain(this.writer.view(), this.options) as Plan[];
  }

  /**
   * Sends what is queued and empties the queue.
   *
   * If a command fails, the first error is thrown; its `outcomes` tell what became of every command. With
   * `raiseOnError: false` errors stand in their places instead, and only what concerns all commands is thrown: misuse,
   * which is found before anything is sent.
   */
  exec(options?: { readonly raiseOnError?: true }): Promise<T>;
  exec(options: { readonly raiseOnError: boolean }): Promise<Settled<T>>;
  async exec({ raiseOnError = true }: { readonly raiseOnError?: boolean } = {}): Promise<unknown> {
    const count = this.length;
    if (count === 0) return [];
    const work = newWork(this.options, this.signal, this.writer);
    [work.ends, work.names, work.binary] = [this.ends, this.names, this.binary];
    this.reset();
    const results = new Array<unknown>(count).fill(undefined);
    await new Promise<void>((finish) => {
      work.whole = { results, finish };
      this.engine.submit(work);
    });
    const error = results.find((result) => result instanceof SlotpipeError);
    if (error instanceof SlotpipeError && (raiseOnError || error.outcome === undefined)) {
      error.outcomes = results;
      throw error;
    }
    return results;
  }

  protected send<R>(args: readonly Arg[]): Out<Queued<T, S>, R> {
    this.writer.command(args);
    this.ends.push(this.writer.length);
    this.names.push(String(args[0]));
    return this as unknown as Out<Queued<T, S>, R>;
  }
}
