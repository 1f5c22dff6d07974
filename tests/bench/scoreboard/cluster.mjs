// Three primaries of real servers, each behind a proxy whose port it announces: whoever reads the slot map meets the
// proxies alone. The scoreboard itself asks the servers directly.

import { setTimeout as pause } from "node:timers/promises";

import { Asked } from "../node/processes.mjs";
import { Faults, startProxy } from "./proxy.mjs";
import { Asking } from "./resp.mjs";

const SLOTS = 16_384;

export class FaultyCluster {
  faults = new Faults();
  shadows = [];

  static async start(rustBench) {
    const cluster = new FaultyCluster();
    cluster.lab = new Asked(rustBench, ["lab", "patient"]);
    const { seeds } = await cluster.lab.line();
    cluster.nodes = await Promise.all(seeds.map((seed) => startNode(Number(seed.split(":")[1]), cluster.faults)));
    await cluster.agreed();
    return cluster;
  }

  get seed() {
    return `127.0.0.1:${this.nodes[0].proxy.port}`;
  }

  async end() {
    for (const node of this.nodes) {
      node.asking.close();
      node.proxy.close();
    }
    await this.lab.end();
  }

  each(...args) {
    return Promise.all(this.nodes.map(({ asking }) => asking.ask(...args)));
  }

  /** Empty, at rest, and with the password that the next client needs. */
  async reset(password = "") {
    this.faults.clear();
    await this.each("CONFIG", "SET", "requirepass", password, "masterauth", password);
    await this.each("FLUSHALL");
    await this.agreed();
  }

  /** Of one slot: the node that serves it and one that does not. */
  async ends(slot) {
    const owners = await this.owners();
    const source = this.nodes.find(({ id }) => id === owners[slot]);
    const target = this.nodes[(this.nodes.indexOf(source) + 1) % this.nodes.length];
    return { slot, source, target };
  }

  /** Marks a slot as moving. */
  async open({ slot, source, target }) {
    await target.asking.ask("CLUSTER", "SETSLOT", slot, "IMPORTING", source.id);
    await source.asking.ask("CLUSTER", "SETSLOT", slot, "MIGRATING", target.id);
  }

  /** Moves keys. One that is at the target already was written there by a client that had no leave to: a shadow. */
  async migrate({ source, target }, keys) {
    const to = ["127.0.0.1", target.port, "", 0, 5000];
    for (const key of keys) {
      try {
        await source.asking.ask("MIGRATE", ...to, "KEYS", key);
      } catch (error) {
        if (!error.message.includes("BUSYKEY")) throw error;
        this.shadows.push(key);
        await source.asking.ask("MIGRATE", ...to, "REPLACE", "KEYS", key);
      }
    }
  }

  /** Moves what is left and hands the slot over. */
  async finish(move) {
    const { slot, source, target } = move;
    for (;;) {
      const keys = await source.asking.ask("CLUSTER", "GETKEYSINSLOT", slot, 100);
      if (keys.length === 0) break;
      await this.migrate(move, keys);
    }
    for (const node of [target, source]) await node.asking.ask("CLUSTER", "SETSLOT", slot, "NODE", target.id);
  }

  /** Hands many empty slots over at once. */
  async handOver(moves) {
    await Promise.all(moves.map((move) => this.open(move)));
    await Promise.all(moves.map((move) => this.finish(move)));
  }

  /** The slot of a key, by the word of a server. */
  slotOf(key) {
    return this.nodes[0].asking.ask("CLUSTER", "KEYSLOT", key);
  }

  /** What each key holds, wherever it is; asked by `[COMMAND, key, …]`. */
  async read(commands) {
    const owners = await this.owners();
    return Promise.all(
      commands.map(async (args) => {
        const slot = await this.slotOf(args[1]);
        return this.nodes.find(({ id }) => id === owners[slot]).asking.ask(...args);
      }),
    );
  }

  /** How often the servers were asked for the slot map since the last `forgetStatistics`. */
  async refreshes() {
    const infos = await this.each("INFO", "commandstats");
    const calls = infos.flatMap((info) => [...info.matchAll(/cmdstat_cluster\|(slots|shards|nodes):calls=(\d+)/g)]);
    return calls.reduce((sum, [, , count]) => sum + Number(count), 0);
  }

  forgetStatistics() {
    return this.each("CONFIG", "RESETSTAT");
  }

  async owners() {
    return ownersIn(await this.nodes[0].asking.ask("CLUSTER", "SLOTS")).ids;
  }

  /** Waits until all nodes name the same owners at the proxies' ports, and no slot is between two nodes. */
  async agreed() {
    const ports = new Map(this.nodes.map(({ id, proxy }) => [id, proxy.port]));
    for (let attempt = 0; attempt < 400; attempt++, await pause(50)) {
      const maps = (await this.each("CLUSTER", "SLOTS")).map(ownersIn);
      const [first] = maps;
      const isSame = ({ ids, places }) => ids.every((id, slot) => id === first.ids[slot]) && [...places].every(([id, port]) => ports.get(id) === port);
      if (first.ids.filter(Boolean).length === SLOTS && maps.every(isSame) && (await this.closed())) return;
    }
    throw new Error("the nodes do not agree");
  }

  /** Whether no slot is marked as moving; ends a move that a script has left half way. */
  async closed() {
    const owners = await this.owners();
    let isClosed = true;
    for (const node of this.nodes) {
      const nodes = await node.asking.ask("CLUSTER", "NODES");
      for (const [, slot] of nodes.matchAll(/\[(\d+)-[<>]-[0-9a-f]+\]/g)) {
        isClosed = false;
        const source = this.nodes.find(({ id }) => id === owners[Number(slot)]);
        const target = this.nodes[(this.nodes.indexOf(source) + 1) % this.nodes.length];
        await this.finish({ slot: Number(slot), source, target });
      }
    }
    return isClosed;
  }
}

async function startNode(port, faults) {
  const asking = await Asking.to(port);
  const proxy = await startProxy(port, faults);
  await asking.ask("CONFIG", "SET", "cluster-announce-port", proxy.port);
  return { port, proxy, asking, id: await asking.ask("CLUSTER", "MYID") };
}

/** From CLUSTER SLOTS: the owner of each slot, and the port of each owner. */
function ownersIn(rows) {
  const [ids, places] = [new Array(SLOTS), new Map()];
  for (const [first, last, [, port, id]] of rows) {
    ids.fill(id, first, last + 1);
    places.set(id, port);
  }
  return { ids, places };
}
