// Kiosks: their last sign of life, pairing, revocation.

import { html, useEffect, useState } from '/web/shared/preact.js';
import { get, patch, post, remove } from '/web/shared/api.js';
import { ago, day } from '/web/shared/format.js';
import { t } from '/web/shared/messages.js';
import { Bones, Button, Empty, Icon, Note, Segments, SelectField, Tag, TextField, Trouble, useAction, useLoaded, words } from '/web/shared/parts.js';
import { Confirm, Dialog, notify } from '/web/shared/panels.js';
import { quiet } from './overview.js';
import { Head } from './parts.js';
import { usePages } from './people.js';
import { go } from './place.js';

const EVERY = 2000;

export default function Kiosks({ app, place }) {
  const state = place.query.get('state') ?? 'active';
  const list = usePages('/v1/devices', { state, personal: false, limit: 100 });
  const [edit, setEdit] = useState(null);
  const [revoke, setRevoke] = useState(null);
  const pair = () => go('kiosks', [], { pair: '1' });
  return html`<${Head} title=${t('nav.kiosks')}><${Button} kind="primary" icon="plus" onClick=${pair}>${t('kiosks.pair')}<//><//>
    <div class="tools"><${Segments} label=${t('kiosks.show')} value=${state} onValue=${(value) => go('kiosks', [], { state: value === 'active' ? null : value })} options=${['active', 'expired', 'revoked'].map((key) => [key, t(`kiosks.${key}`)])} /></div>
    ${list.problem && html`<${Trouble} problem=${list.problem} retry=${list.reload} />`}
    ${!list.items ? html`<div class="card"><${Bones} /></div>` : list.items.length === 0 ? html`<div class="card"><${Empty} icon="tablet" title=${t(state === 'active' ? 'kiosks.none' : 'kiosks.none_such')} text=${state === 'active' ? t('kiosks.none_text') : ''}>
      ${state === 'active' && html`<${Button} kind="primary" icon="plus" onClick=${pair}>${t('kiosks.pair')}<//>`}<//></div>` : html`<div class="tiles">${list.items.map((device) => html`<${Device} key=${device.id} app=${app} device=${device} onEdit=${() => setEdit(device)} onRevoke=${() => setRevoke(device)} />`)}</div>`}
    ${list.next && html`<div class="foot"><span></span><${Button} busy=${list.busy} onClick=${list.more}>${t('do.more')}<//></div>`}
    ${place.query.get('pair') && html`<${Pair} app=${app} onClose=${() => go('kiosks')} onPaired=${list.reload} />`}
    ${edit && html`<${Edit} app=${app} device=${edit} onClose=${() => setEdit(null)} onDone=${() => { setEdit(null); list.reload(); }} />`}
    ${revoke && html`<${Confirm} title=${t('kiosks.revoke_title', { name: revoke.name })} text=${t('kiosks.revoke_text')} type=${revoke.name} action=${t('do.revoke')} onClose=${() => setRevoke(null)} onDone=${async () => { await remove(`/v1/devices/${revoke.id}`); notify(t('kiosks.is_revoked')); list.reload(); }} />`}`;
}

function Device({ app, device, onEdit, onRevoke }) {
  const isQuiet = quiet(device);
  return html`<article class="card tile"><div class="row row--apart"><${Icon} name="tablet" />${device.state === 'active' ? html`<${Tag} kind=${isQuiet ? 'wait' : 'ok'} icon=${isQuiet ? 'clock-3' : 'check'}>${t(isQuiet ? 'kiosks.quiet' : 'kiosks.online')}<//>` : html`<${Tag} icon="ban">${t(`kiosks.${device.state}`)}<//>`}</div>
    <h2><bdi>${device.name}</bdi></h2>
    <dl class="facts"><dt>${t('kiosks.seen')}</dt><dd>${device.last_seen_at ? ago(device.last_seen_at) : t('kiosks.never')}</dd><dt>${t('site')}</dt><dd><bdi>${app.sites.find((site) => site.site === device.site)?.name ?? device.site}</bdi></dd>
      ${device.version && html`<dt>${t('kiosks.version')}</dt><dd><bdi>${device.version}</bdi></dd>`}<dt>${t('kiosks.since')}</dt><dd>${day(device.created_at)}</dd></dl>
    ${device.state === 'active' && html`<div class="row"><${Button} icon="pencil" onClick=${onEdit}>${t('do.change')}<//><${Button} kind="danger-quiet" onClick=${onRevoke}>${t('do.revoke')}<//></div>`}</article>`;
}

function Edit({ app, device, onClose, onDone }) {
  const [name, setName] = useState(device.name);
  const [site, setSite] = useState(device.site);
  const [send, busy, problem] = useAction(async () => { await patch(`/v1/devices/${device.id}`, { name: name.trim(), site }); notify(t('saved')); onDone(); });
  return html`<${Dialog} title=${device.name} onClose=${onClose} foot=${html`<${Button} onClick=${onClose}>${t('do.cancel')}<//><${Button} kind="primary" busy=${busy} disabled=${!name.trim()} onClick=${send}>${t('do.save')}<//>`}>
    <${TextField} label=${t('kiosks.name')} value=${name} onValue=${setName} maxlength="200" dir="auto" />
    ${app.sites.length > 1 && html`<${SelectField} label=${t('site')} value=${site} onValue=${setSite} options=${app.sites.map((one) => [one.site, one.name])} />`}
    ${problem && html`<${Note} kind="bad">${words(problem)}<//>`}<//>`;
}

/** A new kiosk: its name, then the code that is typed into it, until it has been. */
function Pair({ app, onClose, onPaired }) {
  const [name, setName] = useState('');
  const [site, setSite] = useState('default');
  const [pairing, setPairing] = useState(null);
  const [start, busy, problem] = useAction(async () => setPairing(await post('/v1/pairings', { name: name.trim(), site })));
  const cancel = async () => { if (pairing) await remove(`/v1/pairings/${pairing.id}`).catch(() => {}); onClose(); };
  if (pairing) return html`<${Code} key=${pairing.id} pairing=${pairing} onClose=${cancel} onPaired=${() => { notify(t('kiosks.paired', { name: pairing.name })); onPaired(); onClose(); }} onAgain=${() => setPairing(null)} />`;
  return html`<${Dialog} title=${t('kiosks.pair')} onClose=${onClose}><form class="stack" onSubmit=${(event) => { event.preventDefault(); if (name.trim()) start(); }}>
    <p class="muted">${t('kiosks.pair_text')}</p>
    <${TextField} label=${t('kiosks.name')} hint=${t('kiosks.name_hint')} value=${name} onValue=${setName} maxlength="200" dir="auto" autofocus />
    ${app.sites.length > 1 && html`<${SelectField} label=${t('site')} value=${site} onValue=${setSite} options=${app.sites.map((one) => [one.site, one.name])} />`}
    ${problem && html`<${Note} kind="bad" icon="triangle-alert">${words(problem)}<//>`}
    <div class="row row--end"><${Button} onClick=${onClose}>${t('do.cancel')}<//><${Button} kind="primary" type="submit" busy=${busy} disabled=${!name.trim()}>${t('kiosks.get_code')}<//></div></form><//>`;
}

/** Whether a code is no longer open because a kiosk has used it, or because somebody has withdrawn it. */
async function ended(pairing, onPaired, onWithdrawn) {
  const { items } = await get('/v1/devices?state=active&personal=false&order=newest&limit=20').catch(() => ({ items: [] }));
  const isPaired = items.some((device) => device.name === pairing.name && Date.parse(device.created_at) >= Date.parse(pairing.created_at));
  (isPaired ? onPaired : onWithdrawn)();
}

/** The code of a pairing, and what became of it: the list of open ones, read after it was made, has it no longer. */
function Code({ pairing, onClose, onPaired, onAgain }) {
  const open = useLoaded(() => get('/v1/pairings'), [pairing.id], EVERY);
  const [left, setLeft] = useState(() => Date.parse(pairing.expires_at) - Date.now());
  useEffect(() => {
    const timer = setInterval(() => setLeft(Date.parse(pairing.expires_at) - Date.now()), 1000);
    return () => clearInterval(timer);
  }, [pairing.id]);
  const isGone = open.data !== null && !open.data.items.some((one) => one.id === pairing.id);
  useEffect(() => {
    if (isGone && Date.parse(pairing.expires_at) > Date.now()) ended(pairing, onPaired, onAgain);
  }, [isGone]);
  const over = left <= 0;
  const minutes = `${Math.floor(Math.max(0, left) / 60_000)}:${String(Math.floor((Math.max(0, left) / 1000) % 60)).padStart(2, '0')}`;
  return html`<${Dialog} title=${t('kiosks.code_title', { name: pairing.name })} onClose=${onClose}>
    <p class="muted">${t('kiosks.code_text')}</p><p class="code-big" dir="ltr" aria-label=${[...pairing.code].join(' ')}>${pairing.code}</p>
    ${over ? html`<${Note} kind="wait" icon="clock-3">${t('kiosks.code_over')}<//><${Button} kind="primary" onClick=${onAgain}>${t('kiosks.new_code')}<//>` : html`<p class="row small muted"><${Icon} name="loader-circle" spin />${t('kiosks.waiting', { time: minutes })}</p>`}<//>`;
}
