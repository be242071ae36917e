// Refused attempts, as sentences.

import { html } from '/web/shared/preact.js';
import { ConfidenceBar } from '/web/shared/charts.js';
import { moment, number } from '/web/shared/format.js';
import { has, t } from '/web/shared/messages.js';
import { Bones, Button, Empty, Icon, Segments, SelectField, Trouble } from '/web/shared/parts.js';
import { Head, siteOf } from './parts.js';
import { usePages } from './people.js';
import { go, to } from './place.js';

const ACTIONS = { marks: 'RECOGNITION_REFUSED', identify: 'IDENTIFICATION_REFUSED', enroll: 'ENROLLMENT_REFUSED' };
const CODES = ['NOT_MATCHED', 'SPOOF_SUSPECTED', 'NOT_ENROLLED', 'AMBIGUOUS', 'TOO_SOON', 'DAILY_LIMIT_REACHED', 'LOW_QUALITY', 'NO_FACE', 'OUTSIDE_SITE', 'TOO_LATE', 'DUPLICATE_FACE', 'RATE_LIMITED'];
const ICONS = { NOT_MATCHED: 'user-x', SPOOF_SUSPECTED: 'shield-alert', NOT_ENROLLED: 'circle-help', AMBIGUOUS: 'users', TOO_SOON: 'clock-3', DAILY_LIMIT_REACHED: 'clock-3', DUPLICATE_FACE: 'users', OUTSIDE_SITE: 'globe' };

export default function Refused({ app, place }) {
  const kind = place.query.get('kind') ?? 'marks';
  const code = place.query.get('code') ?? '';
  const move = (change) => go('refused', [], { kind: kind === 'marks' ? null : kind, code, ...change });
  const list = usePages('/v1/audit', { action: ACTIONS[kind], code: code || undefined, limit: 50, total: true });
  return html`<${Head} title=${t('nav.refused')} beside=${list.total !== null && html`<span class="muted num">${number(list.total)}</span>`}><${Button} icon="refresh-cw" onClick=${list.reload}>${t('do.refresh')}<//><//>
    <p class="lead">${t('refused.lead')}</p>
    <div class="tools"><${Segments} label=${t('refused.kind')} value=${kind} onValue=${(value) => move({ kind: value === 'marks' ? null : value })} options=${Object.keys(ACTIONS).map((key) => [key, t(`refused.${key}`)])} />
      <${SelectField} label=${html`<span class="sr">${t('refused.why')}</span>`} value=${code} onValue=${(value) => move({ code: value })} options=${[['', t('refused.any')], ...CODES.map((key) => [key, t(`refused.short.${key}`)])]} /></div>
    ${list.problem && html`<${Trouble} problem=${list.problem} retry=${list.reload} />`}
    <div class="card">${!list.items ? html`<${Bones} lines=${6} />` : list.items.length === 0 ? html`<${Empty} icon="circle-check" title=${t('refused.none')} text=${t('refused.none_text')} />` : html`<table><caption class="sr">${t('nav.refused')}</caption>
      <thead><tr><th scope="col">${t('refused.what')}</th><th scope="col">${t('refused.confidence')}</th><th scope="col">${t('refused.where')}</th><th scope="col" class="end">${t('refused.when')}</th></tr></thead>
      <tbody>${list.items.map((entry) => html`<${Row} key=${entry.id} entry=${entry} zone=${siteOf(app, entry.site).in_force.time_zone} />`)}</tbody></table>`}</div>
    ${list.next && html`<div class="foot"><span></span><${Button} busy=${list.busy} onClick=${list.more}>${t('do.more')}<//></div>`}`;
}

function Row({ entry, zone }) {
  const { code, confidence, threshold, reason, rival_user_id: rival } = entry.details;
  return html`<tr><td><div class="who"><${Icon} name=${ICONS[code] ?? 'shield-x'} /><div><b>${sentence(code, reason)}</b>
      <small>${entry.user_id ? html`<a href=${to('people', [entry.user_id])}><bdi>${entry.user_id}</bdi></a>` : t('refused.unknown')}${rival && html` · ${t('refused.rival')} <a href=${to('people', [rival])}><bdi>${rival}</bdi></a>`}</small></div></div></td>
    <td class=${typeof confidence === 'number' ? 'wide' : 't'}>${typeof confidence === 'number' ? html`<${ConfidenceBar} value=${confidence} threshold=${threshold} />` : html`<span class="muted">—</span>`}</td>
    <td class="t"><bdi>${entry.key_name ?? entry.key_id}</bdi></td>
    <td class="end num muted"><time datetime=${entry.at}>${moment(entry.at, zone)}</time></td></tr>`;
}

/** What happened, in a sentence. */
function sentence(code, reason) {
  const exact = `refused.${code}.${reason}`;
  return has(exact) ? t(exact) : code === 'LOW_QUALITY' && has(`refused.quality.${reason}`) ? t(`refused.quality.${reason}`) : has(`refused.code.${code}`) ? t(`refused.code.${code}`) : code;
}
