// What came of a script: what each client told its caller, held against what the servers did. Pure functions.
//
// An outcome is `[kind, value]`: `ok` with the reply, `server` with the server's error, `never` and `unknown` where a client
// tells these two apart, `error` where it does not, `none` where the caller was still waiting when the script gave up.

const FAILED = ["server", "never", "unknown", "error"];

/** Counters that were incremented once each; `counts` is what the server has. */
export function judgeCounters(outcomes, counts) {
  const sum = (test) => outcomes.filter(([kind, value], at) => test(kind, Number(counts[at] ?? 0), value)).length;
  return {
    commands: outcomes.length,
    twice: sum((_, count) => count > 1),
    twiceToldOk: sum((kind, count) => count > 1 && kind === "ok"),
    ackedNotRun: sum((kind, count) => kind === "ok" && count === 0),
    failedButRan: sum((kind, count) => FAILED.includes(kind) && count > 0),
    failedNotRun: sum((kind, count) => FAILED.includes(kind) && count === 0),
    unknown: sum((kind) => kind === "unknown"),
    neverButRan: sum((kind, count) => kind === "never" && count > 0),
    waiting: sum((kind) => kind === "none"),
  };
}

/** Lists that were pushed to; `pushes` are `[key, value]` in the order of the calls, `lists` what the server has by key. */
export function judgeLists(pushes, outcomes, lists) {
  const total = { pushes: pushes.length, late: 0, twice: 0, ackedNotRun: 0, failedButRan: 0, failedNotRun: 0, neverButRan: 0, waiting: 0 };
  for (const list of Object.values(lists)) {
    const seen = new Set();
    let greatest = -Infinity;
    for (const value of list.map(Number)) {
      if (seen.has(value)) {
        total.twice += 1;
        continue;
      }
      seen.add(value);
      if (value < greatest) total.late += 1;
      greatest = Math.max(greatest, value);
    }
  }
  pushes.forEach(([key, value], at) => {
    const [kind] = outcomes[at];
    const isThere = (lists[key] ?? []).includes(String(value));
    if (kind === "ok" && !isThere) total.ackedNotRun += 1;
    if (FAILED.includes(kind)) total[isThere ? "failedButRan" : "failedNotRun"] += 1;
    if (kind === "never" && isThere) total.neverButRan += 1;
    if (kind === "none") total.waiting += 1;
  });
  return total;
}

/** Reads of keys of which each holds its own name. */
export function judgeReads(keys, outcomes) {
  const of = (test) => outcomes.filter(([kind, value], at) => test(kind, value, keys[at])).length;
  return {
    reads: keys.length,
    wrong: of((kind, value, key) => kind === "ok" && value !== key),
    ended: of((kind) => kind !== "ok" && kind !== "none"),
    waiting: of((kind) => kind === "none"),
  };
}

/** Figures of several runs of a script, added up. */
export function added(runs) {
  const total = {};
  for (const run of runs) for (const [name, value] of Object.entries(run)) total[name] = (total[name] ?? 0) + value;
  return total;
}

/** What breaks the contract, in figures that should be 0; a client that is meant to keep it is held to these. */
export function breaches(results) {
  const MUST_BE_ZERO = ["twice", "ackedNotRun", "neverButRan", "late", "wrong", "waiting", "connects"];
  return Object.entries(results).flatMap(([script, figures]) =>
    MUST_BE_ZERO.filter((name) => (figures[name] ?? 0) > 0).map((name) => `${script}: ${name} ${figures[name]}`),
  );
}
