/** What is known about keys and commands without a connection. */

import { type Instance, instantiate } from "./core.js";
import { type Arg, bytesOf, encoded } from "./encode.js";
import { type FindKey, type Key, misuse } from "./errors.js";
import type { Plan } from "./plan.js";
import { portable } from "./texts.js";

let instance: Instance | undefined;
const strict = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
const KEPT_BYTES = 4096;

/** The slot of a key. */
export function slotOf(key: Arg): number {
  const bytes = bytesOf(key);
  return ask(({ slot_of }) => slot_of(bytes));
}

/** Keys by their slot, each list in the order given. */
export function keysBySlot<A extends Arg>(keys: Iterable<A>): Map<number, A[]> {
  return grouped(keys, slotOf);
}

/** Things by what `of` says of them. @internal */
export function grouped<T, G>(things: Iterable<T>, of: (thing: T) => G): Map<G, T[]> {
  if (typeof things !== "object" || things === null || !(Symbol.iterator in things))
    throw new TypeError("keys are given in an array or another iterable");
  const groups = new Map<G, T[]>();
  for (const thing of things) {
    const group = of(thing);
    const same = groups.get(group);
    if (same) same.push(thing);
    else groups.set(group, [thing]);
  }
  return groups;
}

/** The keys of a command, by the command table. */
export function keysOf(name: string, ...args: readonly Arg[]): Uint8Array[] {
  return keysIn(encoded([[name, ...args]], portable));
}

/**
 * Finds what an error tells: the first key of one command, of those in `slot` if any is. That is when somebody asks for it,
 * since most errors are never asked; only large commands are not kept for that. The bytes may change afterwards. @internal
 */
export function keyOf(command: Uint8Array, slot?: number): FindKey {
  const own = new Uint8Array(command);
  const find = () => {
    try {
      const keys = keysIn(own);
      const key = keys.find((key) => slotOf(key) === slot) ?? keys[0];
      return key && textOr(key);
    } catch {
      // No trouble with a key takes anything else from an error.
      return undefined;
    }
  };
  if (own.length <= KEPT_BYTES) return find;
  const key = find();
  return () => key;
}

const keysIn = (command: Uint8Array): Uint8Array[] => planned(command).flatMap(({ keys }) => [...keys]);

function textOr(bytes: Uint8Array): Key {
  try {
    return strict.decode(bytes);
  } catch {
    return bytes;
  }
}

/** What would be done with these commands by a client that knows no nodes yet. */
export function explain(commands: readonly (readonly Arg[])[]): Plan[] {
  return planned(encoded(commands, portable));
}

const planned = (bytes: Uint8Array): Plan[] => ask(({ explain_offline }) => explain_offline(bytes) as Plan[]);

/** One instance serves all questions, until it breaks. */
function ask<T>(question: (of: Instance) => T): T {
  instance ??= instantiate();
  try {
    return question(instance);
  } catch (error) {
    if (error instanceof Error) instance = undefined;
    throw misuse(error);
  }
}
