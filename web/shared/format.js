// Times, durations and numbers as people read them; the clocks of sites.

import { locale, t } from './messages.js';

const DAY_MS = 86_400_000;
const formats = new Map();

function format(options) {
  const key = locale + JSON.stringify(options);
  if (!formats.has(key)) formats.set(key, new Intl.DateTimeFormat(locale, options));
  return formats.get(key);
}

/** The time of day of an instant at a place, such as 08:02. */
export function clock(instant, timeZone) {
  return format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(new Date(instant));
}

/** Date and time of day, for lists over several days. */
export function moment(instant, timeZone) {
  return format({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(new Date(instant));
}

/** A date without a time, such as "25 November 2026", of an instant. */
export function day(instant, timeZone) {
  return format({ day: 'numeric', month: 'long', year: 'numeric', timeZone }).format(new Date(instant));
}

/** A work date such as "Wed 25 November", from YYYY-MM-DD. */
export function workDate(date) {
  return format({ weekday: 'short', day: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(`${date}T12:00:00Z`));
}

/** Parts of an instant as the clocks of a time zone show them. */
function parts(instant, timeZone) {
  const shown = new Intl.DateTimeFormat('en-US', {
    timeZone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit',
  }).formatToParts(new Date(instant));
  return Object.fromEntries(shown.map((part) => [part.type, part.value]));
}

/** YYYY-MM-DD of an instant at a place. */
export function localDate(instant, timeZone) {
  const shown = parts(instant, timeZone);
  return `${shown.year}-${shown.month}-${shown.day}`;
}

/** HH:MM of an instant at a place, in digits, as time fields have it. */
export function localTime(instant, timeZone) {
  const shown = parts(instant, timeZone);
  return `${shown.hour}:${shown.minute}`;
}

/** How far the clocks of a time zone are ahead of UTC at an instant, in milliseconds. */
function ahead(instant, timeZone) {
  const p = parts(instant, timeZone);
  return Date.UTC(p.year, p.month - 1, p.day, p.hour, p.minute, p.second) - Math.floor(instant / 1000) * 1000;
}

/** The instant at which the clocks of a time zone show a date and time; in a gap of the clocks, as far after it. */
export function instantOf(date, time, timeZone) {
  const wall = Date.parse(`${date}T${time}:00Z`);
  const guess = wall - ahead(wall, timeZone);
  return new Date(wall - ahead(guess, timeZone));
}

/** The date some days later, as YYYY-MM-DD. */
export function plusDays(date, days) {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The work date that an instant belongs to, at a site whose day starts at HH:MM. */
export function workDateOf(instant, timeZone, startsAt = '00:00') {
  const date = localDate(instant, timeZone);
  return localTime(instant, timeZone) < startsAt.slice(0, 5) ? plusDays(date, -1) : date;
}

/** The instant of a time of day within a work date. */
export function instantInDay(date, time, timeZone, startsAt = '00:00') {
  return instantOf(time < startsAt.slice(0, 5) ? plusDays(date, 1) : date, time, timeZone);
}

/** A duration such as "7 h 48", from milliseconds. */
export function duration(ms) {
  const minutes = Math.max(0, Math.round(ms / 60_000));
  return t('format.hours', { h: Math.floor(minutes / 60), m: String(minutes % 60).padStart(2, '0') });
}

/** How long ago, such as "3 min ago". */
export function ago(instant, now = Date.now()) {
  const seconds = Math.round((Date.parse(instant) - now) / 1000);
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  const steps = [['day', 86_400], ['hour', 3600], ['minute', 60]];
  const [unit, size] = steps.find(([, length]) => Math.abs(seconds) >= length) ?? ['second', 1];
  return unit === 'second' ? t('format.just_now') : relative.format(Math.round(seconds / size), unit);
}

export const number = (value, digits = 0) =>
  new Intl.NumberFormat(locale, { maximumFractionDigits: digits, minimumFractionDigits: digits }).format(value);

export const percent = (value, digits = 0) =>
  new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: digits, minimumFractionDigits: digits }).format(value);

/** A large number in few digits, such as 10M. */
export const compact = (value) => new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 2 }).format(value);

/** A rare rate as "1 in 12,000". */
export function oneIn(rate) {
  return rate > 0 ? t('format.one_in', { n: number(Number((1 / rate).toPrecision(2))) }) : t('format.never');
}

/** Up to two initials of a name. */
export function initials(name) {
  const words = (name ?? '').trim().split(/\s+/).filter(Boolean);
  return [words[0], words.length > 1 ? words[words.length - 1] : ''].map((word) => [...(word ?? '')][0] ?? '').join('').toLocaleUpperCase(locale);
}
