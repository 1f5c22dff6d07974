// A slow network before nodes of a cluster: each has a port of its own here, behind which replies take their time.

import { createServer, connect } from "node:net";

/**
 * Every reply of these nodes comes so many milliseconds later, or as many as `delay` says from then on; `way` is for
 * `mapAddress`, and `stop` ends it.
 */
export async function startSlow(addresses, delay) {
  const nodes = new Map();
  for (const address of addresses) {
    const node = { delay };
    node.server = createServer({ noDelay: true, allowHalfOpen: true }, (client) => serve(client, address, node));
    await new Promise((resolve) => node.server.listen(0, "127.0.0.1", resolve));
    nodes.set(address, node);
  }
  return {
    way: ({ host, port }) => ({ host, port: nodes.get(`${host}:${port}`)?.server.address().port ?? port }),
    delay: (address, ms) => void (nodes.get(address).delay = ms),
    stop: () => Promise.all([...nodes.values()].map(({ server }) => new Promise((resolve) => server.close(resolve)))),
  };
}

function serve(client, address, node) {
  const [host, port] = address.split(":");
  const server = connect({ host, port, noDelay: true, allowHalfOpen: true });
  // How a connection ends is its two sides' business.
  client.on("error", () => server.destroy());
  server.on("error", () => client.destroy());
  client.pipe(server);
  // Each chunk comes so much later than it was said, however many are on their way, and none before one said earlier.
  let last = Promise.resolve();
  const later = (say) => {
    const due = new Promise((resolve) => setTimeout(resolve, node.delay));
    last = last.then(() => due).then(say);
  };
  server.on("data", (chunk) => later(() => client.destroyed || client.write(chunk)));
  server.on("end", () => later(() => client.end()));
}
