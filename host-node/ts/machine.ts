/**
 * The client without its sockets, as `slotpipe/core`: commands and what happened go in, bytes to write and decoded
 * replies come out. It opens nothing, reads no clock and waits for nobody; whoever holds it does that.
 *
 * ```js
 * import { Machine } from "slotpipe/core";
 *
 * const machine = new Machine({ seeds: [{ host: "127.0.0.1", port: 7000 }] }, now());
 * machine.submit(now(), [["SET", "k", "v"], ["GET", "k"]]);
 * const { answers, actions } = machine.poll(now());
 * ```
 *
 * After every verb comes a `poll`; its actions are done in their order. What happens is told by `handle`. Time is in
 * microseconds from any origin and never goes back. The machine asks for a connection at the first poll already.
 */

import { type Core, type Instance, instantiate } from "./core.js";
import type { Tape, Value } from "./decode.js";
import { type Arg, encoded } from "./encode.js";
import { MisuseError, misuse, type SlotpipeError } from "./errors.js";
import { type Action, poll } from "./frame.js";
import {
  type CoreOptions,
  coreConfig,
  type CoreSubmitOptions,
  count,
  known,
  SUBMIT,
  type SubmitOptions,
  submitOptions,
  words,
} from "./options.js";
import { resultOf, ticketOf } from "./outcomes.js";
import type { Plan, Stats, Topology } from "./plan.js";
import { portable, type Texts } from "./texts.js";

export type { Arg } from "./encode.js";
export type { Value } from "./decode.js";
export {
  BrokenError,
  type Key,
  MisuseError,
  NotExecutedError,
  type Outcome,
  type Part,
  PartialError,
  ServerError,
  SlotpipeError,
  UnknownOutcomeError,
} from "./errors.js";
export type { Action, FailureCode, NoteKind } from "./frame.js";
export { explain, keysBySlot, keysOf, slotOf } from "./offline.js";
export type { CoreOptions, ReadFrom, SubmitOptions } from "./options.js";
export type { Node, Plan, Stats, Topology } from "./plan.js";

/** Options of a machine. */
export interface MachineOptions extends CoreOptions {
  /** Where to begin; for a unix socket `host` is its path and `port` 0. */
  readonly seeds: readonly { readonly host: string; readonly port: number }[];
  /** Whether connections are encrypted, so that secrets may be sent: the host sees to it. */
  readonly tls?: boolean | undefined;
  /** SELECTed on a single server. */
  readonly database?: number | undefined;
  /** All that is random inside, for instance how long to wait before an attempt, comes from this: 0. */
  readonly randomSeed?: number | undefined;
}

/** Options of one submit to a machine. */
export interface MachineSubmitOptions extends SubmitOptions {
  /** On connections of its own: a number that you choose, counting up, and never use again. `release` ends it. */
  readonly lane?: number | undefined;
}

/** Why a connection ended, or why there was none: nobody listens, no such name, another reason, no credentials for it. */
export type Cause = "refused" | "unknown-host" | "unreachable" | "denied" | "tls" | "lost" | "timed-out" | "asked";

/** What happened. */
export type Input =
  /** A dial succeeded, TLS included. */
  | { readonly kind: "connected"; readonly link: number; readonly credentials?: Credentials | undefined }
  /** Bytes came, in order, cut anywhere. They are copied. */
  | { readonly kind: "received"; readonly link: number; readonly bytes: Uint8Array }
  /** A dial failed or a connection ended. `maybeSent`: so many bytes at most have left; less means "never sent". */
  | {
      readonly kind: "closed";
      readonly link: number;
      readonly cause: Cause;
      readonly text?: string;
      readonly maybeSent: number;
    }
  /** So many bytes of this link in all have been taken by the system; sending goes on where it was held back. */
  | { readonly kind: "written"; readonly link: number; readonly total: number }
  /** The time of the last `wait` has come. */
  | { readonly kind: "elapsed" };

/** What a node is told before anything else. */
export interface Credentials {
  readonly username?: string | undefined;
  readonly password: string;
}

/** Who answers the reads of one shard, for `readFrom: "listed"`: the first of `nodes` that can serve, else the primary. */
export interface ShardOrder {
  readonly primary: { readonly host: string; readonly port: number };
  readonly nodes: readonly { readonly host: string; readonly port: number }[];
}

/** How one command ended. */
export interface Answer<S = string> {
  readonly ticket: number;
  /** The reply's value, or the error that there is instead. */
  readonly result: Value<S> | SlotpipeError;
}

/** What one poll says. */
export interface Outputs<S = string> {
  /** In the order in which they settled. */
  readonly answers: readonly Answer<S>[];
  /** To be done in this order. */
  readonly actions: readonly Action[];
}

const LANE: Readonly<Record<keyof MachineSubmitOptions, true>> = { ...SUBMIT, lane: true };
const CAUSES = {
  refused: 0,
  tls: 1,
  lost: 2,
  "timed-out": 3,
  asked: 4,
  "unknown-host": 5,
  unreachable: 6,
  denied: 7,
} as const;

/** The brain of one client. A `BrokenError`, or one of WebAssembly, from any verb says that it must not be used again. */
export class Machine {
  private readonly core: Core;
  private readonly memory: Instance["memory"];
  private readonly texts: Texts;

  /** `texts` is how texts become bytes and back, for hosts that have faster ways. */
  constructor(options: MachineOptions, now: number, texts: Texts = portable) {
    const { seeds, tls = false, database = 0, randomSeed = 0 } = options;
    const config = coreConfig(options, { seeds, tls, database, randomSeed });
    const { Core, memory } = instantiate();
    this.memory = memory;
    this.texts = texts;
    try {
      this.core = new Core(now, words(config));
    } catch (error) {
      throw new MisuseError("OPTION", error instanceof Error ? error.message : String(error));
    }
  }

  /**
   * Takes commands, all or none. The ticket of the first, the others follow without gaps; `undefined` if too much waits
   * already, and then the note `room` says when to try again. Throws a `MisuseError` or `TypeError` if one cannot be sent.
   */
  submit(now: number, commands: readonly (readonly Arg[])[], options: MachineSubmitOptions = {}): number | undefined {
    known(options, LANE);
    const lane = count("lane", options.lane, Number.MAX_SAFE_INTEGER);
    const own = submitOptions(options);
    return this.take(now, encoded(commands, this.texts), lane === undefined ? own : { ...own, lane });
  }

  /** Tells what happened. */
  handle(now: number, input: Input): void {
    const { core } = this;
    switch (input.kind) {
      case "connected":
        return core.connected(now, input.link, input.credentials?.username, input.credentials?.password);
      case "received":
        return core.received(now, input.link, input.bytes);
      case "closed":
        return core.closed(now, input.link, CAUSES[input.cause], input.text ?? "", input.maybeSent);
      case "written":
        return core.written(now, input.link, input.total);
      case "elapsed":
        return core.elapsed(now);
    }
  }

  /** What to do, and which commands have ended. With `binary`, texts in replies are bytes. */
  poll(now: number): Outputs;
  poll(now: number, how: { readonly binary: true }): Outputs<Uint8Array>;
  poll(now: number, { binary = false }: { readonly binary?: boolean } = {}): Outputs<string | Uint8Array> {
    const answers: Answer<string | Uint8Array>[] = [];
    const actions = this.drain(now, (tape) => {
      tape.binary = binary;
      while (tape.at < tape.length) {
        const ticket = ticketOf(tape);
        // Nobody can ask this machine for details.
        answers.push({ ticket, result: resultOf(tape) as Answer<string | Uint8Array>["result"] });
      }
    }, () => binary);
    return { answers, actions };
  }

  /** Nobody waits for these any more: they end as not executed or unknown. */
  cancel(now: number, first: number, count: number): void {
    this.core.cancel(now, first, count);
  }

  /** Ends a lane: what is open on it ends as cancelled, its connections close, and nothing comes of it any more. */
  release(now: number, lane: number): void {
    this.core.release(now, lane);
  }

  /** Who answers the reads of shards, instead of what was told before. */
  readOrder(now: number, shards: readonly ShardOrder[]): void {
    this.core.read_order(now, words({ shards: shards.map(({ primary, nodes }) => [primary, nodes]) }));
  }

  /** Authenticates a connection anew. Refused, it takes no more commands, and the next one dials. */
  authenticate(now: number, link: number, { username, password }: Credentials): void {
    this.core.authenticate(now, link, username, password);
  }

  /** What `submit` would do with these commands on the slot map as it is. */
  explain(commands: readonly (readonly Arg[])[], options: SubmitOptions = {}): Plan[] {
    known(options, SUBMIT);
    return this.plan(encoded(commands, this.texts), submitOptions(options));
  }

  /** The slot map as it is. */
  topology(): Topology {
    return this.core.topology() as Topology;
  }

  /** What has happened so far, counted. */
  stats(): Stats {
    return this.core.stats() as Stats;
  }

  /** @internal `submit` of commands that are bytes already. */
  take(now: number, bytes: Uint8Array, options: CoreSubmitOptions | undefined): number | undefined {
    try {
      const first = this.core.submit(now, bytes, words(options));
      return first < 0 ? undefined : first;
    } catch (error) {
      throw misuse(error);
    }
  }

  /** @internal `explain` of commands that are bytes already. */
  plan(bytes: Uint8Array, options: CoreSubmitOptions | undefined): Plan[] {
    try {
      return this.core.explain(bytes, words(options)) as Plan[];
    } catch (error) {
      throw misuse(error);
    }
  }

  /** @internal `poll` for those that read the tape themselves, during the call. */
  drain(now: number, settle: (tape: Tape) => void, isBinary: (lane: number) => boolean): Action[] {
    return poll(this.core, this.memory, now, this.texts, settle, isBinary);
  }
}
