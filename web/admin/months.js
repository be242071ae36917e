// Months: a group as a table with a strip of days, a person as a calendar.

import { html, useState } from '/web/shared/preact.js';
import { get } from '/web/shared/api.js';
import { clock, duration, localDate, number, workDate } from '/web/shared/format.js';
import { locale, t } from '/web/shared/messages.js';
import { Bones, Button, Empty, Icon, IconButton, Note, Segments, Tag, Trouble, Who, useLoaded } from '/web/shared/parts.js';
import { Drawer } from '/web/shared/panels.js';
import { ExportLinks, Head, dayName, siteOf } from './parts.js';
import { Payroll } from './payroll.js';
import { usePages } from './people.js';
import { go, to } from './place.js';

/** How each status looks: kind of tag and icon. */
const STATUS = { present: ['ok', 'check'], late: ['wait', 'clock-3'], left_early: ['wait', 'log-out'], incomplete: ['bad', 'triangle-alert'], absent: ['out', 'user-x'], holiday: ['info', 'calendar'], day_off: ['', null] };

export default function Months({ app, place }) {
  const zone = siteOf(app, null).in_force.time_zone;
  const present = localDate(Date.now(), zone).slice(0, 7);
  const month = /^\d{4}-\d\d$/.test(place.query.get('month') ?? '') ? place.query.get('month') : present;
  const show = place.query.get('show') ?? 'all';
  const group = place.query.get('group');
  const open = place.rest[0] ?? null;
  const list = usePages('/v1/attendance/months', { month, group: group ?? undefined, status: show === 'all' ? undefined : 'incomplete', limit: 50 });
  const [paying, setPaying] = useState(false);
  const move = (rest, change = {}) => go('months', rest, { month: month === present ? null : month, show: show === 'all' ? null : show, group, ...change });
  return html`<${Head} title=${t('nav.months')} beside=${html`<${MonthChoice} month=${month} present=${present} onMonth=${(value) => move([], { month: value })} />`} />
    <div class="tools"><${Segments} label=${t('months.show')} value=${show} onValue=${(value) => move([], { show: value === 'all' ? null : value })} options=${['all', 'incomplete'].map((key) => [key, t(`months.show_${key}`)])} />
      ${group && html`<${Button} icon="x" onClick=${() => move([], { group: null })}>${t('people.all_groups')} <span class="muted"><bdi>${group}</bdi></span><//>`}</div>
    <p class="small muted tools">${t(show === 'all' ? 'months.text' : 'months.text_incomplete')}</p>
    ${list.problem && html`<${Trouble} problem=${list.problem} retry=${list.reload} />`}
    <div class="card">${!list.items ? html`<${Bones} lines=${8} />` : list.items.length === 0 && !list.next ? html`<${Empty} icon=${show === 'all' ? 'users' : 'circle-check'} title=${t(show === 'all' ? 'people.none' : 'months.none_incomplete')} text=${t(show === 'all' ? 'people.none_text' : 'months.none_incomplete_text')} />` : html`<${Table} rows=${list.items} month=${month} onOpen=${(id) => move([id])} onGroup=${(value) => move([], { group: value })} />`}</div>
    <${Legend} />
    <p class="foot"><${ExportLinks} label=${t('months.export')} path="months" query=${{ month, group: group ?? undefined, status: show === 'all' ? undefined : 'incomplete' }} /><${Button} icon="download" onClick=${() => setPaying(true)}>${t('payroll.title')}<//></p>
    ${list.next && html`<div class="foot"><span></span><${Button} busy=${list.busy} onClick=${list.more}>${t('do.more')}<//></div>`}
    ${open !== null && html`<${PersonMonth} key=${open + month} id=${open} month=${month} onClose=${() => move([])} />`}
    ${paying && html`<${Payroll} month=${month} group=${group} onClose=${() => setPaying(false)} />`}`;
}

/** What the small fields of the strips say. */
function Legend() {
  return html`<ul class="legend legend--days" aria-label=${t('months.legend')}>${Object.keys(STATUS).map((status) => html`<li key=${status}><i class=${`is-${status}`} aria-hidden="true"></i>${t(`status.${status}`)}</li>`)}</ul>`;
}

export function monthName(month) {
  return new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-15T12:00:00Z`));
}

function moved(month, by) {
  const date = new Date(`${month}-15T12:00:00Z`);
  date.setUTCMonth(date.getUTCMonth() + by);
  return date.toISOString().slice(0, 7);
}

function MonthChoice({ month, present, onMonth }) {
  return html`<div class="day" role="group" aria-label=${t('months.month')}>
    <button type="button" aria-label=${t('months.before')} onClick=${() => onMonth(moved(month, -1))}><${Icon} name="chevron-left" flip /></button>
    <label><time datetime=${month}>${monthName(month)}</time></label>
    <button type="button" aria-label=${t('months.after')} disabled=${month >= present} onClick=${() => onMonth(moved(month, 1))}><${Icon} name="chevron-right" flip /></button></div>`;
}

const hours = (seconds) => html`<bdi class="whole">${duration(seconds * 1000)}</bdi>`;

/** Hours as 7:08, where there is little room. */
function shortHours(seconds) {
  const minutes = Math.round(seconds / 60);
  return html`<bdi>${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}</bdi>`;
}

function Table({ rows, month, onOpen, onGroup }) {
  return html`<table><caption class="sr">${t('months.caption', { month: monthName(month) })}</caption><thead><tr><th scope="col">${t('person')}</th><th scope="col">${t('person.group')}</th><th scope="col">${t('months.days')}</th>
      <th scope="col" class="end">${t('months.worked')}</th><th scope="col" class="end hide-m">${t('months.planned')}</th><th scope="col" class="end hide-m">${t('months.overtime')}</th><th scope="col">${t('months.show_incomplete')}</th><th scope="col"><span class="sr">${t('do.actions')}</span></th></tr></thead>
    <tbody>${rows.map((row) => html`<tr key=${row.user_id} class="open" onClick=${(event) => { if (!event.target.closest('button')) onOpen(row.user_id); }}>
      <td><${Who} name=${row.name} id=${row.user_id} onOpen=${() => onOpen(row.user_id)} /></td>
      <td class="t">${row.group ? html`<button type="button" class="link" title=${t('people.only_group', { group: row.group })} onClick=${() => onGroup(row.group)}><bdi>${row.group}</bdi></button>` : '—'}</td>
      <td class="wide"><${Strip} row=${row} /></td>
      <td class="num end">${hours(row.totals.hours.worked_seconds)}</td><td class="t num end hide-m">${hours(row.totals.planned_seconds)}</td><td class="t num end hide-m">${hours(row.totals.hours.overtime_seconds)}</td>
      <td class="t">${row.totals.days.incomplete > 0 ? html`<${Tag} kind="bad" icon="triangle-alert"><span class="sr">${t('months.show_incomplete')}</span><span class="num">${number(row.totals.days.incomplete)}</span><//>` : '—'}</td>
      <td class="end"><${IconButton} icon="chevron-right" flip label=${t('person.open', { name: row.name })} onClick=${() => onOpen(row.user_id)} /></td></tr>`)}</tbody></table>`;
}

/** The days of a month as a strip of small fields; read aloud as counts. */
function Strip({ row }) {
  const counts = Object.entries(row.totals.days).filter(([, n]) => n > 0).map(([status, n]) => `${t(`status.${status}`)}: ${number(n)}`);
  return html`<span class="sr">${counts.join(', ')}</span><span class="strip" aria-hidden="true">${row.days.map((one) => html`<i class=${`is-${one.status ?? 'none'}`} title=${`${workDate(one.date)}${one.status ? ` · ${t(`status.${one.status}`)}` : ''}`}></i>`)}</span>`;
}

export function StatusTag({ status }) {
  if (!status) return html`<span class="muted">—</span>`;
  const [kind, icon] = STATUS[status];
  return html`<${Tag} kind=${kind} icon=${icon} flip>${t(`status.${status}`)}<//>`;
}

/** A person's month as a calendar, and its days as a list. */
function PersonMonth({ id, month, onClose }) {
  const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
  const { data, problem, reload } = useLoaded(() => get(`/v1/people/${encodeURIComponent(id)}/report?from=${month}-01&to=${month}-${last}`), [id, month]);
  const file = (kind, query) => `/v1/exports/people/${encodeURIComponent(id)}/${kind}?${new URLSearchParams(query)}`;
  return html`<${Drawer} wide title=${data ? `${data.name} · ${monthName(month)}` : monthName(month)} onClose=${onClose}>
    ${problem ? html`<${Trouble} problem=${problem} retry=${reload} />` : !data ? html`<${Bones} lines=${10} />` : html`
    <dl class="facts">${[['worked', data.totals.hours.worked_seconds], ['planned', data.totals.planned_seconds], ['overtime', data.totals.hours.overtime_seconds], ['breaks', data.totals.hours.break_seconds]].map(([key, seconds]) => html`<dt>${t(`months.${key}`)}</dt><dd class="num">${hours(seconds)}</dd>`)}</dl>
    <p class="row"><a class="btn" href=${file('month', { month, language: locale.split('-')[0] })} download><${Icon} name="download" />${t('months.pdf')}</a><a class="btn" href=${file('calendar', { from: `${month}-01`, to: `${month}-${last}`, language: locale.split('-')[0] })} download><${Icon} name="download" />${t('months.calendar')}</a></p>
    ${data.totals.unknown_days > 0 && html`<${Note} kind="wait" icon="triangle-alert">${t('months.unknown', { n: data.totals.unknown_days })}<//>`}
    <${Calendar} days=${data.days} />
    <ul class="list">${data.days.filter((one) => one.status && one.status !== 'day_off').map((one) => html`<li key=${one.date}><a class="item" href=${to('attendance', [], { day: one.date, person: id })}><span class="item__text"><b>${workDate(one.date)}</b>
      <small class="num">${one.first_in ? `${clock(one.first_in, one.time_zone)} – ${one.last_out ? clock(one.last_out, one.time_zone) : '?'}` : one.plan.holiday ?? ''}${one.hours ? html` · ${hours(one.hours.worked_seconds)}` : ''}</small></span>
      ${one.corrected && html`<${Tag} icon="pencil"><span class="sr">${t('state.corrected')}</span><//>`}<${StatusTag} status=${one.status} /></a></li>`)}</ul>`}<//>`;
}

/** Seven columns from Monday; the list below says the same in words. */
function Calendar({ days }) {
  const before = (new Date(`${days[0].date}T12:00:00Z`).getUTCDay() + 6) % 7;
  const icon = (status) => STATUS[status]?.[1] && status !== 'present' && html`<${Icon} name=${STATUS[status][1]} flip />`;
  return html`<div class="calendar" aria-hidden="true">${[1, 2, 3, 4, 5, 6, 7].map((day) => html`<small class="calendar__day">${dayName(day)}</small>`)}${Array.from({ length: before }, () => html`<i></i>`)}
    ${days.map((one) => html`<span class=${`is-${one.status ?? 'none'}`} title=${one.status ? t(`status.${one.status}`) : undefined}><b class="num">${Number(one.date.slice(8))}${icon(one.status)}</b><small class="num">${one.hours ? shortHours(one.hours.worked_seconds) : ''}</small></span>`)}</div>`;
}
