/** Where to begin: `host:port`, `{ host, port }`, a URL, or a list of them. */

import { MisuseError } from "./errors.js";

/** One place or several: `"h:7000"`, `"h1:7000,h2:7000"`, `"rediss://user:password@h:7000"`, `{ host, port }`. */
export type Seeds = Seed | readonly Seed[];
export type Seed = string | { readonly host: string; readonly port?: number | string };

export interface Parsed {
  addresses: { host: string; port: number }[];
  username?: string | undefined;
  password?: string | undefined;
  tls: boolean;
  database: number;
}

/** Reads seeds. What is refused is never repeated: it may be a password. */
export function parseSeeds(seeds: Seeds): Parsed {
  const list: readonly unknown[] = Array.isArray(seeds) ? seeds : [seeds];
  const all: Parsed = { addresses: [], tls: false, database: 0 };
  list.forEach((seed, index) => {
    const one = typeof seed === "string" ? parseText(seed.trim()) : parseObject(seed);
    if (index === 0) Object.assign(all, one);
    else if (one.password !== undefined || one.tls !== all.tls || one.database !== all.database) {
      throw refused("seeds of one client must agree: give user, TLS and database once, by the first seed");
    } else all.addresses.push(...one.addresses);
  });
  if (!all.addresses.every(({ host }) => host.isWellFormed())) throw refused("a seed's host has a lone surrogate");
  if (all.addresses.length === 0) throw refused("no seed was given: at least one host:port is needed");
  return all;
}

function parseObject(seed: unknown): Parsed {
  const { host, port = 6379 } = (seed ?? {}) as { host?: unknown; port?: unknown };
  if (typeof host !== "string" || host === "") throw refused("a seed has no host: give a string or { host, port }");
  return { addresses: [{ host, port: portOf(String(port)) }], tls: false, database: 0 };
}

function parseText(text: string): Parsed {
  const url = /^([a-z+]+):\/\/(?:(.*)@)?([^@]*)$/s.exec(text);
  if (!url) return { addresses: text.split(",").map(hostOf), tls: false, database: 0 };
  const [, scheme = "", user, rest = ""] = url;
  const tls = scheme === "rediss" || scheme === "valkeys";
  if (!tls && !["redis", "valkey", "unix", "redis+unix"].includes(scheme)) {
    throw refused("the URL's scheme must be redis, rediss, valkey, valkeys or unix");
  }
  if (/[?#]/.test(rest)) throw refused("the URL has a query or fragment: options are an object of their own");
  const secrets = user === undefined ? {} : credentialsOf(user);
  if (scheme.endsWith("unix")) {
    if (!rest.startsWith("/")) throw refused("a unix URL needs an absolute path: unix:///run/redis.sock");
    return { addresses: [{ host: rest, port: 0 }], tls, database: 0, ...secrets };
  }
  const [hosts = "", path = ""] = rest.split("/", 2);
  if (!/^\d{0,5}$/.test(path)) throw refused("the URL's path must be a database number");
  return { addresses: hosts.split(",").map(hostOf), tls, database: Number(path), ...secrets };
}

function credentialsOf(user: string): { username?: string; password: string } {
  const colon = user.indexOf(":");
  if (colon < 0) throw refused("the URL names a user without a password: write user:password@ or :password@");
  try {
    const username = decodeURIComponent(user.slice(0, colon));
    const password = decodeURIComponent(user.slice(colon + 1));
    return username === "" ? { password } : { username, password };
  } catch {
    throw refused("the URL's user or password has a % that is not followed by two hexadecimal digits of UTF-8");
  }
}

function hostOf(text: string): { host: string; port: number } {
  const [, v6, host = v6, port] = /^\s*(?:\[([0-9a-fA-F:.]+)\]|([^\s:[\]]+))(?::(.*?))?\s*$/.exec(text) ?? [];
  if (host !== undefined) return { host, port: port === undefined ? 6379 : portOf(port) };
  if (/^[0-9a-fA-F:.]+$/.test(text) && text.split(":").length > 2) return { host: text, port: 6379 };
  throw refused("a seed is no host:port");
}

function portOf(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65535) throw refused("a seed's port must be a number from 1 to 65535");
  return port;
}

const refused = (message: string): MisuseError => new MisuseError("URL", message);
