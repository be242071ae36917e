// Webhooks: addresses of other systems that get events, their secrets, what became of each event.

import { html, useState } from '/web/shared/preact.js';
import { get, patch, post, remove } from '/web/shared/api.js';
import { ago, moment } from '/web/shared/format.js';
import { t } from '/web/shared/messages.js';
import { Bones, Button, Check, Empty, Icon, IconButton, Note, Tag, TextField, Trouble, useAction, useLoaded, words } from '/web/shared/parts.js';
import { Confirm, Dialog, notify } from '/web/shared/panels.js';
import { Secret } from './keys.js';
import { Head, siteOf } from './parts.js';
import { usePages } from './people.js';
import { go, to } from './place.js';

const EVENTS = ['mark.created', 'mark.corrected', 'mark.refused', 'person.enrolled', 'person.erased', 'person.refused', 'alarm.look_alike', 'alarm.pin_locked', 'alarm.pairing_locked', 'alarm.clock', 'alarm.webhook_disabled'];
const LOOK = { enabled: ['ok', 'check'], paused: ['', 'ban'], dead: ['bad', 'triangle-alert'] };
const RESULT = { waiting: ['wait', 'clock-3'], delivered: ['ok', 'check'], failed: ['bad', 'x'] };

export default function Webhooks({ app, place }) {
  const list = useLoaded(async () => (await get('/v1/webhooks')).items, []);
  const [dialog, setDialog] = useState(null);
  const close = () => { setDialog(null); list.reload(); };
  const chosen = (list.data ?? []).find((one) => one.id === place.rest[0]);
  const act = (work, said) => async () => { await work(); if (said) notify(t(said)); list.reload(); };
  return html`<${Head} title=${t('nav.webhooks')}><${Button} kind="primary" icon="plus" onClick=${() => setDialog({ add: true })}>${t('webhooks.add')}<//><//>
    <p class="lead">${t('webhooks.lead')}</p>
    ${list.problem && html`<${Trouble} problem=${list.problem} retry=${list.reload} />`}
    ${!list.data ? html`<div class="card"><${Bones} /></div>` : list.data.length === 0 ? html`<div class="card"><${Empty} icon="link" title=${t('webhooks.none')} text=${t('webhooks.none_text')}><${Button} kind="primary" icon="plus" onClick=${() => setDialog({ add: true })}>${t('webhooks.add')}<//><//></div>`
      : html`<div class="tiles">${list.data.map((one) => html`<${Tile} key=${one.id} webhook=${one} act=${act} onSecret=${() => setDialog({ rotate: one })} onDelete=${() => setDialog({ doomed: one })} />`)}</div>`}
    ${chosen && html`<${Log} key=${chosen.id} app=${app} webhook=${chosen} />`}
    ${dialog?.add && html`<${Add} onClose=${close} />`}
    ${dialog?.rotate && html`<${Rotate} webhook=${dialog.rotate} onClose=${close} />`}
    ${dialog?.doomed && html`<${Confirm} title=${t('webhooks.delete', { name: dialog.doomed.name })} text=${t('webhooks.delete_text')} type=${dialog.doomed.name} action=${t('do.remove')} onClose=${() => setDialog(null)} onDone=${async () => { await remove(`/v1/webhooks/${dialog.doomed.id}`); go('webhooks'); list.reload(); }} />`}`;
}

function Tile({ webhook, act, onSecret, onDelete }) {
  const [kind, icon] = LOOK[webhook.state];
  const path = `/v1/webhooks/${webhook.id}`;
  const [test, testing, untested] = useAction(act(() => post(`${path}/test`), 'webhooks.test_sent'));
  const [turn, turning, unturned] = useAction(act(() => patch(path, { state: webhook.state === 'enabled' ? 'paused' : 'enabled' }), 'saved'));
  const problem = untested ?? unturned;
  return html`<article class="card tile"><div class="row row--apart"><${Icon} name="link" /><${Tag} kind=${kind} icon=${icon}>${t(`webhooks.${webhook.state}`)}<//></div>
    <h2><a href=${to('webhooks', [webhook.id])}><bdi>${webhook.name}</bdi></a></h2><p class="small mono"><bdi>${webhook.url}</bdi></p>
    ${webhook.state === 'dead' && html`<${Note} kind="bad" icon="triangle-alert">${t('webhooks.dead_text')} <bdi>${webhook.dead_reason}</bdi><//>`}
    <dl class="facts"><dt>${t('webhooks.events')}</dt><dd>${webhook.events.length === 0 ? t('webhooks.all') : webhook.events.map((event) => t(`webhooks.on.${event}`)).join(', ')}</dd><dt>${t('webhooks.waiting')}</dt><dd>${webhook.waiting}</dd>
      ${webhook.failing_since && html`<dt>${t('webhooks.failing')}</dt><dd>${ago(webhook.failing_since)}</dd>`}</dl>
    ${problem && html`<p class="small">${words(problem)}</p>`}
    <div class="row"><${Button} busy=${testing} onClick=${test}>${t('webhooks.test')}<//><${Button} busy=${turning} onClick=${turn}>${t(webhook.state === 'enabled' ? 'webhooks.pause' : 'webhooks.enable')}<//><${Button} onClick=${onSecret}>${t('webhooks.rotate')}<//>
      <${IconButton} icon="trash-2" label=${t('webhooks.delete', { name: webhook.name })} onClick=${onDelete} /></div></article>`;
}

function Log({ app, webhook }) {
  const list = usePages(`/v1/webhooks/${webhook.id}/deliveries`, { limit: 50 });
  const zone = siteOf(app, 'default').in_force.time_zone;
  const [replay, busy, problem] = useAction(async (id) => { await post(`/v1/webhooks/${webhook.id}/deliveries/${id}/replay`); notify(t('webhooks.replayed')); list.reload(); });
  return html`<section class="card"><header class="card__head"><h2>${t('webhooks.log', { name: webhook.name })}</h2><${Button} icon="refresh-cw" onClick=${list.reload}>${t('do.refresh')}<//></header>
    ${(list.problem ?? problem) && html`<div class="card--pad"><${Note} kind="bad" icon="triangle-alert">${words(list.problem ?? problem)}<//></div>`}
    ${!list.items ? html`<${Bones} />` : html`<table><caption class="sr">${t('webhooks.log', { name: webhook.name })}</caption><thead><tr><th scope="col">${t('webhooks.when')}</th><th scope="col">${t('webhooks.event')}</th><th scope="col">${t('webhooks.result')}</th><th scope="col"><span class="sr">${t('do.actions')}</span></th></tr></thead>
      <tbody>${list.items.map((one) => html`<tr key=${one.id}><td class="t">${moment(one.at, zone)}</td><td class="wide"><span class="phone muted">${moment(one.at, zone)}</span> <b>${t(`webhooks.on.${one.event}`)}</b> <code class="muted">${one.event}</code> ${one.user_id && html`<bdi>${one.user_id}</bdi>`}</td>
        <td><${Tag} kind=${RESULT[one.state][0]} icon=${RESULT[one.state][1]}>${t(`webhooks.${one.state}`)}<//> <${Outcome} delivery=${one} /></td>
        <td class="end">${one.state !== 'waiting' && html`<${IconButton} icon="rotate-ccw" label=${t('webhooks.replay')} disabled=${busy} onClick=${() => replay(one.id)} />`}</td></tr>`)}
        ${list.items.length === 0 && html`<tr><td class="muted">${t('webhooks.no_events')}</td></tr>`}</tbody></table>`}
    ${list.next && html`<div class="card--pad"><${Button} busy=${list.busy} onClick=${list.more}>${t('do.more')}<//></div>`}</section>`;
}

/** How often it was tried, and what the last attempt came to: the receiver's status, or the code of what prevented an answer. */
function Outcome({ delivery }) {
  if (delivery.attempts === 0) return null;
  return html`<small class="muted">${t('webhooks.attempts', { n: delivery.attempts })}${delivery.status !== null && html` · ${t('webhooks.answer', { status: delivery.status })}`}${delivery.problem && html` · <code>${delivery.problem}</code>`}</small>`;
}

function Add({ onClose }) {
  const [fields, setFields] = useState({ name: '', url: '', events: [] });
  const [made, setMade] = useState(null);
  const set = (name) => (value) => setFields((old) => ({ ...old, [name]: value }));
  const toggle = (event) => (on) => set('events')(on ? [...fields.events, event] : fields.events.filter((one) => one !== event));
  const [create, busy, problem] = useAction(async () => setMade(await post('/v1/webhooks', { name: fields.name.trim(), url: fields.url.trim(), events: fields.events })));
  if (made) return html`<${Made} secret=${made.secret} onClose=${onClose} />`;
  return html`<${Dialog} title=${t('webhooks.add')} onClose=${onClose} foot=${html`<${Button} onClick=${onClose}>${t('do.cancel')}<//><${Button} kind="primary" busy=${busy} disabled=${!fields.name.trim() || fields.url.length < 10} onClick=${create}>${t('keys.create')}<//>`}>
    <${TextField} label=${t('keys.name')} value=${fields.name} onValue=${set('name')} maxlength="200" dir="auto" autofocus />
    <${TextField} label=${t('webhooks.url')} hint=${t('webhooks.url_hint')} value=${fields.url} onValue=${set('url')} maxlength="1000" dir="ltr" />
    <fieldset class="stack stack--s"><legend class="small"><b>${t('webhooks.events')}</b> <span class="muted">${t('webhooks.events_hint')}</span></legend>${EVENTS.map((event) => html`<${Check} label=${html`${t(`webhooks.on.${event}`)} <code class="muted">${event}</code>`} checked=${fields.events.includes(event)} onValue=${toggle(event)} />`)}</fieldset>
    ${problem && html`<${Note} kind="bad" icon="triangle-alert">${words(problem)}<//>`}<//>`;
}

function Rotate({ webhook, onClose }) {
  const [made, setMade] = useState(null);
  const [rotate, busy, problem] = useAction(async () => setMade(await post(`/v1/webhooks/${webhook.id}/secret`, { overlap_hours: 24 })));
  if (made) return html`<${Made} secret=${made.secret} onClose=${onClose} />`;
  return html`<${Dialog} title=${t('webhooks.rotate')} onClose=${onClose} foot=${html`<${Button} onClick=${onClose}>${t('do.cancel')}<//><${Button} kind="primary" busy=${busy} onClick=${rotate}>${t('webhooks.rotate')}<//>`}>
    <p>${t('webhooks.rotate_text')}</p>${problem && html`<${Note} kind="bad">${words(problem)}<//>`}<//>`;
}

function Made({ secret, onClose }) {
  return html`<${Dialog} title=${t('webhooks.secret')} onClose=${onClose} foot=${html`<${Button} kind="primary" onClick=${onClose}>${t('do.finish')}<//>`}><${Note} kind="wait" icon="eye">${t('keys.once')}<//><${Secret} text=${secret} /><//>`;
}
