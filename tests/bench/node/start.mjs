// From import to first reply, in a process that does nothing else: `node start.mjs SEED` prints figures as JSON.

const before = process.memoryUsage.rss();
const start = performance.now();
const { connect, slotOf } = await import("../../../host-node/dist/index.mjs");
// The first call makes the instance.
slotOf("key");
const importMs = performance.now() - start;
const db = await connect(process.argv[2]);
await db.get("s:32:0");
const firstReplyMs = performance.now() - start;
const idleKb = (process.memoryUsage.rss() - before) / 1000;
console.log(JSON.stringify({ importMs, firstReplyMs, idleKb }));
await db.close();
