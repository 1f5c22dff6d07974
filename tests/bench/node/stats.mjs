// Medians, quartiles and ratios of rounds that were measured in turn.

/** `{ median, low, high }`: the middle and the quartiles, between neighbours where they fall between. */
export function spread(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share) => {
    const place = share * (sorted.length - 1);
    const [below, above] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
    return below + (above - below) * (place - Math.floor(place));
  };
  return { median: at(0.5), low: at(0.25), high: at(0.75) };
}

/** Of two series by round, round against round: what slows the machine for a while slows both. */
export function ratio(over, under) {
  const rounds = Math.min(over.length, under.length);
  return spread(Array.from({ length: rounds }, (_, round) => over[round] / under[round]));
}

/** As many digits as mean something. */
export function figure(value) {
  if (!Number.isFinite(value)) return "–";
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : value >= 1 ? 2 : 3;
  return value.toFixed(digits);
}

/** Lines of columns: the first to the left, all others to the right. */
export function columns(rows) {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => [...String(row[column])].length)));
  const pad = (text, column) => (column === 0 ? String(text).padEnd(widths[0]) : String(text).padStart(widths[column]));
  return rows.map((row) => row.map(pad).join("  ").trimEnd());
}
