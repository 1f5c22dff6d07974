/** Commands that are sent together: queued by chaining, sent by `exec` or `stream`. */

import { Commands } from "./commands.js";
import type { Value } from "./decode.js";
import type { Arg, Writer } from "./encode.js";
import type { Engine } from "./engine.js";
import { SlotpipeError } from "./errors.js";
import type { Out, Queued } from "./out.js";
import type { Plan } from "./plan.js";
import { Batch, type Scope } from "./work.js";

/** Each command's reply, or the error that it has instead. */
export type Settled<T extends readonly unknown[]> = { -readonly [I in keyof T]: T[I] | SlotpipeError };

/** How one command of a pipeline ended. */
export interface Indexed<R> {
  readonly index: number;
  readonly outcome: R | SlotpipeError;
}

/**
 * Commands over any keys, slots and nodes. One write per node carries them, all nodes work at the same time, and results
 * stand in the order of the commands. Not atomic.
 */
export class Pipeline<T extends readonly unknown[] = [], S = string> extends Commands<S, Queued<T, S>> {
  private writer: Writer;
  private names: string[] = [];

  /** By `db.pipeline()`. */
  constructor(
    private readonly engine: Engine,
    private readonly scope: Scope,
    private readonly binary: boolean,
  ) {
    super();
    this.writer = engine.writer();
  }

  /** How many commands are queued. */
  get length(): number {
    return this.names.length;
  }

  /** Queues any command by its name. */
  call<R = Value<S>>(name: string, ...args: readonly Arg[]): Pipeline<[...T, R], S> {
    return this.send<R>([name, ...args]) as unknown as Pipeline<[...T, R], S>;
  }

  /** Drops what is queued. */
  reset(): Pipeline<[], S> {
    this.writer = this.engine.writer();
    this.names = [];
    return this as unknown as Pipeline<[], S>;
  }

  /** What `exec` would do, on the slot map as it is. Nothing is sent. */
  explain(): Plan[] {
    return this.engine.explain(this.writer.view(), this.scope);
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
    if (this.length === 0) return [];
    const { results, isFailed } = await new Promise<Batch>((done) => {
      const batch = this.take({ all: () => done(batch) });
      this.engine.submit(batch);
    });
    if (!isFailed) return results;
    const error = results.find((result) => result instanceof SlotpipeError);
    if (error instanceof SlotpipeError && (raiseOnError || error.outcome === undefined)) {
      error.outcomes = results;
      throw error;
    }
    return results;
  }

  /**
   * Sends what is queued, empties the queue, and yields the outcomes as they settle, in no order: one slow node holds
   * back nothing of the others. Leaving early loses nothing that was sent. Misuse is thrown, before anything is sent.
   */
  stream(): AsyncGenerator<Indexed<T[number]>, void, undefined> {
    const count = this.length;
    const settled: Indexed<T[number]>[] = [];
    let wake = (): void => {};
    if (count > 0) {
      const each = (index: number, outcome: unknown) => {
        settled.push({ index, outcome: outcome as T[number] | SlotpipeError });
        wake();
      };
      this.engine.submit(this.take({ each, all: () => {} }));
    }
    return (async function* () {
      for (let at = 0; at < count; at++) {
        while (at >= settled.length) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        const next = settled[at] as Indexed<T[number]>;
        if (next.outcome instanceof SlotpipeError && next.outcome.outcome === undefined) throw next.outcome;
        yield next;
      }
    })();
  }

  protected send<R>(args: readonly Arg[]): Out<Queued<T, S>, R> {
    this.writer.command(args);
    this.names.push(String(args[0]));
    return this as unknown as Out<Queued<T, S>, R>;
  }

  private take(told: ConstructorParameters<typeof Batch>[3]): Batch {
    const batch = new Batch(this.scope, this.writer, this.binary, told, this.names);
    this.reset();
    return batch;
  }
}
