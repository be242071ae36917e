// The settings that the service was started with, and where each comes from.

import { html } from '/web/shared/preact.js';
import { get } from '/web/shared/api.js';
import { t } from '/web/shared/messages.js';
import { Bones, Tag, Trouble, useLoaded } from '/web/shared/parts.js';
import { Head } from './parts.js';

const GROUPS = {
  marks: ['TIME_ZONE', 'DAY_STARTS_AT', 'MAX_ATTENDANCE_PER_DAY', 'MIN_SECONDS_BETWEEN_MARKS', 'LATE_MARK_HOURS', 'UNDO_SECONDS', 'REQUIRE_APPROVAL'],
  faces: ['CONFIDENCE_THRESHOLD', 'TARGET_FALSE_MATCH_RATE', 'TARGET_FPIR', 'RIVAL_RULE', 'LIVENESS_MODE', 'LIVENESS_THRESHOLD', 'QUALITY_ENROLL', 'QUALITY_RECOGNIZE', 'MIN_FACE_PIXELS', 'MAX_TEMPLATES_PER_PERSON'],
  privacy: ['REQUIRE_CONSENT', 'ATTENDANCE_ON_ERASURE', 'ATTENDANCE_RETENTION_DAYS', 'AUDIT_RETENTION_DAYS', 'TEMPLATE_KEY', 'OLD_TEMPLATE_KEY'],
  network: ['HOST', 'PORT', 'TLS', 'TLS_PORT', 'TLS_NAMES', 'TLS_CERTIFICATE', 'TLS_KEY', 'TRUSTED_PROXIES', 'CORS_ORIGINS', 'API_KEY', 'API_DOCS', 'RATE_LIMIT_PER_MINUTE', 'HINT_RATE_LIMIT_PER_MINUTE', 'PERSON_RATE_LIMIT_PER_MINUTE', 'ADDRESS_RATE_LIMIT_PER_MINUTE'],
};
const KNOWN = Object.values(GROUPS).flat();

export default function Settings() {
  const { data, problem, reload } = useLoaded(() => get('/v1/settings'), []);
  if (problem) return html`<${Head} title=${t('nav.settings')} /><${Trouble} problem=${problem} retry=${reload} />`;
  if (!data) return html`<${Head} title=${t('nav.settings')} /><div class="card"><${Bones} lines=${8} /></div>`;
  const byName = new Map(data.items.map((setting) => [setting.name, setting]));
  const rest = data.items.map((setting) => setting.name).filter((name) => !KNOWN.includes(name));
  return html`<${Head} title=${t('nav.settings')} /><p class="lead">${t('settings.lead')}</p>
    <div class="stack stack--l">${Object.entries({ ...GROUPS, machine: rest }).map(([group, names]) => html`<section class="card"><header class="card__head"><h2>${t(`settings.${group}`)}</h2></header>
      <ul class="list">${names.filter((name) => byName.has(name)).map((name) => html`<${Row} key=${name} setting=${byName.get(name)} />`)}</ul></section>`)}</div>`;
}

function Row({ setting }) {
  const key = `setting.${setting.name}`;
  const label = t(key);
  const shown = setting.is_secret ? t(setting.source === 'default' ? 'settings.none' : 'settings.hidden') : setting.value ?? t('settings.none');
  return html`<li class="item"><span class="item__text"><b>${label === key ? setting.name : label}</b><small class="mono">${setting.name}</small></span>
    <span class="end"><bdi>${shown}</bdi>${setting.source !== 'default' && html`<br /><${Tag} icon="lock">${t(`settings.from_${setting.source}`)}<//>`}</span></li>`;
}
