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
        /** `slots`, `any`, `all-nodes`, `all-primaries`, `all-replicas`, `node`, `nodes`, `owners`, `recipe`. */
        readonly route: string;
        /** How the parts' replies become one. */
        readonly merge: string;
        /** Whether the server runs it as one step. */
        readonly atomic: boolean;
        /** The steps of a recipe; empty for everything else. */
        readonly steps: readonly string[];
        /** What the recipe loses against the command that happens at once. */
        readonly loses: string | undefined;
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

/** One node of the cluster. */
export interface Node {
  /** `host:port`, where clients reach it: what maps by node have for keys. */
  readonly address: string;
  readonly host: string;
  readonly port: number;
  /** The 40-digit name that the cluster gave it; a single server has none. */
  readonly id: string | undefined;
  readonly role: "primary" | "replica";
  /** The address of the primary that it replicates. */
  readonly primary: string | undefined;
  /** First and last slot of each range that it owns, ascending. */
  readonly slots: readonly (readonly [first: number, last: number])[];
  /** Availability zone, where the server tells. */
  readonly zone: string | undefined;
  /** Whether most of the nodes that were asked call it failed, or have no address of it. */
  readonly health: "online" | "failed";
}

/** The slot map. */
export interface Topology {
  /** Every node that is listed, primaries first. */
  readonly nodes: readonly Node[];
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
  /** Connections that are up or on their way. */
  readonly connections: number;
  /** Requests that wait to be written. */
  readonly waiting: number;
  /** The nodes that there are connections to. */
  readonly nodes: readonly NodeStats[];
  /** What is open inside, by kind. */
  readonly open: ReadonlyMap<string, number | bigint>;
};

/** One node, as far as this client has to do with it. */
export interface NodeStats {
  /** `host:port`. */
  readonly address: string;
  readonly connections: number;
  /** Requests that wait to be written to it. */
  readonly waiting: number;
  /** Requests that were written to it and are not answered. */
  readonly inFlight: number;
  /** Microseconds from a write to the last of its replies, the later ones counting more. */
  readonly latencyUs: number | undefined;
}

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
