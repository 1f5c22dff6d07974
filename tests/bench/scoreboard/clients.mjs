// The clients of Node, each set up as its own documents recommend and otherwise with its defaults; what differs from these
// stands in `config`. `pipeline` is what the client calls a pipeline or a batch; `call` one command.

import { readFileSync } from "node:fs";

export const CLIENTS = { slotpipe, ioredis, "node-redis": nodeRedis, glide };

const versionOf = (path) => JSON.parse(readFileSync(new URL(path, import.meta.url), "utf8")).version;
const installed = (name) => versionOf(`../node_modules/${name}/package.json`);
const plain = (error) => ["error", String(error?.message ?? error)];

async function slotpipe({ seed, password }) {
  const { connect } = await import("../../../host-node/dist/index.mjs");
  const db = await connect(seed, password ? { password } : {});
  const KINDS = { "server-error": "server", "not-executed": "never", unknown: "unknown", partial: "unknown" };
  const failure = (error) => [KINDS[error?.outcome] ?? "error", String(error?.message ?? error)];
  return {
    version: versionOf("../../../host-node/package.json"),
    config: "defaults",
    failure,
    async pipeline(commands) {
      const pipe = db.pipeline();
      for (const args of commands) pipe.call(...args);
      return (await pipe.exec({ raiseOnError: false })).map((result) => (result instanceof Error ? failure(result) : ["ok", result]));
    },
    call: ([name, ...args], signal) => (signal ? db.with({ signal }) : db).call(name, ...args),
  };
}

/** Its reference calls for `redisOptions` where nodes want a password, and has one timeout for all commands. */
async function ioredis({ seed, password, timeoutMs }) {
  const { Cluster } = await import("ioredis");
  const redisOptions = { password, ...(timeoutMs ? { commandTimeout: timeoutMs } : {}) };
  const cluster = new Cluster([seed], { redisOptions, lazyConnect: true });
  cluster.on("error", () => {});
  await cluster.connect();
  return {
    version: installed("ioredis"),
    config: "defaults; to cancel: commandTimeout",
    failure: plain,
    async pipeline(commands) {
      const results = await cluster.pipeline(commands.map(([name, ...args]) => [name.toLowerCase(), ...args])).exec();
      return results.map(([error, value]) => (error ? plain(error) : ["ok", value]));
    },
    call: ([name, ...args]) => cluster[name.toLowerCase()](...args),
  };
}

/** Signals and timeouts of node-redis end only what it has not written yet. */
async function nodeRedis({ seed, password }) {
  const { createCluster } = await import("redis");
  const cluster = createCluster({ rootNodes: [{ url: `redis://${seed}` }], defaults: { password } });
  cluster.on("error", () => {});
  await cluster.connect();
  const NAMES = { GET: "get", SET: "set", INCR: "incr", RPUSH: "rPush" };
  const words = (args) => args.map(String);
  return {
    version: installed("redis"),
    config: "defaults",
    cancels: false,
    cannotCancel: "abortSignal and timeout end only what is not written yet",
    failure: plain,
    async pipeline(commands) {
      const multi = cluster.multi();
      for (const [name, ...args] of commands) multi[NAMES[name]](...words(args));
      try {
        return (await multi.execAsPipeline()).map((value) => (value instanceof Error ? plain(value) : ["ok", value]));
      } catch (error) {
        // What it throws when some have failed has the replies of all.
        if (!Array.isArray(error?.replies)) throw error;
        return error.replies.map((value) => (value instanceof Error ? plain(value) : ["ok", value]));
      }
    },
    call: ([name, ...args]) => cluster[NAMES[name]](...words(args)),
  };
}

/** A batch that is not atomic, with errors in their places. Its one timeout is the client's. */
async function glide({ seed, password, timeoutMs }) {
  const { GlideClusterClient, ClusterBatch, Logger } = await import("@valkey/valkey-glide");
  Logger.init("off");
  const [host, port] = seed.split(":");
  const client = await GlideClusterClient.createClient({
    addresses: [{ host, port: Number(port) }],
    ...(password ? { credentials: { password } } : {}),
    ...(timeoutMs ? { requestTimeout: timeoutMs } : {}),
  });
  const ask = {
    GET: (on, [key]) => on.get(key),
    SET: (on, [key, value]) => on.set(key, value),
    INCR: (on, [key]) => on.incr(key),
    RPUSH: (on, [key, value]) => on.rpush(key, [String(value)]),
  };
  return {
    version: installed("@valkey/valkey-glide"),
    config: "defaults; to cancel: requestTimeout",
    failure: plain,
    async pipeline(commands) {
      const batch = new ClusterBatch(false);
      for (const [name, ...args] of commands) ask[name](batch, args);
      return (await client.exec(batch, false)).map((value) => (value instanceof Error ? plain(value) : ["ok", value]));
    },
    call: ([name, ...args]) => ask[name](client, args),
  };
}
