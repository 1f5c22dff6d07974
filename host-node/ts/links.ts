/** The connections of one client, by the core's numbers. They report in the past tense and do what they are told. */

import { connect as connectTcp, type Socket } from "node:net";
import { type ConnectionOptions, connect as connectTls } from "node:tls";

/** What a connection is opened with. */
export interface DialOptions {
  /** TLS for every connection: `true`, or options of `tls.connect` such as `ca`, `cert` and `key`. */
  tls: boolean | ConnectionOptions;
  /** Where a node is really reached, by the address that the cluster announces. TLS verifies the announced name. */
  mapAddress?: ((address: Address) => Address) | Readonly<Record<string, Address | string>> | undefined;
  keepAliveMs: number;
}

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Why a connection ended; the numbers are the core's. */
export enum Cause {
  Refused = 0,
  Tls = 1,
  Lost = 2,
  TimedOut = 3,
  Asked = 4,
}

/** What happened on links. */
export interface Events {
  opened(link: number): void;
  received(link: number, bytes: Uint8Array): void;
  /** The kernel has taken everything, after a time in which it had not. */
  written(link: number, total: number): void;
  closed(link: number, cause: Cause, text: string, maybeSent: number): void;
}

/** As much as libuv reads at once. */
const READ_BYTES = 64 << 10;

interface Link {
  socket: Socket;
  open: boolean;
  /** The TCP connection is there, and TLS is under way. */
  reached: boolean;
  /** Bytes handed over: the upper bound of what may have left. */
  handed: number;
  error: Error | undefined;
  cause: Cause | undefined;
  timer: NodeJS.Timeout | undefined;
}

export class Links {
  private readonly links = new Map<number, Link>();
  private readonly buffer = Buffer.allocUnsafeSlow(READ_BYTES);

  constructor(
    private readonly options: DialOptions,
    private readonly events: Events,
    /** Whether the process may end while nothing is asked. */
    private busy: boolean,
  ) {}

  connect(number: number, address: Address, timeoutMs: number): void {
    let socket: Socket;
    try {
      socket = this.dial(address, number);
    } catch (error) {
      queueMicrotask(() => this.events.closed(number, Cause.Refused, textOf(error), 0));
      return;
    }
    const link: Link = { socket, open: false, reached: false, handed: 0, error: undefined, cause: undefined, timer: undefined };
    this.links.set(number, link);
    link.timer = setTimeout(() => this.end(link, Cause.TimedOut), timeoutMs);
    if (!this.busy) {
      socket.unref();
      link.timer.unref();
    }
    socket.setNoDelay(true);
    socket.setKeepAlive(true, this.options.keepAliveMs);
    socket.once(this.options.tls ? "secureConnect" : "connect", () => {
      clearTimeout(link.timer);
      link.open = true;
      this.events.opened(number);
    });
    socket.on("drain", () => this.events.written(number, link.handed));
    if (this.options.tls) socket.once("connect", () => (link.reached = true));
    if (this.options.tls) socket.on("data", (bytes: Buffer) => this.events.received(number, bytes));
    socket.on("error", (error: Error) => {
      link.error = error;
    });
    socket.once("close", () => {
      clearTimeout(link.timer);
      if (!this.links.delete(number)) return;
      const failed = link.reached || isTls(link.error) ? Cause.Tls : Cause.Refused;
      const cause = link.cause ?? (link.open ? Cause.Lost : failed);
      this.events.closed(number, cause, link.error ? textOf(link.error) : "closed by the server", link.handed);
    });
  }

  /** Writes a copy; returns the bytes since the connection began if the kernel has taken them all, else 0. */
  send(number: number, bytes: Buffer): number {
    const link = this.links.get(number);
    if (!link) return 0;
    link.handed += bytes.length;
    link.socket.write(bytes);
    return link.socket.writableLength === 0 ? link.handed : 0;
  }

  close(number: number): void {
    const link = this.links.get(number);
    if (link) this.end(link, Cause.Asked);
  }

  /** Drops every connection without a word to anybody. */
  clear(): void {
    for (const link of this.links.values()) {
      clearTimeout(link.timer);
      link.socket.removeAllListeners().on("error", () => {}).destroy();
    }
    this.links.clear();
  }

  /** Connections keep the process alive while something is asked, and not otherwise. */
  keepAlive(busy: boolean): void {
    this.busy = busy;
    for (const { socket, timer } of this.links.values()) {
      if (busy) socket.ref();
      else socket.unref();
      if (!busy) timer?.unref();
    }
  }

  private end(link: Link, cause: Cause): void {
    link.cause ??= cause;
    link.socket.destroy();
  }

  private dial(announced: Address, number: number): Socket {
    const address = this.mapped(announced);
    const where = address.port === 0 ? { path: address.host } : { host: address.host, port: address.port };
    const { tls } = this.options;
    if (!tls) {
      // The core copies what it is given: one buffer serves every read of every connection.
      const callback = (length: number): boolean => {
        this.events.received(number, this.buffer.subarray(0, length));
        return true;
      };
      return connectTcp({ ...where, noDelay: true, onread: { buffer: this.buffer, callback } });
    }
    const own = tls === true ? {} : tls;
    const name = /^[\d.]+$|:/.test(announced.host) ? {} : { servername: announced.host };
    return connectTls({ ...name, host: announced.host, ...own, ...where });
  }

  private mapped(address: Address): Address {
    const { mapAddress } = this.options;
    if (!mapAddress) return address;
    if (typeof mapAddress === "function") return mapAddress(address);
    const key = `${address.host}:${address.port}`;
    const to = Object.hasOwn(mapAddress, key) ? mapAddress[key] : undefined;
    if (typeof to !== "string") return to ?? address;
    const colon = to.lastIndexOf(":");
    return { host: to.slice(0, colon), port: Number(to.slice(colon + 1)) };
  }
}

/** A name with several addresses fails with several errors and no words of its own. */
const textOf = (error: unknown): string => {
  if (error instanceof AggregateError) return error.errors.map(textOf).join(", ");
  return error instanceof Error ? error.message || error.name : String(error);
};

/** OpenSSL's codes and Node's words for a certificate that does not hold. */
const isTls = (error: Error | undefined): boolean => {
  const code = String((error as NodeJS.ErrnoException | undefined)?.code ?? "");
  return /^(ERR_(SSL|TLS|OSSL)|CERT_|UNABLE_|SELF_SIGNED|DEPTH_ZERO|HOSTNAME|EPROTO)/.test(code);
};
