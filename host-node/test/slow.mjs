// A slow network before a cluster: each node has a port of its own here, behind which replies take their time.

import { createServer, connect } from "node:net";

/** Every reply of these nodes comes so many milliseconds later; `way` is for `mapAddress`, `stop` ends it. */
export async function startSlow(seeds, delay) {
  const servers = new Map();
  for (const seed of seeds) {
    const [host, port] = seed.split(":");
    const server = createServer({ noDelay: true, allowHalfOpen: true }, (client) => serve(client, { host, port }, delay));
    await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
    servers.set(seed, server);
  }
  return {
    way: ({ host, port }) => ({ host, port: servers.get(`${host}:${port}`).address().port }),
    stop: () => Promise.all([...servers.values()].map((server) => new Promise((resolve) => server.close(resolve)))),
  };
}

function serve(client, address, delay) {
  const server = connect({ ...address, noDelay: true, allowHalfOpen: true });
  // How a connection ends is its two sides' business.
  client.on("error", () => server.destroy());
  server.on("error", () => client.destroy());
  client.pipe(server);
  // Each chunk comes `delay` after it was said, however many are on their way.
  server.on("data", (chunk) => setTimeout(() => client.destroyed || client.write(chunk), delay));
  server.on("end", () => setTimeout(() => client.end(), delay));
}
