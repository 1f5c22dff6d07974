// The first page of redis-py-cluster's documentation: a value, several, a pipeline, the cluster.
//
//     node host-node/examples/first-steps.mjs 127.0.0.1:7000

import { connect } from "slotpipe";

// Connect. Replies are text; `db.binary` has them as bytes.
const db = await connect(process.argv[2] ?? "127.0.0.1:7000");

// One command.
console.log("set:", await db.set("key", "value"));
console.log("get:", await db.get("key"));

// Several keys, wherever they are.
console.log("mset:", await db.mset({ key1: "value1", key2: "value2", key3: "value3" }));
console.log("mget:", ...(await db.mget(["key1", "key2", "key3"])));

// A pipeline.
console.log("pipeline:", ...(await db.pipeline().set("pkey1", "pvalue1").get("pkey1").incr("counter").exec()));

// The cluster.
const info = await db.cluster.info();
console.log("slots assigned:", info.get("cluster_slots_assigned"));
const nodes = await db.cluster.nodes();
console.log("known nodes: %s, listed: %d", info.get("cluster_known_nodes"), nodes.length);

await db.del(["key", "key1", "key2", "key3", "pkey1", "counter"]);
await db.close();
