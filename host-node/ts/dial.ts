/**
 * How connections are opened: by `node:net` and `node:tls`, or by the caller's own transport. Both modules are loaded
 * when they are needed, for an import would cost more than the rest of the package.
 */

import type { connect as connectTcp } from "node:net";
import type { Duplex } from "node:stream";
import type { checkServerIdentity, ConnectionOptions, connect as connectTls, PeerCertificate } from "node:tls";

/** Host and port; for a unix socket the path, and port 0. */
export interface Address {
  readonly host: string;
  readonly port: number;
}

/** Where a transport goes, and how. */
export interface Target extends Address {
  /** The address that the cluster announces, before `mapAddress`: the name that TLS verifies. */
  readonly announced: Address;
  /** Whether the client was told to use TLS. The transport brings it; credentials are written to what it gives. */
  readonly tls: boolean;
  /** Aborted when the connection is not wanted any more: on timeout, or because the client closes. */
  readonly signal: AbortSignal;
}

/**
 * Opens connections instead of `node:net` and `node:tls`: gives a stream of bytes that is connected, or a promise of it.
 * What it throws, or rejects with, is why the connection failed. The stream is destroyed at its end; `ref` and `unref`
 * are called where it has them.
 */
export type Transport = (target: Target) => Duplex | Promise<Duplex>;

/** What a connection is opened with. */
export interface DialOptions {
  /** TLS for every connection: `true`, or options of `tls.connect` such as `ca`, `cert` and `key`. */
  readonly tls: boolean | ConnectionOptions;
  /** Where a node is really reached, by the address that the cluster announces. TLS verifies the announced name. */
  readonly mapAddress?: ((address: Address) => Address) | Readonly<Record<string, Address | string>> | undefined;
  readonly transport?: Transport | undefined;
}

/** A stream, and the event that says that it is connected; without one it is. TLS begins at `connect`. */
export interface Dialled {
  readonly stream: Duplex;
  readonly event?: "connect" | "secureConnect";
}

const KEEP_ALIVE_MS = 30_000;
/** As much as libuv reads at once. */
const READ_BYTES = 64 << 10;

export class Dialer {
  /** One buffer serves every read of every connection: the core copies what it is given. */
  private readonly buffer = Buffer.allocUnsafeSlow(READ_BYTES);

  /** Keys among them: nothing that looks into a client sees them. */
  readonly #options: DialOptions;

  constructor(options: DialOptions) {
    this.#options = options;
  }

  /** Opens a connection. Throws, or rejects, with what the caller's functions throw. */
  dial(announced: Address, signal: AbortSignal, received: (bytes: Uint8Array) => void): Dialled | Promise<Dialled> {
    const { tls, transport } = this.#options;
    const address = this.mapped(announced);
    if (transport) return this.own(transport, { ...address, announced, tls: tls !== false, signal }, received);
    const where = address.port === 0 ? { path: address.host } : { host: address.host, port: address.port };
    if (!tls) {
      const callback = (length: number): boolean => {
        received(this.buffer.subarray(0, length));
        return true;
      };
      const net = require("node:net") as { connect: typeof connectTcp };
      const stream = net.connect({ ...where, noDelay: true, onread: { buffer: this.buffer, callback } });
      return { stream: stream.setKeepAlive(true, KEEP_ALIVE_MS), event: "connect" };
    }
    const given = tls === true ? {} : tls;
    const secure = require("node:tls") as { connect: typeof connectTls; checkServerIdentity: typeof checkServerIdentity };
    // An address is no name to ask for, and the one that is dialled is not the one to verify.
    const name = /^[\d.]+$|:/.test(announced.host)
      ? { checkServerIdentity: verifier(secure.checkServerIdentity, given.servername ?? announced.host) }
      : { servername: announced.host };
    const stream = secure.connect({ ...name, ...given, ...where });
    stream.on("data", received);
    return { stream: stream.setNoDelay(true).setKeepAlive(true, KEEP_ALIVE_MS), event: "secureConnect" };
  }

  private async own(transport: Transport, target: Target, received: (bytes: Uint8Array) => void): Promise<Dialled> {
    const stream = await transport(target);
    if (
      typeof stream?.write !== "function" ||
      typeof stream.on !== "function" ||
      typeof stream.destroy !== "function"
    ) {
      throw new TypeError("transport must give a stream.Duplex or a promise of one");
    }
    stream.on("data", (bytes: unknown) => {
      if (bytes instanceof Uint8Array) received(bytes);
      else
        stream.destroy(
          new TypeError("the transport's stream gives what are no bytes: it has an encoding or is in object mode"),
        );
    });
    return { stream };
  }

  private mapped(address: Address): Address {
    const { mapAddress } = this.#options;
    if (!mapAddress) return address;
    if (typeof mapAddress === "function") return addressBy("mapAddress", mapAddress(address));
    const key = `${address.host}:${address.port}`;
    const to = Object.hasOwn(mapAddress, key) ? mapAddress[key] : undefined;
    if (typeof to !== "string") return to === undefined ? address : addressBy("mapAddress", to);
    const colon = to.lastIndexOf(":");
    const host = to.slice(0, colon).replace(/^\[(.*)\]$/, "$1");
    return addressBy("mapAddress", { host, port: Number(to.slice(colon + 1)) });
  }
}

const verifier =
  (verify: typeof checkServerIdentity, host: string) =>
  (_: string, certificate: PeerCertificate): Error | undefined =>
    verify(host, certificate);

/** The address that a function of the user has given. */
export function addressBy(option: string, address: Address): Address {
  const { host, port = NaN } = (address ?? {}) as Partial<Address>;
  if (typeof host !== "string" || host === "" || !host.isWellFormed() || !Number.isInteger(port) || port < 0 || port > 65535)
    throw new TypeError(`${option} must give { host, port }`);
  return { host, port };
}
