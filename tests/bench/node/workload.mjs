// The commands of a workload and the digest of their replies: the same in src/workload.rs, so that every client is
// given the same commands and must give the same replies.

/** Keys of one size that a workload cycles through; MGET reads the two behind its own as well. */
export const NAMES = ["GET", "SET", "INCR", "HSET", "HGETALL", "LPUSH", "LRANGE", "ZADD", "MGET"];

/** The value that is kept at key `at`: each another one, `size` bytes of ASCII. */
export const value = (at, size) => flat(`${at}:`.padEnd(size, "v"));

/** The commands of `{ kind: "get" | "set" | "mix", count, size }`: arrays of flat strings, the name first. */
export function commands({ kind, count, size }) {
  const text = (prefix, at) => flat(`${prefix}:${size}:${at % count}`);
  const one = {
    GET: (at) => [text("s", at)],
    SET: (at) => [text("s", at), value(at, size)],
    INCR: (at) => [text("n", at)],
    HSET: (at) => [text("h", at), "f0", value(at, size)],
    HGETALL: (at) => [text("h", at - 1)],
    LPUSH: (at) => [text("p", at), value(at, size)],
    LRANGE: (at) => [text("l", at), "0", "9"],
    ZADD: (at) => [text("z", at), "1", "member"],
    MGET: (at) => [text("s", at), text("s", at + 1), text("s", at + 2)],
  };
  return Array.from({ length: count }, (_, at) => {
    const name = kind === "mix" ? NAMES[at % NAMES.length] : kind.toUpperCase();
    return [name, ...one[name](at)];
  });
}

/** FNV-1a over the replies in one canonical form, in which a hash is its sorted pairs; and how long that form is. */
export function digest(replies) {
  const text = JSON.stringify(replies.map(canonical));
  let hash = 0x811c9dc5;
  for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
  return `${(hash >>> 0).toString(16).padStart(8, "0")}/${text.length}`;
}

function canonical(reply) {
  if (reply instanceof Error) return `error: ${reply.message}`;
  if (reply instanceof Map) return pairs([...reply]);
  // glide's forms of a hash.
  if (Array.isArray(reply) && reply.length > 0 && reply.every((item) => item?.value !== undefined)) {
    return pairs(reply.map(({ key, field = key, value }) => [field, value]));
  }
  if (Array.isArray(reply)) return reply.map(canonical);
  if (typeof reply === "object" && reply !== null) return pairs(Object.entries(reply));
  return reply;
}

const pairs = (entries) => entries.map(([field, value]) => [field, value]).sort(([a], [b]) => (a < b ? -1 : 1));

/** A string that is one run of bytes, as one that came from a socket or a file, and not a chain of its parts. */
const flat = (text) => Buffer.from(text, "latin1").toString("latin1");
