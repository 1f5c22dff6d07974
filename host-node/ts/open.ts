/** Works that the core has taken and that have commands without an outcome, by their tickets. */

import type { Tape } from "./decode.js";
import { BrokenError, SlotpipeError } from "./errors.js";
import { resultOf, ticketOf } from "./outcomes.js";
import type { Work } from "./work.js";

export class Open {
  /** By first ticket, ascending. */
  private works: Work[] = [];

  /** `done` is given each work whose commands have their outcomes. */
  constructor(private readonly done: (work: Work) => void) {}

  get length(): number {
    return this.works.length;
  }

  add(work: Work, first: number): void {
    work.first = first;
    work.left = work.length;
    this.works.push(work);
  }

  /** Hands out the outcomes of a tape, of which each ticket has one. */
  settle(tape: Tape): void {
    let work: Work | undefined;
    while (tape.at < tape.length) {
      const ticket = ticketOf(tape);
      if (!work || ticket < work.first || ticket >= work.first + work.length) work = this.find(ticket);
      const index = ticket - work.first;
      tape.binary = work.isBinary(index);
      const result = resultOf(tape);
      if (result instanceof SlotpipeError) work.place(result, index);
      if (!work.tell(index, result)) throw new BrokenError("two outcomes for one ticket");
      work.left -= 1;
      if (work.left > 0) continue;
      this.works.splice(this.works.indexOf(work), 1);
      work.end();
      this.done(work);
      work = undefined;
    }
  }

  /** Takes out everything. */
  drain(): Work[] {
    return this.works.splice(0);
  }

  private find(ticket: number): Work {
    let [low, high] = [0, this.works.length];
    while (low < high) {
      const middle = (low + high) >>> 1;
      const work = this.works[middle] as Work;
      if (ticket < work.first) high = middle;
      else if (ticket >= work.first + work.length) low = middle + 1;
      else return work;
    }
    throw new BrokenError(`an outcome for ticket ${ticket}, which is not open`);
  }
}
