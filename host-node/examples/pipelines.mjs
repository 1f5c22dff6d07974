// The cluster pipelines of redis-py-cluster's documentation, in the order of that document.
//
//     node host-node/examples/pipelines.mjs 127.0.0.1:7000

import { connect, SlotpipeError, slotOf } from "slotpipe";

const db = await connect(process.argv[2] ?? "127.0.0.1:7000");

// Basic use: two keys in two slots, each command's own reply.
const basic = await db.pipeline().set("key1", "value1").set("key2", "value2").get("key1").incr("counter").exec();
console.log("basic:", ...basic);

// By hand: executing empties the queue, so that nothing needs to be reset behind it.
const user = db.pipeline();
user.set("user:1:name", "Alice").set("user:1:email", "alice@example.com");
user.hset("user:1:profile", { age: 30, city: "New York" }).get("user:1:name").hgetall("user:1:profile");
const [name, email, fields, alice, profile] = await user.exec();
console.log("by hand:", name, email, fields);
console.log("name:", alice);
console.log("profile: age %s, city %s", profile.get("age"), profile.get("city"));
console.log("queued afterwards:", user.length);

// Errors in their places. INCR takes a missing key for 0, so that only a text makes it fail.
const risky = () => db.pipeline().set("valid_key", "value").get("valid_key").incr("non_numeric_key");
console.log("a missing key:", ...(await risky().exec({ raiseOnError: false })));
await db.set("non_numeric_key", "text");
for (const [index, result] of (await risky().exec({ raiseOnError: false })).entries()) {
  if (result instanceof SlotpipeError) console.log("command %d failed:", index, result.message);
  else console.log("command %d:", index, result);
}

// Slots: these two differ, and one pipeline takes both. A common hash tag would put them together.
const [key1, key2] = ["user:123:profile", "user:123:settings"];
console.log("slots: %d and %d, with a tag: %d", slotOf(key1), slotOf(key2), slotOf("user:{123}:profile"));
const both = db.pipeline().hset(key1, { name: "John" }).hset(key2, { theme: "dark" });
console.log("in different slots:", ...(await both.hget(key1, "name").hget(key2, "theme").exec()));

// Batches: in chunks, as there, or all at once.
const keys = Array.from({ length: 100 }, (_, i) => `batch:key:${i}`);
async function store(some, first) {
  const pipe = db.pipeline();
  for (const [i, key] of some.entries()) pipe.set(key, `value_${first + i}`);
  return (await pipe.exec()).length;
}
for (let at = 0; at < keys.length; at += 50) {
  console.log("chunk %d: set %d keys", at / 50 + 1, await store(keys.slice(at, at + 50), at));
}
console.log("at once: set %d keys", await store(keys, 0));

// Reads from replicas, for this pipeline only. They may lag behind, so that each write is waited for here.
async function replicated(key, write) {
  const session = db.session(key);
  await write(session);
  await session.wait(1, 1000);
  await session.release();
}
await replicated("readonly_key1", (session) => session.set("readonly_key1", "one"));
await replicated("readonly_key2", (session) => session.set("readonly_key2", "two"));
await replicated("readonly_hash", (session) => session.hset("readonly_hash", { field: "three" }));
const reads = db.pipeline({ readFrom: "preferReplica" });
const [one, two, hash] = await reads.get("readonly_key1").get("readonly_key2").hgetall("readonly_hash").exec();
console.log("from replicas:", one, two, hash.get("field"));

// Pattern: keys with a common prefix, two commands each.
const pair = db.pipeline();
for (let i = 0; i < 3; i++) pair.set(`prefix:${i}`, `value_${i}`).expire(`prefix:${i}`, 3600);
const results = await pair.exec();
console.log("sets:", ...results.filter((_, i) => i % 2 === 0));
console.log("expires:", ...results.filter((_, i) => i % 2 === 1));

// Pattern: operations of any slots. There is nothing to group: one pipeline does, and replies keep the order.
const operations = [["SET", "op:1", "a"], ["SET", "op:2", "b"], ["APPEND", "op:1", "c"], ["GET", "op:2"]];
const mixed = db.pipeline();
for (const [command, ...args] of operations) mixed.call(command, ...args);
console.log("in the order given:", ...(await mixed.exec()));

await db.del(["key1", "key2", "counter", "user:1:name", "user:1:email", "user:1:profile"]);
await db.del(["valid_key", "non_numeric_key", key1, key2, ...keys]);
await db.del(["readonly_key1", "readonly_key2", "readonly_hash", "prefix:0", "prefix:1", "prefix:2", "op:1", "op:2"]);
await db.close();
