/** Commands that are sent together: queued by chaining, sent by `exec` or `stream`. */

import type { Many } from "./arguments.js";
import { Commands } from "./commands.js";
import type { Value } from "./decode.js";
import type { Arg, Writer } from "./encode.js";
import type { Engine } from "./engine.js";
import { MisuseError, SlotpipeError } from "./errors.js";
import { heard } from "./hooks.js";
import { keyOf } from "./offline.js";
import { check, known } from "./options.js";
import type { Out, Queued } from "./out.js";
import type { Plan } from "./plan.js";
import { REFUSABLE } from "./refusable.js";
import { Batch, type Scope, scopeOf } from "./work.js";

/** Each command's reply, or the error that it has instead. */
export type Settled<T extends readonly unknown[]> = { -readonly [I in keyof T]: T[I] | SlotpipeError };

/** How one command of a pipeline ended. */
export interface Indexed<R> {
  readonly index: number;
  readonly outcome: R | SlotpipeError;
}

const EXEC = { raiseOnError: true } as const;

/**
 * Commands over any keys, slots and nodes. One write per node carries them, all nodes work at the same time, and results
 * stand in the order of the commands. Not atomic, unless made with `{ atomic: true }`: then it runs as one step, between
 * MULTI and EXEC, and its keys are in one slot.
 */
export class Pipeline<T extends readonly unknown[] = [], S = string> extends Commands<S, Queued<T, S>> {
  private writer: Writer;
  private names: string[] = [];

  /** By `db.pipeline()`. */
  constructor(
    private readonly engine: Engine,
    private scope: Scope,
    private readonly binary: boolean,
    /** Whose unit it is: throws where that has been released, and does what an empty unit does. */
    private readonly session?: { readonly check: () => void; readonly whenEmpty: () => Promise<unknown> },
  ) {
    super();
    this.writer = engine.writer();
  }

  /** How many commands are queued. */
  get length(): number {
    return this.names.length;
  }

  /** Queues any command by its name. What cannot work in a pipeline is refused here: nothing is queued then. */
  call<R = Value<S>>(name: string, ...args: readonly Arg[]): Pipeline<[...T, R], S> {
    this.queue([name, ...args], typeof name === "string" ? name.toUpperCase() : name);
    return this as unknown as Pipeline<[...T, R], S>;
  }

  /**
   * Queues a Lua script. Its first use on a node goes as EVAL, so that nothing is sent again behind what follows it; the
   * others go by its hash.
   */
  script(lua: string | Uint8Array): { run<R = Value<S>>(keys?: Many, args?: Many): Pipeline<[...T, R], S> } {
    this.scope = scopeOf({ ...this.scope.options, byHash: true }, this.scope.signal, this.scope.hooks);
    return {
      run: <R>(keys: Many = [], args: Many = []) => this.eval(lua, keys, args) as unknown as Pipeline<[...T, R], S>,
    };
  }

  /** Drops what is queued. Options stay. */
  reset(): Pipeline<[], S> {
    this.writer = this.engine.writer();
    this.names = [];
    return this as unknown as Pipeline<[], S>;
  }

  /** Drops what is queued, at the end of a `using` block. */
  [Symbol.dispose](): void {
    this.reset();
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
  async exec(options: { readonly raiseOnError?: boolean } = {}): Promise<unknown> {
    known(options, EXEC);
    const { raiseOnError = true } = options;
    check("raiseOnError", raiseOnError, "boolean");
    if (this.length === 0) {
      await this.session?.whenEmpty();
      return [];
    }
    const { names, scope } = this;
    const ended = await new Promise<Batch>((done) => {
      const batch = this.take({ all: () => done(batch) });
      this.engine.submit(batch);
    });
    const { results, isFailed } = ended;
    if (scope.hooks) {
      for (const [index, name] of names.entries())
        results[index] = heard(results[index], scope, () => ended.keyOf(index)(), name, index);
    } else if (!isFailed) return results;
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
    const { names, scope, length: count } = this;
    const settled: Indexed<T[number]>[] = [];
    let wake = (): void => {};
    let batch: Batch | undefined;
    if (count > 0) {
      const each = (index: number, outcome: unknown) => {
        settled.push({ index, outcome: outcome as T[number] | SlotpipeError });
        wake();
      };
      batch = this.take({ each, all: () => {} });
      this.engine.submit(batch);
    }
    return (async function* () {
      for (let at = 0; at < count; at++) {
        while (at >= settled.length) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        const { index, outcome } = settled[at] as Indexed<T[number]>;
        const told = heard(outcome, scope, () => batch?.keyOf(index)(), names[index], index);
        const next = { index, outcome: told as T[number] | SlotpipeError };
        if (next.outcome instanceof SlotpipeError && next.outcome.outcome === undefined) throw next.outcome;
        yield next;
      }
    })();
  }

  protected send<R>(args: readonly Arg[]): Out<Queued<T, S>, R> {
    this.queue(args, args[0]);
    return this as unknown as Out<Queued<T, S>, R>;
  }

  private queue(args: readonly Arg[], name: unknown): void {
    const before = this.writer.length;
    this.writer.command(args);
    if (REFUSABLE.has(name as string)) this.check(before);
    this.names.push(String(args[0]));
  }

  /** Asks the core about the last command, and takes it back if that refuses it. */
  private check(before: number): void {
    const command = this.writer.part(before, this.writer.length).view();
    const refusal = this.engine.explain(command, this.scope)[0]?.refusal;
    if (!refusal || refusal.code === "UNKNOWN") return;
    this.writer.cut(before);
    const place = { command: refusal.command, index: this.length, key: keyOf(command) };
    throw new MisuseError(refusal.code, refusal.message, undefined, place);
  }

  private take(told: ConstructorParameters<typeof Batch>[3]): Batch {
    this.session?.check();
    const batch = new Batch(this.scope, this.writer, this.binary, told, this.names);
    this.reset();
    return batch;
  }
}
