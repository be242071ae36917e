// Health: a sentence first, then each part.

import { html, useEffect, useRef } from '/web/shared/preact.js';
import { all, call, get } from '/web/shared/api.js';
import { day, number } from '/web/shared/format.js';
import { t } from '/web/shared/messages.js';
import { Bones, Icon, Tag, Trouble, useLoaded } from '/web/shared/parts.js';
import { Head } from './parts.js';

const EVERY = 5000;
const KEPT = 60;

/** The report, also when the service answers 503 with it. */
export async function report() {
  try {
    return await get('/health');
  } catch (problem) {
    if (problem.facts?.database) return problem.facts;
    throw problem;
  }
}

/** A value without labels out of Prometheus' text. */
function metric(text, name) {
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return line ? Number(line.split(' ')[1]) : null;
}

export default function Health() {
  const { data, problem, reload } = useLoaded(async () => {
    const [health, trust, metrics, hooks] = await Promise.all([report(), get('/v1/trust').catch(() => null), call('GET', '/metrics').then((answer) => answer.data, () => ''), all('/v1/webhooks').catch(() => [])]);
    return { health, trust, hooks, memory: metric(metrics, 'process_resident_memory_bytes'), running: metric(metrics, 'rollcall_analyses_running'), waiting: metric(metrics, 'rollcall_analyses_waiting') };
  }, [], EVERY);
  const memory = useRef([]);
  useEffect(() => { if (data?.memory) memory.current = [...memory.current, data.memory / 1e6].slice(-KEPT); }, [data]);
  if (problem) return html`<${Head} title=${t('nav.health')} /><${Trouble} problem=${problem} retry=${reload} />`;
  if (!data) return html`<${Head} title=${t('nav.health')} /><div class="card"><${Bones} /></div>`;
  const { health, trust, hooks } = data;
  const dead = hooks.filter((hook) => hook.state === 'dead');
  const { words, help } = sentence(health);
  const row = (icon, name, ok, value) => html`<li class="item"><${Icon} name=${icon} /><span class="item__text"><b>${name}</b><small>${value}</small></span><${Tag} kind=${ok ? 'ok' : 'wait'} icon=${ok ? 'check' : 'triangle-alert'}>${t(ok ? 'health.ok' : 'health.look')}<//></li>`;
  return html`<${Head} title=${t('nav.health')} />
    <div class="card card--pad row" role="status"><${Icon} name=${words ? 'triangle-alert' : 'circle-check'} direction=${words ? '' : 'in'} /><div class="grow"><h2>${words ?? t('health.good')}</h2>${help && html`<p>${help}</p>`}<p class="muted small">${t('health.up', { time: uptime(health.uptime_s), version: health.version })}</p></div></div><br />
    <div class="columns"><div class="card"><ul class="list">
      ${row('database', t('health.database'), health.database.ok, t(`health.kind.${health.database.kind}`))}
      ${row('scan-face', t('health.engine'), health.engine.loaded && !health.engine.problem, `${health.engine.model} · ${t(`liveness.${health.engine.liveness}`)}`)}
      ${row('users', t('health.gallery'), health.gallery.ready, t('health.templates', { n: number(health.gallery.templates) }))}
      ${row('clock-3', t('health.clock'), health.clock.ok, health.time_zone)}
      ${health.disk && row('hard-drive', t('health.disk'), health.disk.ok, t('health.disk_free', { size: gigabytes(health.disk.free_bytes) }))}
      ${hooks.length > 0 && row('link', t('nav.webhooks'), dead.length === 0, dead.length === 0 ? number(hooks.length) : html`${t('webhooks.dead')}: ${dead.map((hook) => html`<bdi>${hook.name}</bdi> `)}`)}
      ${!trust?.authority && health.certificate && row('lock', t('health.certificate'), health.certificate.ok, t('health.ends', { date: day(health.certificate.valid_until), n: health.certificate.days_left }))}
      ${trust?.authority && row('lock', t('health.https'), health.certificate?.ok ?? true, html`<a href="/trust" target="_blank"><bdi>${trust.addresses[0]?.https ?? '/trust'}</bdi></a><br />${health.certificate && html`${t('health.ends', { date: day(health.certificate.valid_until), n: health.certificate.days_left })}<br />`}${t('health.fingerprint')} <bdi class="mono">${trust.authority.fingerprint}</bdi>`)}</ul></div>
    <section class="card"><header class="card__head"><h2>${t('health.memory')}</h2><span class="num muted">${data.memory ? t('health.mb', { n: number(data.memory / 1e6) }) : '—'}</span></header>
      <div class="card--pad stack"><${Line} values=${memory.current} /><dl class="facts"><dt>${t('health.running')}</dt><dd class="num">${data.running ?? '—'}</dd><dt>${t('health.waiting')}</dt><dd class="num">${data.waiting ?? '—'}</dd></dl></div></section></div>`;
}

/** What is wrong, the worst first, and what to do about it; without `words` nothing is. */
export function sentence(health) {
  if (health.status !== 'ok') return { words: t(`health.problem.${health.database.problem ?? health.engine.problem ?? 'unreachable'}`) };
  if (health.disk && !health.disk.ok) return { words: t('health.disk_low', { size: gigabytes(health.disk.free_bytes) }), help: t('health.disk_help') };
  if (health.certificate && !health.certificate.ok) return { words: t(health.certificate.days_left < 0 ? 'health.certificate_ended' : 'health.certificate_near', { n: health.certificate.days_left }), help: t('health.certificate_help') };
  if (!health.clock.ok) return { words: t(`health.clock.${health.clock.problem}`) };
  return health.gallery.ready ? {} : { words: t('health.loading') };
}

function gigabytes(bytes) {
  return bytes < 1e9 ? t('health.mb', { n: number(bytes / 1e6) }) : t('health.gb', { n: number(bytes / 1e9, bytes < 1e10 ? 1 : 0) });
}

function uptime(seconds) {
  return seconds < 3600 ? t('health.minutes', { n: Math.floor(seconds / 60) }) : seconds < 172_800 ? t('health.hours', { n: Math.floor(seconds / 3600) }) : t('health.days', { n: Math.floor(seconds / 86_400) });
}

/** Values over the last minutes as a line, from 0. */
function Line({ values }) {
  const top = Math.max(1, ...values) * 1.15;
  const points = values.map((value, i) => `${(i / (KEPT - 1)) * 300},${78 - (value / top) * 74}`).join(' ');
  return html`<svg class="histogram" viewBox="0 0 300 80" preserveAspectRatio="none" aria-hidden="true"><line class="base" x1="0" x2="300" y1="79" y2="79" />${values.length > 1 && html`<polyline class="u" points=${points} />`}</svg>`;
}
