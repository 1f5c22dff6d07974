// Compiled, never run: replies have the types that the command table says.

import { type Client, connect, type Value } from "slotpipe";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const is = <A, B>(_: Same<A, B>): void => {};

export async function check(): Promise<void> {
  const db: Client = await connect("localhost:7000", { timeout: 100 });
  const got = await db.get("k");
  is<typeof got, string | null>(true);
  const bytes = await db.binary.get("k");
  is<typeof bytes, Buffer | null>(true);
  const all = await db.hgetall("k");
  is<typeof all, Map<string, string>>(true);
  const set = await db.set("k", "v");
  is<typeof set, "OK">(true);
  const wide = await db.incr("k");
  is<typeof wide, number | bigint>(true);
  const results = await db.pipeline().set("k", 1).get("k").llen("l").exec();
  is<typeof results, ["OK", string | null, number]>(true);
  const groups = await db.xinfoGroups("s");
  is<ReturnType<NonNullable<(typeof groups)[number]>["get"]> extends never ? true : false, false>(true);
  const unit = await db.pipeline({ atomic: true }).set("{k}", 1).incr("{k}").exec();
  is<typeof unit, ["OK", number | bigint]>(true);
  const session = db.session("{k}1", "{k}2");
  const watched = await session.watch(["{k}1", "{k}2"]);
  is<typeof watched, "OK">(true);
  const sent = await session.multi().get("{k}1").exec();
  is<typeof sent, [string | null]>(true);
  const returned = await db.transaction(async (inner) => inner.multi().set("k", 1).llen("k"), "k");
  is<typeof returned, ["OK", number]>(true);
  const begun = await db.transaction((inner) => void inner.multi().set("k", 1), "k", { attempts: 3 });
  is<typeof begun, Value[]>(true);
  const given = await db.transaction(() => 1, "k");
  is<typeof given, number>(true);
  // @ts-expect-error a session is on keys or on one place
  db.session({ slot: 1 }, "k");
  // @ts-expect-error a boolean is no argument
  await db.set("k", true);
  // @ts-expect-error an option that is none
  await db.set("k", "v", { nope: 1 });
}
