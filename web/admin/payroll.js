// The hours of a month as a file for a payroll system.

import { html, useState } from '/web/shared/preact.js';
import { address, get } from '/web/shared/api.js';
import { t } from '/web/shared/messages.js';
import { Button, Check, Note, SelectField, TextField, useAction, words } from '/web/shared/parts.js';
import { Dialog, notify } from '/web/shared/panels.js';
import { save } from '/web/shared/save.js';
import { monthName } from './months.js';

/** The layouts, with the fields that each needs and the name of its file; the last field of DATEV may be empty. */
const PRESETS = {
  generic: { fields: [], file: (month) => `rollcall-payroll-${month}.csv` },
  datev_lodas: { fields: ['consultant', 'client', 'wage_type', 'overtime_wage_type'], file: (month) => `datev-lodas-${month}.txt` },
  adp_paydata: { fields: ['company', 'batch'], file: (month, { company }) => `PR${company}EPI.csv` },
};
const OPTIONAL = 'overtime_wage_type';

export function Payroll({ month, group, onClose }) {
  const [preset, setPreset] = useState('generic');
  const [values, setValues] = useState({});
  const [skips, setSkips] = useState(false);
  const { fields, file } = PRESETS[preset];
  const given = Object.fromEntries(fields.map((name) => [name, values[name]?.trim() || undefined]));
  const isReady = fields.every((name) => name === OPTIONAL || given[name]);
  const [load, busy, problem] = useAction(async () => {
    save(file(month, given), await get(address('/v1/exports/payroll', { month, group, preset, ...given, unknown: skips ? 'skip' : undefined })), 'text/plain');
    notify(t('payroll.done'));
    onClose();
  });
  return html`<${Dialog} title=${`${t('payroll.title')} · ${monthName(month)}`} onClose=${onClose} foot=${html`<${Button} onClick=${onClose}>${t('do.cancel')}<//><${Button} kind="primary" icon="download" busy=${busy} disabled=${!isReady} onClick=${load}>${t('payroll.do')}<//>`}>
    <p class="muted small">${t('payroll.text')}</p>
    <${SelectField} label=${t('payroll.preset')} value=${preset} onValue=${setPreset} options=${Object.keys(PRESETS).map((key) => [key, t(`payroll.${key}`)])} />
    ${fields.map((name) => html`<${TextField} key=${name} label=${t(`payroll.${name}`)} hint=${name === OPTIONAL ? t('payroll.optional') : undefined} value=${values[name] ?? ''} onValue=${(value) => setValues((old) => ({ ...old, [name]: value }))} maxlength="20" autocomplete="off" />`)}
    <${Check} label=${t('payroll.skip')} checked=${skips} onValue=${setSkips} />
    ${problem && html`<${Note} kind="bad" icon="triangle-alert">${words(problem)}${problem.facts?.detail ? html`<br /><bdi>${problem.facts.detail}</bdi>` : ''}<//>`}<//>`;
}
