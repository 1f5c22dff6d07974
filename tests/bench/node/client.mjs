// One client in a process of its own: `node client.mjs NAME SEED`. Reads an order per line and answers it with a line,
// both JSON, as src/client.rs does:
//
//   {"do":"prepare","work":{…}}  makes the commands, runs them once           {"digest","count"}
//   {"do":"warm","ms":300}       runs for so long                             {"batches"}: how many that was
//   {"do":"round","batches":9}   runs so many                                 {"wall","cpu","latencies"?}: µs
//   {"do":"memory"}                                                           {"rss"}: bytes

import { createInterface } from "node:readline";

import { CLIENTS } from "./clients.mjs";
import { commands, digest } from "./workload.mjs";

const [name, seed] = process.argv.slice(2);
const client = await CLIENTS[name](seed);
let batch, work, last;

/** One batch, by one pipeline or by `inFlight` calls at a time. Replies are counted, and the last one is looked at. */
async function once(latencies) {
  let replies;
  if (!work.inFlight) {
    replies = await client.run(batch);
  } else if (work.inFlight === 1) {
    replies = [];
    const one = client.one ?? client.call;
    for (const args of batch) {
      const start = process.hrtime.bigint();
      replies.push(await one(args));
      latencies?.push(Number(process.hrtime.bigint() - start) / 1e3);
    }
  } else {
    replies = [];
    for (let at = 0; at < batch.length; at += work.inFlight) {
      replies.push(...(await Promise.all(batch.slice(at, at + work.inFlight).map(client.call))));
    }
  }
  if (replies.length !== batch.length) throw new Error(`${replies.length} replies to ${batch.length} commands`);
  const end = replies[replies.length - 1];
  if (typeof end === "string" && last !== undefined && end !== last) throw new Error("a wrong reply");
  return replies;
}

const orders = {
  async prepare(order) {
    work = order.work;
    batch = commands(work);
    last = undefined;
    const replies = await once();
    const end = replies[replies.length - 1];
    if (typeof end === "string") last = end;
    return { digest: digest(replies), count: batch.length };
  },
  async warm({ ms }) {
    let batches = 0;
    for (const end = Date.now() + ms; batches === 0 || Date.now() < end; batches++) await once();
    return { batches };
  },
  async round({ batches }) {
    const latencies = work.inFlight === 1 ? [] : undefined;
    const before = process.cpuUsage();
    const start = process.hrtime.bigint();
    for (let left = batches; left > 0; left--) await once(latencies);
    const wall = Number(process.hrtime.bigint() - start) / 1e3;
    const { user, system } = process.cpuUsage(before);
    return { wall, cpu: user + system, latencies };
  },
  memory: () => ({ rss: process.memoryUsage.rss() }),
};

console.log(JSON.stringify({ ready: true }));
for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  try {
    console.log(JSON.stringify(await orders[order.do](order)));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error?.message ?? error) }));
  }
}
await client.close();
process.exit(0);
