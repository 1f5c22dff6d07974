// `slotpipe/core`: the machine without sockets, alone and in a bundle for places that are not Node.

import assert from "node:assert/strict";
import { createRequire } from "node:module";
import { connect as dial } from "node:net";
import { test } from "node:test";
import { createContext, runInContext } from "node:vm";

import { build } from "esbuild";

import * as esm from "../dist/machine.mjs";
import { root, startCluster } from "./lab.mjs";

const { Machine, MisuseError, NotExecutedError, explain, keysOf, slotOf } = esm;
const seeds = [{ host: "h", port: 7000 }];
const bytes = (text) => Buffer.from(text.replaceAll(" ", "\r\n") + "\r\n");

/** A machine that has been told that `h:7000` is a server without a cluster. */
function ready(options = {}) {
  const machine = new Machine({ seeds, protocol: 2, ...options }, 0);
  const { actions } = machine.poll(0);
  const { link } = actions.find(({ kind }) => kind === "connect");
  machine.handle(1, { kind: "connected", link });
  let isReady = false;
  for (let round = 0; round < 10 && !isReady; round++) {
    for (const action of machine.poll(1).actions) {
      if (action.kind === "note" && action.note === "ready") isReady = true;
      if (action.kind !== "send") continue;
      const count = Buffer.from(action.bytes)
        .toString()
        .match(/^\*\d+\r$/gm).length;
      const no = Buffer.from("-ERR This instance has cluster support disabled\r\n".repeat(count));
      machine.handle(1, { kind: "received", link, bytes: no });
    }
  }
  assert.ok(isReady);
  return { machine, link };
}

test("a conversation by hand: commands in, bytes out, bytes in, answers out", () => {
  const { machine, link } = ready();
  const first = machine.submit(2, [
    ["SET", "k", "é"],
    ["GET", "k"],
    ["INCR", "k"],
  ]);
  const [sent] = machine.poll(2).actions.filter(({ kind }) => kind === "send");
  assert.equal(
    Buffer.from(sent.bytes).toString(),
    "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$2\r\né\r\n*2\r\n$3\r\nGET\r\n$1\r\nk\r\n*2\r\n$4\r\nINCR\r\n$1\r\nk\r\n",
  );
  machine.handle(3, { kind: "received", link, bytes: bytes("+OK $2 é") });
  assert.deepEqual(machine.poll(3).answers, [
    { ticket: first, result: "OK" },
    { ticket: first + 1, result: "é" },
  ]);
  machine.handle(4, { kind: "received", link, bytes: Buffer.from("-WRONGTYPE no\r\n") });
  const [{ ticket, result }] = machine.poll(4).answers;
  assert.deepEqual(
    [ticket, result.code, result.ran, result instanceof esm.ServerError],
    [first + 2, "WRONGTYPE", "maybe", true],
  );
});

test("with binary, texts of replies are bytes", () => {
  const { machine, link } = ready();
  machine.submit(2, [["GET", "k"]]);
  machine.poll(2);
  machine.handle(3, { kind: "received", link, bytes: Buffer.from([0x24, 0x31, 13, 10, 0xff, 13, 10]) });
  assert.deepEqual(machine.poll(3, { binary: true }).answers[0].result, new Uint8Array([0xff]));
});

test("a connection that ends tells sent from unsent, and time passes only by what is told", () => {
  const { machine, link } = ready({ timeout: 100 });
  const first = machine.submit(2, [["SET", "k", 1]]);
  machine.poll(2);
  machine.handle(3, { kind: "closed", link, cause: "lost", text: "reset", maybeSent: 1 << 20 });
  const { answers, actions } = machine.poll(3);
  assert.deepEqual([answers[0].ticket, answers[0].result.outcome], [first, "unknown"]);
  const { until } = actions.findLast(({ kind }) => kind === "wait");
  assert.ok(until > 3);
  machine.submit(10, [["SET", "k", 2]]);
  machine.poll(10);
  machine.handle(200_000, { kind: "elapsed" });
  const [late] = machine.poll(200_000).answers;
  assert.ok(late.result instanceof NotExecutedError);
});

test("what nobody waits for any more ends", () => {
  const { machine } = ready();
  const first = machine.submit(2, [["SET", "k", 1]]);
  machine.cancel(3, first, 1);
  assert.equal(machine.poll(3).answers[0].result.code, "CANCELLED");
});

test("the same words at the same times give the same bytes", () => {
  const run = () => {
    const { machine } = ready({ randomSeed: 7 });
    machine.submit(2, [
      ["SET", "a", 1],
      ["MGET", "a", "b"],
    ]);
    return JSON.stringify(machine.poll(2));
  };
  assert.equal(run(), run());
});

test("mistakes are told by errors, and the machine lives on", () => {
  const { machine } = ready();
  assert.throws(
    () =>
      machine.submit(2, [
        ["GET", "k"],
        ["MSET", "odd"],
      ]),
    (error) => error instanceof MisuseError && error.index === 1,
  );
  assert.throws(() => machine.submit(2, [["GET", undefined]]), TypeError);
  assert.throws(() => machine.submit(2, [["GET", "k"]], { order: "none of these" }), { code: "OPTION" });
  for (const options of [null, 5, { lane: "first" }, { lanes: 1 }, { route: { slot: undefined } }]) {
    assert.throws(() => machine.submit(2, [["GET", "k"]], options), { code: "OPTION" });
  }
  assert.throws(() => machine.explain([["GET", "k"]], { rout: "all" }), { code: "OPTION" });
  assert.throws(() => new Machine({ seeds: [{ host: 1 }] }, 0), { code: "OPTION" });
  assert.throws(() => new Machine({ seeds, timeout: -1 }, 0), { code: "OPTION" });
  assert.equal(typeof machine.submit(2, [["GET", "k"]]), "number");
  assert.equal(machine.topology().standalone, true);
  assert.equal(typeof machine.stats().commands, "bigint");
});

test("slots, keys and plans need no machine", () => {
  assert.equal(slotOf("{user}.a"), slotOf(new TextEncoder().encode("user")));
  assert.deepEqual(keysOf("GET", "k"), [new TextEncoder().encode("k")]);
  const [mget, odd] = explain([
    ["MGET", "a", "b"],
    ["MSET", "odd"],
  ]);
  assert.deepEqual(
    mget.plan.parts.map(({ slot }) => slot),
    [15495, 3300],
  );
  assert.equal(odd.refusal.code, "ARITY");
});

test("require and import give the same classes, of the main entry too", async () => {
  const cjs = createRequire(import.meta.url)("../dist/machine.js");
  assert.equal(cjs.Machine, Machine);
  assert.equal((await import("../dist/index.mjs")).MisuseError, MisuseError);
});

for (const platform of ["browser", "neutral"]) {
  test(`bundled for ${platform} it has nothing of Node and runs where there is neither Buffer nor process`, async () => {
    const contents = `
      import { Machine, keysOf, slotOf } from "./dist/machine.mjs";
      const machine = new Machine({ seeds: [{ host: "h", port: 7000 }] }, 0);
      globalThis.told = { slot: slotOf("☃𝄞"), key: keysOf("GET", "☃𝄞")[0].length, actions: machine.poll(0).actions };
      let refused;
      try { machine.submit(0, [["SET", "k", "\\ud800"]]); } catch (error) { refused = error.message; }
      globalThis.told.refused = refused;`;
    const options = {
      stdin: { contents, resolveDir: root },
      bundle: true,
      write: false,
      format: "iife",
      platform,
      metafile: true,
    };
    const { outputFiles, metafile } = await build({ ...options, logLevel: "silent" });
    const [{ text }] = outputFiles;
    assert.doesNotMatch(text, /["']node:|require\(["']/);
    assert.deepEqual(
      Object.values(metafile.inputs).flatMap(({ imports }) => imports.filter(({ external }) => external)),
      [],
    );
    const context = createContext({ WebAssembly, TextEncoder, TextDecoder, FinalizationRegistry, console });
    runInContext(text, context);
    const { told } = context;
    assert.deepEqual([told.slot, told.key], [slotOf("☃𝄞"), 7]);
    assert.match(told.refused, /surrogate/);
    assert.equal(JSON.stringify(told.actions.map(({ kind }) => kind)), '["connect","wait"]');
  });
}

test("a few lines of host make it a client of a real cluster", async () => {
  const cluster = await startCluster();
  const [host, port] = cluster.seeds[0].split(":");
  const now = () => Math.floor(1000 * performance.now());
  const machine = new Machine({ seeds: [{ host, port: Number(port) }] }, now());
  const sockets = new Map();
  const answers = [];
  let done;
  const all = new Promise((resolve) => {
    done = resolve;
  });
  const tell = (input) => {
    machine.handle(now(), input);
    pump();
  };
  let timer;
  function pump() {
    const outputs = machine.poll(now());
    answers.push(...outputs.answers);
    for (const action of outputs.actions) {
      const { link } = action;
      if (action.kind === "connect") {
        const socket = dial(action.port, action.host, () => tell({ kind: "connected", link }));
        socket.on("data", (bytes) => tell({ kind: "received", link, bytes }));
        socket
          .on("error", () => {})
          .on("close", () => tell({ kind: "closed", link, cause: "lost", maybeSent: socket.bytesWritten }));
        sockets.set(link, socket);
      } else if (action.kind === "send") sockets.get(link).write(action.bytes);
      else if (action.kind === "close") sockets.get(link).destroy();
      else if (action.kind === "wait") {
        clearTimeout(timer);
        if (action.until !== undefined)
          timer = setTimeout(() => tell({ kind: "elapsed" }), (action.until - now()) / 1000 + 1);
      }
    }
    if (answers.length === 300) done();
  }
  const commands = Array.from({ length: 100 }, (_, at) => [
    ["SET", `m:${at}`, at],
    ["GET", `m:${at}`],
    ["DEL", `m:${at}`, `n:${at}`],
  ]);
  machine.submit(now(), commands.flat());
  pump();
  await all;
  const results = answers.sort((a, b) => a.ticket - b.ticket).map(({ result }) => result);
  assert.deepEqual(results, Array.from({ length: 100 }, (_, at) => ["OK", String(at), 1]).flat());
  clearTimeout(timer);
  for (const socket of sockets.values()) socket.removeAllListeners("close").destroy();
  await cluster.stop();
});
