// A person's day as it follows from the marks that count.

import { t } from '/web/shared/messages.js';

/** Somebody who has been inside for longer without leaving has probably forgotten to mark. */
export const LONG_HOURS = 10;

const HOUR = 3_600_000;

/** The marks of a list by user_id, each list in the order of time. */
export function byPerson(marks) {
  const people = new Map();
  for (const mark of marks) {
    if (!people.has(mark.user_id)) people.set(mark.user_id, []);
    people.get(mark.user_id).push(mark);
  }
  people.forEach((own) => own.sort((one, other) => Date.parse(one.marked_at) - Date.parse(other.marked_at)));
  return people;
}

/**
 * What a day looks like: its spans of time, hours and state.
 *
 * @param marks a person's marks of one work date that count, in the order of time
 * @param now the present in milliseconds
 * @param isToday whether the work date is not over yet
 * @returns {{spans: {from: ?number, to: ?number, open: boolean}[], worked: number, state: string, corrected: boolean}} `from` or `to` is
 *   null where a mark is missing; `state`: not_yet, inside, left, missing (a mark is missing), long (inside for too long)
 */
export function dayOf(marks, now, isToday) {
  const spans = [];
  let entered = null;
  for (const mark of marks) {
    const at = Date.parse(mark.marked_at);
    if (mark.direction === 'in') {
      if (entered !== null) spans.push({ from: entered, to: null, open: false });
      entered = at;
    } else {
      spans.push({ from: entered, to: at, open: false });
      entered = null;
    }
  }
  if (entered !== null) spans.push({ from: entered, to: null, open: isToday });
  const worked = spans.reduce((sum, span) => sum + (span.from === null ? 0 : span.to !== null ? span.to - span.from : span.open ? now - span.from : 0), 0);
  return { spans, worked, state: state(spans, now), corrected: marks.some((mark) => mark.source === 'manual' || mark.corrects !== null) };
}

function state(spans, now) {
  if (spans.length === 0) return 'not_yet';
  const last = spans[spans.length - 1];
  if (last.open && now - last.from > LONG_HOURS * HOUR) return 'long';
  if (spans.some((span) => !span.open && (span.from === null || span.to === null))) return 'missing';
  return last.open ? 'inside' : 'left';
}

/** Whether a state asks for somebody to look at it. */
export const needsLook = (state) => state === 'missing' || state === 'long';

/** The people who are expected at a site, and others with marks of the day, each with the day. */
export function rowsOf(marks, people, site, isToday) {
  const own = byPerson(marks);
  const now = Date.now();
  const expected = people.filter((person) => person.site === null || person.site === site.site);
  const known = new Set(expected.map((person) => person.user_id));
  const row = (id, name) => ({ id, name, marks: own.get(id) ?? [], day: dayOf(own.get(id) ?? [], now, isToday) });
  const others = [...own.keys()].filter((id) => !known.has(id)).map((id) => row(id, own.get(id)[0].name ?? t('people.erased')));
  return [...expected.map((person) => row(person.user_id, person.name)), ...others];
}

/** How many people are in each state. */
export function countsOf(rows) {
  const count = (test) => rows.filter((row) => test(row.day.state)).length;
  return { all: rows.length, inside: count((state) => state === 'inside' || state === 'long'), left: count((state) => state === 'left'), not_yet: count((state) => state === 'not_yet'), look: count(needsLook), long: count((state) => state === 'long') };
}

/** Whole hours of the axis that all days fit on: 6 to 20, or more. */
export function axisOf(days, dayStart) {
  let first = 6;
  let last = 20;
  for (const day of days) {
    for (const span of day.spans) {
      for (const at of [span.from, span.to].filter((one) => one !== null)) {
        first = Math.min(first, Math.floor((at - dayStart) / HOUR));
        last = Math.max(last, Math.ceil((at - dayStart) / HOUR));
      }
    }
  }
  return { from: Math.max(0, first), to: Math.min(30, last) };
}

/** How many first marks of people fall into each quarter of an hour since the start of the day: {quarter: number}. */
export function arrivals(marks, startOf) {
  const counts = new Map();
  const seen = new Set();
  for (const mark of [...marks].sort((one, other) => Date.parse(one.marked_at) - Date.parse(other.marked_at))) {
    const who = `${mark.work_date} ${mark.user_id}`;
    if (seen.has(who) || mark.direction !== 'in') continue;
    seen.add(who);
    const quarter = Math.floor((Date.parse(mark.marked_at) - startOf(mark.work_date)) / (HOUR / 4));
    counts.set(quarter, (counts.get(quarter) ?? 0) + 1);
  }
  return counts;
}
