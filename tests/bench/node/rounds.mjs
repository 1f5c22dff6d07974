// One workload on all clients: prepared, compared, warmed up, then measured in turns.

import { pin } from "./processes.mjs";

/**
 * `{ clients: { NAME: { perSecond, cpu, p50, pinned, commands } | { refuses } } }`, each figure by round: commands per
 * second, µs of CPU per command, µs of a call where one is made at a time.
 *
 * A round of a client is the same number of batches each time, about `roundMs` long. The order of clients moves on by
 * one with each round.
 */
export async function measure(workload, clients, { rounds, roundMs, warmMs, budgetMs, fill, servers, pinned }) {
  const { work } = workload;
  const found = {};
  const ready = [];
  const digests = new Map();
  for (const [name, client] of clients) {
    // A mix changes what it reads.
    if (ready.length === 0 || work.kind === "mix") await fill(work);
    try {
      const { digest, count } = await client.ask({ do: "prepare", work });
      digests.set(name, digest);
      const { batches } = await client.ask({ do: "warm", ms: warmMs });
      ready.push({ name, client, count, batches: Math.max(1, Math.round((batches * roundMs) / warmMs)) });
      found[name] = { perSecond: [], cpu: [], commands: count };
    } catch (error) {
      found[name] = { refuses: error.message };
    }
  }
  const expected = digests.get("rust floor") ?? [...digests.values()][0];
  for (const [name, digest] of digests) {
    if (digest === expected) continue;
    // Not compared with what it is not the same as.
    found[name] = { refuses: `its replies are others: ${digest}, not ${expected}` };
    ready.splice(ready.findIndex((client) => client.name === name), 1);
  }

  async function turns(keep) {
    const end = Date.now() + budgetMs;
    for (let round = 0; round < rounds && (round < 3 || Date.now() < end); round++) {
      for (let turn = 0; turn < ready.length; turn++) {
        const { name, client, count, batches } = ready[(turn + round) % ready.length];
        const { wall, cpu, latencies } = await client.ask({ do: "round", batches });
        keep(found[name], { perSecond: (1e6 * batches * count) / wall, cpu: cpu / (batches * count), latencies });
      }
    }
  }

  await turns((kept, { perSecond, cpu, latencies }) => {
    kept.perSecond.push(perSecond);
    kept.cpu.push(cpu);
    if (latencies) (kept.p50 ??= []).push(middle(latencies));
  });
  const pids = ready.map(({ client }) => client.child.pid);
  if (pinned && workload.pinned && pin(servers, "0") && pin(pids, "1")) {
    await turns((kept, { perSecond, cpu }) => {
      kept.pinned ??= { perSecond: [], cpu: [] };
      kept.pinned.perSecond.push(perSecond);
      kept.pinned.cpu.push(cpu);
    });
    const all = `0-${pinned - 1}`;
    pin(servers, all);
    pin(pids, all);
  }
  return { clients: found };
}

const middle = (values) => [...values].sort((a, b) => a - b)[values.length >> 1];
