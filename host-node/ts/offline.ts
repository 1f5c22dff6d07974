/** What is known about keys and commands without a connection. */

import { type Instance, instantiate } from "./core.js";
import { type Arg, bytesOf, encoded } from "./encode.js";
import { misuse } from "./errors.js";
import type { Plan } from "./plan.js";
import { portable } from "./texts.js";

let instance: Instance | undefined;

/** The slot of a key. */
export function slotOf(key: Arg): number {
  const bytes = bytesOf(key);
  return ask(({ slot_of }) => slot_of(bytes));
}

/** Keys by their slot, each list in the order given. */
export function keysBySlot<A extends Arg>(keys: Iterable<A>): Map<number, A[]> {
  return grouped(keys, slotOf);
}

/** Things by what `of` says of them. */
export function grouped<T, G>(things: Iterable<T>, of: (thing: T) => G): Map<G, T[]> {
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
  return explain([[name, ...args]]).flatMap(({ keys }) => [...keys]);
}

/** What would be done with these commands by a client that knows no nodes yet. */
export function explain(commands: readonly (readonly Arg[])[]): Plan[] {
  const bytes = encoded(commands, portable);
  return ask(({ explain_offline }) => explain_offline(bytes) as Plan[]);
}

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
