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
  /** The person's days of that month, as the report of the service has them; null without a shift in it, or before. */
  report = null;
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
      await this.#loadDays(wanted);
    } catch (problem) {
      if (wanted !== this.#wanted || key !== this.#service.key) return;
      this.problem = problem;
      this.#on.problem(problem);
    }
    this.#on.change();
  }

  /** Reads hours and status, which are shown if something was planned. */
  async #loadDays(wanted) {
    const { month } = this.data;
    const report = await this.#service.days(month);
    if (wanted === this.#wanted && month === this.data?.month) this.report = report.days.some((day) => day.plan.shift !== null) ? report : null;
  }

  /** Shows the month so many months later. */
  async turn(months) {
    this.#wanted = plusMonths(this.data?.month ?? localDate(now(), 'UTC').slice(0, 7), months);
    this.#tag = null;
    this.report = null;
    await this.load();
  }

  forget() {
    this.data = null;
    this.report = null;
    this.problem = null;
    this.#wanted = null;
    this.#tag = null;
  }
}

/** Statuses that are shown also of days without a mark. */
const WITHOUT_MARKS = ['absent', 'holiday'];

/** The marks of a month by work date, the latest first, with those of a day in their order, and what was planned: [date, marks, sheet] each. */
export function days(items, report) {
  const sheets = new Map((report?.days ?? []).map((sheet) => [sheet.date, sheet]));
  const byDate = new Map([...sheets].filter(([, sheet]) => WITHOUT_MARKS.includes(sheet.status)).map(([date]) => [date, []]));
  for (const mark of items) byDate.set(mark.work_date, [...(byDate.get(mark.work_date) ?? []), mark]);
  return [...byDate].map(([date, marks]) => [date, marks, sheets.get(date) ?? null]).sort(([one], [other]) => (one < other ? 1 : -1));
}
