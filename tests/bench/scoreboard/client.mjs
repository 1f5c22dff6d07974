// One client of Node in a process of its own: `node client.mjs NAME`. Reads an order per line and answers it with a line,
// both JSON, as src/scored.rs does:
//
//   {"do":"connect","seed","password"?,"timeoutMs"?}             {"version","config","cancels","cannotCancel"?}
//   {"do":"pipeline","commands":[[NAME, …], …]}                  {"outcomes"} or {"refuses"}
//   {"do":"calls","commands"}: all at once                       {"outcomes"}
//   {"do":"cancel","first","at","afterMs","then","thenMs"}       {"outcomes"}: of `first` and of `then`, which follows the
//                                                                cancel by so much
//   {"do":"load","keys","ms","callers"}: GETs                    {"done","failed"}
//
// For outcomes see judge.mjs.

import { createInterface } from "node:readline";
import { setTimeout as pause } from "node:timers/promises";

import { CLIENTS } from "./clients.mjs";

/** A caller that has heard nothing after this long is said to wait for ever. */
const PATIENCE_MS = 10_000;

let client;

/** An outcome in the judge's words, whatever becomes of the promise. */
function outcome(promise) {
  let timer;
  const late = new Promise((done) => (timer = setTimeout(() => done(["none", ""]), PATIENCE_MS)));
  const ended = Promise.resolve(promise).then((value) => ["ok", value], client.failure);
  return Promise.race([ended, late]).finally(() => clearTimeout(timer));
}

/** All made in one go: none waits for another. */
const calls = (commands, signalOf = () => undefined) => commands.map((args, at) => outcome(client.call(args, signalOf(at))));

const orders = {
  async connect({ name, ...options }) {
    client = await CLIENTS[process.argv[2]](options);
    const { version, config, cancels = true, cannotCancel } = client;
    return { version, config, cancels, cannotCancel };
  },
  async pipeline({ commands }) {
    if (client.refuses) return { refuses: client.refuses };
    const [kind, value] = await outcome(client.pipeline(commands));
    if (kind === "ok") return { outcomes: value };
    return { outcomes: commands.map(() => [kind, value]) };
  },
  calls: async ({ commands }) => ({ outcomes: await Promise.all(calls(commands)) }),
  async cancel({ first, at, afterMs, then, thenMs }) {
    const stop = new AbortController();
    const before = calls(first, (index) => (index === at ? stop.signal : undefined));
    await pause(afterMs);
    stop.abort();
    await pause(thenMs);
    return { outcomes: await Promise.all([...before, ...calls(then)]) };
  },
  async load({ keys, ms, callers }) {
    let [done, failed, next] = [0, 0, 0];
    const end = Date.now() + ms;
    const caller = async () => {
      while (Date.now() < end) {
        const [kind] = await outcome(client.call(["GET", keys[next++ % keys.length]]));
        if (kind === "ok") done += 1;
        else failed += 1;
      }
    };
    await Promise.all(Array.from({ length: callers }, caller));
    return { done, failed };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const order = JSON.parse(line);
  try {
    console.log(JSON.stringify(await orders[order.do](order)));
  } catch (error) {
    console.log(JSON.stringify({ error: String(error?.message ?? error) }));
  }
}
process.exit(0);
