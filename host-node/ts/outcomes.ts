/** From the core's records to how commands ended: the value of a reply, or the error that there is instead. */

import type { Tape, Value } from "./decode.js";
import {
  BrokenError,
  isConflict,
  NotExecutedError,
  PartialError,
  ServerError,
  type SlotpipeError,
  UnknownOutcomeError,
  WatchError,
} from "./errors.js";
import { Detailed } from "./hooks.js";

/** How one command ended. */
export type Result = Value<string | Uint8Array> | Detailed | SlotpipeError;

const REPLY = 0;
const DETAILED = 5;
/** The shape of a map by node. */
const PER_NODE = 18;
const TICKETS = 0x1_0000_0000;

/** The ticket of the record that the tape stands at. */
export function ticketOf(tape: Tape): number {
  return tape.word() + tape.word() * TICKETS;
}

/** The rest of the record. */
export function resultOf(tape: Tape): Result {
  const head = tape.word();
  const end = tape.word() + tape.at;
  const kind = head & 0xff;
  const isByNode = head >>> 8 === PER_NODE;
  if (kind === DETAILED) {
    const value = isByNode ? tape.perNode() : tape.value();
    const parts = partsOf(tape);
    if (tape.at !== end) throw new BrokenError("a record of another length");
    return new Detailed(value, parts, isByNode);
  }
  const result = kind !== REPLY ? errorOf(tape, kind, end) : isByNode ? tape.perNode() : tape.value();
  if (tape.at !== end) throw new BrokenError("a record of another length");
  return result;
}

function errorOf(tape: Tape, kind: number, end: number): SlotpipeError {
  const { binary } = tape;
  tape.binary = false;
  const values: unknown[] = [];
  while (tape.at < end) values.push(tape.value());
  tape.binary = binary;
  return outcomeError(kind, values);
}

function outcomeError(kind: number, values: readonly unknown[]): SlotpipeError {
  const [first, second, node, slot] = values;
  const message = second instanceof ServerError ? second.message : String(second ?? "");
  const place = {
    node: typeof node === "string" ? node : undefined,
    slot: typeof slot === "number" ? slot : undefined,
  };
  switch (kind) {
    case 1:
      return new ServerError(message, first === 0 ? "no" : "maybe", place);
    case 2:
      return new (isConflict(Number(first)) ? WatchError : NotExecutedError)(Number(first), message, place);
    case 3:
      return new UnknownOutcomeError(Number(first), message, place);
    case 4:
      return new PartialError((Array.isArray(first) ? first : []).map(part));
    default:
      throw new BrokenError(`an outcome of kind ${kind}`);
  }
}

function partsOf(tape: Tape) {
  const parts = tape.value();
  return (Array.isArray(parts) ? parts : []).map(part);
}

function part(words: unknown) {
  const [kind, node, slot, body, step] = Array.isArray(words) ? words : [];
  const values: unknown[] = Array.isArray(body) ? body : [];
  return {
    node: typeof node === "string" ? node : undefined,
    slot: typeof slot === "number" ? slot : undefined,
    step: typeof step === "string" ? step : undefined,
    result: kind === REPLY ? values[0] : outcomeError(Number(kind), values),
  };
}
