/** The client: `connect`, and what it gives. */

import type { ConnectionOptions } from "node:tls";

import { Commands } from "./commands.js";
import type { Value } from "./decode.js";
import type { Transport } from "./dial.js";
import { type Arg, encoded } from "./encode.js";
import { Engine } from "./engine.js";
import { MisuseError, SlotpipeError } from "./errors.js";
import { fast } from "./fast.js";
import type { LinkOptions } from "./links.js";
import type { Credentials } from "./machine.js";
import { type CoreOptions, known, type SubmitOptions, submitOptions } from "./options.js";
import type { Out, Single } from "./out.js";
import { Pipeline } from "./pipeline.js";
import type { Plan, Stats, Topology } from "./plan.js";
import { parseSeeds, type Seeds } from "./seeds.js";
import { type CommandSource, stream } from "./stream.js";
import { type Scope, scopeOf } from "./work.js";

/** Options of a client. */
export interface ConnectOptions extends CoreOptions {
  readonly username?: string | undefined;
  readonly password?: string | undefined;
  /** Asked at each connection, instead of `username` and `password`. */
  readonly credentials?: (() => Promise<Credentials | undefined> | Credentials | undefined) | undefined;
  /** TLS: `true`, or options of `tls.connect` such as `ca`, `cert` and `key`. */
  readonly tls?: boolean | ConnectionOptions | undefined;
  /** Where a node is really reached, by the address that the cluster announces. */
  readonly mapAddress?: LinkOptions["mapAddress"];
  /** Opens connections instead of `node:net` and `node:tls`. */
  readonly transport?: Transport | undefined;
}

/** Options of calls and pipelines. */
export interface CallOptions extends SubmitOptions {
  /** Ends the wait: what is not written yet never runs, of the rest the outcome is unknown. */
  readonly signal?: AbortSignal | undefined;
}

/** Options of a stream. */
export interface StreamOptions extends CallOptions {
  /** So many commands at most are on their way or wait to be read: 2048. */
  readonly window?: number | undefined;
  /** Whether the first error is thrown (and ends the stream) or stands in its place: `true`. */
  readonly raiseOnError?: boolean | undefined;
}

const CONNECT: Readonly<Record<keyof ConnectOptions, true>> = {
  username: true,
  password: true,
  credentials: true,
  tls: true,
  mapAddress: true,
  transport: true,
  timeout: true,
  slowTimeout: true,
  connectTimeout: true,
  redirects: true,
  protocol: true,
  name: true,
  refreshInterval: true,
  trust: true,
};

const CALL: Readonly<Record<keyof CallOptions, true>> = {
  timeout: true,
  retry: true,
  order: true,
  redirects: true,
  split: true,
  route: true,
  signal: true,
};

/** Connects to the cluster (or single server) behind `seeds`; resolves when the first slot map is there. */
export async function connect(seeds: Seeds, options: ConnectOptions = {}): Promise<Client> {
  const { addresses, database, ...parsed } = parseSeeds(seeds);
  const { username = parsed.username, password = parsed.password, tls = parsed.tls, mapAddress, transport } = options;
  known(options, CONNECT);
  check("username", username, "string");
  check("password", password, "string");
  check("credentials", options.credentials, "function");
  check("tls", tls, "boolean", "object");
  check("mapAddress", mapAddress, "function", "object");
  check("transport", transport, "function");
  const credentials = options.credentials ?? (password === undefined ? undefined : () => ({ username, password }));
  const randomSeed = Math.floor(Math.random() * 2 ** 32);
  const engine = new Engine({
    machine: { ...options, seeds: addresses, database, tls: tls !== false, randomSeed },
    links: { tls, mapAddress, transport, credentials },
  });
  await engine.start();
  return new Client<string>(engine, scopeOf(undefined, undefined), false);
}

/**
 * A client of one cluster. Calls of one tick travel together; each resolves when its own reply is there.
 *
 * An idle client does not keep the process alive; calls that wait do.
 */
export class Client<S = string> extends Commands<S, Single> {
  /** By `connect`. */
  constructor(
    private readonly engine: Engine,
    private readonly scope: Scope,
    private readonly isBinary: boolean,
  ) {
    super();
  }

  /** Any command by its name. */
  call<R = Value<S>>(name: string, ...args: readonly Arg[]): Promise<R> {
    return this.send<R>([name, ...args]) as Promise<R>;
  }

  /** The same client with texts of replies as `Buffer`. As strings, bytes that are no UTF-8 are replaced by U+FFFD. */
  get binary(): Client<Buffer> {
    return new Client<Buffer>(this.engine, this.scope, true);
  }

  /** The same client with these options for its calls and pipelines. */
  with(options: CallOptions): Client<S> {
    return new Client<S>(this.engine, this.scoped(options), this.isBinary);
  }

  /** An empty pipeline, with options of its own. */
  pipeline<T extends readonly unknown[] = []>(options?: CallOptions): Pipeline<T, S> {
    return new Pipeline<T, S>(this.engine, options ? this.scoped(options) : this.scope, this.isBinary);
  }

  /**
   * The replies of any number of commands, in their order. Commands are taken from `commands` only as there is room, in
   * constant memory; a source that throws ends the stream behind the replies of what it gave. Whoever leaves early ends
   * the source, and what is on its way ends as not executed or unknown. Each command answers for itself, as single calls
   * do: what is no argument throws, behind the replies of what came before.
   */
  stream<R = Value<S>>(
    commands: CommandSource,
    options?: StreamOptions & { readonly raiseOnError?: true | undefined },
  ): AsyncGenerator<R, void, undefined>;
  stream<R = Value<S>>(
    commands: CommandSource,
    options: StreamOptions,
  ): AsyncGenerator<R | SlotpipeError, void, undefined>;
  stream(commands: CommandSource, options: StreamOptions = {}): AsyncGenerator<unknown, void, undefined> {
    const { window, raiseOnError = true, ...call } = options;
    if (window !== undefined && !(Number.isInteger(window) && window > 0)) {
      throw new MisuseError("OPTION", "window must be a whole number of commands, at least 1");
    }
    return stream(this.engine, this.scoped(call), this.isBinary, commands, raiseOnError, window);
  }

  /** What would be done with one command. Nothing is sent. */
  explain(name: string, ...args: readonly Arg[]): Plan {
    return this.engine.explain(encoded([[name, ...args]], fast), this.scope)[0] as Plan;
  }

  /** The slot map as it is. */
  topology(): Topology {
    return this.engine.topology();
  }

  /** What has happened so far, counted. */
  stats(): Stats {
    return this.engine.stats();
  }

  /** Lets what was asked settle, refuses what comes, and closes every connection. */
  close(): Promise<void> {
    return this.engine.close();
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  protected send<R>(args: readonly Arg[]): Out<Single, R> {
    return new Promise<R>((resolve, reject) => {
      this.engine.call(args, this.scope, this.isBinary, (result) => {
        if (result instanceof SlotpipeError) reject(result);
        else resolve(result as R);
      });
    });
  }

  private scoped(options: CallOptions): Scope {
    known(options, CALL);
    const { signal = this.scope.signal } = options;
    if (signal !== undefined && !(signal instanceof AbortSignal))
      throw new MisuseError("OPTION", "signal must be an AbortSignal");
    const own = submitOptions(options);
    return own || signal !== this.scope.signal
      ? scopeOf(own ? { ...this.scope.options, ...own } : this.scope.options, signal)
      : this.scope;
  }
}

function check(name: string, value: unknown, ...types: readonly string[]): void {
  if (value === undefined || (value !== null && types.includes(typeof value))) return;
  throw new MisuseError("OPTION", `${name} must be a ${types.join(" or ")}`);
}
