/**
 * One family of errors. Each has a stable `code`, and where it concerns a command its name, its position in the
 * pipeline, its key, the node, the slot, and how the command ended (`outcome`). No error shows another argument.
 */

/** How a command ended; `reply` where it ran and a hook failed on its reply. */
export type Outcome = "reply" | "server-error" | "not-executed" | "unknown" | "partial";

export type Key = string | Uint8Array;
export type FindKey = () => Key | undefined;

/** Where an error belongs. */
export interface Place {
  command?: string | undefined;
  index?: number | undefined;
  key?: FindKey | undefined;
  node?: string | undefined;
  slot?: number | undefined;
}

/** What all errors of this package have. */
export class SlotpipeError extends Error {
  /** Stable and upper case: `WRONGTYPE`, `CROSSSLOT`, `WOULD_REORDER`, `UNKNOWN_OUTCOME`, ... */
  readonly code: string;
  /** The command's name. */
  command: string | undefined;
  /** Its position in the pipeline. */
  index: number | undefined;
  /** The node that it went to, as `host:port`. */
  node: string | undefined;
  /** The slot of its keys, if it went by one. */
  slot: number | undefined;
  /** How the command ended; `undefined` where nothing was sent because of a mistake. */
  readonly outcome: Outcome | undefined;
  /** From `exec()`: what became of every command of the pipeline, values and errors by position. */
  outcomes: readonly unknown[] | undefined;
  #key: Key | FindKey | undefined;

  constructor(code: string, message: string, outcome?: Outcome, place: Place = {}) {
    super(message);
    this.name = new.target.name;
    this.code = code;
    this.outcome = outcome;
    this.command = place.command;
    this.index = place.index;
    this.#key = place.key;
    this.node = place.node;
    this.slot = place.slot;
    this.outcomes = undefined;
  }

  /** The command's first key, in the slot that failed if it has one there; bytes if it is no UTF-8. In no message and no log. */
  get key(): Key | undefined {
    if (typeof this.#key === "function") this.#key = this.#key();
    return this.#key;
  }

  /** Says how to find the key, if nobody has. @internal */
  keyed(key: FindKey): void {
    this.#key ??= key;
  }

  /** Whether the command may have run without anyone being able to tell. */
  get uncertain(): boolean {
    return this.outcome === "unknown";
  }

  /** For logs: with its words, and without `outcomes`, in which it stands itself. */
  toJSON(): object {
    return { ...this, message: this.message, outcomes: undefined };
  }
}

/** A mistake of the caller's; nothing of the call or pipeline was sent. */
export class MisuseError extends SlotpipeError {}

/** The client is closed. */
export class ClosedError extends SlotpipeError {
  constructor() {
    super("CLOSED", "the client is closed");
  }
}

/** No connection to the cluster could be had. */
export class ConnectError extends SlotpipeError {}

/** The server answered with an error. Its code is the first word of the line. */
export class ServerError extends SlotpipeError {
  /** `"no"`: the command did not run; `"maybe"`: it ran in part or whole. */
  readonly ran: "no" | "maybe";

  constructor(line: string, ran: "no" | "maybe", place?: Place) {
    super(line.split(" ", 1)[0] ?? "ERR", line, "server-error", place);
    this.ran = ran;
  }

  /** Of MOVED and ASK: the slot and where it is; `host` is empty where the server means itself. */
  get redirect(): { readonly slot: number; readonly host: string; readonly port: number } | undefined {
    const [, slot, host, port] = /^(?:MOVED|ASK) (\d+) (.*):(\d+)$/.exec(this.message) ?? [];
    return slot === undefined ? undefined : { slot: Number(slot), host: String(host), port: Number(port) };
  }
}

/** The code of a {@link WatchError}. */
export const CONFLICT = "CONFLICT";

const REASONS = [
  "UNREACHABLE",
  "EXPIRED",
  "WOULD_REORDER",
  "AFTER_UNKNOWN",
  "OVERLOADED",
  "CANCELLED",
  "MISUSED",
  "TOO_MANY_REDIRECTS",
  CONFLICT,
  "DISCARDED",
] as const;

/** Whether this is the number of a conflict. */
export const isConflict = (reason: number): boolean => REASONS[reason] === CONFLICT;

/** The command never ran and never will; `code` has the reason. */
export class NotExecutedError extends SlotpipeError {
  constructor(reason: number | (typeof REASONS)[number] | "BROKEN", message: string, place?: Place) {
    super(typeof reason === "number" ? (REASONS[reason] ?? "NOT_EXECUTED") : reason, message, "not-executed", place);
  }
}

/** Nothing of a unit ran: a watched key was changed before EXEC, or the watch was lost. Read again, and try again. */
export class WatchError extends NotExecutedError {}

/** The command was possibly written and no complete reply came: it has run or may still run, at most once. */
export class UnknownOutcomeError extends SlotpipeError {
  /** How often it was written. */
  readonly attempts: number;

  constructor(attempts: number, message: string, place?: Place) {
    super("UNKNOWN_OUTCOME", message, "unknown", place);
    this.attempts = attempts;
  }
}

/** One part of a command that was cut over slots or sent to several nodes. */
export interface Part {
  readonly node: string | undefined;
  readonly slot: number | undefined;
  /** Of a command that was done step by step: the step's own command and key, `RESTORE destination`. */
  readonly step: string | undefined;
  /** What the node answered, or the error that it is instead. */
  readonly result: unknown;
}

/** The command was made of parts that ended differently. */
export class PartialError extends SlotpipeError {
  readonly parts: readonly Part[];

  constructor(parts: readonly Part[], place?: Place) {
    const failed = parts.filter(isFailed);
    const [first] = failed;
    const told = first ? `: ${first.result.message}` : "";
    super("PARTIAL", `${failed.length} of ${parts.length} parts failed${told}`, "partial", place);
    this.parts = parts;
  }

  /** The parts that are errors. @internal */
  get failed(): FailedPart[] {
    return this.parts.filter(isFailed);
  }

  override get uncertain(): boolean {
    return this.failed.some(({ result }) => result.uncertain);
  }
}

type FailedPart = Part & { readonly result: SlotpipeError };

const isFailed = (part: Part): part is FailedPart => part.result instanceof SlotpipeError;

/** The command ran, and a hook threw on its reply; `cause` is what it threw. */
export class HookError extends SlotpipeError {
  constructor(cause: unknown, place: Place) {
    super("HOOK", `a hook threw: ${cause instanceof Error ? cause.message : String(cause)}`, "reply", place);
    this.cause = cause;
  }
}

/** The core said what cannot be. Everything open has ended as unknown, and a fresh core has begun. */
export class BrokenError extends Error {
  override name = "BrokenError";
}

/** What the core threw: its words for mistakes are plain objects, which become errors; all else is its own trouble. */
export function misuse(thrown: unknown): unknown {
  const { code, message, command, index } = (thrown ?? {}) as Record<string, unknown>;
  if (typeof code !== "string" || thrown instanceof Error) return thrown;
  return new MisuseError(code, String(message), undefined, {
    command: typeof command === "string" && command !== "" ? command : undefined,
    index: typeof index === "number" ? index : undefined,
  });
}
