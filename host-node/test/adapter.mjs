// The adapter kit on Node: the program `peer` says what to do and judges; here it is done, and told in its words.

import { spawn } from "node:child_process";
import { join } from "node:path";
import { createInterface } from "node:readline";

import { connect, ConnectError, MisuseError, PartialError, SlotpipeError } from "../dist/index.mjs";
import { root } from "./lab.mjs";

/** For a call without a time of its own. */
const PATIENCE = 10_000;
/** How long after its time a call may end. */
const GRACE = 4_000;
/** A text that is longer is told by its length. */
const LONGEST = 64;

/** Starts the program; it ends with its standard input, at the latest when this process does. */
export async function startPeer() {
  const program = process.env.SLOTPIPE_PEER ?? join(root, "../target/debug/peer");
  const child = spawn(program, [join(root, "../tests/adapter")], { stdio: ["pipe", "pipe", "inherit"] });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  const say = (line) => child.stdin.write(`${line}\n`);
  const cases = [];
  const alone = new Set();
  const waiting = new Map();
  const fromPeer = [];
  let ready;
  const isReady = new Promise((resolve) => (ready = resolve));
  createInterface({ input: child.stdout }).on("line", (line) => {
    const [first, second, ...rest] = line.split(" ");
    if (first === "case" || first === "alone") {
      cases[Number(second)] = rest.join(" ");
      if (first === "alone") alone.add(Number(second));
    } else if (first === "ready") ready();
    else if (first === "peer") fromPeer.shift()(second);
    else waiting.get(Number(first))({ verb: second, text: rest.join(" ") });
  });
  await Promise.race([isReady, ended.then((code) => Promise.reject(new Error(`peer ended with ${code}`)))]);
  return {
    cases,
    /** Numbers of cases beside which no other may run. */
    alone,
    /** Leads a client through a case; what went wrong, or nothing. */
    async run(number) {
      const client = {};
      const heard = async (line) => {
        const next = new Promise((resolve) => waiting.set(number, resolve));
        say(line);
        return next;
      };
      let next = await heard(`begin ${number}`);
      while (next.verb === "do" || next.verb === "close") {
        const outcomes = next.verb === "do" ? await obey(client, JSON.parse(next.text)) : [String(await client.db?.close())];
        next = await heard(`${number} ${outcomes.join("\t")}`);
      }
      void client.db?.close();
      return next.verb === "passed" ? undefined : next.text.replaceAll("\\n", "\n");
    },
    /** A peer without a case; `tell` has it behave otherwise. */
    async startOne(...directives) {
      const answer = (line) => {
        say(line);
        return new Promise((resolve) => fromPeer.push(resolve));
      };
      const seed = await answer("peer");
      for (const directive of directives) await answer(`peer ${directive}`);
      return seed;
    },
    stop() {
      child.stdin.end();
      return ended;
    },
  };
}

async function obey(client, order) {
  const { timeout, connectTimeout, retry, resp2, authority } = order;
  if (order.do === "dialled") return [[...client.dialled].sort().join(" ")];
  if (order.do === "connect") {
    void client.db?.close();
    client.db = undefined;
    const dialled = new Set();
    client.dialled = dialled;
    const [username, password] = order.credentials ?? [];
    const options = {
      timeout: timeout ?? PATIENCE,
      connectTimeout: connectTimeout ?? undefined,
      protocol: resp2 ? 2 : 3,
      tls: authority === null ? undefined : { ca: authority },
      trust: order.trust ?? undefined,
      username,
      password,
      mapAddress(address) {
        dialled.add(`${address.host}:${address.port}`);
        return keptInside(address);
      },
    };
    return limited(PATIENCE, 1, async () => {
      client.db = await connect(order.seeds, options);
      return ["ok"];
    });
  }
  const count = order.commands.length;
  if (!client.db) return new Array(count).fill("no client");
  const options = { timeout: timeout ?? PATIENCE, retry: retry ?? undefined };
  const commands = order.commands.map((command) => command.map(argument));
  return limited(options.timeout + GRACE, count, async () => {
    if (!order.pipeline) {
      const db = client.db.with(options);
      const settled = await Promise.allSettled(commands.map((command) => db.call(...command)));
      return settled.map(({ value, reason }) => (reason ? remarked(reason) : told(value)));
    }
    const pipe = client.db.pipeline(options);
    for (const command of commands) pipe.call(...command);
    const outcomes = await pipe.exec({ raiseOnError: false });
    return outcomes.map((outcome) => (outcome instanceof Error ? remarked(outcome) : told(outcome)));
  });
}

/** What `run` answers; its error or `hung` for every command if there is no answer. */
async function limited(ms, count, run) {
  let timer;
  const late = new Promise((resolve) => (timer = setTimeout(resolve, ms, new Array(count).fill("hung"))));
  try {
    return await Promise.race([run(), late]);
  } catch (error) {
    return new Array(count).fill(remarked(error));
  } finally {
    clearTimeout(timer);
  }
}

/** Where a mistake of the client's does no harm: nobody but this machine is dialled. */
function keptInside(address) {
  const isHere = address.host.startsWith("127.") || address.host === "::1";
  return isHere ? address : { host: "127.0.0.1", port: 1 };
}

/** `x*n` is that many x. */
function argument(word) {
  const [, count] = /^x\*(\d+)$/.exec(word) ?? [];
  return count === undefined ? word : "x".repeat(Number(count));
}

/** With the error's own words, for whoever has to find out why. */
const remarked = (error) => `${told(error)} # ${String(error.message).replace(/\s/g, " ")}`;

function told(value) {
  if (value instanceof PartialError) return `partial (${value.parts.map(({ result }) => told(result)).sort().join(", ")})`;
  if (value instanceof ConnectError) return `connect ${value.code}`;
  if (value instanceof MisuseError) return `misuse ${value.code}`;
  if (value instanceof SlotpipeError) {
    const { outcome, code } = value;
    if (outcome === "server-error") return `server-error ${code} ${value.ran}`;
    if (outcome === "not-executed") return `not-executed ${code}`;
    return outcome === "unknown" ? `unknown ${value.attempts}` : code.toLowerCase();
  }
  if (value instanceof Error) return `${value.name}: ${value.message}`.replace(/\s/g, " ");
  if (value === null) return "nil";
  if (typeof value === "string" && value.length > LONGEST) return `<${value.length} bytes>`;
  if (Array.isArray(value)) return `[${value.map(told).join(" ")}]`;
  if (value instanceof Map) return `{${[...value].map(([name, item]) => `${told(name)}: ${told(item)}`).join(", ")}}`;
  return String(value);
}
