// Shifts, who works them, and holidays.

import { html, useEffect, useRef, useState } from '/web/shared/preact.js';
import { address, all, call, patch, post, remove } from '/web/shared/api.js';
import { duration, localDate, number, plusDays, workDate } from '/web/shared/format.js';
import { t } from '/web/shared/messages.js';
import { Bones, Button, Check, Empty, Icon, IconButton, Note, SelectField, TextField, Trouble, useAction, useLoaded, words } from '/web/shared/parts.js';
import { Drawer, notify } from '/web/shared/panels.js';
import { StatusTag } from './months.js';
import { Head, SiteChoice, dayName, siteOf } from './parts.js';
import { go } from './place.js';

export default function Shifts({ app, place }) {
  const open = place.rest[0] ?? null;
  const shifts = useLoaded(() => all('/v1/shifts'), []);
  const shift = (shifts.data ?? []).find((one) => one.shift === open);
  const today = localDate(Date.now(), siteOf(app, null).in_force.time_zone);
  return html`<${Head} title=${t('nav.shifts')}><${Button} kind="primary" icon="plus" onClick=${() => go('shifts', ['+'])}>${t('shifts.add')}<//><//>
    <p class="lead">${t('shifts.lead')}</p>
    ${shifts.problem && html`<${Trouble} problem=${shifts.problem} retry=${shifts.reload} />`}
    ${!shifts.data ? html`<${Bones} />` : shifts.data.length === 0 ? html`<div class="card"><${Empty} icon="clock-3" title=${t('shifts.none')} text=${t('shifts.none_text')}><${Button} kind="primary" icon="plus" onClick=${() => go('shifts', ['+'])}>${t('shifts.add')}<//><//></div>`
    : html`<div class="tiles">${shifts.data.map((one) => html`<article key=${one.shift} class="card tile"><h2><bdi>${one.name}</bdi></h2>
      <dl class="facts"><dt>${t('shifts.times')}</dt><dd class="num">${one.start} – ${one.end}</dd><dt>${t('shifts.days')}</dt><dd>${one.days.map(dayName).join(' ')}</dd><dt>${t('shifts.break')}</dt><dd>${t(`shifts.break_${one.breaks.kind}`)}${one.breaks.minutes > 0 && html` <span class="num">${t('shifts.minutes', { n: number(one.breaks.minutes) })}</span>`}</dd></dl>
      <div class="row"><${Button} icon="pencil" onClick=${() => go('shifts', [one.shift])}>${t('sites.rules')}<//><${Button} icon="users" onClick=${() => go('shifts', [one.shift, 'people'])}>${t('shifts.people')}<//></div></article>`)}</div>`}
    <${Holidays} app=${app} />
    ${open === '+' && html`<${Rules} shift=${null} today=${today} onClose=${() => go('shifts')} onDone=${shifts.reload} />`}
    ${shift && place.rest[1] !== 'people' && html`<${Present} key=${shift.shift} shift=${shift} today=${today} onClose=${() => go('shifts')} onDone=${shifts.reload} />`}
    ${shift && place.rest[1] === 'people' && html`<${Assigned} shift=${shift} today=${today} onClose=${() => go('shifts')} />`}`;
}

const blank = { shift: '', name: '', start: '08:00', end: '16:30', days: [1, 2, 3, 4, 5], breaks: { kind: 'automatic', minutes: 30, after_minutes: 360 }, grace: { in_minutes: 5, out_minutes: 5 }, rounding: { minutes: 0, in: 'nearest', out: 'nearest' } };

/** All people whose days a change would change, page after page: a page may be short, or empty, and have others behind it. */
async function tried(shift, change) {
  const people = [];
  let next = null;
  do {
    const page = await post(address(`/v1/shifts/${shift}/trial`, { limit: 1000, next }), change);
    people.push(...page.items);
    next = page.next;
  } while (next);
  return people;
}

/** The form of a shift as it is now; its tag lets the service refuse to overwrite what somebody else changes meanwhile. */
function Present({ shift, onClose, ...rest }) {
  const { data, problem, reload } = useLoaded(() => call('GET', `/v1/shifts/${shift.shift}`), [shift.shift]);
  if (data) return html`<${Rules} ...${rest} shift=${data.data} tag=${data.tag} onClose=${onClose} />`;
  return problem && html`<${Drawer} wide title=${shift.name} onClose=${onClose}><${Trouble} problem=${problem} retry=${reload} /><//>`;
}

/** The form of a shift, and which days of the last month a change would change. */
function Rules({ shift, tag, today, onClose, onDone }) {
  const before = shift ?? blank;
  const [fields, setFields] = useState({ shift: before.shift, name: before.name, start: before.start, end: before.end, days: before.days, kind: before.breaks.kind, minutes: String(before.breaks.minutes), after_minutes: String(before.breaks.after_minutes),
    in_minutes: String(before.grace.in_minutes), out_minutes: String(before.grace.out_minutes), rounding: String(before.rounding.minutes), round_in: before.rounding.in, round_out: before.rounding.out });
  const set = (name) => (value) => setFields((old) => ({ ...old, [name]: value }));
  const rules = () => ({ start: fields.start, end: fields.end, days: fields.days, breaks: { kind: fields.kind, minutes: Number(fields.minutes), after_minutes: Number(fields.after_minutes) },
    grace: { in_minutes: Number(fields.in_minutes), out_minutes: Number(fields.out_minutes) }, rounding: { minutes: Number(fields.rounding), in: fields.round_in, out: fields.round_out } });
  const [send, busy, problem] = useAction(async () => {
    await (shift ? patch(`/v1/shifts/${shift.shift}`, { name: fields.name.trim(), ...rules() }, { headers: { 'If-Match': tag } }) : post('/v1/shifts', { shift: fields.shift.trim(), name: fields.name.trim(), ...rules() }));
    await onDone();
    notify(t('saved'));
    onClose();
  });
  const [changed, setChanged] = useState(null);
  const [tryOut, trying, fault] = useAction(async () => {
    setChanged(await tried(shift.shift, { from: plusDays(today, -31), to: plusDays(today, -1), ...rules() }));
  });
  const field = (name, extra) => html`<${TextField} label=${t(`shifts.${name}`)} value=${fields[name]} onValue=${set(name)} ...${extra} />`;
  const minutes = (name, label = t(`shifts.${name}`)) => html`<div class="grow"><${TextField} label=${label} value=${fields[name]} onValue=${set(name)} type="number" min="0" inputmode="numeric" /></div>`;
  const toggled = (day, on) => set('days')(on ? [...fields.days, day].sort() : fields.days.filter((one) => one !== day));
  const isReady = fields.name.trim() && (shift || fields.shift.trim()) && fields.days.length > 0;
  const modes = ['nearest', 'up', 'down'].map((key) => [key, t(`shifts.round_${key}`)]);
  return html`<${Drawer} wide title=${shift?.name ?? t('shifts.add')} onClose=${onClose} foot=${html`<${Button} onClick=${onClose}>${t('do.cancel')}<//><${Button} kind="primary" busy=${busy} disabled=${!isReady} onClick=${send}>${t('do.save')}<//>`}>
    ${shift && html`<${Note} icon="history">${t('shifts.past')}<//>`}
    ${!shift && html`<${TextField} label=${t('sites.site')} hint=${t('sites.site_hint')} value=${fields.shift} onValue=${set('shift')} maxlength="64" autocapitalize="off" spellcheck=${false} />`}
    ${field('name', { maxlength: 200, dir: 'auto' })}
    <div class="row"><div class="grow">${field('start', { type: 'time' })}</div><div class="grow">${field('end', { type: 'time' })}</div></div>
    <fieldset class="stack stack--s"><legend class="small"><b>${t('shifts.days')}</b></legend><div class="row">${[1, 2, 3, 4, 5, 6, 7].map((day) => html`<${Check} label=${dayName(day)} checked=${fields.days.includes(day)} onValue=${(on) => toggled(day, on)} />`)}</div></fieldset>
    <${SelectField} label=${t('shifts.break')} hint=${t(`shifts.break_${fields.kind}_text`)} value=${fields.kind} onValue=${set('kind')} options=${['marked', 'automatic', 'paid'].map((key) => [key, t(`shifts.break_${key}`)])} />
    <div class="row">${minutes('minutes', t('shifts.break_minutes'))}${fields.kind === 'automatic' && minutes('after_minutes')}</div>
    <div class="stack stack--s"><div class="row">${minutes('in_minutes')}${minutes('out_minutes')}</div><small class="muted">${t('shifts.grace_text')}</small></div>
    <${SelectField} label=${t('shifts.rounding')} hint=${t('shifts.rounding_text')} value=${fields.rounding} onValue=${set('rounding')} options=${[0, 5, 6, 10, 15, 30].map((n) => [String(n), n === 0 ? t('shifts.round_none') : t('shifts.minutes', { n: number(n) })])} />
    ${fields.rounding !== '0' && html`<div class="row"><div class="grow"><${SelectField} label=${t('mark.in')} value=${fields.round_in} onValue=${set('round_in')} options=${modes} /></div><div class="grow"><${SelectField} label=${t('mark.out')} value=${fields.round_out} onValue=${set('round_out')} options=${modes} /></div></div>`}
    ${shift && html`<section class="card card--pad stack stack--s"><h3>${t('shifts.try')}</h3><p class="small muted">${t('shifts.try_text')}</p><div><${Button} icon="eye" busy=${trying} disabled=${!isReady} onClick=${tryOut}>${t('shifts.try_do')}<//></div>
      ${fault && html`<${Note} kind="bad" icon="triangle-alert">${words(fault)}<//>`}<div role="status" class="stack stack--s">${changed && html`<${Changes} people=${changed} />`}</div></section>`}
    ${problem && html`<${Note} kind="bad" icon="triangle-alert">${words(problem)}<//>`}<//>`;
}

/** How many people of a trial are shown at a time. */
const SHOWN = 100;

/** The days that a change would change, each as it is and as it would be. */
function Changes({ people }) {
  const place = useRef(null);
  const [shown, setShown] = useState(SHOWN);
  useEffect(() => place.current?.scrollIntoView({ block: 'center' }), [people]);
  if (people.length === 0) return html`<${Note} icon="circle-check">${t('shifts.no_change')}<//>`;
  const state = (one) => html`<${StatusTag} status=${one.status} /> <span class="num">${one.hours && duration(one.hours.worked_seconds * 1000)}</span>`;
  const days = people.reduce((sum, person) => sum + person.days.length, 0);
  return html`<p class="small" ref=${place}><b>${t('shifts.changed_n', { n: days })}</b></p><section class="card"><table class="changes"><caption class="sr">${t('shifts.changes')}</caption><thead><tr><th scope="col">${t('shifts.changes')}</th><th scope="col">${t('shifts.is')}</th><th scope="col">${t('shifts.would')}</th></tr></thead>
    <tbody>${people.slice(0, shown).flatMap((person) => person.days.map((one) => html`<tr key=${person.user_id + one.date}><td><b><bdi>${person.name}</bdi></b><br /><small>${workDate(one.date)}</small></td><td><span class="phone muted">${t('shifts.is')}</span> ${state(one.before)}</td><td><span class="phone muted">${t('shifts.would')}</span> ${state(one.after)}</td></tr>`))}</tbody></table></section>
    ${people.length > shown && html`<div><${Button} onClick=${() => setShown(shown + SHOWN)}>${t('do.more')}<//></div>`}`;
}

/** Who works a shift. */
function Assigned({ shift, today, onClose }) {
  const list = useLoaded(() => all('/v1/assignments', { shift: shift.shift }), [shift.shift]);
  const people = useLoaded(() => all('/v1/people', {}, 1), []);
  const [fields, setFields] = useState({ kind: 'group', who: '', from: today, to: '' });
  const set = (name) => (value) => setFields((old) => ({ ...old, [name]: value }));
  const [send, busy, problem] = useAction(async () => {
    await post('/v1/assignments', { shift: shift.shift, [fields.kind]: fields.who.trim(), from: fields.from, ...(fields.to ? { to: fields.to } : {}) });
    set('who')('');
    await list.reload();
  });
  const [end, , fault] = useAction(async (one) => {
    await (one.from > today ? remove(`/v1/assignments/${one.id}`) : patch(`/v1/assignments/${one.id}`, { to: today }));
    await list.reload();
  });
  const names = new Map((people.data ?? []).map((person) => [person.user_id, person.name]));
  const groups = [...new Set((people.data ?? []).map((person) => person.group).filter(Boolean))].sort();
  return html`<${Drawer} title=${shift.name} onClose=${onClose}>
    ${list.problem ? html`<${Trouble} problem=${list.problem} retry=${list.reload} />` : !list.data ? html`<${Bones} />` : list.data.length === 0 ? html`<p class="muted small">${t('shifts.nobody')}</p>` : html`<ul class="list">${list.data.map((one) => html`<li class="item" key=${one.id}><${Icon} name=${one.group ? 'users' : 'user'} /><span class="item__text"><b><bdi>${one.group ?? names.get(one.user_id) ?? one.user_id}</bdi></b>
      <small>${workDate(one.from)} – ${one.to ? workDate(one.to) : t('shifts.no_end')}</small></span>${(!one.to || one.to > today) && html`<${Button} onClick=${() => end(one)}>${t('shifts.stop')}<//>`}</li>`)}</ul>`}
    <form class="stack" onSubmit=${(event) => { event.preventDefault(); send(); }}>
      <${SelectField} label=${t('shifts.who')} value=${fields.kind} onValue=${set('kind')} options=${[['group', t('person.group')], ['user_id', t('person')]]} />
      <${TextField} label=${t(fields.kind === 'group' ? 'person.group' : 'shifts.user_id')} hint=${t(fields.kind === 'group' ? 'shifts.group_hint' : 'shifts.user_id_hint')} value=${fields.who} onValue=${set('who')} maxlength="200" dir="auto" list="known" autocomplete="off" />
      <datalist id="known">${fields.kind === 'group' ? groups.map((group) => html`<option value=${group} />`) : [...names].map(([id, name]) => html`<option value=${id}>${name}</option>`)}</datalist>
      <div class="row"><div class="grow"><${TextField} label=${t('shifts.from')} type="date" value=${fields.from} onValue=${set('from')} /></div><div class="grow"><${TextField} label=${t('shifts.to')} hint=${t('shifts.to_hint')} type="date" value=${fields.to} onValue=${set('to')} /></div></div>
      <div class="row row--end"><button class="btn btn--primary" disabled=${busy || !fields.who.trim() || !fields.from}>${t('shifts.assign')}</button></div></form>
    ${(problem ?? fault) && html`<${Note} kind="bad" icon="triangle-alert">${words(problem ?? fault)}<//>`}<//>`;
}

/** The holidays of a site, by hand or from a calendar file. */
function Holidays({ app }) {
  const [site, setSite] = useState('default');
  const list = useLoaded(() => all('/v1/holidays', { site }), [site]);
  const [fields, setFields] = useState({ date: '', name: '', yearly: false });
  const set = (name) => (value) => setFields((old) => ({ ...old, [name]: value }));
  const [add, busy, problem] = useAction(async () => {
    await post('/v1/holidays', { site, date: fields.date, name: fields.name.trim(), yearly: fields.yearly });
    setFields({ date: '', name: '', yearly: false });
    await list.reload();
  });
  const [take, taking, fault] = useAction(async (file) => {
    const { data } = await call('POST', `/v1/holidays/import?site=${site}`, { body: file, headers: { 'Content-Type': 'text/calendar' } });
    notify(t('holidays.imported', { n: number(data.added.length), skipped: number(data.skipped.length) }));
    await list.reload();
  });
  const [drop] = useAction(async (id) => { await remove(`/v1/holidays/${id}`); await list.reload(); });
  return html`<section class="card card--pad stack"><div class="row row--apart"><div><h2>${t('holidays.title')}</h2><p class="small muted">${t('holidays.text')}</p></div><${SiteChoice} app=${app} value=${siteOf(app, site).site} onValue=${setSite} /></div>
    ${list.problem ? html`<${Trouble} problem=${list.problem} retry=${list.reload} />` : !list.data ? html`<${Bones} lines=${2} />` : list.data.length === 0 ? html`<p class="muted small">${t('holidays.none')}</p>` : html`<ul class="list">${list.data.map((one) => html`<li class="item" key=${one.id}><${Icon} name="calendar" /><span class="item__text"><b><bdi>${one.name}</bdi></b>
      <small>${workDate(one.date)} ${one.yearly ? t('holidays.yearly') : one.date.slice(0, 4)}</small></span><${IconButton} icon="trash-2" label=${t('holidays.remove', { name: one.name })} onClick=${() => drop(one.id)} /></li>`)}</ul>`}
    <form class="row row--fields" onSubmit=${(event) => { event.preventDefault(); add(); }}><div class="grow"><${TextField} label=${t('holidays.date')} type="date" value=${fields.date} onValue=${set('date')} /></div><div class="grow"><${TextField} label=${t('holidays.name')} value=${fields.name} onValue=${set('name')} maxlength="200" dir="auto" /></div>
      <${Check} label=${t('holidays.yearly')} checked=${fields.yearly} onValue=${set('yearly')} /><button class="btn" disabled=${busy || !fields.date || !fields.name.trim()}>${t('holidays.add')}</button></form>
    <label class="btn" aria-disabled=${taking ? 'true' : undefined}><${Icon} name="upload" />${t('holidays.import')}<input class="sr" type="file" accept=".ics,text/calendar" onChange=${(event) => { const [file] = event.currentTarget.files; event.currentTarget.value = ''; if (file) take(file); }} /></label>
    ${(problem ?? fault) && html`<${Note} kind="bad" icon="triangle-alert">${words(problem ?? fault)}<//>`}</section>`;
}
