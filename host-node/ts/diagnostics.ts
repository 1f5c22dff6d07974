/**
 * What happens inside, told on channels of `node:diagnostics_channel` to whoever subscribes. Off unless a client is
 * connected with `diagnostics: true`: then the core tells, and nothing of it holds a key, a value or a secret.
 *
 * | channel | message |
 * |---|---|
 * | `slotpipe:plan` | `{ first, count }`: a batch was taken, with these tickets |
 * | `slotpipe:write` | `{ link, node, bytes }`: handed over to be sent |
 * | `slotpipe:redirect` | `{ code, ticket }`: MOVED, ASK, TRYAGAIN, ... was followed |
 * | `slotpipe:refresh` | `{ changed }`: the slot map was looked at anew |
 * | `slotpipe:reconnect` | `{ link, node }`: a connection is up and greeted |
 * | `slotpipe:resubscribe` | `{ lane }`: a subscription has all again that it had lost |
 * | `slotpipe:down` | `{ node, code, reason }`: a node could not be reached, or refused the handshake |
 */

import type { channel as channelOf } from "node:diagnostics_channel";

import type { Action, NoteKind } from "./frame.js";

type Note = Extract<Action, { kind: "note" }>;

const CHANNELS: Readonly<Partial<Record<NoteKind, readonly [name: string, message: (note: Note) => object]>>> = {
  planned: ["slotpipe:plan", ({ text }) => numbers(text, "first", "count")],
  wrote: [
    "slotpipe:write",
    ({ text }) => {
      const [link, rest] = apart(text, text.indexOf(" "));
      const [node, bytes] = apart(rest, rest.lastIndexOf(" "));
      return { link: Number(link), node, bytes: Number(bytes) };
    },
  ],
  redirected: [
    "slotpipe:redirect",
    ({ text }) => {
      const [code, ticket] = apart(text, text.indexOf(" "));
      return { code, ticket: Number(ticket) };
    },
  ],
  refreshed: ["slotpipe:refresh", ({ text }) => ({ changed: text === "true" })],
  reconnected: [
    "slotpipe:reconnect",
    ({ text }) => {
      const [link, node] = apart(text, text.indexOf(" "));
      return { link: Number(link), node };
    },
  ],
  resubscribed: ["slotpipe:resubscribe", ({ text }) => ({ lane: Number(text) })],
  "node-down": [
    "slotpipe:down",
    ({ text, failure }) => {
      const [node, reason] = apart(text, text.indexOf(": "));
      return { node, code: failure, reason: reason.trimStart() };
    },
  ],
};

/** Publishes a note, if anybody listens. */
export function publish(note: Note): void {
  const told = CHANNELS[note.note];
  if (!told) return;
  const { channel } = require("node:diagnostics_channel") as { channel: typeof channelOf };
  const [name, message] = told;
  const own = channel(name);
  if (own.hasSubscribers) own.publish(message(note));
}

const apart = (text: string, at: number): [string, string] => [text.slice(0, at), text.slice(at + 1)];

const numbers = (text: string, ...names: readonly string[]): object =>
  Object.fromEntries(text.split(" ").map((word, at) => [names[at], Number(word)]));
