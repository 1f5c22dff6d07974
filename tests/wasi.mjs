// Runs a test binary for wasm32-wasip1: `node wasi.mjs TESTS.wasm ARGUMENTS`, as cargo calls its runner.
//
// The binary gets its arguments, standard output and nothing else: no folder, no environment. Its exit code is ours.

import { readFileSync } from "node:fs";
import { WASI } from "node:wasi";

const [binary, ...args] = process.argv.slice(2);
const wasi = new WASI({ version: "preview1", args: [binary, ...args], env: {}, preopens: {}, returnOnExit: true });
const module = await WebAssembly.compile(readFileSync(binary));
const instance = await WebAssembly.instantiate(module, wasi.getImportObject());
process.exitCode = wasi.start(instance);
