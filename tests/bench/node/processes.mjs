// The processes that a run starts: the cluster, and one per client. Each is ended by the end of its standard input, and
// by its id when that does not help.

import { execFileSync, spawn } from "node:child_process";
import { createInterface } from "node:readline";

const running = new Set();

/** A process that is asked by a line of JSON and answers with one. */
export class Asked {
  constructor(command, args) {
    this.child = spawn(command, args, { stdio: ["pipe", "pipe", "inherit"] });
    this.lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]();
    this.ended = new Promise((resolve) => this.child.once("exit", resolve).once("error", resolve));
    running.add(this);
  }

  /** The next line. */
  async line() {
    const { value, done } = await this.lines.next();
    if (done) throw new Error("its process ended");
    const answer = JSON.parse(value);
    if (answer.error !== undefined) throw new Error(answer.error);
    return answer;
  }

  ask(order) {
    this.child.stdin.write(`${JSON.stringify(order)}\n`);
    return this.line();
  }

  async end() {
    this.child.stdin.end();
    const timer = setTimeout(() => this.child.kill("SIGKILL"), 5000);
    await this.ended;
    clearTimeout(timer);
    running.delete(this);
  }
}

export const endAll = () => Promise.all([...running].map((asked) => asked.end()));

/** Binds processes with all their threads to CPUs (`"0"`, `"0,1"`); false where that cannot be done. */
export function pin(pids, cpus) {
  try {
    for (const pid of pids) execFileSync("taskset", ["-acp", cpus, String(pid)], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}
