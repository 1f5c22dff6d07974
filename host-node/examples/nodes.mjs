// The cluster support of redis-py's documentation: connecting, the cluster and its nodes, keys of one slot, errors.
//
//     node host-node/examples/nodes.mjs 127.0.0.1:7000

import { connect, ConnectError, NotExecutedError, slotOf, SlotpipeError } from "slotpipe";

const seed = process.argv[2] ?? "127.0.0.1:7000";

// Connection: a list of seeds, of which one that answers is enough. Text needs no option.
const db = await connect([seed, "127.0.0.1:1"]);
console.log("set:", await db.set("key1", "value1"));
console.log("get:", await db.get("key1"));

// Connection from a URL; a user and a password would stand in it.
const other = await connect(`redis://${seed}`);
console.log("by URL:", await other.get("key1"));
await other.close();

// The cluster: its state, its nodes, who has which slots.
const info = await db.cluster.info();
console.log("state %s, size %s", info.get("cluster_state"), info.get("cluster_size"));
console.log("nodes:", (await db.cluster.nodes()).length);
const owners = await db.cluster.slots();
for (const [first, last, [host, port]] of owners.sort(([a], [b]) => a - b)) {
  console.log("slots %d-%d: %s:%d", first, last, host, port);
}

// Chosen nodes: what the client knows of them, a command at each, and whose a key is.
console.log("%d primaries, %d replicas", db.primaries().length, db.replicas().length);
const memory = [...(await db.at("primaries").info("memory")).values()].map((sections) => sections.get("Memory"));
console.log("eviction at %d nodes:", memory.length, ...memory.map((fields) => fields.get("maxmemory_policy")));
console.log("user:1001 is in slot %d at %s", slotOf("user:1001"), db.nodeFor("user:1001").address);

// A pipeline over several nodes.
const pipe = db.pipeline().set("key1", "value1").set("key2", "value2").get("key1").get("key2");
console.log("pipeline:", ...(await pipe.exec()));

// High availability: options of the client. There is no pool to size: one connection per node carries everything.
const spread = await connect(seed, { readFrom: "any", redirects: 5, requireFullCoverage: false, idlePing: 30_000 });
console.log("ping:", await spread.ping());
await spread.close();

// Several keys in one command: in one slot by a hash tag, where it is atomic; in any slots it is cut and merged.
const keys = ["profile", "settings", "activity"].map((name) => `{user1001}:${name}`);
const data = ["profile_data", "settings_data", "activity_data"];
const [stored, read] = await db.pipeline().mset(keys.map((key, i) => [key, data[i]])).mget(keys).exec();
console.log("one slot: %s, %s", stored, read.join(" "));
console.log("several slots:", ...(await db.mget(["key1", "key2"])));

// Errors: each says how the command ended.
try {
  console.log("set:", await db.set("key", "value"));
  await db.incr("key");
} catch (error) {
  if (error instanceof NotExecutedError) console.log("it never ran:", error.message); // the cluster is down
  else if (error instanceof SlotpipeError) console.log("error %s: %s", error.code, error.message);
  else throw error;
}
await connect("127.0.0.1:1").catch((error) => console.log("nobody there:", error instanceof ConnectError));

await db.del(["key1", "key2", "key", ...keys]);
await db.close();
