// Bad input: a clear error at the place it belongs to, and nothing else disturbed.

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { inspect } from "node:util";

import { connect, keysBySlot, keysOf, slotOf } from "../dist/index.mjs";
import { startCluster, until } from "./lab.mjs";

let cluster;
let db;
const unhandled = [];
const note = (reason) => unhandled.push(reason);

before(async () => {
  process.on("unhandledRejection", note);
  cluster = await startCluster();
  db = await connect(cluster.seeds);
});
after(async () => {
  await db?.close();
  await cluster?.stop();
  process.off("unhandledRejection", note);
});

const NO_ARGUMENTS = {
  undefined: undefined,
  null: null,
  "a boolean": true,
  NaN: NaN,
  "an object": {},
  "an array": ["nested"],
  "a symbol": Symbol("s"),
  "a function": () => "called",
  "a date": new Date(0),
  "an ArrayBuffer": new ArrayBuffer(2),
  "another typed array": new Uint16Array(2),
  "an object without a prototype": Object.create(null),
  "an object that minds being looked into": new Proxy({}, { get: () => assert.fail("looked into") }),
  "a high surrogate alone": "lone \ud800",
  "a low surrogate alone": "\udc00",
  "a long text with a lone surrogate": `${"x".repeat(100)}\udc00`,
  "a wide text with a lone surrogate": `\ud83d${"é".repeat(30)}`,
};

for (const [shown, value] of Object.entries(NO_ARGUMENTS)) {
  test(`${shown} is refused at the call, and calls of the same tick are not disturbed`, async () => {
    const why =
      typeof value === "string" ? /argument 2 of SET: .*surrogate.*Uint8Array/ : /argument 2 of SET: .* is no argument/;
    const others = [db.set("fine", "1"), db.get("fine")];
    const bad = [db.set("bad", value), db.call("SET", "bad", value), db.mset({ fine: 2, bad: value })];
    others.push(db.get("fine"));
    const results = await Promise.allSettled(bad);
    assert.ok(
      results.every(({ reason }) => reason instanceof TypeError),
      inspect(results),
    );
    assert.match(results[0].reason.message, why);
    assert.deepEqual(await Promise.all(others), ["OK", "1", "1"]);
    const pipe = db.pipeline().set("fine", 1);
    assert.throws(() => pipe.set("bad", value), why);
    assert.deepEqual(await pipe.get("fine").exec(), ["OK", "1"]);
    await assert.rejects(db.call(value), /the command's name/);
    assert.throws(() => db.pipeline().call(value), /the command's name/);
    assert.throws(() => slotOf(value), TypeError);
    assert.throws(() => keysOf("GET", value), TypeError);
    assert.throws(() => db.explain("GET", value), TypeError);
    assert.equal(await db.exists("bad"), 0);
  });
}

test("infinities and numbers of every size are written as the server reads them", async () => {
  await db.del("z");
  await db.zadd("z", { low: -Infinity, high: Infinity, half: 0.5, tiny: 5e-324, huge: 1.7976931348623157e308 });
  assert.equal(await db.zscore("z", "low"), -Infinity);
  assert.equal(await db.zscore("z", "high"), Infinity);
  assert.equal(await db.zscore("z", "tiny"), 5e-324);
  assert.equal(await db.call("ECHO", -0), "0");
  assert.equal(await db.call("ECHO", 1e21), "1e+21");
  assert.equal(await db.call("ECHO", 2n ** 64n), "18446744073709551616");
});

test("texts of every length and every width arrive as they are", async () => {
  for (const unit of ["a", "\u0000", "é", "aé", "☃", "𝄞", "\ufeff", "\r\n"]) {
    for (const length of [0, 1, 9, 10, 39, 40, 41, 99, 100, 999, 5000]) {
      const text = unit.repeat(length);
      assert.equal(await db.call("ECHO", text), text);
      assert.deepEqual(await db.binary.call("ECHO", text), Buffer.from(text));
    }
  }
});

test("names of a server's or a user's are keys of maps and nothing else", async () => {
  const fields = new Map([
    ["__proto__", "polluted"],
    ["constructor", "c"],
    ["toString", "t"],
  ]);
  await db.del("proto");
  await db.hset("proto", fields);
  const map = await db.hgetall("proto");
  assert.ok(map instanceof Map);
  assert.deepEqual(new Map([...map].sort()), new Map([...fields].sort()));
  assert.equal({}.polluted, undefined);
  assert.equal(Object.getPrototypeOf(map), Map.prototype);
  await db.mset(new Map([["__proto__", 1]]));
  assert.equal(await db.get("__proto__"), "1");
  assert.deepEqual(Buffer.from(keysOf("GET", "__proto__")[0]).toString(), "__proto__");
  await assert.rejects(db.call("__proto__"), (error) => error.command === "__proto__" && error.code !== undefined);
  assert.ok((await db.configGet("maxmemory")) instanceof Map);
});

test("counters are bigint, and what they count under names is a Map", () => {
  const stats = db.stats();
  assert.equal(typeof stats.commands, "bigint");
  assert.ok(stats.open instanceof Map);
});

test("options that are none are refused by name, and nothing is sent", async () => {
  const before = db.stats().commands;
  for (const options of [
    { timeout: -1 },
    { timeout: NaN },
    { timeout: "100" },
    { redirects: 1000 },
    { retry: "always" },
    { order: "random" },
    { route: "nowhere" },
    { route: {} },
    { route: { slot: 16384 } },
    { route: { node: { host: 1, port: 2 } } },
    { signal: {} },
    { tmeout: 100 },
  ]) {
    assert.throws(() => db.with(options), { code: "OPTION" }, inspect(options));
    assert.throws(() => db.pipeline(options), { code: "OPTION" });
  }
  for (const options of [
    { credentials: "secret" },
    { password: 5 },
    { mapAddress: 5 },
    { transport: {} },
    { tls: "yes" },
    { protocol: 4 },
    { trust: "all" },
    { name: 5 },
    { connectTimeout: 0.5 },
    { usename: "ada" },
    { name: "\ud800" },
    { readFrom: { zone: "\ud800" } },
    { trust: ["\ud800:1"] },
    { mapAddress: new Map([["h:1", "h:2"]]) },
    null,
    5,
  ]) {
    const error = await connect(cluster.seeds, options).catch((error) => error);
    assert.equal(error.code, "OPTION", inspect(options));
    assert.doesNotMatch(error.message, /secret/);
  }
  assert.equal(db.stats().commands, before);
});

/** What is not the object that is expected, the call that it is given to, and what the error says. */
const SHAPES = [
  ["session([key])", (db) => db.session(["k"]), /each an argument of its own.* not on an array/],
  ["session({})", (db) => db.session({}), /on \{ slot \} or on \{ node \}, not on \{\}/],
  ["session(a Map)", (db) => db.session(new Map([["slot", 1]])), /not on a Map/],
  ["session(null)", (db) => db.session(null), /not on null/],
  ["session({ slot: undefined })", (db) => db.session({ slot: undefined }), /slot of a session .* 16383, not undefined/],
  ["session({ slot, node })", (db) => db.session({ slot: 1, node: "h:1" }), /not on \{ slot, node \}/],
  ["session({ slot }, key)", (db) => db.session({ slot: 1 }, "k"), /not on \{ slot \} and more/],
  ["session({ node: undefined })", (db) => db.session({ node: undefined }), /a node by host:port.* not undefined/],
  ["session({ node: primaries })", (db) => db.session({ node: "primaries" }), /expected a node by .*: primaries/],
  ["session({ node: nodes })", (db) => db.session({ node: db.nodes() }), /expected a node by .* not an array/],
  ["session({ node: { host } })", (db) => db.session({ node: { host: "h" } }), /port of a node .* not undefined/],
  ["route { slot: undefined }", (db) => db.with({ route: { slot: undefined } }), /slot of a route .* not undefined/],
  ["route { slot, nodes }", (db) => db.with({ route: { slot: 1, nodes: [] } }), /\{ slot \}, not \{ slot, nodes \}/],
  ["route { node: undefined }", (db) => db.with({ route: { node: undefined } }), /a node must be .* not undefined/],
  ["route { node: { host } }", (db) => db.with({ route: { node: { host: "h" } } }), /port of a node .* not undefined/],
  ["route { node } with half a character", (db) => db.with({ route: { node: HALF } }), /lone surrogate/],
  ["route { nodes: [] }", (db) => db.with({ route: { nodes: [] } }), /\{ nodes: \[node, …\] \}/],
  ["route { nodes } with a hole", (db) => db.with({ route: { nodes: [,] } }), /a node must be .* not undefined/],
  ["route []", (db) => db.with({ route: [] }), /route must be .* not an array/],
  ["readFrom { zone } with half a character", (db) => db.with({ readFrom: { zone: HALF.host } }), /readFrom must be/],
  ["at({ host })", (db) => db.at({ host: "h" }), /port of a node .* not undefined/],
  ["at({ host, port: text })", (db) => db.at({ host: "h", port: "1" }), /port of a node .* not a string/],
  ["at([{}])", (db) => db.at([{}]), /expected primaries, .* not \{\}/],
  ["at([,])", (db) => db.at([,]), /expected primaries, .* not undefined/],
  ["at(null)", (db) => db.at(null), /expected primaries, .* not null/],
  ["at(a place with half a character)", (db) => db.at(HALF), /lone surrogate/],
  ["at(a text with half a character)", (db) => db.at(`${HALF.host}:1`), /lone surrogate/],
  ["at(two places in a text)", (db) => db.at("h:1,h:2"), /several of them in one text/],
  ["node(null)", (db) => db.node(null), /a node by host:port.* not null/],
  ["node({ host })", (db) => db.node({ host: "h" }), /port of a node/],
  ["with()", (db) => db.with(), /options are an object, not undefined: there are timeout, /],
  ["with(null)", (db) => db.with(null), /options are an object, not null/],
  ["with(a number)", (db) => db.with(5), /options are an object, not a number/],
  ["with(a Map)", (db) => db.with(new Map([["timeout", 5]])), /options are an object, not a Map/],
  ["pipeline(null)", (db) => db.pipeline(null), /options are an object, not null: .*, atomic$/],
  ["pipeline({ atomc })", (db) => db.pipeline({ atomc: true }), /no option atomc: .*, atomic$/],
  ["split: a text", (db) => db.with({ split: "no" }), /split must be one of true, false/],
  ["hooks in lower case", (db) => db.with({ onReply: { get: String } }), /onReply has a function for get: .* GET$/],
  ["hooks by two words", (db) => db.with({ onResult: { "CONFIG GET": String } }), /first word in upper case, CONFIG$/],
  ["hooks that are no functions", (db) => db.pipeline({ onReply: { GET: 5 } }), /onReply.GET must be a function/],
  ["hooks in a Map", (db) => db.with({ onReply: new Map([["GET", String]]) }), /onReply must be a function or object/],
  ["stream(…, null)", (db) => db.stream([["PING"]], null), /options are an object, not null: .*, window, raiseOnError$/],
  ["stream(…, { raiseonerror })", (db) => db.stream([["PING"]], { raiseonerror: false }), /no option raiseonerror/],
  ["stream(…, { raiseOnError: text })", (db) => db.stream([], { raiseOnError: "no" }), /raiseOnError must be a boolean/],
  ["subscribe([channel])", (db) => db.subscribe(["a"]), /channels and patterns are arguments of their own, not an array/],
  ["subscribe(…, a Map)", (db) => db.subscribe("a", new Map()), /options are an object, not a Map: there are buffer, /],
  ["subscribe(…, { confirmations: text })", (db) => db.subscribe("a", { confirmations: "yes" }), /must be a boolean/],
  ["subscribe(…, { onOverflow: null })", (db) => db.subscribe("a", { onOverflow: null }), /onOverflow must be one of/],
  ["transaction(…, [key])", (db) => db.transaction(String, ["k"]), /keys are arguments of their own, not an array/],
  ["transaction(…, null)", (db) => db.transaction(String, null), /a session is on keys, .* not on null/],
  ["transaction(…, { attempt })", (db) => db.transaction(String, "k", { attempt: 1 }), /attempt: there are attempts/],
  ["transaction(…, a Map)", (db) => db.transaction(String, "k", new Map()), /options are an object, not a Map/],
  ["on(an event that is none)", (db) => db.on("topologyy", String), /no event topologyy: there is topology/],
  ["off(an event that is none)", (db) => db.off("topologyy", String), /no event topologyy: there is topology/],
];
const HALF = { host: "\ud800", port: 1 };

for (const [shown, call, why] of SHAPES) {
  test(`${shown} is refused at the call, and what is open on the client stays open`, async () => {
    const blocked = db.blpop(["open"], 5);
    await until("it is open", () => db.stats().nodes.some(({ inFlight }) => inFlight > 0), 1);
    const { dials } = db.stats();
    // What is not refused is used: only then does it come to the core.
    const used = async () => {
      const given = await call(db);
      await given.call?.("GET", "k");
    };
    const error = await used().catch((error) => error);
    await db.rpush("open", "still");
    assert.deepEqual(await blocked, ["open", "still"]);
    assert.equal(db.stats().dials, dials);
    assert.ok(["OPTION", "NODE", "URL"].includes(error?.code), inspect(error));
    assert.match(error.message, why);
  });
}

test("exec with options that are none is refused, and the pipeline is as it was", async () => {
  await db.del("executed");
  const pipe = db.pipeline().incr("executed");
  for (const [options, why] of [
    [{ raiseonerror: false }, /no option raiseonerror: there are raiseOnError/],
    [{ raiseOnError: "no" }, /raiseOnError must be a boolean/],
    [false, /options are an object, not a boolean: there are raiseOnError/],
    [null, /options are an object, not null/],
  ]) {
    await assert.rejects(pipe.exec(options), { code: "OPTION", message: why }, inspect(options));
    await assert.rejects(db.pipeline().exec(options), { code: "OPTION" });
  }
  assert.deepEqual(await pipe.exec(), [1]);
});

test("options of a typed method in a Map, and keys that are no list, are refused", async () => {
  await db.del("ex");
  assert.throws(() => db.set("ex", 1, new Map([["ex", 10]])), /the options of SET are an object/);
  await assert.rejects(db.scanIterator(new Map([["match", "x"]])).next(), /the options of SCAN are an object/);
  assert.equal(await db.exists("ex"), 0);
  for (const keys of ["abc", null, {}]) {
    assert.throws(() => db.nodesByKeys(keys), /in an array or another iterable/);
    assert.throws(() => keysBySlot(keys), /in an array or another iterable/);
  }
});

test("a subscription waits a number of milliseconds, and for nothing else", async () => {
  const sub = await db.subscribe();
  for (const wait of [null, "5", {}, NaN]) await assert.rejects(sub.get(wait), { code: "OPTION" }, inspect(wait));
  await sub.close();
});

for (const [what, given] of [
  ["half a character", [HALF]],
  ["a hole", [,]],
  ["nothing", undefined],
]) {
  test(`readFrom that answers ${what} is why connecting failed`, async () => {
    const error = await connect(cluster.seeds, { readFrom: () => given }).catch((error) => error);
    assert.deepEqual([error.name, error.code], ["ConnectError", "READ_FROM"], error.message);
    assert.match(error.message, /must give .*\{ host, port \}/);
  });
}

test("a signal that is aborted before the call: nothing is sent, calls beside it are", async () => {
  const signal = AbortSignal.abort(new Error("before"));
  const [refused, piped, fine] = await Promise.allSettled([
    db.with({ signal }).set("aborted", 1),
    db.pipeline({ signal }).set("aborted", 1).exec(),
    db.set("beside", 1),
  ]);
  for (const { reason } of [refused, piped]) {
    assert.deepEqual([reason.code, reason.outcome, reason.cause.message], ["CANCELLED", "not-executed", "before"]);
  }
  assert.equal(fine.value, "OK");
  assert.equal(await db.exists("aborted"), 0);
});

test("a signal that is aborted in the tick of the call: nothing is sent, calls beside it are", async () => {
  const controller = new AbortController();
  const calls = [db.with({ signal: controller.signal }).set("aborted", 1), db.set("beside", 2)];
  controller.abort(new Error("at once"));
  const [refused, fine] = await Promise.allSettled(calls);
  assert.deepEqual([refused.reason.code, refused.reason.cause.message, fine.value], ["CANCELLED", "at once", "OK"]);
  assert.equal(await db.exists("aborted"), 0);
});

test("a signal that is aborted after the write: unknown, and calls beside it are not disturbed", async () => {
  const controller = new AbortController();
  const waiting = db.with({ signal: controller.signal, timeout: 5000 }).call("BLPOP", "nothing", 5);
  const written = db.with({ signal: controller.signal }).pipeline().call("EVAL", SLOW, 1, "{slow}", 300).exec();
  const beside = db.get("beside");
  setTimeout(() => controller.abort(new Error("late")), 100);
  const [blocked, ran, fine] = await Promise.allSettled([waiting, written, beside]);
  assert.ok(["unknown", "not-executed"].includes(blocked.reason.outcome));
  assert.deepEqual([ran.reason.outcome, ran.reason.uncertain, ran.reason.cause.message], ["unknown", true, "late"]);
  assert.equal(fine.value, "2");
  // It did run: that is what unknown means.
  assert.equal(await db.get("{slow}"), "done");
});

const SLOW = `
  local from = redis.call("TIME")
  repeat local now = redis.call("TIME") until (now[1] - from[1]) * 1000 + (now[2] - from[2]) / 1000 > tonumber(ARGV[1])
  return redis.call("SET", KEYS[1], "done")`;

test("a signal that is aborted when all is done changes nothing, and is not held on to", async () => {
  const controller = new AbortController();
  const own = db.with({ signal: controller.signal });
  assert.equal(await own.set("done", 1), "OK");
  controller.abort();
  assert.equal(await db.get("done"), "1");
});

test("a refused call among calls with a signal leaves these to their signal", async () => {
  const controller = new AbortController();
  const own = db.with({ signal: controller.signal, timeout: 10_000 });
  const calls = [own.call("MSET", "odd"), own.call("BLPOP", "nothing", 5)];
  setTimeout(() => controller.abort(), 100);
  const started = Date.now();
  const [odd, blocked] = await Promise.allSettled(calls);
  assert.equal(odd.reason.code, "ARITY");
  assert.ok(["unknown", "not-executed"].includes(blocked.reason.outcome));
  assert.ok(Date.now() - started < 2000);
});

test("a closed client refuses everything, each in its own way", async () => {
  const other = await connect(cluster.seeds);
  const pipe = other.pipeline().get("k");
  await other.close();
  const closed = { code: "CLOSED", name: "ClosedError" };
  await assert.rejects(other.get("k"), closed);
  await assert.rejects(pipe.exec(), closed);
  await assert.rejects(other.pipeline().get("k").exec({ raiseOnError: false }), closed);
  await assert.rejects(other.with({ timeout: 5 }).binary.get("k"), closed);
  await assert.rejects(other.stream([["PING"]]).next(), closed);
  await assert.rejects(other.pipeline().get("k").stream().next(), closed);
  await other.close();
});

const THROWING = [
  [
    "throws",
    () => {
      throw new Error("no way");
    },
  ],
  [
    "throws what is no error",
    () => {
      throw undefined;
    },
  ],
];

for (const [what, mapAddress] of [
  ...THROWING,
  ["answers rubbish", () => ({ host: 5 })],
  ["answers nothing", () => {}],
]) {
  test(`mapAddress that ${what} is why the connection failed`, async () => {
    const error = await connect(cluster.seeds, { mapAddress, connectTimeout: 200 }).catch((error) => error);
    assert.deepEqual([error.name, error.code], ["ConnectError", "UNREACHABLE"]);
    if (what === "throws") assert.match(error.message, /no way/);
  });
}

test("mapAddress that throws from some time on costs what needs a new connection, nothing else", async () => {
  let isBroken = false;
  const mapAddress = (address) => {
    if (isBroken) throw new Error("no way");
    return address;
  };
  const own = await connect(cluster.seeds, { mapAddress });
  await Promise.all(["a", "b", "c"].map((key) => own.set(key, key)));
  isBroken = true;
  assert.equal(await own.get("a"), "a");
  const refused = await own
    .with({ timeout: 500 })
    .call("BLPOP", "nothing", 0)
    .catch((error) => error);
  assert.ok(["not-executed", "unknown"].includes(refused.outcome));
  assert.deepEqual(await own.mget(["a", "b", "c"]), ["a", "b", "c"]);
  await own.close();
});

for (const [what, credentials] of [
  ...THROWING,
  ["rejects", () => Promise.reject(new Error("no way"))],
  ["rejects with nothing", () => Promise.reject()],
  ["answers rubbish", () => ({ password: 5 })],
  ["answers null", async () => null],
]) {
  test(`credentials that ${what} are why the connection failed`, async () => {
    const error = await connect(cluster.seeds, { credentials, connectTimeout: 200 }).catch((error) => error);
    assert.deepEqual([error.name, error.code], ["ConnectError", "AUTH"]);
    assert.match(error.message, /credentials\(\) failed/);
  });
}

test("credentials that never come cost the time of a connection", async () => {
  const error = await connect(cluster.seeds[0], {
    credentials: () => new Promise(() => {}),
    connectTimeout: 100,
  }).catch((error) => error);
  assert.deepEqual([error.name, error.code], ["ConnectError", "CONNECT_TIMEOUT"]);
});

test("callbacks may use the client that they belong to", async () => {
  const done = [];
  let own;
  const credentials = () => {
    if (own) done.push(own.stats().commands, own.topology().standalone, own.get("a"), own.pipeline().get("b").exec());
    return undefined;
  };
  own = await connect(cluster.seeds, { credentials });
  await own.mset({ a: 1, b: 2 });
  await own
    .with({ timeout: 300 })
    .call("BLPOP", "nothing", 0)
    .catch(() => {});
  assert.ok(done.length > 0);
  await Promise.all(done);
  await own.close();
});

test("a then that throws is its caller's, and the replies of the same event arrive", async () => {
  const mine = db.get("a").then(() => {
    throw new Error("in then");
  });
  const others = Promise.all([db.set("x", 1), db.get("x")]);
  await assert.rejects(mine, /in then/);
  assert.deepEqual(await others, ["OK", "1"]);
});

test("nothing of all this was an unhandled rejection", async () => {
  await sleep(50);
  assert.deepEqual(unhandled, []);
});
