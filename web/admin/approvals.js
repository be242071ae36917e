// Corrections that wait for another administrator's approval, and those that are decided.

import { html, useEffect, useState } from '/web/shared/preact.js';
import { get, post } from '/web/shared/api.js';
import { clock, moment, workDate } from '/web/shared/format.js';
import { t } from '/web/shared/messages.js';
import { Bones, Button, Empty, Icon, Note, Segments, Tag, TextField, Trouble, useAction, useLoaded, words } from '/web/shared/parts.js';
import { notify } from '/web/shared/panels.js';
import { History, SHORTEST_REASON } from './correct.js';
import { Head, siteOf, useKeyNames } from './parts.js';
import { usePages } from './people.js';
import { go, to } from './place.js';

const STATES = { pending: ['wait', 'clock-3'], approved: ['ok', 'check'], rejected: ['', 'ban'] };
const EVERY = 10_000;

export default function Approvals({ app, place }) {
  const state = place.query.get('state') ?? 'pending';
  const list = usePages('/v1/corrections', { state, limit: 20 }, state === 'pending' ? EVERY : 0);
  const keyName = useKeyNames();
  useEffect(app.recount, [list.items?.length]);
  const decided = () => { list.reload(); app.recount(); };
  return html`<${Head} title=${t('nav.approvals')} /><p class="lead">${t('approvals.lead')}</p>
    <div class="tools"><${Segments} label=${t('approvals.show')} value=${state} onValue=${(value) => go('approvals', [], { state: value === 'pending' ? null : value })} options=${Object.keys(STATES).map((key) => [key, t(`approvals.${key}`)])} /></div>
    ${list.problem && html`<${Trouble} problem=${list.problem} retry=${list.reload} />`}
    ${!list.items ? html`<div class="card"><${Bones} /></div>` : list.items.length === 0 ? html`<div class="card"><${Empty} icon="circle-check" title=${t(state === 'pending' ? 'approvals.none' : 'approvals.none_such')} text=${state === 'pending' ? t('approvals.none_text') : ''} /></div>`
      : html`<div class="tiles">${list.items.map((request) => html`<${Request} key=${request.id} app=${app} request=${request} keyName=${keyName} onDecided=${decided} />`)}</div>`}
    ${list.next && html`<div class="foot"><span></span><${Button} busy=${list.busy} onClick=${list.more}>${t('do.more')}<//></div>`}`;
}

/** One request: whose mark, what shall become of it, why, and who asked. */
function Request({ app, request, keyName, onDecided }) {
  const mark = useLoaded(() => (request.mark_id === null ? null : get(`/v1/attendance/${request.mark_id}`)), [request.mark_id]);
  const [story, setStory] = useState(false);
  const zone = siteOf(app, request.proposed?.site ?? mark.data?.site).in_force.time_zone;
  const date = request.proposed?.work_date ?? mark.data?.work_date;
  const [kind, icon] = STATES[request.state];
  return html`<article class="card tile"><div class="row row--apart"><${Tag} kind=${kind} icon=${icon}>${t(`approvals.${request.state}`)}<//><time class="muted tiny" datetime=${request.requested_at}>${moment(request.requested_at, zone)}</time></div>
    <div><h2><a href=${to('attendance', [], { day: date, person: request.user_id, site: request.proposed?.site ?? mark.data?.site })}><bdi>${request.name ?? t('people.erased')}</bdi></a></h2><p class="muted small"><bdi>${request.user_id}</bdi>${date && ` · ${workDate(date)}`}</p></div>
    <${Change} request=${request} mark=${mark.data} zone=${zone} />
    <p class="small"><q>${request.reason}</q><br /><span class="muted tiny">${t('approvals.asked_by', { key: keyName(request.key_id) })}</span></p>
    ${request.decided_at && html`<p class="small">${request.decision && html`<q>${request.decision}</q><br />`}<span class="muted tiny">${t('approvals.decided_by', { key: keyName(request.decided_by), time: moment(request.decided_at, zone) })}</span></p>`}
    ${request.mark_id !== null && html`<div><${Button} icon="history" kind="quiet" aria-expanded=${story ? 'true' : 'false'} onClick=${() => setStory(!story)}>${t('approvals.history')}<//></div>${story && html`<${History} id=${request.mark_id} zone=${zone} />`}`}
    ${request.state === 'pending' && html`<${Decide} request=${request} isOwn=${request.key_id === app.session.key_id} onDecided=${onDecided} />`}</article>`;
}

/** What a request changes: the mark as it is, struck out, and the one that shall count. */
function Change({ request, mark, zone }) {
  const shown = (at, direction) => html`<${Icon} name=${direction === 'in' ? 'log-in' : 'log-out'} flip direction=${direction} /><b class="num">${clock(at, zone)}</b> ${t(`mark.${direction}`)}`;
  return html`<div class="stack stack--s"><span class="small muted">${t(`correct.title.${{ added: 'add', replaced: 'change', voided: 'void' }[request.action]}`)}</span>
    <p class="row">${mark && html`<s class="was num"><span class="sr">${t('approvals.before')} </span>${clock(mark.marked_at, zone)} ${t(`mark.${mark.direction}`)}</s>`}${request.proposed && mark && html`<${Icon} name="arrow-right" flip />`}${request.proposed && shown(request.proposed.marked_at, request.proposed.direction)}</p></div>`;
}

/** Approve or reject, with a reason; whoever asked can only withdraw it. */
function Decide({ request, isOwn, onDecided }) {
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [send, busy, problem] = useAction(async (action) => {
    await post(`/v1/corrections/${request.id}/${action}`, reason.trim() ? { reason: reason.trim() } : undefined);
    notify(t(isOwn ? 'approvals.withdrawn' : action === 'approve' ? 'approvals.is_approved' : 'approvals.is_rejected'));
    onDecided();
  });
  const length = reason.trim().length;
  const tooShort = (length > 0 || tried) && length < SHORTEST_REASON;
  const decide = (action, needsReason) => {
    setTried(needsReason);
    if (length >= SHORTEST_REASON || (length === 0 && !needsReason)) send(action);
  };
  if (isOwn) return html`<${Note} icon="users">${t('approvals.own')}<//>${problem && html`<${Note} kind="bad" icon="triangle-alert">${words(problem)}<//>`}
    <div class="row row--end"><${Button} busy=${busy} onClick=${() => decide('reject', false)}>${t('approvals.withdraw')}<//></div>`;
  return html`<form class="stack" novalidate onSubmit=${(event) => { event.preventDefault(); decide('approve', false); }}>
    <${TextField} label=${t('correct.reason')} hint=${t('approvals.reason_hint')} value=${reason} onValue=${setReason} maxlength="500" autocomplete="off" fault=${tried && tooShort ? t('correct.reason_short') : ''} />
    ${problem && html`<${Note} kind="bad" icon="triangle-alert">${words(problem)}<//>`}
    <div class="row row--end"><${Button} busy=${busy} onClick=${() => decide('reject', true)}>${t('approvals.reject')}<//><${Button} kind="primary" type="submit" icon="check" busy=${busy}>${t('approvals.approve')}<//></div></form>`;
}
