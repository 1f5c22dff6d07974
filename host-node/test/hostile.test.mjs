// What bytes that no server sends may cost a process of Node: less than a mebibyte beside what was read, as the process
// and the core's own memory say. `tests/tests/hostile` is the same for Rust, and shows that time is linear.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";

import { startPeer } from "./adapter.mjs";

const MIB = 1 << 20;
/** As the cases of the adapter kit write them; all are longer than what one read takes, or a few bytes. */
const HOSTILE = [
  "{*1\\r\\n*100000}",
  "%4294967295\\r\\n",
  "$9223372036854775807\\r\\n",
  "$4294967299\\r\\n",
  "+{x*10000000}",
  ":{1*10000000}",
  "{|1\\r\\n+a\\r\\n+b\\r\\n*100000}",
];

let peer;

before(async () => {
  peer = await startPeer();
});
after(() => peer?.stop());

/** In a process of its own: how much memory grew while a call met these bytes, and the call's error. */
async function met(what) {
  const seed = await peer.startOne(`on SET hostile: say ${what}, silence`);
  const url = (file) => JSON.stringify(new URL(file, import.meta.url).href);
  const script = `
    import { connect } from ${url("../dist/index.mjs")};
    import { intercepted } from ${url("./cores.mjs")};
    const size = { wasm: 0, buffers: 0 };
    let last;
    const watch = () => {
      const { external, arrayBuffers } = process.memoryUsage();
      // The core's memory is one of these buffers.
      size.wasm = Math.max(size.wasm, last.buffer.byteLength);
      size.buffers = Math.max(size.buffers, external, arrayBuffers);
    };
    const around = (_, { memory }, call) => {
      last = memory;
      const result = call();
      watch();
      return result;
    };
    await intercepted(around, async () => {
      const db = await connect("${seed}", { timeout: 10_000 });
      await db.set("friendly", 1);
      globalThis.gc();
      Object.assign(size, { wasm: 0, buffers: 0 });
      watch();
      const before = { ...size };
      const error = await db.set("hostile", 1).catch((error) => error);
      watch();
      const { message } = error;
      console.log(JSON.stringify({ wasm: size.wasm - before.wasm, buffers: size.buffers - before.buffers, message }));
      await db.close();
    });
  `;
  const args = ["--expose-gc", "--input-type=module", "--eval", script];
  const cwd = fileURLToPath(new URL(".", import.meta.url));
  const child = spawn(process.execPath, args, { cwd, stdio: ["ignore", "pipe", "inherit"] });
  let text = "";
  child.stdout.setEncoding("utf8").on("data", (some) => (text += some));
  const code = await new Promise((resolve) => child.once("close", resolve));
  assert.equal(code, 0, text);
  return JSON.parse(text);
}

for (const what of HOSTILE) {
  test(`${what} takes less than a mebibyte`, async (context) => {
    const { wasm, buffers, message } = await met(what);
    context.diagnostic(`wasm memory ${wasm}, buffers ${buffers} bytes`);
    assert.match(message, /no RESP/);
    assert.ok(wasm < MIB && buffers < MIB, `wasm memory ${wasm}, buffers ${buffers} bytes`);
  });
}
