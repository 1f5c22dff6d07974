// One password, and everything that a client says of itself and of what went wrong: the password stands in none of it.
// `tests/tests/canary.rs` is the same for Rust. Here a process of its own says it, so that nothing goes by unheard.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { startPeer } from "./adapter.mjs";

const USER = "canary-user";
/** With what URLs, logs and patterns have their own ways with. */
const PASSWORD = "canary:pass/word@5e1f%";

let peer;

before(async () => {
  peer = await startPeer();
});
after(() => peer?.stop());

/** What a process says that runs this with the client, the password and all that it prints by `said`. */
async function everythingSaid(body) {
  const url = (file) => JSON.stringify(new URL(file, import.meta.url).href);
  const script = `
    import { inspect } from "node:util";
    import { connect } from ${url("../dist/index.mjs")};
    import { intercepted, trap } from ${url("./cores.mjs")};
    const [username, password] = ${JSON.stringify([USER, PASSWORD])};
    const encoded = encodeURIComponent(password);
    let count = 0;
    const said = (who, what) => {
      count += 1;
      const json = (value) => JSON.stringify(value, (_, item) => (typeof item === "bigint" ? String(item) : item));
      console.log("#", who, inspect(what, { depth: 7, showHidden: true, getters: true }), String(what));
      try { console.log(json(what)); } catch (error) { console.log(error.message); }
      for (let error = what; error instanceof Error; error = error.cause) console.log(error.stack, json(error));
    };
    const fails = async (who, call) => {
      try {
        await call();
        said(who, "it did not fail");
      } catch (error) {
        said(who, error);
      }
    };
    ${body}
    console.log("said", count);
  `;
  const child = spawn(process.execPath, ["--trace-warnings", "--input-type=module", "--eval", script], {
    cwd: fileURLToPath(new URL(".", import.meta.url)),
    stdio: ["ignore", "pipe", "pipe"],
  });
  let text = "";
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding("utf8").on("data", (some) => (text += some));
  const code = await new Promise((resolve) => child.once("close", resolve));
  assert.equal(code, 0, text);
  return text;
}

function tellsNothing(text, least) {
  const bytes = [...Buffer.from(PASSWORD)].join(", ");
  const hex = Buffer.from(PASSWORD).toString("hex").replace(/../g, "$& ").trim();
  for (const needle of ["canary:", "5e1f", encodeURIComponent(PASSWORD), bytes, hex]) {
    const at = text.indexOf(needle);
    assert.equal(at, -1, `the password was told (${needle}): ${text.slice(Math.max(0, at - 600), at + 100)}`);
  }
  const [, count] = /^said (\d+)$/m.exec(text) ?? [];
  assert.ok(Number(count) >= least, `only ${count} have said something`);
}

test("a client that cannot connect tells no password, whatever the server said", async () => {
  const refusals = [
    "-WRONGPASS invalid username-password pair or user is disabled.\\r\\n",
    "-NOAUTH Authentication required.\\r\\n",
    `-ERR unknown command 'HELLO',\\_with args beginning with: '3' 'AUTH' '${USER}' '${PASSWORD}' \\r\\n`,
    `-ERR unknown command 'AUTH',\\_with args beginning with: '${USER}' '${PASSWORD}' \\r\\n`,
    `-ERR ${USER} may not log in with ${PASSWORD}\\r\\n`,
    `${PASSWORD}\\r\\n`,
    `+${PASSWORD}\\r\\n`,
    `*5\\r\\n$5\\r\\nHELLO\\r\\n$1\\r\\n3\\r\\n$4\\r\\nAUTH\\r\\n$11\\r\\n${USER}\\r\\n$22\\r\\n${PASSWORD}\\r\\n`,
  ];
  const seeds = [];
  for (const refusal of refusals) {
    const directives = ["HELLO", "AUTH"].map((name) => `always on ${name}: say ${refusal}, silence`);
    seeds.push(await peer.startOne(...directives));
  }
  const [seed] = seeds;
  const text = await everythingSaid(`
    const seeds = ${JSON.stringify(seeds)};
    for (const protocol of [2, 3]) for (const seed of seeds)
      await fails("refused", () => connect(seed, { username, password, protocol, connectTimeout: 150 }));
    for (const url of [
      \`redis://\${username}:\${encoded}@${seed}/x\`,
      \`redis://\${username}:\${encoded}@${seed}?password=\${encoded}\`,
      \`redis://\${username}:\${password}@${seed}\`,
      \`redis://\${encoded}@${seed}\`,
      \`redis://\${username}:\${encoded}%@${seed}\`,
      \`redis://\${username}:\${encoded}@\`,
      \`http://\${username}:\${encoded}@${seed}\`,
      \`\${username}:\${encoded}@${seed}\`,
      password,
    ]) await fails("a URL", () => connect(url, { connectTimeout: 300 }));
    const options = { connectTimeout: 300 };
    await fails("no password", () => connect("${seed}", { ...options, password: [password] }));
    await fails("no user", () => connect("${seed}", { ...options, username: { password }, password }));
    await fails("TLS", () => connect("${seed}", { ...options, username, password, tls: true }));
    await fails("keys", () => connect("${seed}", { ...options, tls: { key: password, cert: password, passphrase: password } }));
    await fails("credentials", () => connect("${seed}", { ...options, credentials: () => ({ username, password: [password] }) }));
  `);
  tellsNothing(text, 28);
});

test("a client that is connected tells no password, whatever happens to its calls", async () => {
  const seed = await peer.startOne(
    "always on SET wrong: say -WRONGTYPE Operation against a key holding the wrong kind of value\\r\\n",
    "always on SET noauth: say -NOAUTH Authentication required.\\r\\n",
    "always on SET lost: reset",
    "always on SET silent: silence",
    "always on SET hostile: say !!\\r\\n",
    "always on SET k: say -MOVED 7629 127.0.0.1:1\\r\\n",
    "always on SET later: say -TRYAGAIN Multiple keys request during rehashing of slot\\r\\n",
  );
  const text = await everythingSaid(`
    const ways = [{ username, password }, { credentials: async () => ({ username, password }) }];
    for (const way of ways) {
      let armed = false;
      const around = (verb, _, call) => (armed && verb === "received" ? ((armed = false), trap()) : call());
      await intercepted(around, async () => {
        const db = await connect("${seed}", { ...way, timeout: 60 });
        for (const key of ["wrong", "noauth", "lost", "silent", "hostile", "k", "later"]) {
          await fails(key, () => db.set(key, password));
          await fails(key, () => db.pipeline().set(key, password).get("fine").exec());
          said(key, await db.pipeline().set(key, password).get("fine").exec({ raiseOnError: false }));
        }
        for (const words of [
          ["AUTH", username, password],
          ["HELLO", "3", "AUTH", username, password],
          ["SET", password],
          ["MSET", "odd", "a", password],
          ["SUBSCRIBE", password],
          ["SET", "k2", { password }],
          ["SET", "k2", [password]],
          ["SET", "k2", Symbol(password)],
          ["SET", "k2", () => password],
        ]) {
          await fails(words[0], () => db.call(...words));
          await fails(words[0], async () => said("a refusal", db.explain(...words).refusal));
        }
        armed = true;
        await fails("a trap", () => db.set("k3", password));
        await db.close();
        await fails("a closed client", () => db.set("k", password));
      });
      // Whoever looks into a client may see what it was asked last, and never who asks.
      await (async () => {
        const db = await connect("${seed}", { ...way, tls: false });
        await db.set("x", 1);
        said("a pipeline", db.pipeline().get("x"));
        said("the client", db);
        said("the client in binary", db.binary);
        said("the client with options", db.with({ timeout: 100 }));
        said("counts", db.stats());
        said("the slot map", db.topology());
        await db.close();
        said("the closed client", db);
      })();
    }
  `);
  tellsNothing(text, 80);
});
