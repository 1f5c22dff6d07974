// The scoreboard as Markdown.

/** The tables in their order: a title, and columns of a script's figures. */
export const TABLES = [
  {
    title: "Executed twice",
    notes: [
      "INCRs that the servers ran twice (of which the caller was told OK), of how many were sent once. *Reset*: all requests reached",
      "the server and ran, the connection was reset within the replies, at five places. *Slot moved*: half of the commands had run when",
      "their slot was handed to another node, three times.",
    ],
    columns: [
      ["reset, pipeline", "reset in a pipeline"],
      ["reset, calls", "reset under calls in flight"],
      ["moved, pipeline", "slot moved in a pipeline"],
      ["moved, calls", "slot moved under calls in flight"],
    ].map(([of, title]) => ({ of, title, cell: twice })),
  },
  {
    title: "What the caller was told",
    notes: [
      "Of the same runs: commands that ended without a reply and had run / had not run; in brackets how many the caller was told to be",
      "*unknown* (maybe) or, wrongly, *not executed*. Where a client has one word for all this, its caller has to find out. A call without an",
      "outcome after 10 s is waiting.",
    ],
    columns: [
      ...[
        ["reset, pipeline", "reset in a pipeline: ran / not"],
        ["reset, calls", "under calls: ran / not"],
        ["moved, pipeline", "slot moved in a pipeline: ran / not"],
        ["moved, calls", "under calls: ran / not"],
      ].map(([of, title]) => ({ of, title, cell: ended })),
    ],
  },
  {
    title: "Order of one key",
    notes: [
      "RPUSH of 1, 2, 3, … in one pipeline, or by calls made in this order without waiting; elements that stand behind a greater one /",
      "elements that are there twice / acknowledged and not there / ended with an error. *Migration*: ten lists of one slot move to another node",
      "one by one (ASK), then the slot (MOVED); 3000 pushes. *Reset*: as above, at three places; 3000 pushes.",
    ],
    columns: [
      ["order in a migration, pipeline", "migration, pipeline"],
      ["order in a migration, calls", "migration, calls"],
      ["order in a reset, pipeline", "reset, pipeline"],
      ["order in a reset, calls", "reset, calls"],
    ].map(([of, title]) => ({ of, title, cell: ordered })),
  },
  {
    title: "Wrong replies, strangers, storms",
    notes: [
      "*Cancel*: GETs under way while one is cancelled (or all time out) and its reply comes late: replies that are another key's, of 1200.",
      "*Rogue redirect*: one MOVED to an address that no node lists, from a cluster with a password: connections to it / bytes that it was given /",
      "passwords among them / commands of the user among them. *Storm*: 200 slots move at once under 64 callers: CLUSTER SLOTS, SHARDS and NODES that",
      "the servers were asked in 5 s (of slotpipe two for each look at one node).",
    ],
    columns: [
      { of: "cancel", title: "wrong replies after a cancel", cell: ({ wrong, waiting }) => `${wrong}${waiting ? `, ${waiting} waiting` : ""}` },
      { of: "rogue", title: "rogue redirect", cell: ({ connects, bytes, passwords, commands }) => `${connects} / ${bytes} / ${passwords} / ${commands}` },
      { of: "storm", title: "refreshes in a storm", cell: ({ refreshes, failed }) => `${refreshes}${failed ? `, ${failed} GETs failed` : ""}` },
    ],
  },
];

/** One table: a row per client. */
export function table(columns, results) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const rows = Object.entries(results).map(([client, figures]) => line([client, ...columns.map(({ of, cell }) => shown(figures[of], cell))]));
  return [`| ${["", ...columns.map(({ title }) => title)].join(" | ")} |`.replace("|  |", "| |"), `|${"---|".repeat(columns.length + 1)}`, ...rows].join("\n");
}

/** All tables, and below them what a client has not. */
export function document(results) {
  const parts = TABLES.map(({ title, notes, columns }) => `### ${title}\n\n${notes.join("\n")}\n\n${table(columns, results)}`);
  const reasons = Object.entries(results).flatMap(([client, figures]) =>
    Object.entries(figures).flatMap(([script, { refuses, failure }]) => (refuses ?? failure ? [`- ${client}, ${script}: ${refuses ?? failure}`] : [])),
  );
  return [...parts, ...(reasons.length > 0 ? [`n/a:\n\n${reasons.join("\n")}`] : [])].join("\n\n");
}

function shown(figures, cell) {
  if (!figures) return "–";
  return figures.refuses || figures.failure ? "n/a" : String(cell(figures));
}

function twice({ twice, twiceToldOk, commands }) {
  return twice === 0 ? `0 of ${commands}` : `**${twice}** (${twiceToldOk}) of ${commands}`;
}

function ended({ failedButRan, failedNotRun, unknown, neverButRan, waiting }) {
  const told = [unknown && `${unknown} unknown`, neverButRan && `${neverButRan} not executed`].filter(Boolean);
  return `${failedButRan} / ${failedNotRun}${told.length > 0 ? ` (${told.join(", ")})` : ""}${waiting ? `, ${waiting} waiting` : ""}`;
}

function ordered({ late, twice, ackedNotRun, failedButRan, failedNotRun, waiting }) {
  const text = `${late} / ${twice} / ${ackedNotRun} / ${failedButRan + failedNotRun}`;
  return waiting ? `${text}, ${waiting} waiting` : text;
}
