/** Hooks on replies: what each node said, and what came of it for the caller. */

import { HookError, type FindKey, MisuseError, type Part, SlotpipeError } from "./errors.js";
import { check } from "./options.js";
import type { Scope } from "./work.js";

/** Whose reply it is. */
export interface ReplyInfo {
  /** The command's name as it was given. */
  readonly command: string | undefined;
  /** Its position in the pipeline. */
  readonly index: number | undefined;
  /** Who said it, as `host:port`. */
  readonly node: string | undefined;
  /** The slot of its keys, if it went by one. */
  readonly slot: number | undefined;
}

/** Whose result it is. */
export interface ResultInfo {
  readonly command: string | undefined;
  readonly index: number | undefined;
  /** What each node said: one, or several where the command was cut over slots or sent to several nodes. */
  readonly parts: readonly Part[];
}

/** Gets one node's reply and gives what stands instead of it. */
export type ReplyHook = (reply: unknown, info: ReplyInfo) => unknown;
/** Gets what the replies came to and gives what the caller gets. */
export type ResultHook = (result: unknown, info: ResultInfo) => unknown;

/** Hooks of a client or pipeline: one for every command, or by their upper-case names. */
export interface Hooks {
  /**
   * For each node's reply. Of a command that went to one node it makes the reply, of a map by node each value; of what is
   * merged in another way it makes what `onResult` finds among `parts`, and the merged value is made of what the servers said.
   */
  readonly onReply?: ReplyHook | Readonly<Record<string, ReplyHook>> | undefined;
  /** For what the caller gets, behind `onReply`. One that throws fails its own command alone, with a `HookError`. */
  readonly onResult?: ResultHook | Readonly<Record<string, ResultHook>> | undefined;
}

/** Refuses what are no hooks, and one that no command would find. @internal */
export function checkHooks(name: keyof Hooks, hooks: Hooks[keyof Hooks]): void {
  check(name, hooks, "function", "object");
  if (typeof hooks !== "object") return;
  for (const [command, hook] of Object.entries(hooks)) {
    if (command !== command.toUpperCase() || /\s/.test(command)) {
      const [word = ""] = command.toUpperCase().split(/\s/, 1);
      const wanted = `commands are named by their first word in upper case, ${word}`;
      throw new MisuseError("OPTION", `${name} has a function for ${command}: ${wanted}`);
    }
    check(`${name}.${command}`, hook, "function");
  }
}

/** A reply with what each node said. */
export class Detailed {
  constructor(
    readonly value: unknown,
    readonly parts: readonly Part[],
    readonly isByNode: boolean,
  ) {}
}

const numbers = new WeakMap<object, number>();
let count = 0;

/** A number for each hook, so that calls with other hooks are told apart. @internal */
export function numberOf(hook: object | undefined): number {
  if (!hook) return 0;
  const known = numbers.get(hook) ?? ++count;
  numbers.set(hook, known);
  return known;
}

/**
 * What the hooks make of an outcome. Called when nothing of the core is being read: hooks may do what they like. `key` finds
 * the command's key, for one that fails. @internal
 */
export function heard(
  outcome: unknown,
  { hooks }: Scope,
  key: FindKey,
  command?: string,
  index?: number,
): unknown {
  if (!(outcome instanceof Detailed)) return outcome;
  try {
    const onReply = hookOf(hooks?.onReply, command);
    const onResult = hookOf(hooks?.onResult, command);
    const parts = outcome.parts.map(({ node, slot, step, result }) => {
      const isFailed = !onReply || result instanceof SlotpipeError;
      return { node, slot, step, result: isFailed ? result : onReply(result, { command, index, node, slot }) };
    });
    const value = outcome.isByNode
      ? new Map(parts.map(({ node, result }) => [node, result]))
      : onReply && parts.length === 1
        ? parts[0]?.result
        : outcome.value;
    return onResult ? onResult(value, { command, index, parts }) : value;
  } catch (error) {
    return new HookError(error, { command, index, key });
  }
}

function hookOf<H>(hooks: H | Readonly<Record<string, H>> | undefined, command: string | undefined): H | undefined {
  if (typeof hooks !== "object" || hooks === null) return hooks;
  const name = String(command).toUpperCase();
  return Object.hasOwn(hooks, name) ? (hooks as Readonly<Record<string, H>>)[name] : undefined;
}
