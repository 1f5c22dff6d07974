/** Chosen nodes: how they are named, and the commands at them. */

import { Commands } from "./commands.js";
import type { Value } from "./decode.js";
import { type Arg, shape } from "./encode.js";
import type { Engine } from "./engine.js";
import { MisuseError, SlotpipeError } from "./errors.js";
import { type Place, placeOf, type SubmitOptions } from "./options.js";
import type { Each, Out } from "./out.js";
import type { Node } from "./plan.js";
import type { PerNode } from "./replies.js";
import { parseSeeds } from "./seeds.js";
import type { Scope } from "./work.js";

/** One node: `host:port`, `[::1]:7000`, the id that the cluster gave it, or a place, such as one of `db.nodes()`. */
export type NodeName = string | Place;

/** Each primary that owns slots, each replica that serves, each node that is not failing, or these. */
export type NodesName = "primaries" | "replicas" | "all" | NodeName | readonly NodeName[];

/**
 * The commands at chosen nodes; made by `db.at(…)`.
 *
 * Each reply is a `Map` by the node's address. If some nodes fail, the `PartialError` keeps what the others replied.
 */
export class AtNodes<S = string> extends Commands<S, Each> {
  /** By `db.at(…)`. */
  constructor(
    private readonly engine: Engine,
    private readonly scope: Scope,
    private readonly isBinary: boolean,
  ) {
    super();
  }

  /** Any command by its name. */
  call<R = Value<S>>(name: string, ...args: readonly Arg[]): Promise<PerNode<R>> {
    return this.send<R>([name, ...args]) as Promise<PerNode<R>>;
  }

  /** The same nodes with texts of replies as `Buffer`. */
  get binary(): AtNodes<Buffer> {
    return new AtNodes<Buffer>(this.engine, this.scope, true);
  }

  protected send<R>(args: readonly Arg[]): Out<Each, R> {
    return new Promise((resolve, reject) => {
      this.engine.call(args, this.scope, this.isBinary, (result) => {
        if (result instanceof SlotpipeError) reject(result);
        else resolve(result as never);
      });
    }) as Out<Each, R>;
  }
}

/** The node of this name. */
export function findNode(nodes: readonly Node[], name: NodeName): Node | undefined {
  if (typeof name === "string") {
    const place = name.replace(/^\[(.*)\]:/, "$1:");
    return nodes.find(({ address, id }) => address === place || id === name);
  }
  const place = given(name, ONE);
  return nodes.find(({ host, port }) => host === place.host && port === place.port);
}

/** The route to nodes; `known` are those of the cluster. */
export function routeTo(name: NodesName, known: () => readonly Node[]): NonNullable<SubmitOptions["route"]> {
  if (name === "primaries" || name === "replicas" || name === "all") return name;
  if (!Array.isArray(name)) return { nodes: [findPlace(name as NodeName, known, SEVERAL)] };
  if (name.length === 0) throw refused(SEVERAL, "an empty list");
  return { nodes: Array.from(name as readonly NodeName[], (one) => findPlace(one, known, SEVERAL)) };
}

/** Where the node of this name listens; `known` are those of the cluster. */
export function findPlace(name: NodeName, known: () => readonly Node[], expected = ONE): Place {
  if (typeof name !== "string") return given(name, expected);
  const node = findNode(known(), name);
  if (node) return node;
  // A node that the cluster does not list can still be asked where it may be connected to.
  const [place, more] = name.includes(":") ? parseSeeds(name).addresses : [];
  if (more) throw refused(expected, "several of them in one text");
  if (!place) throw refused(expected, `a node that is not in the cluster: ${name.slice(0, 64)}`);
  return place;
}

const ONE = "a node by host:port, id or { host, port }";
const SEVERAL = "primaries, replicas, all, or nodes by host:port, id or { host, port }";

function given(name: Place, expected: string): Place {
  if (typeof name !== "object" || name === null || !("host" in name)) throw refused(expected, shape(name));
  return placeOf(name);
}

const refused = (expected: string, what: string): MisuseError => new MisuseError("NODE", `expected ${expected}, not ${what}`);
