// The pipelines, transactions and watches of redis-py's documentation, in the order of that document.
//
//     node host-node/examples/transactions.mjs 127.0.0.1:7000

import { connect, WatchError } from "slotpipe";

const db = await connect(process.argv[2] ?? "127.0.0.1:7000");
const KEY = "OUR-SEQUENCE-KEY";

// The first example as it stands there is no transaction on a cluster: FLUSHDB and KEYS concern every node ...
for (const command of [["FLUSHDB"], ["KEYS", "*"]]) {
  const error = await refusal(() => db.pipeline({ atomic: true }).call(...command).exec());
  console.log("%s in a transaction: refused, %s", command[0], error.code);
}
// ... and its two keys are in two slots. Nothing has been sent.
const apart = await refusal(() => db.pipeline({ atomic: true }).set("foo", "bar").set("bar", "foo").exec());
console.log("two slots in a transaction: refused, %s", apart.code);

// With a common hash tag it is one: MULTI ... EXEC in one write.
const unit = db.pipeline({ atomic: true }).set("{pair}foo", "bar").set("{pair}bar", "foo");
const [first, second, values] = await unit.mget(["{pair}foo", "{pair}bar"]).exec();
console.log("atomic:", first, second, values.join(" "));

// Without a transaction, which is what a pipeline is by itself: any keys.
const plain = db.pipeline().set("foo", "bar").set("bar", "foo");
const [third, fourth, others] = await plain.mget(["foo", "bar"]).exec();
console.log("not atomic:", third, fourth, others.join(" "));

// INCR by hand: watch, read, write in a unit, and again if somebody else was faster, as somebody is here once.
const session = db.session(KEY);
for (let attempt = 1; ; attempt++) {
  try {
    await session.watch(KEY);
    const current = Number(await session.get(KEY)); // a key that is not there is null, hence 0
    if (attempt === 1) await db.set(KEY, 41);
    console.log("by hand:", ...(await session.multi().set(KEY, current + 1).exec()));
    break;
  } catch (error) {
    if (!(error instanceof WatchError)) throw error;
    console.log("by hand: conflict, %s", error.code);
  }
}
console.log("sequence:", await db.get(KEY));

// The connection is given back by hand, or by `await using` where the language has it.
await session.watch(KEY);
await session.discard();
await session.release();

// The same as a transaction, which watches, tries again and releases by itself.
let calls = 0;
const replies = await db.transaction(async (session) => {
  const current = Number(await session.get(KEY));
  if (++calls === 1) await db.incr(KEY);
  session.multi().set(KEY, current + 1);
}, KEY);
console.log("transaction:", ...replies);
console.log("sequence: %s, after %d calls", await db.get(KEY), calls);

await db.del(["{pair}foo", "{pair}bar", "foo", "bar", KEY]);
await db.close();

/** The error of what must not work. */
async function refusal(attempt) {
  try {
    await attempt();
  } catch (error) {
    return error;
  }
  throw new Error("this was not refused");
}
