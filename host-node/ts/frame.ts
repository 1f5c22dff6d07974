/**
 * What one poll leaves in wasm memory, read through views that are forgotten before anything else is called: memory may
 * grow and move in any call. While it is read, no code but this package's runs.
 */

import type { Core, Instance } from "./core.js";
import { Tape, type Value } from "./decode.js";
import { BrokenError } from "./errors.js";
import type { Texts } from "./texts.js";

/** Something worth knowing; `room` says that there is room again for what was not taken. */
export type NoteKind =
  | "ready"
  | "unreachable"
  | "topology"
  | "room"
  | "redirected"
  | "node-down"
  | "planned"
  | "wrote"
  | "refreshed"
  | "reconnected"
  | "resubscribed";

/** Why a node cannot be used: what a failed connect is called, in Rust too. */
export type FailureCode = "UNREACHABLE" | "CONNECT_TIMEOUT" | "UNKNOWN_HOST" | "CONNECTION_REFUSED" | "TLS" | "AUTH";

/** What to do. */
export type Action =
  /** Dial, and tell `connected` or `closed`. For a unix socket `host` is its path and `port` 0. */
  | {
      readonly kind: "connect";
      readonly link: number;
      readonly host: string;
      readonly port: number;
      readonly timeoutMs: number;
    }
  /** Write these bytes behind all earlier ones of this link. They are yours. */
  | { readonly kind: "send"; readonly link: number; readonly bytes: Uint8Array }
  /** End the connection, and tell `closed`. */
  | { readonly kind: "close"; readonly link: number }
  /**
   * Something for a subscription: a word and what belongs to it. `message`, `smessage`: channel, payload; `pmessage`:
   * channel, payload, pattern; `subscribe`, `unsubscribe` and those with p and s: channel or pattern, how many topics the
   * lane has then; `refused`: what was to be subscribed to again, the server's error.
   */
  | { readonly kind: "push"; readonly lane: number; readonly value: readonly Value<string | Uint8Array>[] }
  | { readonly kind: "note"; readonly note: NoteKind; readonly failure: FailureCode; readonly text: string }
  /** Tell `elapsed` at this time (microseconds), not before: the last wish counts and is not said twice. */
  | { readonly kind: "wait"; readonly until: number | undefined };

const NOTES: readonly NoteKind[] = [
  "ready",
  "unreachable",
  "topology",
  "room",
  "redirected",
  "node-down",
  "planned",
  "wrote",
  "refreshed",
  "reconnected",
  "resubscribed",
];
const FAILURES: readonly FailureCode[] = [
  "UNREACHABLE",
  "CONNECT_TIMEOUT",
  "UNKNOWN_HOST",
  "CONNECTION_REFUSED",
  "TLS",
  "AUTH",
];
const NEVER = 0xffff_ffff;

/** Polls: hands the answers to `settle`, if there are any, and returns what to do. */
export function poll(
  core: Core,
  memory: Instance["memory"],
  now: number,
  texts: Texts,
  settle: (tape: Tape) => void,
  isBinary: (lane: number) => boolean,
): Action[] {
  const start = core.poll(now) >>> 0;
  const length = core.frame_words();
  const words = new Uint32Array(memory.buffer, start, length);
  const bytes = new Uint8Array(memory.buffer);
  let at = 0;
  const next = (): number => {
    const word = words[at++];
    if (word === undefined) throw new BrokenError("a torn frame");
    return word;
  };
  const slice = (): [start: number, end: number] => {
    const from = next();
    const to = from + next();
    if (to > bytes.length) throw new BrokenError("a frame that names bytes outside the memory");
    return [from, to];
  };
  const tapeOf = () => new Uint32Array(memory.buffer, next(), next());
  const answers = tapeOf();
  const count = next();
  const buffers = words.subarray(at, at + 2 * count);
  at += 2 * count;
  if (answers.length > 0) settle(new Tape(texts, bytes, answers, buffers));
  const actions: Action[] = [];
  for (let left = next(); left > 0; left--) {
    switch (next()) {
      case 1:
        actions.push({
          kind: "connect",
          link: next(),
          host: texts.utf8(bytes, ...slice()),
          port: next(),
          timeoutMs: next(),
        });
        break;
      case 2:
        actions.push({ kind: "send", link: next(), bytes: texts.copy(bytes, ...slice()) });
        break;
      case 3:
        actions.push({ kind: "close", link: next() });
        break;
      case 4:
        actions.push(push(next(), new Tape(texts, bytes, tapeOf(), buffers), isBinary));
        break;
      case 5: {
        const note = NOTES[next()];
        const failure = FAILURES[next()];
        if (note === undefined || failure === undefined) throw new BrokenError("a note that is none");
        actions.push({ kind: "note", note, failure, text: texts.utf8(bytes, ...slice()) });
        break;
      }
      case 6: {
        const [low, high] = [next(), next()];
        actions.push({ kind: "wait", until: high === NEVER ? undefined : low + high * 0x1_0000_0000 });
        break;
      }
      default:
        throw new BrokenError("an action that is none");
    }
  }
  return actions;
}

/** The word is a text, what belongs to it as the lane's reader wants it. */
function push(lane: number, tape: Tape, isBinary: (lane: number) => boolean): Action {
  if (tape.word() !== 13) throw new BrokenError("a push that is none");
  const value: Value<string | Uint8Array>[] = [];
  for (let left = tape.word(); left > 0; left--) {
    value.push(tape.value());
    tape.binary = isBinary(lane);
  }
  return { kind: "push", lane, value };
}
