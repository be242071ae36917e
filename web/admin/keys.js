// API keys: what each may do, creation, revocation.

import { html, useState } from '/web/shared/preact.js';
import { all, post, remove } from '/web/shared/api.js';
import { ago, day } from '/web/shared/format.js';
import { t } from '/web/shared/messages.js';
import { Bones, Button, Check, Icon, IconButton, Note, SelectField, Tag, TextField, Trouble, useAction, useLoaded, words } from '/web/shared/parts.js';
import { Confirm, Dialog, notify } from '/web/shared/panels.js';
import { Head } from './parts.js';

const SCOPES = ['recognize', 'directory', 'read', 'enroll', 'admin'];
const DAY_MS = 86_400_000;

function stateOf(key) {
  if (key.revoked_at) return 'revoked';
  return key.expires_at && Date.parse(key.expires_at) <= Date.now() ? 'expired' : 'valid';
}

export default function Keys({ app }) {
  const list = useLoaded(() => all('/v1/keys'), []);
  const [adding, setAdding] = useState(false);
  const [doomed, setDoomed] = useState(null);
  const keys = [...(list.data ?? [])].sort((one, other) => (stateOf(one) === 'valid' ? 0 : 1) - (stateOf(other) === 'valid' ? 0 : 1));
  return html`<${Head} title=${t('nav.keys')}><${Button} kind="primary" icon="plus" onClick=${() => setAdding(true)}>${t('keys.add')}<//><//>
    <p class="lead">${t('keys.lead')}</p>
    ${list.problem && html`<${Trouble} problem=${list.problem} retry=${list.reload} />`}
    <div class="card">${!list.data ? html`<${Bones} />` : html`<table><caption class="sr">${t('nav.keys')}</caption><thead><tr><th scope="col">${t('keys.name')}</th><th scope="col">${t('keys.may')}</th><th scope="col">${t('keys.used')}</th><th scope="col" class="hide-m">${t('keys.until')}</th><th scope="col"><span class="sr">${t('do.actions')}</span></th></tr></thead>
      <tbody>${keys.map((key) => html`<tr key=${key.id}><td><div class="who"><div><b><bdi>${key.name}</bdi></b><small class="mono">${key.id}</small></div></div></td>
        <td class="wide"><span class="row">${stateOf(key) !== 'valid' && html`<${Tag} icon="ban">${t(`keys.${stateOf(key)}`)}<//>`}${key.scopes.map((scope) => html`<${Tag} kind=${scope === 'admin' ? 'wait' : ''}>${t(`scope.${scope}`)}<//>`)}</span></td>
        <td class="t">${key.last_used_at ? ago(key.last_used_at) : t('kiosks.never')}</td><td class="t hide-m">${key.expires_at ? day(key.expires_at) : '—'}</td>
        <td class="end">${stateOf(key) === 'valid' && html`<${IconButton} icon="trash-2" label=${t('keys.revoke', { name: key.name })} onClick=${() => setDoomed(key)} />`}</td></tr>`)}
        ${keys.length === 0 && html`<tr><td class="muted">${t('keys.none')}</td></tr>`}</tbody></table>`}</div>
    ${adding && html`<${Add} app=${app} onClose=${() => { setAdding(false); list.reload(); }} />`}
    ${doomed && html`<${Confirm} title=${t('keys.revoke', { name: doomed.name })} text=${t(doomed.id === app.session.key_id ? 'keys.revoke_own' : 'keys.revoke_text')} type=${doomed.name} action=${t('do.revoke')} onClose=${() => setDoomed(null)} onDone=${async () => { await remove(`/v1/keys/${doomed.id}`); notify(t('keys.is_revoked')); list.reload(); }} />`}`;
}

function Add({ app, onClose }) {
  const [fields, setFields] = useState({ name: '', scopes: ['read'], site: 'default', days: '' });
  const [made, setMade] = useState(null);
  const set = (name) => (value) => setFields((old) => ({ ...old, [name]: value }));
  const toggle = (scope) => (on) => set('scopes')(on ? [...fields.scopes, scope] : fields.scopes.filter((one) => one !== scope));
  const [create, busy, problem] = useAction(async () => setMade(await post('/v1/keys', {
    name: fields.name.trim(), scopes: fields.scopes, site: fields.site,
    ...(fields.days ? { expires_at: new Date(Date.now() + Number(fields.days) * DAY_MS).toISOString() } : {}),
  })));
  if (made) return html`<${Dialog} title=${t('keys.made')} onClose=${onClose} foot=${html`<${Button} kind="primary" onClick=${onClose}>${t('do.finish')}<//>`}>
    <${Note} kind="wait" icon="eye">${t('keys.once')}<//><${Secret} text=${made.key} /><//>`;
  return html`<${Dialog} title=${t('keys.add')} onClose=${onClose} foot=${html`<${Button} onClick=${onClose}>${t('do.cancel')}<//><${Button} kind="primary" busy=${busy} disabled=${!fields.name.trim() || fields.scopes.length === 0} onClick=${create}>${t('keys.create')}<//>`}>
    <${TextField} label=${t('keys.name')} hint=${t('keys.name_hint')} value=${fields.name} onValue=${set('name')} maxlength="200" dir="auto" autofocus />
    <fieldset class="stack stack--s"><legend class="small"><b>${t('keys.may')}</b></legend>${SCOPES.map((scope) => html`<${Check} label=${html`<b>${t(`scope.${scope}`)}</b> <span class="muted">${t(`scope.${scope}_text`)}</span>`} checked=${fields.scopes.includes(scope)} onValue=${toggle(scope)} />`)}</fieldset>
    ${app.sites.length > 1 && html`<${SelectField} label=${t('site')} value=${fields.site} onValue=${set('site')} options=${app.sites.map((one) => [one.site, one.name])} />`}
    <${SelectField} label=${t('keys.until')} value=${fields.days} onValue=${set('days')} options=${[['', t('keys.for_ever')], ['30', t('keys.days', { n: 30 })], ['365', t('keys.days', { n: 365 })]]} />
    ${problem && html`<${Note} kind="bad" icon="triangle-alert">${words(problem)}<//>`}<//>`;
}

/** A secret that is shown once, with a way to copy it. */
export function Secret({ text }) {
  const [copied, setCopied] = useState(false);
  const copy = async () => { try { await navigator.clipboard.writeText(text); setCopied(true); } catch { setCopied(false); } };
  return html`<div class="secret"><code dir="ltr">${text}</code><${Button} onClick=${copy}><${Icon} name=${copied ? 'check' : 'copy'} /><span aria-live="polite">${t(copied ? 'do.copied' : 'do.copy')}</span><//></div>`;
}
