/** What the core has not taken yet: calls being gathered, works to submit, and works for which there was no room. */

import { MisuseError, NotExecutedError } from "./errors.js";
import { Calls, type Scope, type Work } from "./work.js";

export class Queue {
  /** Calls of this tick, which others may join. */
  private gathering = new Map<string, Calls>();
  private fresh: Work[] = [];
  private parked: Work[] = [];
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly now: () => number,
    /** Of calls that name none. */
    private readonly deadlineMs: number,
    /** Called when parked works have expired. */
    private readonly expired: () => void,
  ) {}

  get length(): number {
    return this.fresh.length + this.parked.length;
  }

  /** The calls that others of this scope may join. */
  joinable(scope: Scope): Calls | undefined {
    return this.gathering.get(scope.group);
  }

  add(work: Work): void {
    work.since = this.now();
    this.fresh.push(work);
    if (!(work instanceof Calls)) return;
    // What comes behind one that stands alone is not to join what stands before it.
    if (work.isAlone) this.gathering.clear();
    else this.gathering.set(work.scope.group, work);
  }

  /**
   * Offers what is there, in order: `offer` says whether it was taken, or throws why it never will be. Calls that were
   * refused together are taken apart, so that each answers for itself.
   */
  submit(offer: (work: Work) => boolean): void {
    this.gathering.clear();
    // Pieces are put in front: the next one is the last.
    const rest = this.fresh.reverse();
    this.fresh = [];
    for (let work = rest.pop(); work; work = rest.pop()) {
      const { length } = work;
      try {
        if (offer(work)) continue;
        const singles = length > 1 ? work.apart(Array.from({ length: length + 1 }, (_, at) => at)) : undefined;
        if (singles) rest.push(...singles.reverse());
        else this.park(work);
      } catch (error) {
        if (!(error instanceof MisuseError)) {
          const broken = "the core broke while it was asked, before anything was sent";
          work.fail(() => new NotExecutedError("BROKEN", broken));
          this.fresh = rest.reverse();
          throw error;
        }
        const at = error.index ?? 0;
        const pieces = length > 1 ? work.apart([0, at, at + 1, length]) : undefined;
        if (pieces) {
          rest.push(...pieces.reverse());
        } else {
          if (work instanceof Calls) error.index = undefined;
          work.fail(() => error);
        }
      }
    }
  }

  /** There is room again. */
  unpark(): void {
    clearTimeout(this.timer);
    this.fresh.unshift(...this.parked.splice(0));
  }

  /** Takes out one that nobody waits for; false if it is not here. */
  remove(work: Work): boolean {
    const before = this.length;
    this.fresh = this.fresh.filter((fresh) => fresh !== work);
    this.parked = this.parked.filter((parked) => parked !== work);
    if (this.gathering.get(work.scope.group) === work) this.gathering.delete(work.scope.group);
    return this.length < before;
  }

  /** What waits for this lane. */
  of(lane: number): Work[] {
    return [...this.fresh, ...this.parked].filter((work) => work.scope.options?.lane === lane);
  }

  /** Takes out everything. */
  drain(): Work[] {
    clearTimeout(this.timer);
    this.gathering.clear();
    return [...this.fresh.splice(0), ...this.parked.splice(0)];
  }

  private park(work: Work): void {
    this.parked.push(work);
    const first = this.parked.reduce((least, parked) => Math.min(least, this.deadlineOf(parked)), Infinity);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.expire(), Math.max(0, (first - this.now()) / 1000));
  }

  private expire(): void {
    const message = "no room before the deadline: too much waits for a node that it goes to";
    for (const work of this.parked.splice(0)) {
      if (this.deadlineOf(work) > this.now()) this.park(work);
      else work.fail(() => new NotExecutedError("OVERLOADED", message));
    }
    this.expired();
  }

  private deadlineOf({ scope, since }: Work): number {
    return since + 1000 * (scope.options?.deadlineMs ?? this.deadlineMs);
  }
}
