/** Sessions: commands on a connection of their own, where keys can be watched. */

import { Commands } from "./commands.js";
import type { Value } from "./decode.js";
import type { Arg } from "./encode.js";
import type { Engine } from "./engine.js";
import { MisuseError } from "./errors.js";
import type { NodeName } from "./nodes.js";
import type { Out, Single } from "./out.js";
import { Pipeline } from "./pipeline.js";
import { type Scope, scopeOf } from "./work.js";

/** What a session is on, where that is not the slot of keys. */
export type SessionPlace = { readonly slot: number } | { readonly node: NodeName };

/**
 * Commands on one connection that is nobody else's: WATCH, what is read under it, a unit that depends on it, WAIT.
 *
 * Each command is sent when the one before it has settled. The connection follows the session's slot; what was watched
 * does not: with the connection the watch is lost, and the next unit is a `WatchError`. `release()` gives the connection
 * back, and `await using` does so at the end of its block.
 */
export class Session<S = string> extends Commands<S, Single> implements AsyncDisposable {
  private isReleased = false;
  /** The unit that was begun last. */
  private unit: Pipeline<readonly unknown[], S> | undefined;

  /** By `db.session(…)`. */
  constructor(
    private readonly engine: Engine,
    private readonly lane: number,
    private readonly scope: Scope,
    private readonly isBinary: boolean,
    private readonly run: (args: readonly Arg[]) => Promise<unknown>,
  ) {
    super();
  }

  /** Any command by its name. */
  call<R = Value<S>>(name: string, ...args: readonly Arg[]): Promise<R> {
    return this.send<R>([name, ...args]) as Promise<R>;
  }

  /**
   * An empty unit: what is queued in it goes between MULTI and EXEC, and runs only if nothing of what is watched has
   * changed. Executing it ends the watch, however it ends.
   */
  multi(): Pipeline<[], S> {
    this.check();
    const { options, signal, hooks } = this.scope;
    const scope = scopeOf({ ...options, atomic: true }, signal, hooks);
    // EXEC would end the watch too.
    const session = { check: () => this.check(), whenEmpty: () => this.unwatch() };
    const unit = new Pipeline<[], S>(this.engine, scope, this.isBinary, session);
    this.unit = unit as unknown as Pipeline<readonly unknown[], S>;
    return unit;
  }

  /** Forgets the unit that was begun last, and lets go what is watched. */
  async discard(): Promise<void> {
    this.unit?.reset();
    this.unit = undefined;
    await this.unwatch();
  }

  /**
   * Gives the connection back. What is open on it ends: not executed, or unknown if it was written. Nothing can be sent on this
   * session any more.
   */
  release(): Promise<void> {
    if (!this.isReleased) {
      this.isReleased = true;
      this.engine.release(this.lane);
    }
    return Promise.resolve();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.release();
  }

  /** Forgets the unit that was begun last: a transaction tries again. @internal */
  forget(): void {
    this.unit = undefined;
  }

  /** The unit that was begun and has not been sent, if something is queued in it. */
  get pending(): Pipeline<readonly unknown[], S> | undefined {
    return this.unit && this.unit.length > 0 ? this.unit : undefined;
  }

  protected send<R>(args: readonly Arg[]): Out<Single, R> {
    try {
      this.check();
    } catch (error) {
      return Promise.reject(error);
    }
    return this.run(args) as Promise<R>;
  }

  private check(): void {
    if (!this.isReleased) return;
    throw new MisuseError("RELEASED", "the session has been released: begin another with db.session(…)");
  }
}
