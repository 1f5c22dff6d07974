// As `types.mts`, for `slotpipe/core`: compiled without anything of Node's.

import {
  type Action,
  type Answer,
  type Arg,
  BrokenError,
  type Cause,
  type CoreOptions,
  type Credentials,
  explain,
  type FailureCode,
  type Input,
  type Key,
  keysBySlot,
  keysOf,
  Machine,
  type MachineOptions,
  type MachineSubmitOptions,
  MisuseError,
  type Node,
  NotExecutedError,
  type NoteKind,
  type Outcome,
  type Outputs,
  type Part,
  PartialError,
  type Plan,
  type ReadFrom,
  ServerError,
  type ShardOrder,
  slotOf,
  SlotpipeError,
  type Stats,
  type SubmitOptions,
  type Topology,
  UnknownOutcomeError,
  type Value,
} from "slotpipe/core";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const is = <A, B>(_: Same<A, B>): void => {};
type Flat<T> = { [N in keyof T]: T[N] };

export function machine(input: Input, order: ShardOrder): readonly unknown[] {
  const machine = new Machine({ seeds: [{ host: "h", port: 1 }], timeout: 100, tls: true, database: 1 }, 0);
  const first = machine.submit(0, [["GET", "k"], ["SET", "k", 1n]], { retry: "never", lane: 1 });
  is<typeof first, number | undefined>(true);
  const { answers, actions } = machine.poll(slotOf(new Uint8Array(1)));
  is<typeof answers, readonly Answer[]>(true);
  is<typeof actions, readonly Action[]>(true);
  const bytes = machine.poll(0, { binary: true });
  is<typeof bytes, Outputs<Uint8Array>>(true);
  const nothing = [
    ...[machine.handle(0, input), machine.cancel(0, 1, 2), machine.release(0, 1), machine.readOrder(0, [order])],
    machine.authenticate(0, 1, { username: "u", password: "p" }),
  ];
  is<typeof nothing, void[]>(true);
  const plans = machine.explain([["GET", "k"]], { readFrom: "any" });
  is<typeof plans, Plan[]>(true);
  const [topology, stats] = [machine.topology(), machine.stats()];
  is<typeof topology, Topology>(true);
  is<typeof topology.nodes, readonly Node[]>(true);
  is<typeof stats, Stats>(true);
  // @ts-expect-error connections are told of, not made here
  machine.handle(0, { kind: "dialled", link: 1 });
  // @ts-expect-error an option that is none
  machine.submit(0, [], { nope: 1 });
  return answers.map(({ result }) => (result instanceof BrokenError ? result.name : result));
}

export function told(): void {
  is<Answer<Uint8Array>, { readonly ticket: number; readonly result: Value<Uint8Array> | SlotpipeError }>(true);
  is<Outputs, { readonly answers: readonly Answer[]; readonly actions: readonly Action[] }>(true);
  is<
    Action,
    | {
        readonly kind: "connect";
        readonly link: number;
        readonly host: string;
        readonly port: number;
        readonly timeoutMs: number;
      }
    | { readonly kind: "send"; readonly link: number; readonly bytes: Uint8Array }
    | { readonly kind: "close"; readonly link: number }
    | { readonly kind: "push"; readonly lane: number; readonly value: readonly Value<string | Uint8Array>[] }
    | { readonly kind: "note"; readonly note: NoteKind; readonly failure: FailureCode; readonly text: string }
    | { readonly kind: "wait"; readonly until: number | undefined }
  >(true);
  is<
    NoteKind,
    | ("ready" | "unreachable" | "topology" | "room" | "redirected" | "node-down" | "planned" | "wrote" | "refreshed")
    | ("reconnected" | "resubscribed")
  >(true);
  is<
    FailureCode,
    "UNREACHABLE" | "CONNECT_TIMEOUT" | "UNKNOWN_HOST" | "CONNECTION_REFUSED" | "TLS" | "AUTH"
  >(true);
  is<
    Input,
    | { readonly kind: "connected"; readonly link: number; readonly credentials?: Credentials | undefined }
    | { readonly kind: "received"; readonly link: number; readonly bytes: Uint8Array }
    | {
        readonly kind: "closed";
        readonly link: number;
        readonly cause: Cause;
        readonly text?: string;
        readonly maybeSent: number;
      }
    | { readonly kind: "written"; readonly link: number; readonly total: number }
    | { readonly kind: "elapsed" }
  >(true);
  is<Cause, "refused" | "unknown-host" | "unreachable" | "denied" | "tls" | "lost" | "timed-out" | "asked">(true);
  is<Credentials, { readonly username?: string | undefined; readonly password: string }>(true);
  type Place = { readonly host: string; readonly port: number };
  is<ShardOrder, { readonly primary: Place; readonly nodes: readonly Place[] }>(true);
  is<ReadFrom, "primary" | "any" | "preferReplica" | "replica" | "nearest" | "listed" | { readonly zone: string }>(true);
  is<
    Flat<Omit<MachineOptions, keyof CoreOptions>>,
    {
      readonly seeds: readonly Place[];
      readonly tls?: boolean | undefined;
      readonly database?: number | undefined;
      readonly randomSeed?: number | undefined;
    }
  >(true);
  is<Flat<Omit<MachineSubmitOptions, keyof SubmitOptions>>, { readonly lane?: number | undefined }>(true);
  is<CoreOptions["readFrom"], ReadFrom | undefined>(true);
}

export function offline(): void {
  const plans = explain([["GET", "k"]]);
  is<typeof plans, Plan[]>(true);
  const bySlot = keysBySlot<Arg>(["a", 1n]);
  is<typeof bySlot, Map<number, Arg[]>>(true);
  is<ReturnType<typeof keysOf>, Uint8Array[]>(true);
}

export function errors(error: unknown): Outcome | Key | undefined {
  if (error instanceof UnknownOutcomeError) is<typeof error.attempts, number>(true);
  if (error instanceof PartialError) is<typeof error.parts, readonly Part[]>(true);
  if (error instanceof BrokenError) is<typeof error.name, string>(true);
  const family: readonly (abstract new (...args: never) => SlotpipeError)[] = [
    ...[MisuseError, NotExecutedError, PartialError, ServerError, UnknownOutcomeError],
  ];
  if (family.some((one) => error instanceof one)) return undefined;
  return error instanceof SlotpipeError ? (error.outcome ?? error.key) : undefined;
}
