/** Lua scripts that are called by their hash where the node has them. */

import type { Many } from "./arguments.js";
import type { Client } from "./client.js";
import type { Value } from "./decode.js";

/**
 * A script. It goes as EVALSHA where the node is known to have it, and else as EVAL: a node that has lost it (NOSCRIPT) has
 * run nothing, and is sent it again. (An answer with that very line from the script itself is taken for the node's.)
 */
export class Script<S = string> {
  /** By `db.script()`. */
  constructor(
    private readonly client: Client<S>,
    private readonly lua: string | Uint8Array,
  ) {}

  /** Runs it where its keys are: all in one slot. Without keys it runs on any primary. */
  run<R = Value<S>>(keys: Many = [], args: Many = []): Promise<R> {
    return this.client.eval(this.lua, keys, args) as Promise<R>;
  }

  /** The same by EVAL_RO, for a script that writes nothing: since 7.0. */
  runReadOnly<R = Value<S>>(keys: Many = [], args: Many = []): Promise<R> {
    return this.client.evalRo(this.lua, keys, args) as Promise<R>;
  }
}
