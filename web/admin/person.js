// The drawer of a person: details, pictures, look-alikes, privacy.

import { html, useState } from '/web/shared/preact.js';
import { get, patch, put, remove } from '/web/shared/api.js';
import { day, moment, number } from '/web/shared/format.js';
import { t } from '/web/shared/messages.js';
import { Bones, Button, Check, Icon, IconButton, Note, SelectField, Tag, TextField, Trouble, useAction, useLoaded, words } from '/web/shared/parts.js';
import { Confirm, Drawer, notify } from '/web/shared/panels.js';
import { save } from '/web/shared/save.js';
import Credentials from './credentials.js';
import { Phones } from './phones.js';
import { to } from './place.js';

export default function PersonDrawer({ app, id, onClose, onChanged, onAddFace }) {
  const path = `/v1/people/${encodeURIComponent(id)}`;
  const person = useLoaded(() => get(path), [id]);
  const [erase, setErase] = useState(false);
  const changed = () => { person.reload(); onChanged(); };
  const foot = person.data && html`<${Button} kind="danger-quiet" icon="trash-2" onClick=${() => setErase(true)}>${t('person.erase')}<//>
    <${Button} icon="download" onClick=${async () => save(`${id}.json`, JSON.stringify(await get(`${path}/export`), null, 2), 'application/json')}>${t('person.export')}<//>`;
  return html`<${Drawer} title=${person.data?.name ?? id} onClose=${onClose} foot=${foot}>
    ${person.problem ? html`<${Trouble} problem=${person.problem} retry=${person.reload} />` : !person.data ? html`<${Bones} />` : html`
    <div class="row small muted"><bdi class="mono">${id}</bdi>${!person.data.active && html`<${Tag} icon="ban">${t('person.inactive')}<//>`}
      <a href=${to('attendance', [], { person: id })}>${t('person.today')}</a></div>
    <${Details} key=${person.data.updated_at} app=${app} path=${path} person=${person.data} onChanged=${changed} />
    <${Pictures} path=${path} person=${person.data} onChanged=${changed} onAddFace=${onAddFace} />
    <${Credentials} path=${path} id=${id} />
    <${LookAlikes} path=${path} />
    <${Phones} app=${app} path=${path} person=${person.data} />
    <dl class="facts"><dt>${t('person.consent')}</dt><dd>${person.data.consent_at ? moment(person.data.consent_at) : t('person.no_consent')}</dd><dt>${t('person.since')}</dt><dd>${day(person.data.created_at)}</dd></dl>`}
    ${erase && html`<${Confirm} title=${t('person.erase_title', { name: person.data.name })} text=${t('person.erase_text')} type=${id} action=${t('person.erase')} onClose=${() => setErase(false)}
      onDone=${async () => { const gone = await remove(path); notify(t('person.erased', { n: gone.templates_removed })); onChanged(); onClose(); }} />`}<//>`;
}

function Details({ app, path, person, onChanged }) {
  const [fields, setFields] = useState({ name: person.name, group: person.group ?? '', external_id: person.external_id ?? '', site: person.site ?? '', active: person.active });
  const set = (name) => (value) => setFields((before) => ({ ...before, [name]: value }));
  const change = {};
  for (const name of Object.keys(fields)) {
    const value = typeof fields[name] === 'string' ? fields[name].trim() || null : fields[name];
    if (value !== person[name]) change[name] = value;
  }
  const [send, busy, problem] = useAction(async () => { await patch(path, change); notify(t('saved')); onChanged(); });
  const fault = (name) => (problem?.facts?.field === name ? problem.facts.message : '');
  return html`<form class="stack" onSubmit=${(event) => { event.preventDefault(); send(); }}>
    <${TextField} label=${t('person.name')} value=${fields.name} onValue=${set('name')} fault=${fault('name')} maxlength="200" required dir="auto" />
    <div class="row row--fields"><div class="grow"><${TextField} label=${t('person.group')} value=${fields.group} onValue=${set('group')} fault=${fault('group')} maxlength="200" dir="auto" /></div>
      <div class="grow"><${TextField} label=${t('person.external_id')} value=${fields.external_id} onValue=${set('external_id')} fault=${fault('external_id')} maxlength="200" /></div></div>
    ${app.sites.length > 1 && html`<${SelectField} label=${t('site')} hint=${t('person.site_hint')} value=${fields.site} onValue=${set('site')} options=${[['', t('sites.all')], ...app.sites.map((site) => [site.site, site.name])]} />`}
    <${Check} label=${t('person.active')} checked=${fields.active} onValue=${set('active')} />
    ${problem && !problem.facts?.field && html`<${Note} kind="bad" icon="triangle-alert">${words(problem)}<//>`}
    ${Object.keys(change).length > 0 && html`<div class="row row--end"><${Button} kind="primary" type="submit" busy=${busy}>${t('do.save')}<//></div>`}</form>`;
}

function Pictures({ path, person, onChanged, onAddFace }) {
  const templates = useLoaded(async () => (await get(`${path}/templates`)).items, [path, person.templates]);
  const [doomed, setDoomed] = useState(null);
  return html`<section class="card"><header class="card__head"><h2>${t('person.faces')}</h2><${Button} icon="camera" onClick=${onAddFace}>${t('person.add_face')}<//></header>
    ${!templates.data ? html`<${Bones} lines=${2} />` : html`<ul class="list">${templates.data.map((template) => html`<li class="item" key=${template.id}><${Icon} name="scan-face" /><span class="item__text"><b>${moment(template.created_at)}</b><small>${template.quality === null ? '' : t('person.quality', { value: number(template.quality, 1) })}</small></span>
      <${IconButton} icon="trash-2" label=${t('person.remove_face', { time: moment(template.created_at) })} onClick=${() => setDoomed(template)} /></li>`)}
      ${templates.data.length === 0 && html`<li class="item muted">${t('person.no_face_text')}</li>`}</ul>`}
    ${doomed && html`<${Confirm} title=${t('person.remove_face_title')} text=${t(templates.data.length === 1 ? 'person.remove_last' : 'person.remove_face_text')} action=${t('do.remove')} onClose=${() => setDoomed(null)} onDone=${async () => { await remove(`${path}/templates/${doomed.id}`); templates.reload(); onChanged(); }} />`}</section>`;
}

function LookAlikes({ path }) {
  const list = useLoaded(() => get(`${path}/look-alikes`), [path]);
  const [other, setOther] = useState('');
  const [add, busy, problem] = useAction(async () => { await put(`${path}/look-alikes/${encodeURIComponent(other.trim())}`); setOther(''); list.reload(); });
  return html`<section class="card"><header class="card__head"><h2>${t('alike.title')}</h2></header>
    <ul class="list">${(list.data?.items ?? []).map((one) => html`<li class="item" key=${one.user_id}><${Icon} name="users" /><span class="item__text"><b><bdi>${one.name}</bdi></b><small>${one.user_id}</small></span>
      <${IconButton} icon="x" label=${t('alike.withdraw', { name: one.name })} onClick=${async () => { await remove(`${path}/look-alikes/${encodeURIComponent(one.user_id)}`); list.reload(); }} /></li>`)}</ul>
    <form class="card--pad stack stack--s" onSubmit=${(event) => { event.preventDefault(); if (other.trim()) add(); }}><${TextField} label=${t('alike.add')} hint=${t('alike.hint')} value=${other} onValue=${setOther} autocomplete="off" />
      ${problem && html`<${Note} kind="bad">${words(problem)}<//>`}${other.trim() && html`<div><${Button} type="submit" busy=${busy}>${t('alike.declare')}<//></div>`}</form></section>`;
}
