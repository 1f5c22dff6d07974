/** Chosen nodes: how they are named, and the commands at them. */

import { Commands } from "./commands.js";
import type { Value } from "./decode.js";
import type { Arg } from "./encode.js";
import type { Engine } from "./engine.js";
import { MisuseError, SlotpipeError } from "./errors.js";
import type { Place, SubmitOptions } from "./options.js";
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
  return nodes.find(({ host, port }) => host === name.host && port === name.port);
}

/** The route to nodes; `known` are those of the cluster. */
export function routeTo(name: NodesName, known: () => readonly Node[]): NonNullable<SubmitOptions["route"]> {
  if (name === "primaries" || name === "replicas" || name === "all") return name;
  const names = (Array.isArray(name) ? name : [name]) as readonly NodeName[];
  if (names.length === 0) throw refused("an empty list");
  return { nodes: names.map((one) => placeOf(one, known)) };
}

function placeOf(name: NodeName, known: () => readonly Node[]): Place {
  if (typeof name === "object" && name !== null) return name;
  if (typeof name !== "string") throw refused(typeof name);
  const node = findNode(known(), name);
  if (node) return node;
  // A node that the cluster does not list can still be asked where it may be connected to.
  const [place] = name.includes(":") ? parseSeeds(name).addresses : [];
  if (!place) throw refused(`a node that is not in the cluster: ${name.slice(0, 64)}`);
  return place;
}

const refused = (what: string): MisuseError =>
  new MisuseError("NODE", `expected primaries, replicas, all, or nodes by host:port, id or { host, port }, not ${what}`);
