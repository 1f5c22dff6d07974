// Compiled, never run: replies have the types that the command table says.

import { type Client, connect } from "slotpipe";

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
  // @ts-expect-error a boolean is no argument
  await db.set("k", true);
  // @ts-expect-error an option that is none
  await db.set("k", "v", { nope: 1 });
}
