// What a run prints.

import { columns, figure, ratio, spread } from "./stats.mjs";

/** Of each client its speed and its cost, and how they compare with the floor of its language. */
export function printWorkload({ id, work }, { clients = {}, figures = {} }) {
  const rows = [["", "k/s", "quartiles", "µs CPU", "quartiles", "CPU ÷ floor"]];
  const [isPinned, isTimed] = ["pinned", "p50"].map((kind) => Object.values(clients).some((client) => client[kind]));
  if (isPinned) rows[0].push("pinned: k/s", "µs CPU");
  if (isTimed) rows[0].push("p50 µs");
  if (work?.size >= 1000) rows[0].push("MB/s");
  const refusals = [];
  for (const [name, client] of Object.entries(clients)) {
    if (client.refuses) {
      refusals.push(`  ${name} refuses: ${client.refuses.split("\n")[0].slice(0, 100)}`);
      continue;
    }
    const thousands = client.perSecond.map((value) => value / 1000);
    const floor = clients[`${name.split(" ")[0]} floor`]?.cpu;
    const row = [`  ${name}`, ...spreadCells(thousands), ...spreadCells(client.cpu), floor && client.cpu ? figure(ratio(client.cpu, floor).median) : ""];
    if (isPinned) {
      const { perSecond = [], cpu = [] } = client.pinned ?? {};
      row.push(figure(spread(perSecond.map((value) => value / 1000)).median), figure(spread(cpu).median));
    }
    if (isTimed) row.push(client.p50 ? figure(spread(client.p50).median) : "");
    if (work?.size >= 1000) row.push(figure((spread(client.perSecond).median * work.size) / 1e6));
    rows.push(row);
  }
  const rounds = Object.values(clients).find((client) => client.perSecond)?.perSecond.length;
  console.log(`\n${id}${rounds ? ` (${rounds} rounds)` : ""}`);
  if (rows.length > 1) console.log(columns(rows).join("\n"));
  if (refusals.length > 0) console.log(refusals.join("\n"));
  const lines = Object.entries(figures).map(([name, value]) => [`  ${name}`, figure(value)]);
  if (lines.length > 0) console.log(columns(lines).join("\n"));
}

export function printTargets(verdicts) {
  const table = (title, chosen) => {
    if (chosen.length === 0) return;
    const rows = chosen.map(({ what, value, met, byFloor, least, most }) => [
      `  ${what}`,
      figure(value),
      least === undefined ? `≤ ${most}` : `≥ ${least}`,
      met ? (byFloor ? `met: ${figure(byFloor)} of the floor` : "met") : "missed",
    ]);
    console.log(`\n${title}\n${columns(rows).join("\n")}`);
  };
  table("Must hold", verdicts.filter(({ must }) => must));
  table("Targets", verdicts.filter(({ must }) => !must));
}

function spreadCells(values) {
  if (!values || values.length === 0) return ["", ""];
  const { median, low, high } = spread(values);
  return [figure(median), `${figure(low)}–${figure(high)}`];
}
