// Attendance of a day: who is inside, each person's bar, corrections.

import { html, useEffect, useMemo, useState } from '/web/shared/preact.js';
import { all } from '/web/shared/api.js';
import { DayAxis, DayBar, DayBarColours } from '/web/shared/charts.js';
import { clock, duration, instantOf, workDate, workDateOf } from '/web/shared/format.js';
import { t } from '/web/shared/messages.js';
import { Bones, Button, Empty, Icon, IconButton, Search, Segments, Tag, Trouble, Who, useLoaded, useSettled } from '/web/shared/parts.js';
import { save } from '/web/shared/save.js';
import { axisOf, countsOf, dayOf, needsLook, rowsOf, LONG_HOURS } from './days.js';
import CorrectDay from './correct.js';
import { DayChoice, ExportLinks, Figures, Head, SiteChoice, StateTag, csv, edge, siteOf, useChanging } from './parts.js';
import { go, to } from './place.js';

const EVERY = 5000;
const PAGE = 200;

export default function Attendance({ app, place }) {
  const site = siteOf(app, place.query.get('site'));
  const { time_zone: zone, day_starts_at: startsAt } = site.in_force;
  const today = workDateOf(Date.now(), zone, startsAt);
  const date = place.query.get('day') ?? today;
  const show = place.query.get('show') ?? 'all';
  const [search, setSearch] = useState('');
  const [open, setOpen] = useState(place.query.get('person'));
  const move = (change) => go('attendance', [], { site: place.query.get('site'), day: date === today ? null : date, show: show === 'all' ? null : show, ...change });
  const onlySite = app.sites.length > 1 ? { site: site.site } : {};
  const read = useChanging('/v1/attendance', { from: date, to: date, order: 'oldest', ...onlySite });
  const marks = useLoaded(read, [read], date === today ? EVERY : 0);
  const people = useLoaded(() => all('/v1/people', { active: true, sort: 'name' }), [date], 60_000);
  const devices = useLoaded(() => all('/v1/devices'), []);
  const kiosks = useMemo(() => new Map((devices.data ?? []).map((device) => [device.id, device.name])), [devices.data]);
  const wanted = useSettled(search.trim().toLocaleLowerCase());
  const dayStart = instantOf(date, '00:00', zone).getTime();
  const rows = useMemo(() => rowsOf(marks.data ?? [], people.data ?? [], site, date === today), [marks.data, people.data, date, today]);
  const axis = axisOf(rows.map((row) => row.day), dayStart);
  const shown = rows.filter((row) => fits(row, show) && (!wanted || `${row.name} ${row.id}`.toLocaleLowerCase().includes(wanted)));
  const counts = countsOf(rows);
  const problem = marks.problem ?? people.problem;
  const chosen = open === null ? undefined : rows.find((row) => row.id === open) ?? { id: open, name: open, marks: [], day: dayOf([], 0, false) };

  return html`<${Head} title=${t('nav.attendance')} beside=${html`<${DayChoice} date=${date} today=${today} onDate=${(day) => move({ day: day === today ? null : day })} /><${SiteChoice} app=${app} value=${site.site} onValue=${(value) => move({ site: value })} />`}>
      <${Button} icon="download" onClick=${() => exportDay(rows, date, zone)} disabled=${!marks.data}>${t('attendance.export')}<//>
      <${Button} kind="primary" icon="pencil" onClick=${() => setOpen('')}>${t('attendance.add')}<//><//>
    <${DayBarColours} />
    <${Figures} counts=${counts} show=${show} today=${date === today} onShow=${(value) => move({ show: value === 'all' ? null : value })} />
    <div class="tools"><${Search} label=${t('people.search')} value=${search} onValue=${setSearch} />
      <${Segments} label=${t('attendance.show')} value=${show} onValue=${(value) => move({ show: value === 'all' ? null : value })}
        options=${['all', 'inside', 'left', 'not_yet', 'look', ...Object.keys(SOURCES).filter((source) => show === source || rows.some((row) => isBy(source, row)))].map((key) => [key, t(`show.${date === today || key !== 'not_yet' ? key : 'absent'}`)])} /></div>
    ${problem && html`<${Trouble} problem=${problem} retry=${() => { marks.reload(); people.reload(); }} />`}
    <div class="card">${!marks.data || !people.data ? html`<${Bones} lines=${8} />` : shown.length === 0
      ? html`<${Empty} icon=${rows.length ? 'search' : 'users'} title=${t(rows.length ? 'attendance.none_fit' : 'people.none')} text=${rows.length ? '' : t('people.none_text')}>${!rows.length && html`<a class="btn btn--primary" href=${to('people', [], { add: '1' })}>${t('people.add')}</a>`}<//>`
      : html`<${Table} rows=${shown} kiosks=${kiosks} axis=${axis} date=${date} zone=${zone} dayStart=${dayStart} onOpen=${setOpen} />`}</div>
    <p class="foot"><span>${t('attendance.zone', { zone })}</span><${ExportLinks} label=${t('attendance.export_marks')} path="marks" query=${{ from: date, to: date, order: 'oldest', ...onlySite }} /><span>${t('people.count', { n: shown.length })}</span></p>
    ${chosen !== undefined && html`<${CorrectDay} key=${chosen.id} row=${chosen.id === '' ? null : chosen} people=${people.data ?? []} site=${site} date=${date} onClose=${() => setOpen(null)} onChanged=${marks.reload} />`}`;
}

/** Sources of marks that the office looks at, with their icons. */
const SOURCES = { late: 'clock-3', pin: 'lock' };

const isBy = (source, { marks }) => marks.some((mark) => mark.source === source);

function fits(row, show) {
  const { day } = row;
  if (show in SOURCES) return isBy(show, row);
  return show === 'all' || (show === 'look' ? needsLook(day.state) : show === 'inside' ? day.state === 'inside' || day.state === 'long' : day.state === show);
}

function Table({ rows, kiosks, axis, date, zone, dayStart, onOpen }) {
  const [many, setMany] = useState(PAGE);
  useEffect(() => setMany(PAGE), [date]);
  return html`<table><caption class="sr">${t('attendance.caption', { date: workDate(date) })}</caption><thead><tr>
      <th scope="col">${t('person')}</th><th scope="col">${t('mark.in')}</th><th scope="col">${t('mark.out')}</th><th scope="col" class="bar"><${DayAxis} axis=${axis} /><span class="sr">${t('day.label')}</span></th>
      <th scope="col" class="end">${t('attendance.hours')}</th><th scope="col">${t('attendance.state')}</th>${kiosks.size > 0 && html`<th scope="col" class="hide-m">${t('source.device')}</th>`}<th scope="col"><span class="sr">${t('do.actions')}</span></th></tr></thead>
    <tbody>${rows.slice(0, many).map((row) => html`<tr key=${row.id} class="open" onClick=${(event) => { if (!event.target.closest('button')) onOpen(row.id); }}>
      <td><${Who} name=${row.name} id=${row.id} onOpen=${() => onOpen(row.id)} /></td>
      <td class="t num">${edge(row.day.spans, 'from', zone)}</td><td class="t num">${edge(row.day.spans, 'to', zone)}</td>
      <td class="bar"><span class="sr">${spoken(row.day, zone)}</span><${DayBar} day=${row.day} axis=${axis} dayStart=${dayStart} now=${Date.now()} /></td>
      <td class="t num end"><bdi class="whole">${row.day.worked > 0 && !needsLook(row.day.state) ? duration(row.day.worked) : '—'}</bdi></td>
      <td class="s"><${StateTag} state=${row.day.state} hours=${LONG_HOURS} />${row.day.corrected && html`${' '}<${Tag} icon="pencil"><span class="roomy">${t('state.corrected')}</span><//>`}${Object.keys(SOURCES).filter((source) => isBy(source, row)).map((source) => html`${' '}<${Tag} icon=${SOURCES[source]}>${t(`source.${source}`)}<//>`)}</td>
      ${kiosks.size > 0 && html`<td class="t hide-m"><bdi class="kiosk">${lastKiosk(row.marks, kiosks)}</bdi></td>`}
      <td class="end"><${IconButton} icon="ellipsis" label=${t('attendance.correct', { name: row.name })} onClick=${() => onOpen(row.id)} /></td></tr>`)}</tbody></table>
    ${rows.length > many && html`<div class="card--pad row row--end"><${Button} onClick=${() => setMany(many + PAGE)}>${t('do.more')}<//></div>`}`;
}

/** The name of the kiosk of a person's last mark that a kiosk made. */
function lastKiosk(marks, kiosks) {
  return kiosks.get([...marks].reverse().find((mark) => kiosks.has(mark.key_id))?.key_id) ?? '';
}

function spoken(day, zone) {
  return day.spans.map(({ from, to: end }) => t(from === null ? 'day.until' : end === null ? 'day.from' : 'day.between', { from: from && clock(from, zone), to: end && clock(end, zone) })).join('; ');
}

function exportDay(rows, date, zone) {
  const lines = rows.map((row) => [row.id, row.name, date, edge(row.day.spans, 'from', zone), edge(row.day.spans, 'to', zone), (row.day.worked / 3_600_000).toFixed(2), t(`state.${row.day.state}`, { hours: LONG_HOURS })]);
  save(`attendance-${date}.csv`, csv([['user_id', 'name', 'work_date', 'in', 'out', 'hours', 'state'], ...lines]), 'text/csv');
}
