// The sentences of a kiosk: greetings, refusals and hints.

import { clock, localTime } from '/web/shared/format.js';
import { has, locale, t } from '/web/shared/messages.js';

const NOON = '12:00';
const EVENING = '18:00';

const MINUTE_MS = 60_000;
const MOST_SECONDS = 90;

/** A first name alone: other people may look at the screen. */
export function firstName(name) {
  const given = name.includes(',') ? name.slice(name.indexOf(',') + 1) : name;
  return given.trim().split(/\s+/)[0];
}

/** Title and text for somebody who was marked. */
export function greeting({ name, direction, at }, timeZone) {
  const first = firstName(name);
  if (direction === 'out') return { title: t('kiosk.bye', { name: first }), text: t('kiosk.bye_text') };
  const time = localTime(Date.parse(at), timeZone);
  const title = time < NOON ? t('kiosk.morning', { name: first }) : time < EVENING ? t('kiosk.day', { name: first }) : t('kiosk.evening', { name: first });
  return { title, text: t('kiosk.in_text') };
}

/** Such as "In 08:02". */
export function direction(mark, timeZone) {
  const time = clock(mark.marked_at, timeZone);
  return mark.direction === 'out' ? t('kiosk.out_at', { time }) : t('kiosk.in_at', { time });
}

function values(problem, timeZone) {
  const facts = problem.facts ?? {};
  const last = facts.last_mark ?? facts.marks?.[facts.marks.length - 1];
  return {
    last: last ? direction(last, timeZone) : '',
    next: facts.next_allowed_at ? clock(Math.ceil(Date.parse(facts.next_allowed_at) / MINUTE_MS) * MINUTE_MS, timeZone) : '',
    wait: facts.retry_after_s ? span(facts.retry_after_s) : '',
    id: problem.requestId ?? '',
  };
}

/** Such as "40 seconds" or "15 minutes", rounded up. */
function span(seconds) {
  const [value, unit] = seconds > MOST_SECONDS ? [Math.ceil(seconds / 60), 'minute'] : [seconds, 'second'];
  return new Intl.NumberFormat(locale, { style: 'unit', unit, unitDisplay: 'long' }).format(value);
}

/** Title and text of a refusal; `byBadge` where a badge says who people are. */
export function refusal(problem, timeZone, byBadge = false) {
  const key = problem.code === 'LOW_QUALITY' ? problem.facts?.reason : problem.code;
  if (has(`kiosk.hint.${key}`)) return { title: t(`kiosk.hint.${key}`), text: '' };
  if (!has(`kiosk.no.${key}`)) return { title: problem.facts?.message ?? t('kiosk.no.INTERNAL'), text: '' };
  const all = values(problem, timeZone);
  if (has(`kiosk.failed.${problem.facts?.reason}`)) return { title: t(`kiosk.no.${key}`), text: t(`kiosk.failed.${problem.facts.reason}`) };
  const text = byBadge && has(`kiosk.no.${key}_badge`) ? `kiosk.no.${key}_badge` : `kiosk.no.${key}_text`;
  return { title: t(`kiosk.no.${key}`, all), text: has(text) ? t(text, all) : '' };
}

/** The icon of a hint. */
const ICONS = {
  NO_FACE: 'user', MULTIPLE_FACES: 'users', FACE_TOO_SMALL: 'zoom-in', FACE_CUT_OFF: 'move', FACE_TURNED_AWAY: 'eye', BLURRED: 'focus',
  TOO_DARK: 'lightbulb', PHONE_OUTSIDE: 'target', PHONE_POSITION_MISSING: 'target', PHONE_POSITION_DENIED: 'target', PHONE_POSITION_UNKNOWN: 'target',
  PHONE_POSITION_INACCURATE: 'target', TOO_BRIGHT: 'sun', BACKLIT: 'sun',
};

export const hintIcon = (hint) => ICONS[hint] ?? 'info';

/** The icon of a refusal. */
export function refusalIcon(problem) {
  const code = problem.code;
  if (code === 'TOO_SOON' || code === 'DAILY_LIMIT_REACHED') return 'clock-3';
  if (code.startsWith('CHALLENGE_')) return 'rotate-ccw';
  if (code === 'NOT_ME') return 'undo-2';
  if (['OFFLINE', 'OFFLINE_PIN', 'FULL', 'NOT_SENT'].includes(code)) return 'cloud-off';
  if (code.startsWith('BADGE_')) return 'id-card';
  if (code.startsWith('PIN_')) return 'lock';
  if (code === 'NUMBER_REQUIRED') return 'keyboard';
  return ICONS[problem.facts?.reason ?? code] ?? 'scan-face';
}
