// Many people at once: a zip file of pictures, its progress, and what became of each file.

import { html, useState } from '/web/shared/preact.js';
import { all, get, remove } from '/web/shared/api.js';
import { number } from '/web/shared/format.js';
import { language, remember, remembered, t } from '/web/shared/messages.js';
import { Button, Icon, Note, Tag, useLoaded, words } from '/web/shared/parts.js';
import { Drawer } from '/web/shared/panels.js';
import { save } from '/web/shared/save.js';
import { csv } from './parts.js';
import { usePages } from './people.js';

const STORED = 'rollcall.import';
const EVERY = 1000;
const ENDED = ['finished', 'failed', 'cancelled'];

export default function ImportPeople({ onClose, onChanged }) {
  const [id, setId] = useState(remembered(STORED) || null);
  const choose = (next) => { remember(STORED, next ?? ''); setId(next); };
  return html`<${Drawer} wide title=${t('people.import')} onClose=${() => { onChanged(); onClose(); }}>
    ${id === null ? html`<${Choose} onStarted=${choose} />` : html`<${Progress} id=${id} onAgain=${() => { onChanged(); choose(null); }} />`}<//>`;
}

function Choose({ onStarted }) {
  const [state, setState] = useState({ sent: null, problem: null, over: false });
  const take = (file) => {
    if (!file) return;
    setState({ sent: 0, problem: null, over: false });
    upload(file, (sent) => setState((old) => ({ ...old, sent }))).then((started) => onStarted(started.id), (problem) => setState({ sent: null, problem, over: false }));
  };
  if (state.sent !== null) return html`<p>${t('import.sending')}</p><div class="meter" role="progressbar" aria-valuenow=${Math.round(state.sent * 100)} aria-valuemin="0" aria-valuemax="100" aria-label=${t('import.sending')}><i style=${{ inlineSize: `${state.sent * 100}%` }}></i></div>`;
  return html`<p class="muted">${t('import.text')}</p>
    <pre class="card card--pad small mono">people.zip${'\n'}├─ people.csv      <span class="muted">user_id,name,group,external_id,consent_at</span>${'\n'}├─ anna/1.jpg${'\n'}├─ anna/2.jpg${'\n'}└─ ben.jpg</pre>
    <label class=${state.over ? 'drop is-over' : 'drop'} onDragOver=${(event) => { event.preventDefault(); setState((old) => ({ ...old, over: true })); }} onDragLeave=${() => setState((old) => ({ ...old, over: false }))} onDrop=${(event) => { event.preventDefault(); take(event.dataTransfer.files[0]); }}>
      <${Icon} name="folder-up" /><b>${t('import.drop')}</b><span class="small">${t('import.drop_text')}</span><input class="sr" type="file" accept=".zip,application/zip" onChange=${(event) => take(event.currentTarget.files[0])} /></label>
    ${state.problem && html`<${Note} kind="bad" icon="triangle-alert">${words(state.problem)}<//>`}`;
}

/** Sends a file with its progress, which fetch doesn't tell. */
async function upload(file, onProgress) {
  const { csrf_token: token } = await get('/v1/session');
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', '/v1/people/import');
    request.setRequestHeader('Content-Type', 'application/zip');
    request.setRequestHeader('X-CSRF-Token', token);
    request.setRequestHeader('Accept-Language', language);
    request.responseType = 'json';
    request.upload.onprogress = (event) => onProgress(event.loaded / event.total);
    request.onload = () => (request.status === 202 ? resolve(request.response) : reject({ code: request.response?.code ?? 'INTERNAL', facts: request.response ?? {} }));
    request.onerror = () => reject({ code: 'OFFLINE' });
    request.send(file);
  });
}

function Progress({ id, onAgain }) {
  const [over, setOver] = useState(false);
  const job = useLoaded(async () => { const now = await get(`/v1/people/import/${id}`); setOver(ENDED.includes(now.state)); return now; }, [id], over ? 0 : EVERY);
  if (job.problem) return html`<${Note} kind="bad" icon="triangle-alert">${words(job.problem)}<//><div><${Button} onClick=${onAgain}>${t('import.again')}<//></div>`;
  if (!job.data) return null;
  const { state, done, files, people, enrolled, already_enrolled: already, refused, problem } = job.data;
  const share = files ? done / files : 0;
  return html`<div class="row row--apart"><h3>${t(`import.${state}`)}</h3><span class="num muted">${t('import.done', { done: number(done), files: number(files ?? 0) })}</span></div>
    <div class="meter" role="progressbar" aria-valuenow=${Math.round(share * 100)} aria-valuemin="0" aria-valuemax="100" aria-label=${t('people.import')}><i style=${{ inlineSize: `${share * 100}%` }}></i></div>
    ${problem && html`<${Note} kind="bad" icon="triangle-alert">${problem}<//>`}
    <dl class="facts"><dt>${t('import.people')}</dt><dd class="num">${number(people ?? 0)}</dd><dt>${t('import.enrolled')}</dt><dd class="num">${number(enrolled)}</dd><dt>${t('import.already')}</dt><dd class="num">${number(already)}</dd><dt>${t('import.refused')}</dt><dd class="num">${number(refused)}</dd></dl>
    <div class="row row--end">${over ? html`<${Button} icon="download" onClick=${() => saveReport(id)}>${t('import.report')}<//><${Button} kind="primary" onClick=${onAgain}>${t('import.again')}<//>`
      : html`<${Button} onClick=${async () => { await remove(`/v1/people/import/${id}`).catch(() => {}); job.reload(); }}>${t('import.cancel')}<//>`}</div>
    ${over && html`<${Report} id=${id} />`}`;
}

function Report({ id }) {
  const list = usePages(`/v1/people/import/${id}/report`, { limit: 100 });
  return html`<ul class="list card">${(list.items ?? []).map((row) => html`<li class="item"><span class="item__text"><b><bdi>${row.file}</bdi></b><small>${row.detail ?? row.user_id ?? ''}</small></span><${Tag} kind=${row.code ? 'wait' : 'ok'}>${t(`import.status.${row.status}`)}<//></li>`)}</ul>
    ${list.next && html`<div><${Button} busy=${list.busy} onClick=${list.more}>${t('do.more')}<//></div>`}`;
}

async function saveReport(id) {
  const rows = await all(`/v1/people/import/${id}/report`, {}, Infinity);
  save('import-report.csv', csv([['file', 'user_id', 'status', 'code', 'detail'], ...rows.map((row) => [row.file, row.user_id, row.status, row.code, row.detail])]), 'text/csv');
}
