// Cores of the built package with something put in between: `dist/core.js` is where every client gets its own.

import { createRequire } from "node:module";

const bound = createRequire(import.meta.url)("../dist/core.js");
const VERBS = [
  ...["submit", "connected", "received", "closed", "written", "elapsed", "cancel", "poll", "frame_words"],
  ...["explain", "topology", "stats", "release", "read_order", "authenticate"],
];

/** While `run` runs, every new core has `around(verb, instance, call)` around each verb. */
export async function intercepted(around, run) {
  const { instantiate } = bound;
  bound.instantiate = () => {
    const instance = instantiate();
    class Core extends instance.Core {}
    for (const verb of VERBS) {
      Core.prototype[verb] = function (...args) {
        return around(verb, instance, () => instance.Core.prototype[verb].apply(this, args));
      };
    }
    return { ...instance, Core };
  };
  try {
    return await run();
  } finally {
    bound.instantiate = instantiate;
  }
}

const TRAP = "0061736d010000000104016000000302010007080104747261700000" + "0a05010300000b";

/** Ends in a trap of WebAssembly. */
export function trap() {
  new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(TRAP, "hex"))).exports.trap();
}
