/** The connections of one client, by the core's numbers. They report in the past tense and do what they are told. */

import type { Duplex } from "node:stream";

import { type Address, Dialer, type Dialled, type DialOptions } from "./dial.js";
import type { Cause, Credentials, Input } from "./machine.js";

export interface LinkOptions extends DialOptions {
  /** Asked at each connection; the connection's time runs meanwhile. */
  readonly credentials?: (() => Promise<Credentials | undefined> | Credentials | undefined) | undefined;
}

/** Back-pressure is told in steps of so many bytes: the core holds back only when far more wait. */
const STEP = 256 << 10;

interface Link {
  readonly number: number;
  readonly dialling: AbortController;
  readonly timer: NodeJS.Timeout;
  stream: Duplex | undefined;
  /** The TCP connection is there, and TLS is under way. */
  isSecuring: boolean;
  /** Its credentials are known: the core has been told. */
  isOpen: boolean;
  /** Bytes handed over: the upper bound of what may have left. */
  handed: number;
  /** So many of them the core knows to be taken. */
  told: number;
}

export class Links {
  private readonly links = new Map<number, Link>();
  private readonly dialer: Dialer;

  readonly #options: LinkOptions;

  constructor(
    options: LinkOptions,
    private busy: boolean,
    private readonly tell: (input: Input) => void,
  ) {
    this.#options = options;
    this.dialer = new Dialer(options);
  }

  /** Dials; whatever comes of it is told later. */
  connect(number: number, address: Address, timeoutMs: number): void {
    const timer = setTimeout(() => this.over(link, "timed-out"), timeoutMs);
    if (!this.busy) timer.unref();
    const dialling = new AbortController();
    const link: Link = { number, dialling, timer, stream: undefined, isSecuring: false, isOpen: false, handed: 0, told: 0 };
    this.links.set(number, link);
    const received = (bytes: Uint8Array) => {
      if (this.links.get(number) === link) this.tell({ kind: "received", link: number, bytes });
    };
    try {
      const dialled = this.dialer.dial(address, dialling.signal, received);
      if (!(dialled instanceof Promise)) return this.adopt(link, dialled);
      dialled.then(
        (late) => this.adopt(link, late),
        (error: unknown) => this.fail(link, error),
      );
    } catch (error) {
      queueMicrotask(() => this.fail(link, error));
    }
  }

  /** Writes bytes that are the stream's from now on. */
  send(number: number, bytes: Uint8Array): void {
    const link = this.links.get(number);
    if (!link?.stream) return;
    const total = link.handed + bytes.length;
    link.handed = total;
    try {
      link.stream.write(bytes, (error) => {
        if (error || total - link.told < STEP || this.links.get(number) !== link) return;
        link.told = total;
        this.tell({ kind: "written", link: number, total });
      });
    } catch (error) {
      queueMicrotask(() => this.fail(link, error));
    }
  }

  close(number: number): void {
    const link = this.links.get(number);
    if (link) queueMicrotask(() => this.over(link, "asked"));
  }

  /** The connections whose credentials the core has been given. */
  open(): number[] {
    return [...this.links.values()].filter((link) => link.isOpen).map((link) => link.number);
  }

  /** Drops every connection without a word to anybody. */
  clear(): void {
    const all = [...this.links.values()];
    this.links.clear();
    for (const link of all) drop(link);
  }

  /** Connections keep the process alive while something is asked, and not otherwise. */
  keepAlive(busy: boolean): void {
    this.busy = busy;
    for (const { stream, timer } of this.links.values()) {
      hold(stream, busy);
      if (busy) timer.ref();
      else timer.unref();
    }
  }

  private adopt(link: Link, { stream, event }: Dialled): void {
    link.stream = stream;
    if (this.links.get(link.number) !== link) return drop(link);
    if (!this.busy) hold(stream, false);
    stream.on("error", (error) => this.fail(link, error));
    stream.once("end", () => this.fail(link, new Error("closed by the server")));
    stream.once("close", () => this.fail(link, new Error("closed by the server")));
    if (event === "secureConnect") {
      stream.once("connect", () => {
        link.isSecuring = true;
      });
    }
    if (event) stream.once(event, () => void this.opened(link));
    else void this.opened(link);
  }

  private async opened(link: Link): Promise<void> {
    link.isSecuring = false;
    const { credentials } = this.#options;
    let known: Credentials | undefined;
    if (credentials) {
      try {
        known = checked(await credentials());
      } catch (error) {
        return this.over(link, "denied", `credentials() failed: ${textOf(error)}`);
      }
    }
    if (this.links.get(link.number) !== link) return;
    clearTimeout(link.timer);
    link.isOpen = true;
    this.tell({ kind: "connected", link: link.number, credentials: known });
  }

  private fail(link: Link, error: unknown): void {
    // A server may refuse a certificate when the handshake is over for the client.
    const isTls = link.isSecuring || (this.#options.tls && isCertificate(error));
    const advice = this.#options.tls ? adviceOn(error) : "";
    this.over(link, isTls ? "tls" : link.isOpen ? "lost" : failureOf(error), textOf(error) + advice);
  }

  /** The last word about a link. */
  private over(link: Link, cause: Cause, text = ""): void {
    if (this.links.get(link.number) !== link) return;
    this.links.delete(link.number);
    drop(link);
    this.tell({ kind: "closed", link: link.number, cause, text, maybeSent: link.handed });
  }
}

function drop({ timer, dialling, stream }: Link): void {
  clearTimeout(timer);
  dialling.abort();
  // Whatever it still has to say, nobody minds.
  stream?.on("error", () => {});
  stream?.destroy();
}

/** Sockets have these, other streams need not. */
function hold(stream: Duplex | undefined, busy: boolean): void {
  const { ref, unref } = (stream ?? {}) as { ref?: () => void; unref?: () => void };
  (busy ? ref : unref)?.call(stream);
}

/** What `credentials()` gave, if it is such. */
export function checked(known: Credentials | undefined): Credentials | undefined {
  if (known === undefined) return undefined;
  const { username, password } = (known ?? {}) as Partial<Record<keyof Credentials, unknown>>;
  const isName = username === undefined || typeof username === "string";
  if (isName && typeof password === "string") return known;
  throw new TypeError("it must give { username?, password }, which are texts, or undefined");
}

/** A name with several addresses fails with several errors and no words of its own. */
const textOf = (error: unknown): string => {
  if (error instanceof AggregateError) return error.errors.map(textOf).join(", ");
  return error instanceof Error ? error.message || error.name : String(error);
};

/** What the system's code says of a connection that did not come to be. */
const failureOf = (error: unknown): Cause => {
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  if (code === "ECONNREFUSED") return "refused";
  if (code === "ETIMEDOUT") return "timed-out";
  return code === "ENOTFOUND" || code === "EAI_AGAIN" ? "unknown-host" : "unreachable";
};

/** What can be done about it, where OpenSSL's code says enough; the Rust client has the same. */
const ADVICE: readonly (readonly [RegExp, string])[] = [
  [/ALTNAME/, "it is for other names: dial the node by one of these, or give one by tls.servername"],
  [/CERT_(HAS_EXPIRED|NOT_YET_VALID)/, "renew it, or set the clocks right"],
  [/CERTIFICATE_REQUIRED/, "the server wants a certificate: give one with its key by tls.cert and tls.key"],
  [/^(UNABLE_|SELF_SIGNED|DEPTH_ZERO|CERT_SIGN)/, "nobody trusted has signed it: give its authority by tls.ca"],
  [/WRONG_VERSION|PACKET_LENGTH|EPROTO/, "the server speaks no TLS: drop it, or dial the port that does"],
];

const adviceOn = (error: unknown): string => {
  const code = String((error as NodeJS.ErrnoException | undefined)?.code ?? "");
  const advice = ADVICE.find(([codes]) => codes.test(code))?.[1];
  return advice === undefined ? "" : `; ${advice}`;
};

/** OpenSSL's codes and Node's words for a certificate that does not hold. */
const isCertificate = (error: unknown): boolean => {
  const code = String((error as NodeJS.ErrnoException | undefined)?.code ?? "");
  return /^(ERR_(SSL|TLS|OSSL)|CERT_|UNABLE_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME|EPROTO)/.test(code);
};
