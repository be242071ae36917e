// The person's own marks of a month, as the service has them.

import { localDate } from '/web/shared/format.js';
import { now } from '/web/kiosk/clock.js';

/** The month some months later, as YYYY-MM. */
export function plusMonths(month, months) {
  const [year, number] = month.split('-').map(Number);
  return new Date(Date.UTC(year, number - 1 + months, 1)).toISOString().slice(0, 7);
}

export class Month {
  /** What the service said: {month, items, sums, complete}; null before. */
  data = null;
  problem = null;
  /** The month that is asked for; null for the present one. */
  #wanted = null;
  #tag = null;
  #service;
  #on;

  /** @param on {change, problem}: what is shown has changed; a call failed */
  constructor(service, on) {
    this.#service = service;
    this.#on = on;
  }

  /** Reads the month again. */
  async load() {
    const { key } = this.#service;
    const wanted = this.#wanted;
    if (!key) return;
    try {
      const { data, tag } = await this.#service.marks(wanted, this.#tag);
      if (wanted !== this.#wanted || key !== this.#service.key) return;
      if (data) this.data = data;
      this.#tag = tag;
      this.problem = null;
    } catch (problem) {
      if (wanted !== this.#wanted || key !== this.#service.key) return;
      this.problem = problem;
      this.#on.problem(problem);
    }
    this.#on.change();
  }

  /** Shows the month so many months later. */
  async turn(months) {
    this.#wanted = plusMonths(this.data?.month ?? localDate(now(), 'UTC').slice(0, 7), months);
    this.#tag = null;
    await this.load();
  }

  forget() {
    this.data = null;
    this.problem = null;
    this.#wanted = null;
    this.#tag = null;
  }
}

/** The marks of a month by work date, the latest first, with those of a day in their order: [date, marks] each. */
export function days(items) {
  const byDate = new Map();
  for (const mark of items) byDate.set(mark.work_date, [...(byDate.get(mark.work_date) ?? []), mark]);
  return [...byDate].sort(([one], [other]) => (one < other ? 1 : -1));
}
