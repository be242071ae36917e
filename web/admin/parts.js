// What several admin screens share.

import { html, useMemo, useRef } from '/web/shared/preact.js';
import { address, all, call } from '/web/shared/api.js';
import { clock, plusDays, workDate } from '/web/shared/format.js';
import { locale, t } from '/web/shared/messages.js';
import { Icon, SelectField, Tag, useLoaded } from '/web/shared/parts.js';
import { LONG_HOURS } from './days.js';

/** The site of an id, or the default one. */
export function siteOf(app, id) {
  return app.sites.find((site) => site.site === (id || 'default')) ?? app.sites[0];
}

/** The head of a screen: its title, what belongs beside it, and its actions. */
export function Head({ title, beside, children }) {
  return html`<header class="head"><h1>${title}</h1>${beside}${children && html`<div class="head__end">${children}</div>`}</header>`;
}

/** A day with arrows and a calendar. */
export function DayChoice({ date, today, onDate }) {
  return html`<div class="day" role="group" aria-label=${t('day.label')}>
    <button type="button" aria-label=${t('day.before')} onClick=${() => onDate(plusDays(date, -1))}><${Icon} name="chevron-left" flip /></button>
    <label><time datetime=${date}>${date === today ? t('day.today', { date: workDate(date) }) : workDate(date)}</time><input type="date" aria-label=${t('day.choose')} value=${date} max=${today}
      onClick=${(event) => event.currentTarget.showPicker?.()} onChange=${(event) => event.currentTarget.value && onDate(event.currentTarget.value)} /></label>
    <button type="button" aria-label=${t('day.after')} disabled=${date >= today} onClick=${() => onDate(plusDays(date, 1))}><${Icon} name="chevron-right" flip /></button></div>`;
}

/** The four figures of a day, each a way to the people behind it. */
export function Figures({ counts, today, href, onShow }) {
  const figure = (key, kind, small) => {
    const inner = html`<span class="name">${t(today ? `figure.${key}` : key === 'inside' ? 'show.inside' : `figure.${key === 'not_yet' ? 'absent' : key}`)}</span><span class="value">${counts[key]}${' '}${small && html`<small>${small}</small>`}</span>`;
    return href ? html`<a class=${kind} href=${href(key)}>${inner}</a>` : html`<a class=${kind} href="#" onClick=${(event) => { event.preventDefault(); onShow(key); }}>${inner}</a>`;
  };
  return html`<div class="figures">${figure('inside', 'is-in', t('figure.of', { n: counts.all }))}${figure('left', 'is-out')}${figure('not_yet', '')}
    ${figure('look', 'is-wait', counts.long ? t('figure.long', { hours: LONG_HOURS }) : '')}</div>`;
}

/** A choice of sites, where there is more than one. */
export function SiteChoice({ app, value, onValue }) {
  if (app.sites.length < 2) return null;
  const options = app.sites.map((site) => [site.site, site.name]);
  return html`<${SelectField} label=${html`<span class="sr">${t('site')}</span>`} value=${value ?? ''} options=${options} onValue=${onValue} />`;
}

const STATES = {
  inside: ['in', 'log-in'], left: ['out', 'log-out'], not_yet: ['', null], missing: ['wait', 'triangle-alert'], long: ['wait', 'triangle-alert'],
};

export function StateTag({ state, hours }) {
  const [kind, icon] = STATES[state];
  return html`<${Tag} kind=${kind} icon=${icon} flip>${t(`state.${state}`, { hours })}<//>`;
}

/** A list that is read again only if it has changed: answers a function that returns all its items, or undefined if nothing did. */
export function useChanging(path, parameters) {
  const known = useRef({ key: null, tag: null });
  return useMemo(() => async () => {
    const key = address(path, parameters);
    const items = [];
    let next = null;
    let first = null;
    do {
      const headers = next === null && known.current.key === key && known.current.tag ? { 'If-None-Match': known.current.tag } : {};
      const page = await call('GET', address(path, { ...parameters, limit: 1000, next }), { headers });
      if (page.status === 304) return undefined;
      first ??= page;
      items.push(...page.data.items);
      next = page.data.next;
    } while (next);
    // The tag is that of the first page: of a longer list it doesn't say whether the rest has changed.
    known.current = { key, tag: items.length < 1000 ? first.tag : null };
    return items;
  }, [address(path, parameters)]);
}

/** A function that answers the name of a key by its id, or the id if no key of the database has it. */
export function useKeyNames() {
  const keys = useLoaded(() => all('/v1/keys'), []);
  const names = useMemo(() => new Map((keys.data ?? []).map((key) => [key.id, key.name])), [keys.data]);
  return (id) => names.get(id) ?? id;
}

/** Times of a person's first entry and last exit, or a dash. */
export function edge(spans, side, timeZone) {
  const values = spans.map((span) => span[side]).filter((at) => at !== null);
  if (values.length === 0) return '—';
  if (side === 'to' && spans[spans.length - 1].to === null) return '—';
  return clock(side === 'from' ? values[0] : values[values.length - 1], timeZone);
}

/** The short name of a day of the week, from 1 for Monday. */
export function dayName(number) {
  return new Intl.DateTimeFormat(locale, { weekday: 'short', timeZone: 'UTC' }).format(new Date(Date.UTC(2024, 0, number)));
}

/** Links to an export of the service in both formats of tables. */
export function ExportLinks({ label, path, query }) {
  const link = (format) => `/v1/exports/${path}?${new URLSearchParams({ ...Object.fromEntries(Object.entries(query).filter(([, value]) => value !== undefined)), format })}`;
  return html`<span class="exports"><${Icon} name="download" /> ${label} <a href=${link('csv')} download>CSV</a> · <a href=${link('xlsx')} download>Excel</a></span>`;
}

/** Rows of texts as CSV, with what spreadsheets would take for a formula made harmless. */
export function csv(rows) {
  const cell = (value) => {
    const text = String(value ?? '');
    const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
    return /[",\n\r]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  };
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
