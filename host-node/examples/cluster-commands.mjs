// The manual of redis-py-cluster: commands for all nodes, keys of one slot, redirects in pipelines, publish and
// subscribe, reads from replicas.
//
//     node host-node/examples/cluster-commands.mjs 127.0.0.1:7000

import { connect, slotOf } from "slotpipe";

const seed = process.argv[2] ?? "127.0.0.1:7000";
const db = await connect(seed);

// Usage example.
console.log("set:", await db.set("foo", "bar"));
console.log("get:", await db.get("foo"));
console.log("as bytes:", (await db.binary.get("foo")).length);

// Commands for all nodes: one reply where they can be merged, a map by node where they cannot.
console.log("dbsize: %d in all of %d nodes", await db.dbsize(), (await db.at("primaries").dbsize()).size);
console.log("time: of %d nodes", (await db.time()).size);
console.log("keys:", ...(await db.keys("fo*")));
const hash = await db.scriptLoad("return 1");
console.log("script at every primary:", ...(await db.scriptExists(hash)));

// A command whose keys must be in one slot: they have a hash tag in common.
await db.pipeline().zadd("a{foo}", { x: 1 }).zadd("b{foo}", { y: 2 }).zadd("c{foo}", { z: 3 }).exec();
console.log("zunionstore:", await db.zunionstore("d{foo}", ["a{foo}", "b{foo}", "c{foo}"]));
await db.zunionstore("d", ["a", "b"]).catch(({ code }) => console.log("zunionstore without a tag: refused, %s", code));

// MOVED in a pipeline. A wrong table is no concern of a caller's: what is moved is sent on, in its place.
console.log("pipeline:", ...(await db.pipeline().set("ert", "tre").set("wer", "rew").exec()));
// To see the error, both are sent to the node that has the first only.
const { host, port } = db.nodeFor("ert");
const astray = { route: { node: { host, port } } };
const [right, wrong] = await db.pipeline(astray).set("ert", "tre").set("wer", "rew").exec({ raiseOnError: false });
console.log("at one node: %s, %s", right, wrong.message);
// Between MULTI and EXEC the error is the same, with the slot and where it is now.
const [inside] = await db.pipeline({ atomic: true, ...astray }).set("wer", "rew").exec({ raiseOnError: false });
console.log("in a transaction: %s, slot %d", inside.code, slotOf("wer"));

// Nodes work at the same time without threads: one write per node, of which `explain` tells.
const plans = db.pipeline().set("foo", 1).set("bar", 2).set("user:1", 3).explain();
console.log("nodes at once:", new Set(plans.flatMap(({ plan }) => plan.parts.map(({ node }) => node))).size);

// Publish and subscribe: messages reach every subscriber, patterns too; the number counts those at one node.
const sub = await db.subscribe("news");
await sub.psubscribe("ne*");
const other = await connect(seed);
console.log("published, a number:", Number.isInteger(await other.publish("news", "hello")));
for (const { kind, channel, payload } of [await sub.get(5000), await sub.get(5000)].sort(byKind)) {
  console.log("%s on %s: %s", kind, channel, payload);
}
await sub.close();
await other.close();

// Reads from replicas. They may lag behind, so that each write is waited for here.
for (const [key, value] of [["foo16706", "bar"], ["foo81", "foo"]]) {
  const session = db.session(key);
  await session.set(key, value);
  await session.wait(1, 1000);
  await session.release();
}
const readonly = await connect(seed, { readFrom: "preferReplica" });
console.log("readonly:", await readonly.get("foo16706"), await readonly.get("foo81"));
console.log("readonly pipeline:", ...(await readonly.pipeline().get("foo81").get("foo16706").exec()));
// Such a client writes as well: writes go to the primary.
console.log("readonly client sets:", await readonly.set("foo81", "foo"));
await readonly.close();

await db.del(["foo", "ert", "wer", "a{foo}", "b{foo}", "c{foo}", "d{foo}", "foo16706", "foo81"]);
await db.close();

function byKind(one, other) {
  return one.kind < other.kind ? -1 : 1;
}
