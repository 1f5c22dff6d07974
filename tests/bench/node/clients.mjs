// The clients of Node, each in the form in which its own documents send many commands at once: `run` a batch, `call` one
// command. Commands are [NAME, ...arguments].

import { connectFloor } from "./floor.mjs";

export const CLIENTS = { slotpipe, floor: connectFloor, "ioredis-auto": ioredis, ioredis: ioredisSingle, glide, "node-redis": nodeRedis };

async function slotpipe(seed) {
  const { connect } = await import("../../../host-node/dist/index.mjs");
  const db = await connect(seed);
  const ask = {
    GET: (on, [, key]) => on.get(key),
    SET: (on, [, key, value]) => on.set(key, value),
    INCR: (on, [, key]) => on.incr(key),
    HSET: (on, [, key, field, value]) => on.hset(key, [[field, value]]),
    HGETALL: (on, [, key]) => on.hgetall(key),
    LPUSH: (on, [, key, value]) => on.lpush(key, value),
    LRANGE: (on, [, key]) => on.lrange(key, 0, 9),
    ZADD: (on, [, key, , member]) => on.zadd(key, [[1, member]]),
    MGET: (on, [, ...keys]) => on.mget(keys),
  };
  return {
    run(batch) {
      const pipe = db.pipeline();
      for (const args of batch) ask[args[0]](pipe, args);
      return pipe.exec();
    },
    call: (args) => ask[args[0]](db, args),
    close: () => db.close(),
  };
}

async function glide(seed) {
  const { GlideClusterClient, ClusterBatch, Logger } = await import("@valkey/valkey-glide");
  Logger.init("off");
  const [host, port] = seed.split(":");
  const client = await GlideClusterClient.createClient({ addresses: [{ host, port: Number(port) }], requestTimeout: 10_000 });
  const ask = {
    GET: (on, [, key]) => on.get(key),
    SET: (on, [, key, value]) => on.set(key, value),
    INCR: (on, [, key]) => on.incr(key),
    HSET: (on, [, key, field, value]) => on.hset(key, { [field]: value }),
    HGETALL: (on, [, key]) => on.hgetall(key),
    LPUSH: (on, [, key, value]) => on.lpush(key, [value]),
    LRANGE: (on, [, key]) => on.lrange(key, 0, 9),
    ZADD: (on, [, key, , member]) => on.zadd(key, { [member]: 1 }),
    MGET: (on, [, ...keys]) => on.mget(keys),
  };
  return {
    run(batch) {
      const pipe = new ClusterBatch(false);
      for (const args of batch) ask[args[0]](pipe, args);
      return client.exec(pipe, true);
    },
    call: (args) => ask[args[0]](client, args),
    close: () => client.close(),
  };
}

/** Its cluster pipeline refuses keys of several nodes: auto-pipelining is what it has for them. */
async function ioredis(seed, enableAutoPipelining = true) {
  const { Cluster } = await import("ioredis");
  const cluster = new Cluster([seed], { enableAutoPipelining, lazyConnect: true });
  await cluster.connect();
  const ask = {
    GET: ([, key]) => cluster.get(key),
    SET: ([, key, value]) => cluster.set(key, value),
    INCR: ([, key]) => cluster.incr(key),
    HSET: ([, key, field, value]) => cluster.hset(key, field, value),
    HGETALL: ([, key]) => cluster.hgetall(key),
    LPUSH: ([, key, value]) => cluster.lpush(key, value),
    LRANGE: ([, key]) => cluster.lrange(key, 0, 9),
    ZADD: ([, key, , member]) => cluster.zadd(key, 1, member),
    // An MGET over slots is refused.
    MGET: ([, ...keys]) => Promise.all(keys.map((key) => cluster.get(key))),
  };
  const call = (args) => ask[args[0]](args);
  return { run: (batch) => Promise.all(batch.map(call)), call, close: () => cluster.disconnect() };
}

function ioredisSingle(seed) {
  return ioredis(seed, false);
}

/** Its pipeline goes to one node: single commands in flight are what it has for several. */
async function nodeRedis(seed) {
  const { createCluster } = await import("redis");
  const cluster = createCluster({ rootNodes: [{ url: `redis://${seed}` }], defaults: { socket: { noDelay: true } } });
  cluster.on("error", () => {});
  await cluster.connect();
  const ask = {
    GET: ([, key]) => cluster.get(key),
    SET: ([, key, value]) => cluster.set(key, value),
    INCR: ([, key]) => cluster.incr(key),
    HSET: ([, key, field, value]) => cluster.hSet(key, field, value),
    HGETALL: ([, key]) => cluster.hGetAll(key),
    LPUSH: ([, key, value]) => cluster.lPush(key, value),
    LRANGE: ([, key]) => cluster.lRange(key, 0, 9),
    ZADD: ([, key, , value]) => cluster.zAdd(key, { score: 1, value }),
    // An MGET over slots is refused.
    MGET: ([, ...keys]) => Promise.all(keys.map((key) => cluster.get(key))),
  };
  const call = (args) => ask[args[0]](args);
  return { run: (batch) => Promise.all(batch.map(call)), call, close: () => cluster.destroy() };
}
