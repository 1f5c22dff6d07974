// A server in this process that owns every slot, answers slowly, and refuses what its caller wants refused.

import { createServer } from "node:net";

/** `answer(args)` gives the bytes of a reply, a promise of them, or `undefined` to say nothing; what it throws hangs up. */
export async function startFake(answer) {
  // As servers do: a second reply is not held back until the first is acknowledged.
  const server = createServer({ noDelay: true }, (socket) => {
    let rest = Buffer.alloc(0);
    let last = Promise.resolve();
    socket.on("error", () => {});
    socket.on("data", (bytes) => {
      rest = Buffer.concat([rest, bytes]);
      for (let read = command(rest); read; read = command(rest)) {
        const { args, end } = read;
        rest = rest.subarray(end);
        last = last.then(async () => {
          try {
            const said = own(args, server.address().port) ?? (await answer(args));
            if (said !== undefined && !socket.destroyed) socket.write(said);
          } catch {
            socket.destroy();
          }
        });
      }
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    seeds: `127.0.0.1:${server.address().port}`,
    port: server.address().port,
    stop: () => server.close(),
  };
}

export const bulk = (text) => `$${Buffer.byteLength(text)}\r\n${text}\r\n`;
export const array = (items) => `*${items.length}\r\n${items.join("")}`;

function own([name, ...args], port) {
  switch (`${name} ${args[0] ?? ""}`.toUpperCase()) {
    case "CLUSTER SLOTS":
      return array([array([":0\r\n", ":16383\r\n", array([bulk("127.0.0.1"), `:${port}\r\n`, bulk("a".repeat(40))])])]);
    case "CLUSTER NODES":
      return bulk(`${"a".repeat(40)} 127.0.0.1:${port}@${port + 1} myself,master - 0 0 1 connected 0-16383\n`);
    case "CLIENT ID":
      return ":7\r\n";
    default:
      if (name.toUpperCase() === "HELLO") return "-ERR unknown command\r\n";
      return ["CLIENT", "AUTH", "ASKING"].includes(name.toUpperCase()) ? "+OK\r\n" : undefined;
  }
}

function command(bytes) {
  const args = [];
  let at = 0;
  const line = () => {
    const end = bytes.indexOf("\r\n", at);
    if (end < 0) return undefined;
    const text = bytes.toString("latin1", at + 1, end);
    at = end + 2;
    return Number(text);
  };
  const count = line();
  if (count === undefined) return undefined;
  for (let left = count; left > 0; left--) {
    const length = line();
    if (length === undefined || bytes.length < at + length + 2) return undefined;
    args.push(bytes.toString("utf8", at, at + length));
    at += length + 2;
  }
  return { args, end: at };
}
