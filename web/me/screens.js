// The screens of a person's phone.

import { html, useEffect } from '/web/shared/preact.js';
import { clock, duration } from '/web/shared/format.js';
import { locale, t } from '/web/shared/messages.js';
import { Bones, Button, Empty, Icon, IconButton, LanguageChoice, Note, Tag, useAction, words } from '/web/shared/parts.js';
import { save } from '/web/shared/save.js';
import { Portal } from '/web/kiosk/mirror.js';
import { Notice, Words } from '/web/kiosk/screens.js';
import * as sound from '/web/kiosk/sound.js';
import { days } from './month.js';

/** Refusals after which another try at once is of no use. */
const FINAL = ['TOO_SOON', 'DAILY_LIMIT_REACHED', 'FULL', 'RATE_LIMITED', 'NOT_ENROLLED', 'NOT_ME'];

/** The whole page. */
export function Screen({ phone, redraw }) {
  const { phase } = phone.state;
  const isStage = phone.isLooking || ['turns', 'checking', 'ok', 'no', 'kept'].includes(phase);
  useEffect(() => {
    document.body.dataset.state = { ok: 'ok', kept: 'wait', no: 'wait' }[phase] ?? 'ready';
    document.body.dataset.view = isStage ? 'stage' : 'home';
    document.body.classList.toggle('lamp', phone.state.lamp);
    document.title = `${phone.connection.about?.name ?? t('me.title')} – Rollcall`;
  });
  if (phase === 'start') return null;
  if (phase === 'insecure') return html`<${Notice} redraw=${redraw} icon="lock" title=${t('kiosk.camera.insecure')} text=${t('kiosk.camera.insecure_text', { address: `https://${location.host}/me` })} />`;
  if (phase === 'no_storage') return html`<${Notice} redraw=${redraw} icon="database" title=${t('kiosk.no_storage')} text=${t('me.no_storage_text')} />`;
  if (phase === 'linking') return html`<${Notice} redraw=${redraw} icon="loader-circle" title=${t('kiosk.checking')} text="" />`;
  if (phase === 'pair') return html`<${NoKey} phone=${phone} redraw=${redraw} />`;
  return isStage ? html`<${Stage} phone=${phone} redraw=${redraw} />` : html`<${Home} phone=${phone} redraw=${redraw} />`;
}

/** Without a key: why, and what to do. */
function NoKey({ phone, redraw }) {
  const problem = phone.linkProblem;
  const wasPaired = phone.pairing.wasPaired && !problem;
  const title = problem ? t('me.link_failed') : wasPaired ? t('me.revoked') : t('me.no_key');
  const text = problem ? (problem.code === 'PHONE_LINK_INVALID' ? t('me.link_invalid') : words(problem)) : wasPaired ? t('me.revoked_text') : t('me.no_key_text');
  return html`<main class="kiosk kiosk--notice"><header class="bar"><span class="bar__site">Rollcall</span><div class="bar__end"><${LanguageChoice} onChanged=${redraw} /></div></header>
    <div class="words"><span class=${`sign${problem || wasPaired ? '' : ' sign--ok'}`}><${Icon} name=${problem ? 'link' : wasPaired ? 'shield-alert' : 'smartphone'} /></span><h1>${title}</h1><p>${text}</p>
      ${phone.mayUseLink && problem && html`<${Button} kind="big primary" onClick=${() => phone.useLink()}>${t('do.retry')}<//>`}
      ${phone.waiting?.count > 0 && html`<p class="small">${t('kiosk.waiting', { n: phone.waiting.count })}</p>`}</div></main>`;
}

function Bar({ phone, redraw, children }) {
  const isOn = sound.isOn();
  const waiting = t('kiosk.waiting', { n: phone.waiting.count });
  return html`<header class="bar">${children}<div class="bar__end">
    ${phone.waiting.count > 0 && html`<span class="waiting" title=${waiting}><${Icon} name="cloud-off" /><span aria-hidden="true">${phone.waiting.count}</span><span class="sr">${waiting}</span></span>`}
    <${IconButton} icon=${isOn ? 'volume-2' : 'volume-x'} label=${isOn ? t('kiosk.sound_off') : t('kiosk.sound_on')} onClick=${() => { sound.turn(!isOn); redraw(); }} />
    <${LanguageChoice} onChanged=${redraw} /></div></header>`;
}

/** The mirror, while the person wants to be marked, and what came of it. */
function Stage({ phone, redraw }) {
  const { phase } = phone.state;
  return html`<main class="kiosk stage" onClick=${(event) => { if (phone.state.result && !event.target.closest('button, label')) phone.leave(); }}>
    <${Bar} phone=${phone} redraw=${redraw}>${phone.isLooking && phase === 'ready' ? html`<${Button} kind="quiet" icon="arrow-left" onClick=${() => phone.stop()}>${t('kiosk.back')}<//>` : html`<span class="bar__site"><bdi>${phone.connection.about?.name ?? ''}</bdi></span>`}<//>
    <${Portal} kiosk=${phone} />
    ${phase === 'ready' ? html`<${Look} phone=${phone} />` : html`<${Words} kiosk=${phone} zone=${phone.connection.timeZone} />`}
    <${Acts} phone=${phone} /></main>`;
}

function Look({ phone }) {
  const { camera, connection } = phone;
  const away = connection.needsTurns ? 'kiosk.away_turns' : 'kiosk.away';
  const key = ['denied', 'missing'].includes(camera.state) ? `kiosk.camera.${camera.state}` : connection.isAway ? away : 'kiosk.look';
  return html`<div class="words"><h1>${t(key)}</h1><p>${t(`${key}_text`)}</p></div>`;
}

function Acts({ phone }) {
  const { phase, result } = phone.state;
  if (phase === 'no') {
    const isFinal = FINAL.includes(result.problem.code);
    return html`<div class="acts">${!isFinal && html`<${Button} kind="big primary" onClick=${() => phone.again()}>${t('kiosk.again')}<//>`}<${Button} kind="big quiet" onClick=${() => phone.leave()}>${t('kiosk.back')}<//></div>`;
  }
  if (phase === 'turns') return html`<div class="acts"><${Button} kind="big quiet" icon="arrow-left" onClick=${() => phone.leave()}>${t('kiosk.back')}<//></div>`;
  if (phase === 'ready' && phone.connection.isAway && !phone.connection.needsTurns && phone.camera.state === 'on') {
    return html`<div class="acts"><${Button} kind="big primary" icon="camera" onClick=${() => phone.marking.keepNow()}>${t('kiosk.keep')}<//></div>`;
  }
  return html`<div class="acts"><${Undo} phone=${phone} /></div>`;
}

function Undo({ phone }) {
  return phone.marking.undoable && html`<${Button} kind="big quiet" icon="undo-2" onClick=${() => phone.marking.notMe()}>${t('me.undo')}<//>`;
}

/** The person's name, the button for a mark, the month. */
function Home({ phone, redraw }) {
  const { about, isAway, isClosed, needsBadge } = phone.connection;
  return html`<div class="home"><${Bar} phone=${phone} redraw=${redraw}><span class="bar__site"><bdi>${about?.site_name ?? ''}</bdi></span><//>
    <main class="home__in">
      <h1><bdi>${about?.name ?? t('me.title')}</bdi></h1>
      ${phone.hadKey && html`<${Note} icon="link">${t('me.had_key')}<//>`}
      ${isAway && html`<${Note} kind="wait" icon="cloud-off">${t('me.away')}<//>`}
      ${phone.waiting.count > 0 && html`<${Note} kind="wait" icon="clock-3">${t('kiosk.waiting', { n: phone.waiting.count })}<//>`}
      ${about?.enrolled === false && html`<${Note} kind="wait" icon="scan-face">${t('me.not_enrolled')}<//>`}
      ${isClosed ? html`<${Note} kind="wait" icon="ban"><b>${t('kiosk.closed')}</b> ${t('kiosk.closed_text')}<//>`
        : needsBadge ? html`<${Note} kind="wait" icon="id-card"><b>${t('kiosk.no.BADGE_REQUIRED')}</b> ${t('me.badge_needed')}<//>`
        : html`<button type="button" class="btn btn--big btn--primary btn--wide home__mark" disabled=${!phone.service.person} onClick=${() => { sound.unlock(); phone.begin(); }}><${Icon} name="scan-face" />${t('me.mark')}</button>`}
      <p class="small muted">${t(about?.position_needed ? 'me.hint_position' : 'me.hint')}</p>
      <${Undo} phone=${phone} />
      <${MonthList} month=${phone.month} service=${phone.service} />
    </main></div>`;
}

/** Such as "November 2026". */
const monthName = (month) => new Intl.DateTimeFormat(locale, { month: 'long', year: 'numeric', timeZone: 'UTC' }).format(new Date(`${month}-15T12:00:00Z`));

/** Such as "Wed 25", of a work date. */
const dayName = (date) => new Intl.DateTimeFormat(locale, { weekday: 'short', day: 'numeric', timeZone: 'UTC' }).format(new Date(`${date}T12:00:00Z`));

function MonthList({ month, service }) {
  const { data, problem, report } = month;
  const [fetchReceipt, busy, fault] = useAction(async (mark) => save(`rollcall-receipt-${mark.id}.json`, JSON.stringify(await service.receipt(mark.id)), 'application/json'));
  if (!data) return html`<section class="card" aria-label=${t('me.month')}>${problem ? html`<div class="card--pad"><${Note} kind="wait" icon="cloud-off">${words(problem)}<//></div>` : html`<${Bones} lines=${3} />`}</section>`;
  const shown = days(data.items, report);
  return html`<section class="card" aria-label=${t('me.month')}><header class="card__head month__head">
      <${IconButton} icon="chevron-left" flip label=${t('me.month_before')} onClick=${() => month.turn(-1)} /><h2>${monthName(data.month)}</h2><${IconButton} icon="chevron-right" flip label=${t('me.month_after')} onClick=${() => month.turn(1)} /></header>
    ${shown.length === 0 ? html`<${Empty} icon="calendar" title=${t('me.no_marks')} text=${t('me.no_marks_text')} />` : html`<ul class="list">${shown.map(([date, marks, sheet]) => html`<${Day} key=${date} date=${date} marks=${marks} sheet=${sheet} onReceipt=${fetchReceipt} busy=${busy} />`)}</ul>
      <p class="month__sums">${t('me.days', { n: data.sums.days })} · ${t('me.marks', { n: data.sums.marks })}${data.sums.corrections > 0 && html` · ${t('me.corrections', { n: data.sums.corrections })}`}</p>`}
    ${report && html`<p class="month__sums">${t('me.worked', { worked: duration(report.totals.hours.worked_seconds * 1000), planned: duration(report.totals.planned_seconds * 1000) })}</p>`}
    ${fault && html`<div class="card--pad"><${Note} kind="bad" icon="triangle-alert">${words(fault)}<//></div>`}
    ${data.items.length > 0 && html`<p class="month__about"><${Icon} name="download" /> ${t('me.receipt_text')}</p>`}
    ${!data.complete && html`<p class="month__sums">${t('me.incomplete')}</p>`}</section>`;
}

/** How the statuses of a day that are worth a word look: kind of tag and icon. */
const STATUS = { late: ['wait', 'clock-3'], left_early: ['wait', 'log-out'], incomplete: ['bad', 'triangle-alert'], absent: ['out', 'user-x'], holiday: ['info', 'calendar'] };

function Day({ date, marks, sheet, onReceipt, busy }) {
  const [kind, icon] = STATUS[sheet?.status] ?? [];
  return html`<li class="day"><div class="day__about"><h3>${dayName(date)}</h3>${sheet?.hours && html`<bdi class="day__hours">${duration(sheet.hours.worked_seconds * 1000)}</bdi>`}</div>
    <ul>${icon && html`<li class="day__mark"><${Tag} kind=${kind} icon=${icon} flip>${sheet.plan.holiday && sheet.status === 'holiday' ? html`<bdi>${sheet.plan.holiday}</bdi>` : t(`status.${sheet.status}`)}<//></li>`}
    ${marks.map((mark) => html`<${Mark} key=${mark.id} mark=${mark} onReceipt=${onReceipt} busy=${busy} />`)}</ul></li>`;
}

/** What is special about a mark, as [icon, key of the sentence] each. */
function flags(mark) {
  const found = [];
  if (mark.state === 'voided') found.push(['ban', 'me.voided']);
  if (mark.state === 'replaced') found.push(['pencil', 'me.replaced']);
  if (mark.source === 'manual') found.push(['pencil', mark.corrects === null ? 'me.manual' : 'me.correction']);
  if (mark.source === 'late') found.push(['clock-3', 'me.late']);
  if (mark.correction_pending) found.push(['clock-3', 'me.pending']);
  return found;
}

function Mark({ mark, onReceipt, busy }) {
  const isOut = mark.direction === 'out';
  const time = clock(mark.marked_at, mark.time_zone);
  return html`<li class=${`day__mark${mark.state === 'present' ? '' : ' is-ended'}`}><div class="day__what"><span class=${`day__way${isOut ? ' day__way--out' : ''}`}><${Icon} name=${isOut ? 'arrow-left' : 'arrow-right'} flip />${t(isOut ? 'me.out' : 'me.in')}</span>
    <time datetime=${mark.local_time}>${time}</time>${flags(mark).map(([icon, key]) => html`<${Tag} kind=${mark.state === 'present' ? 'wait' : ''} icon=${icon}>${t(key)}<//>`)}</div>
    <${IconButton} icon="download" label=${t('me.receipt_of', { way: t(isOut ? 'me.out' : 'me.in'), time })} disabled=${busy} onClick=${() => onReceipt(mark)} /></li>`;
}
