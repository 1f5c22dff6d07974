/** What is told about commands, nodes and counters. */

/** What would be done with one command. */
export interface Plan {
  readonly index: number;
  /** The table's name: `CLUSTER SLOTS`. */
  readonly command: string;
  readonly keys: readonly Uint8Array[];
  readonly readonly: boolean;
  readonly plan:
    | {
        /** `slots`, `any`, `all-nodes`, `all-primaries`, `node`. */
        readonly route: string;
        /** How the parts' replies become one. */
        readonly merge: string;
        /** Whether the server runs it as one step. */
        readonly atomic: boolean;
        readonly parts: readonly {
          readonly slot: number | undefined;
          readonly node: string | undefined;
          readonly keys: readonly Uint8Array[];
        }[];
      }
    | undefined;
  /** Why it would be refused. */
  readonly refusal:
    { readonly index: number; readonly code: string; readonly command: string; readonly message: string } | undefined;
}

/** The slot map. */
export interface Topology {
  readonly nodes: readonly {
    readonly address: string;
    readonly host: string;
    readonly port: number;
    readonly id: string;
    /** The primary that it replicates. */
    readonly primary: string | undefined;
    readonly zone: string;
  }[];
  readonly slots: readonly {
    readonly start: number;
    readonly end: number;
    readonly primary: string;
    readonly replicas: readonly string[];
  }[];
  readonly standalone: boolean;
}

/** What has happened since the client was made. */
export type Stats = Readonly<Record<Counter, bigint>> & {
  /** What is open inside, by kind. */
  readonly open: ReadonlyMap<string, number | bigint>;
};

type Counter =
  | "commands"
  | "moved"
  | "ask"
  | "tryAgain"
  | "clusterDown"
  | "masterDown"
  | "loading"
  | "readOnly"
  | "busy"
  | "retries"
  | "unknown"
  | "notExecuted"
  | "untrusted"
  | "refreshes"
  | "dials"
  | "bytesIn"
  | "bytesOut";
