/** Commands that are submitted together, and who is told how each of them ended. */

import { type Arg, endsOf, type Writer } from "./encode.js";
import { type FindKey, NotExecutedError, PartialError, SlotpipeError } from "./errors.js";
import { type Hooks, numberOf } from "./hooks.js";
import { keyOf } from "./offline.js";
import type { CoreSubmitOptions } from "./options.js";

/** Told how one command ended. */
export type Settle = (result: unknown) => void;

/** What calls have in common that are submitted together. */
export interface Scope {
  readonly options: CoreSubmitOptions | undefined;
  readonly signal: AbortSignal | undefined;
  readonly hooks: Hooks | undefined;
  /** Equal where options, signal and hooks are. */
  readonly group: string;
}

const signals = new WeakMap<AbortSignal, number>();
let signalCount = 0;

export function scopeOf(
  given: CoreSubmitOptions | undefined,
  signal: AbortSignal | undefined,
  hooks?: Hooks | undefined,
): Scope {
  const options = hooks ? { ...given, detailed: true } : given;
  let group = options ? JSON.stringify(options) : "";
  if (signal) {
    const number = signals.get(signal) ?? ++signalCount;
    signals.set(signal, number);
    group += `#${number}`;
  }
  if (hooks) group += `!${numberOf(hooks.onReply)}!${numberOf(hooks.onResult)}`;
  return { options, signal, hooks, group };
}

export abstract class Work {
  /** When it was asked for. */
  since = 0;
  /** The ticket of its first command, once the core has taken it. */
  first = -1;
  /** So many of a taken work have no outcome yet. */
  left = 0;
  protected onAbort: ((work: Work) => void) | undefined;
  private stopListening: (() => void) | undefined;

  constructor(
    readonly scope: Scope,
    readonly writer: Writer,
    protected readonly names: string[],
  ) {}

  get length(): number {
    return this.names.length;
  }

  /** Whether the texts of this reply are to be bytes. */
  abstract isBinary(index: number): boolean;
  /** Tells one outcome; false if this command has one already. */
  abstract tell(index: number, result: unknown): boolean;
  /** Several works of the same commands, for those that need not stand or fall together. */
  abstract apart(borders: readonly number[]): Work[] | undefined;
  /** Every command has its outcome. */
  protected complete(): void {}

  /** Where each command's bytes end. @internal */
  protected abstract ends(): readonly number[];

  /** The first key of a command, of those in `slot` if any is. @internal */
  keyOf(index: number, slot?: number): FindKey {
    const ends = this.ends();
    return keyOf(this.writer.view().subarray(ends[index - 1] ?? 0, ends[index]), slot);
  }

  /** Adds what an error of the core does not know. */
  place(error: SlotpipeError, index: number): void {
    error.command ??= this.names[index];
    const failed = error instanceof PartialError ? error.failed : [];
    for (const { slot, result } of failed) result.keyed(this.keyOf(index, slot));
    error.keyed(this.keyOf(index, failed[0]?.slot ?? error.slot));
    const { signal } = this.scope;
    if (signal?.aborted && error.cause === undefined) error.cause = signal.reason;
  }

  /** Calls `abort` when the signal says so, until the work has ended. */
  listen(abort: ((work: Work) => void) | undefined): void {
    const { signal } = this.scope;
    if (!signal || !abort) return;
    this.onAbort = abort;
    const listener = () => abort(this);
    signal.addEventListener("abort", listener, { once: true });
    this.stopListening = () => signal.removeEventListener("abort", listener);
  }

  end(): void {
    this.left = 0;
    this.stopListening?.();
    this.stopListening = undefined;
    this.complete();
  }

  /** Ends every command that is still open. */
  fail(error: () => SlotpipeError): void {
    for (let index = 0; index < this.length; index++) {
      const own = error();
      this.place(own, own.index ?? index);
      this.tell(index, own);
    }
    this.end();
  }
}

/** Single calls of one tick. */
export class Calls extends Work {
  /** Where each command's bytes end. */
  private borders: number[] = [];
  private binary: boolean[] = [];
  /** Settled ones are taken out. */
  private settles: (Settle | undefined)[] = [];

  constructor(
    scope: Scope,
    writer: Writer,
    names: string[] = [],
    /** No other call joins it. */
    readonly isAlone = false,
  ) {
    super(scope, writer, names);
  }

  /** Throws on what is no argument, and is as before. */
  add(args: readonly Arg[], binary: boolean, settle: Settle): void {
    this.writer.command(args);
    this.borders.push(this.writer.length);
    this.names.push(String(args[0]));
    this.binary.push(binary);
    this.settles.push(settle);
  }

  override isBinary(index: number): boolean {
    return this.binary[index] === true;
  }

  /** @internal */
  protected override ends(): readonly number[] {
    return this.borders;
  }

  override tell(index: number, result: unknown): boolean {
    const settle = this.settles[index];
    this.settles[index] = undefined;
    settle?.(result);
    return settle !== undefined;
  }

  override apart(borders: readonly number[]): Calls[] {
    const pieces: Calls[] = [];
    for (let piece = 0; piece + 1 < borders.length; piece++) {
      const [from = 0, to = 0] = [borders[piece], borders[piece + 1]];
      if (from === to) continue;
      const start = from === 0 ? 0 : (this.borders[from - 1] ?? 0);
      const part = this.writer.part(start, this.borders[to - 1] ?? start);
      const own = new Calls(this.scope, part, this.names.slice(from, to));
      own.borders = this.borders.slice(from, to).map((end) => end - start);
      own.binary = this.binary.slice(from, to);
      own.settles = this.settles.slice(from, to);
      own.since = this.since;
      own.listen(this.onAbort);
      pieces.push(own);
    }
    this.end();
    return pieces;
  }
}

/** A pipeline: taken or refused as a whole. */
export class Batch extends Work {
  readonly results: unknown[];
  /** Whether there are errors among the results. */
  isFailed = false;
  private borders: readonly number[] | undefined;

  constructor(
    scope: Scope,
    writer: Writer,
    private readonly binary: boolean,
    private readonly told: { each?: ((index: number, result: unknown) => void) | undefined; all: () => void },
    names: string[],
  ) {
    super(scope, writer, names);
    this.results = new Array<unknown>(this.length).fill(undefined);
  }

  override isBinary(): boolean {
    return this.binary;
  }

  /** Looked for once a command has failed: most batches do without. @internal */
  protected override ends(): readonly number[] {
    this.borders ??= endsOf(this.writer.view());
    return this.borders;
  }

  override tell(index: number, result: unknown): boolean {
    if (this.results[index] !== undefined) return false;
    this.results[index] = result;
    this.told.each?.(index, result);
    return true;
  }

  override apart(): undefined {}

  override place(error: SlotpipeError, index: number): void {
    super.place(error, index);
    error.index ??= index;
    this.isFailed = true;
  }

  protected override complete(): void {
    this.told.all();
  }
}

/** Of a call whose signal was aborted before anything was sent. @internal */
export function aborted(signal: AbortSignal | undefined): NotExecutedError {
  const error = new NotExecutedError("CANCELLED", "cancelled by its signal before it was sent");
  error.cause = signal?.reason;
  return error;
}
