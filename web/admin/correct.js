// The drawer of a person's day: its marks, corrections with a reason, and what became of each mark.

import { html, useState } from '/web/shared/preact.js';
import { all, call, get, post } from '/web/shared/api.js';
import { clock, instantInDay, localTime, moment, workDate } from '/web/shared/format.js';
import { t } from '/web/shared/messages.js';
import { Bones, Button, Icon, IconButton, Note, SelectField, Tag, TextField, Trouble, useAction, useLoaded, words } from '/web/shared/parts.js';
import { Drawer, notify } from '/web/shared/panels.js';
import { useKeyNames } from './parts.js';

/** The letters that the reason of a correction has at least, as the service demands. */
export const SHORTEST_REASON = 3;

export default function CorrectDay({ row, people, site, date, onClose, onChanged }) {
  const [person, setPerson] = useState(row?.id ?? '');
  const [edit, setEdit] = useState(row ? null : { kind: 'add' });
  const [history, setHistory] = useState(null);
  const { time_zone: zone, day_starts_at: startsAt } = site.in_force;
  const marks = useLoaded(() => (row ? all('/v1/attendance', { user_id: row.id, from: date, to: date, order: 'oldest', state: 'all' }) : []), [row?.id, date]);
  const current = (marks.data ?? []).filter((mark) => mark.state === 'present');
  const voided = (marks.data ?? []).filter((mark) => mark.state === 'voided');
  const done = async (answer) => {
    notify(t(answer.pending ? 'correct.waits' : 'correct.done'));
    onChanged();
    if (!row) return onClose();
    setEdit(null);
    await marks.reload();
    return undefined;
  };
  const title = row ? row.name : t('attendance.add');
  return html`<${Drawer} title=${title} onClose=${onClose}>
    <p class="muted small">${row ? html`<bdi>${row.id}</bdi> · ` : ''}${workDate(date)} · ${zone}</p>
    ${!row && html`<${TextField} label=${t('person')} hint=${t('correct.person')} list="people-known" value=${person} onValue=${setPerson} autocomplete="off" /><datalist id="people-known">${people.slice(0, 2000).map((one) => html`<option value=${one.user_id}>${one.name}</option>`)}</datalist>`}
    ${row && (marks.problem ? html`<${Trouble} problem=${marks.problem} retry=${marks.reload} />` : !marks.data ? html`<${Bones} />` : html`<ul>
      ${current.map((mark) => html`<${Mark} key=${mark.id} mark=${mark} zone=${zone} onEdit=${(kind) => setEdit({ kind, mark })} onHistory=${() => setHistory(history === mark.id ? null : mark.id)}>
        ${history === mark.id && html`<${History} id=${mark.id} zone=${zone} />`}<//>`)}
      ${voided.map((mark) => html`<li class="mark" key=${mark.id}><${Icon} name="ban" /><span><s class="was num">${clock(mark.marked_at, zone)}</s>${' '}<${Tag}>${t('correct.removed')}<//></span>
        <${IconButton} icon="history" label=${t('correct.history_of', { time: clock(mark.marked_at, zone) })} onClick=${() => setHistory(history === mark.id ? null : mark.id)} />
        ${history === mark.id && html`<div class="full"><${History} id=${mark.id} zone=${zone} /></div>`}</li>`)}
      ${current.length + voided.length === 0 && html`<li class="muted small">${t('correct.no_marks')}</li>`}</ul>`)}
    ${edit ? html`<${Edit} key=${`${edit.kind}${edit.mark?.id}`} edit=${edit} person=${person.trim()} site=${site} date=${date} zone=${zone} startsAt=${startsAt} onDone=${done} onCancel=${() => (row ? setEdit(null) : onClose())} />`
      : html`<div><${Button} icon="plus" onClick=${() => setEdit({ kind: 'add' })}>${t('attendance.add')}<//></div>`}<//>`;
}

const SOURCE_ICONS = { manual: 'pencil', late: 'clock-3', import: 'database', pin: 'lock' };

function Mark({ mark, zone, onEdit, onHistory, children }) {
  const time = clock(mark.marked_at, zone);
  return html`<li class="mark"><${Icon} name=${mark.direction === 'in' ? 'log-in' : 'log-out'} flip direction=${mark.direction} />
    <span><b class="num">${time}</b>${' '}${t(`mark.${mark.direction}`)}${' '}
      ${mark.source !== 'device' && html`<${Tag} icon=${SOURCE_ICONS[mark.source]}>${t(`source.${mark.source}`)}<//>`}
      ${mark.look_alike && html`<${Tag} kind="wait" icon="triangle-alert">${t('mark.look_alike')}<//>`}
      ${mark.correction_pending && html`<${Tag} kind="wait" icon="clock-3">${t('correct.pending')}<//>`}</span>
    <span class="row">
      <${IconButton} icon="history" label=${t('correct.history_of', { time })} onClick=${onHistory} />
      <${IconButton} icon="pencil" label=${t('correct.change_of', { time })} onClick=${() => onEdit('change')} />
      <${IconButton} icon="trash-2" label=${t('correct.remove_of', { time })} onClick=${() => onEdit('void')} /></span>
    ${children && html`<div class="full">${children}</div>`}</li>`;
}

/** The form of a correction: another time, a removal, or a mark that nobody made. */
function Edit({ edit, person, site, date, zone, startsAt, onDone, onCancel }) {
  const before = edit.mark ? localTime(edit.mark.marked_at, zone) : '';
  const [time, setTime] = useState(before);
  const [direction, setDirection] = useState(edit.mark?.direction ?? 'in');
  const tag = useLoaded(async () => (edit.mark ? (await call('GET', `/v1/attendance/${edit.mark.id}`)).tag : ''), [edit.mark?.id]);
  const [reason, setReason] = useState('');
  const [tried, setTried] = useState(false);
  const [send, busy, problem] = useAction(async () => onDone(await correction({ edit, tag: tag.data, person, site, time: time === before ? null : instantInDay(date, time, zone, startsAt).toISOString(), direction, reason: reason.trim() })));
  const tooShort = reason.trim().length < SHORTEST_REASON;
  const noTime = edit.kind !== 'void' && !time;
  const nothing = edit.kind === 'change' && time === before && direction === edit.mark.direction;
  const submit = (event) => {
    event.preventDefault();
    setTried(true);
    if (!tooShort && !noTime && !nothing && person && typeof tag.data === 'string') send();
  };
  return html`<form class="card card--pad stack" novalidate onSubmit=${submit}>
    <h3>${t(`correct.title.${edit.kind}`)}</h3>
    ${edit.kind === 'void' ? html`<p class="small"><s class="was num">${before}</s></p>` : html`<div class="row">
      ${edit.kind === 'change' && time !== before && html`<s class="was num">${before}</s>`}
      <div class="grow"><${TextField} label=${t('correct.time')} type="time" value=${time} onValue=${setTime} fault=${tried && noTime ? t('correct.no_time') : ''} required /></div>
      <div class="grow"><${SelectField} label=${t('correct.direction')} value=${direction} onValue=${setDirection} options=${[['in', t('mark.in')], ['out', t('mark.out')]]} /></div></div>`}
    <${TextField} label=${t('correct.reason')} hint=${t('correct.reason_hint')} value=${reason} onValue=${setReason} maxlength="500" fault=${tried && tooShort ? t('correct.reason_short') : ''} required />
    ${tried && nothing && html`<${Note}>${t('correct.nothing')}<//>`}
    ${(problem ?? tag.problem) && html`<${Note} kind="bad" icon="triangle-alert">${words(problem ?? tag.problem)}<//>`}
    <div class="row row--end"><${Button} onClick=${onCancel}>${t('do.cancel')}<//><${Button} kind=${edit.kind === 'void' ? 'danger' : 'primary'} type="submit" busy=${busy}>${t(`correct.do.${edit.kind}`)}<//></div></form>`;
}

/** Makes a correction. `tag` is the mark's when the form was opened: if the mark changed meanwhile, the service refuses. */
async function correction({ edit, tag, person, site, time, direction, reason }) {
  if (edit.kind === 'add') return post('/v1/attendance', { user_id: person, at: time, direction, site: site.site, reason });
  const headers = { 'If-Match': tag };
  if (edit.kind === 'void') return post(`/v1/attendance/${edit.mark.id}/void`, { reason }, { headers });
  const change = { reason, ...(time ? { at: time } : {}), ...(direction !== edit.mark.direction ? { direction } : {}) };
  return post(`/v1/attendance/${edit.mark.id}/correct`, change, { headers });
}

/** What became of a mark. */
export function History({ id, zone }) {
  const { data, problem, reload } = useLoaded(() => get(`/v1/attendance/${id}/history`), [id]);
  const keyName = useKeyNames();
  if (problem) return html`<${Trouble} problem=${problem} retry=${reload} />`;
  if (!data) return html`<${Bones} lines=${2} />`;
  return html`<ol class="story">${data.items.map((step) => html`<li><b>${t(`history.${step.action}`)}</b> ${step.mark && html`<span class="num">${clock(step.mark.marked_at, zone)}</span>`}
    <div class="muted tiny">${moment(step.at, zone)} · ${t('history.by', { key: step.key_id ? keyName(step.key_id) : '—' })}${step.approved_by ? ` · ${t('history.approved', { key: keyName(step.approved_by) })}` : ''}</div>
    ${step.reason && html`<q>${step.reason}</q>`}</li>`)}</ol>`;
}
