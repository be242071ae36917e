// Refused attempts, as sentences.

import { html, useMemo } from '/web/shared/preact.js';
import { all } from '/web/shared/api.js';
import { ConfidenceBar } from '/web/shared/charts.js';
import { moment, number } from '/web/shared/format.js';
import { has, t } from '/web/shared/messages.js';
import { Bones, Button, Empty, Icon, Segments, SelectField, Trouble, useLoaded } from '/web/shared/parts.js';
import { Head, siteOf } from './parts.js';
import { usePages } from './people.js';
import { go, to } from './place.js';

const ACTIONS = { marks: 'RECOGNITION_REFUSED', identify: 'IDENTIFICATION_REFUSED', enroll: 'ENROLLMENT_REFUSED' };
/** All codes that the list can have, the frequent ones first; a test compares them with the service's. */
const CODES = [
  'NOT_MATCHED', 'NOT_RECOGNIZED', 'SPOOF_SUSPECTED', 'NOT_ENROLLED', 'AMBIGUOUS', 'TOO_SOON', 'DAILY_LIMIT_REACHED', 'LOW_QUALITY', 'NO_FACE', 'MULTIPLE_FACES', 'DIFFERENT_FACES',
  'BADGE_INVALID', 'BADGE_REQUIRED', 'NUMBER_REQUIRED', 'PIN_INVALID', 'PIN_NOT_ALLOWED', 'OUTSIDE_SITE', 'TOO_LATE', 'CHALLENGE_REQUIRED', 'CHALLENGE_FAILED', 'CHALLENGE_EXPIRED',
  'DUPLICATE_FACE', 'FACE_MISMATCH', 'CONSENT_REQUIRED', 'RATE_LIMITED', 'DIRECTION_NOT_ALLOWED', 'INVALID_IMAGE', 'UNSUPPORTED_IMAGE', 'PAYLOAD_TOO_LARGE', 'SITE_NOT_FOUND',
];
/** What attempts are counted by: the field of an entry, and the parameter of the list that restricts it to one. */
const GROUPS = { person: 'user_id', kiosk: 'key_id' };
const GROUPED_DAYS = 7;
const MOST_GROUPED = 5000;
const ICONS = { NOT_MATCHED: 'user-x', SPOOF_SUSPECTED: 'shield-alert', NOT_ENROLLED: 'circle-help', AMBIGUOUS: 'users', TOO_SOON: 'clock-3', DAILY_LIMIT_REACHED: 'clock-3', DUPLICATE_FACE: 'users', OUTSIDE_SITE: 'globe', BADGE_INVALID: 'id-card', BADGE_REQUIRED: 'id-card', NUMBER_REQUIRED: 'keyboard', PIN_INVALID: 'lock', PIN_NOT_ALLOWED: 'lock' };

export default function Refused({ app, place }) {
  const kind = place.query.get('kind') ?? 'marks';
  const code = place.query.get('code') ?? '';
  const by = place.query.get('by') ?? '';
  const only = Object.fromEntries(Object.values(GROUPS).map((field) => [field, place.query.get(field) ?? undefined]));
  const one = only.user_id ?? only.key_id;
  const move = (change) => go('refused', [], { kind: kind === 'marks' ? null : kind, code, by, ...only, ...change });
  const list = usePages('/v1/audit', { action: ACTIONS[kind], code: code || undefined, ...only, limit: 50, total: true });
  return html`<${Head} title=${t('nav.refused')} beside=${list.total !== null && html`<span class="muted num">${number(list.total)}</span>`}><${Button} icon="refresh-cw" onClick=${list.reload}>${t('do.refresh')}<//><//>
    <p class="lead">${t('refused.lead')}</p>
    <div class="tools"><${Segments} label=${t('refused.kind')} value=${kind} onValue=${(value) => move({ kind: value === 'marks' ? null : value })} options=${Object.keys(ACTIONS).map((key) => [key, t(`refused.${key}`)])} />
      <${SelectField} label=${html`<span class="sr">${t('refused.why')}</span>`} value=${code} onValue=${(value) => move({ code: value })} options=${[['', t('refused.any')], ...CODES.map((key) => [key, t(`refused.code.${key}`)])]} />
      <${SelectField} label=${html`<span class="sr">${t('refused.by')}</span>`} value=${by} onValue=${(value) => move({ by: value, user_id: null, key_id: null })} options=${['', ...Object.keys(GROUPS)].map((key) => [key, t(`refused.by_${key || 'none'}`)])} />
      ${one && html`<${Button} icon="x" title=${t('show.all')} onClick=${() => move({ user_id: null, key_id: null })}><bdi>${one}</bdi><//>`}</div>
    ${list.problem && html`<${Trouble} problem=${list.problem} retry=${list.reload} />`}
    ${by in GROUPS ? html`<${Grouped} parameters=${{ action: ACTIONS[kind], code: code || undefined }} by=${by} onOpen=${(value) => move({ by: null, [GROUPS[by]]: value })} />` : html`<div class="card">${!list.items ? html`<${Bones} lines=${6} />` : list.items.length === 0 ? html`<${Empty} icon="circle-check" title=${t('refused.none')} text=${t('refused.none_text')} />` : html`<table><caption class="sr">${t('nav.refused')}</caption>
      <thead><tr><th scope="col">${t('refused.what')}</th><th scope="col">${t('refused.confidence')}</th><th scope="col">${t('refused.where')}</th><th scope="col" class="end">${t('refused.when')}</th></tr></thead>
      <tbody>${list.items.map((entry) => html`<${Row} key=${entry.id} entry=${entry} zone=${siteOf(app, entry.site).in_force.time_zone} />`)}</tbody></table>`}</div>
    ${list.next && html`<div class="foot"><span></span><${Button} busy=${list.busy} onClick=${list.more}>${t('do.more')}<//></div>`}`}`;
}

/** The attempts of the last days by person or kiosk, the most frequent first, with what happened most often. */
function Grouped({ parameters, by, onOpen }) {
  const from = () => new Date(Date.now() - GROUPED_DAYS * 86_400_000).toISOString();
  const list = useLoaded(() => all('/v1/audit', { ...parameters, from: from() }, MOST_GROUPED), [parameters.action, parameters.code]);
  const groups = useMemo(() => groupsOf(list.data ?? [], GROUPS[by]), [list.data, by]);
  if (list.problem) return html`<${Trouble} problem=${list.problem} retry=${list.reload} />`;
  return html`<div class="card">${!list.data ? html`<${Bones} lines=${4} />` : groups.length === 0 ? html`<${Empty} icon="circle-check" title=${t('refused.none')} text=${t('refused.none_text')} />` : html`<ul class="list">
    ${groups.map((group) => html`<li key=${group.id}><button type="button" class="item item--button" disabled=${!group.id} onClick=${() => onOpen(group.id)}><${Icon} name=${by === 'kiosk' ? 'tablet' : 'user-x'} /><span class="item__text"><b><bdi>${group.name ?? t('refused.unknown')}</bdi></b><small>${sentence(group.code)} · ${t('refused.days', { n: GROUPED_DAYS })}</small></span><span class="num">${number(group.n)}</span></button></li>`)}</ul>`}</div>`;
}

function groupsOf(entries, field) {
  const groups = new Map();
  for (const entry of entries) {
    const id = entry[field] ?? '';
    const group = groups.get(id) ?? { id, name: (field === 'key_id' ? entry.key_name : null) ?? entry[field], n: 0, codes: new Map() };
    group.n += 1;
    group.codes.set(entry.details.code, (group.codes.get(entry.details.code) ?? 0) + 1);
    groups.set(id, group);
  }
  const most = ({ codes }) => [...codes].reduce((best, one) => (one[1] > best[1] ? one : best))[0];
  return [...groups.values()].map((group) => ({ ...group, code: most(group) })).sort((one, other) => other.n - one.n);
}

function Row({ entry, zone }) {
  const { code, confidence, threshold, reason, rival_user_id: rival, captured_at: captured } = entry.details;
  return html`<tr><td><div class="who"><${Icon} name=${ICONS[code] ?? 'shield-x'} /><div><b>${sentence(code, reason)}</b>
      <small>${entry.user_id ? html`<a href=${to('people', [entry.user_id])}><bdi>${entry.user_id}</bdi></a>` : t('refused.unknown')}${rival && html` · ${t('refused.rival')} <a href=${to('people', [rival])}><bdi>${rival}</bdi></a>`}</small></div></div></td>
    <td class=${typeof confidence === 'number' ? 'wide' : 't'}>${typeof confidence === 'number' ? html`<${ConfidenceBar} value=${confidence} threshold=${threshold} />` : html`<span class="muted">—</span>`}</td>
    <td class="t"><bdi>${entry.key_name ?? entry.key_id}</bdi></td>
    <td class="end num muted"><time datetime=${captured ?? entry.at}>${moment(captured ?? entry.at, zone)}</time>${captured && html`<br /><small>${t('refused.sent', { time: moment(entry.at, zone) })}</small>`}</td></tr>`;
}

/** What happened, in a sentence. */
function sentence(code, reason) {
  const exact = `refused.${code}.${reason}`;
  return has(exact) ? t(exact) : code === 'LOW_QUALITY' && has(`refused.quality.${reason}`) ? t(`refused.quality.${reason}`) : has(`refused.code.${code}`) ? t(`refused.code.${code}`) : code;
}
