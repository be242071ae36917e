// Overview of today: figures, arrivals, what to look at, kiosks.

import { html, useMemo } from '/web/shared/preact.js';
import { all, address, get } from '/web/shared/api.js';
import { Histogram } from '/web/shared/charts.js';
import { ago, clock, instantOf, plusDays, workDate, workDateOf } from '/web/shared/format.js';
import { t } from '/web/shared/messages.js';
import { Bones, Empty, Icon, Trouble, useLoaded } from '/web/shared/parts.js';
import { LONG_HOURS, arrivals, countsOf, needsLook, rowsOf } from './days.js';
import { report, sentence } from './health.js';
import { Figures, Head, SiteChoice, siteOf, useChanging } from './parts.js';
import { go, to } from './place.js';

const EVERY = 5000;
const SLOWLY = 30_000;
const USUAL_DAYS = 14;
/** A kiosk's page calls once a minute, and the service notes that once a minute: two minutes may pass between two signs of life. */
const QUIET_MINUTES = 4;
const MOST_SHOWN = 6;

export default function Overview({ app, place }) {
  const site = siteOf(app, place.query.get('site'));
  const { time_zone: zone, day_starts_at: startsAt } = site.in_force;
  const today = workDateOf(Date.now(), zone, startsAt);
  const onlySite = app.sites.length > 1 ? { site: site.site } : {};
  const read = useChanging('/v1/attendance', { from: today, to: today, order: 'oldest', ...onlySite });
  const marks = useLoaded(read, [read], EVERY);
  const people = useLoaded(() => all('/v1/people', { active: true, sort: 'name' }), [], SLOWLY * 2);
  const before = useLoaded(() => all('/v1/attendance', { from: plusDays(today, -USUAL_DAYS), to: plusDays(today, -1), ...onlySite }, 10_000), [today, site.site]);
  const devices = useLoaded(() => get('/v1/devices?state=active&personal=false&limit=100'), [], SLOWLY);
  const dayAgo = () => new Date(Date.now() - 86_400_000).toISOString();
  const refusals = useLoaded(() => get(address('/v1/audit', { action: 'RECOGNITION_REFUSED', from: dayAgo(), total: true, limit: 1 })), [], SLOWLY);
  const spoofs = useLoaded(() => get(address('/v1/audit', { code: 'SPOOF_SUSPECTED', from: dayAgo(), total: true, limit: 1 })), [], SLOWLY);
  const alike = useLoaded(() => get(address('/v1/audit', { action: 'LOOK_ALIKE', from: dayAgo(), total: true, limit: 1 })), [], SLOWLY);
  const waiting = useLoaded(() => get(address('/v1/corrections', { state: 'pending', limit: 100 })), [], SLOWLY);
  const health = useLoaded(report, [], SLOWLY * 2);
  const rows = useMemo(() => rowsOf(marks.data ?? [], people.data ?? [], site, true), [marks.data, people.data, site.site]);
  const start = (date) => instantOf(date, '00:00', zone).getTime();
  const usual = useMemo(() => {
    const past = before.data ?? [];
    const days = new Set(past.map((mark) => mark.work_date)).size;
    return new Map(days < 3 ? [] : [...arrivals(past, start)].map(([quarter, n]) => [quarter, n / days]));
  }, [before.data]);
  const counts = countsOf(rows);
  const came = arrivals(marks.data ?? [], start);
  const query = { site: app.sites.length > 1 ? site.site : null };
  const problem = marks.problem ?? people.problem;

  return html`<${Head} title=${t('overview.title')} beside=${html`<span class="muted">${workDate(today)}</span><${SiteChoice} app=${app} value=${site.site} onValue=${(value) => go('overview', [], { site: value })} />`} />
    ${problem && html`<${Trouble} problem=${problem} retry=${marks.reload} />`}
    ${!marks.data || !people.data ? html`<div class="card"><${Bones} lines=${7} /></div>` : people.data.length === 0 && marks.data.length === 0 ? html`<div class="card"><${FirstSteps} hasKiosk=${devices.data?.items.length > 0} /></div>` : html`
    <${Figures} counts=${counts} today href=${(key) => to('attendance', [], { ...query, show: key })} />
    <div class="columns"><div class="stack stack--l">
      <section class="card"><header class="card__head"><h2>${t('overview.arrivals')}</h2><div class="legend"><span><i></i>${t('overview.today')}</span>${usual.size > 0 && html`<span><i class="l"></i>${t('overview.usual')}</span>`}</div></header>
        <div class="card--pad">${came.size === 0 ? html`<p class="muted small">${t('overview.nobody_yet')}</p>` : html`<${Histogram} counts=${came} usual=${usual} label=${t('overview.arrivals_of', { n: [...came.values()].reduce((a, b) => a + b, 0) })} />`}</div></section>
      <${Latest} marks=${marks.data} zone=${zone} query=${query} /></div>
      <div class="stack stack--l"><${ToLookAt} rows=${rows} query=${query} refused=${refusals.data?.total} spoofs=${spoofs.data?.total} alike=${alike.data?.total} waiting=${waiting.data?.items.length} devices=${devices.data?.items} trouble=${health.data ? sentence(health.data).words : null} /><${Kiosks} devices=${devices} /></div></div>`}`;
}

/** What to do on a service without people. */
function FirstSteps({ hasKiosk }) {
  const step = (icon, key, href) => html`<li><a class="item" href=${href}><${Icon} name=${icon} /><span class="item__text"><b>${t(`first.${key}`)}</b><small>${t(`first.${key}_text`)}</small></span><${Icon} name="chevron-right" flip /></a></li>`;
  return html`<${Empty} icon="sparkles" title=${t('first.title')} text=${t('first.text')} /><ul class="list">${step('user-plus', 'person', to('people', [], { add: '1' }))}${step('folder-up', 'import', to('people', [], { import: '1' }))}
    ${!hasKiosk && step('tablet', 'kiosk', to('kiosks', [], { pair: '1' }))}${step('building-2', 'site', to('sites'))}</ul>`;
}

function Latest({ marks, zone, query }) {
  const latest = [...marks].reverse().slice(0, MOST_SHOWN);
  return html`<section class="card"><header class="card__head"><h2>${t('overview.latest')}</h2><a href=${to('attendance', [], query)}>${t('overview.all_marks')}</a></header>
    <ul class="list">${latest.map((mark) => html`<li key=${mark.id}><a class="item" href=${to('attendance', [], { ...query, person: mark.user_id })}><${Icon} name=${mark.direction === 'in' ? 'log-in' : 'log-out'} flip direction=${mark.direction} /><span class="item__text"><b><bdi>${mark.name ?? t('people.erased')}</bdi></b><small>${t(`mark.${mark.direction}`)}</small></span><time datetime=${mark.marked_at}>${clock(mark.marked_at, zone)}</time></a></li>`)}
      ${latest.length === 0 && html`<li class="item muted">${t('overview.nobody_yet')}</li>`}</ul></section>`;
}

function ToLookAt({ rows, query, refused, spoofs, alike, waiting, devices, trouble }) {
  const silent = (devices ?? []).filter((device) => quiet(device));
  const items = [
    ...(trouble ? [['triangle-alert', t('nav.health'), trouble, to('health')]] : []),
    ...rows.filter((row) => needsLook(row.day.state)).slice(0, MOST_SHOWN).map((row) => ['clock-3', row.name ?? t('people.erased'), t(`state.${row.day.state}`, { hours: LONG_HOURS }), to('attendance', [], { ...query, person: row.id })]),
    ...(waiting ? [['circle-check', t('look.waiting', { n: waiting }), t('look.waiting_text'), to('approvals')]] : []),
    ...(spoofs ? [['shield-alert', t('look.spoofs', { n: spoofs }), t('look.last_day'), to('refused', [], { code: 'SPOOF_SUSPECTED' })]] : []),
    ...(alike ? [['users', t('look.alike', { n: alike }), t('look.last_day'), to('alarms')]] : []),
    ...(refused ? [['shield-x', t('look.refused', { n: refused }), t('look.last_day'), to('refused')]] : []),
    ...silent.map((device) => ['tablet', device.name, device.last_seen_at ? t('look.silent', { ago: ago(device.last_seen_at) }) : t('kiosks.never'), to('kiosks')]),
  ];
  return html`<section class="card"><header class="card__head"><h2>${t('overview.look')}</h2></header><ul class="list">
    ${items.map(([icon, title, text, href]) => html`<li><a class="item" href=${href}><${Icon} name=${icon} /><span class="item__text"><b><bdi>${title}</bdi></b><small>${text}</small></span><${Icon} name="chevron-right" flip /></a></li>`)}
    ${items.length === 0 && html`<li class="item"><${Icon} name="circle-check" /><span class="item__text muted">${t('overview.nothing')}</span></li>`}</ul></section>`;
}

/** Whether a device has made no request for some minutes. */
export function quiet(device) {
  return !device.last_seen_at || Date.now() - Date.parse(device.last_seen_at) > QUIET_MINUTES * 60_000;
}

function Kiosks({ devices }) {
  return html`<section class="card"><header class="card__head"><h2>${t('overview.kiosks')}</h2><a href=${to('kiosks')}>${t('overview.all_kiosks')}</a></header>
    ${devices.problem ? html`<${Trouble} problem=${devices.problem} retry=${devices.reload} />` : !devices.data ? html`<${Bones} lines=${2} />` : html`<ul class="list">
      ${devices.data.items.slice(0, MOST_SHOWN).map((device) => html`<li key=${device.id} class="item"><span class=${`dot ${quiet(device) ? 'dot--wait' : 'dot--ok'}`}></span><span class="item__text"><b><bdi>${device.name}</bdi></b><small>${t(quiet(device) ? 'kiosks.quiet' : 'kiosks.online')}</small></span><span class="num">${device.last_seen_at ? ago(device.last_seen_at) : t('kiosks.never')}</span></li>`)}
      ${devices.data.items.length === 0 && html`<li><a class="item" href=${to('kiosks', [], { pair: '1' })}><${Icon} name="plus" /><span class="item__text">${t('kiosks.pair')}</span></a></li>`}</ul>`}</section>`;
}
