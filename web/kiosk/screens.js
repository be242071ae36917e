// The screens of a kiosk.

import { html, useEffect, useState } from '/web/shared/preact.js';
import { clock } from '/web/shared/format.js';
import { locale, t } from '/web/shared/messages.js';
import { Button, Icon, IconButton, LanguageChoice } from '/web/shared/parts.js';
import { BadgeButton, BadgeView } from './badgeview.js';
import { now } from './clock.js';
import { Keypad, NumberButton, Pairing } from './entry.js';
import { Portal } from './mirror.js';
import { PinButton, PinPad } from './pinpad.js';
import * as sound from './sound.js';
import { instruction } from './turns.js';
import { direction, greeting, refusal, refusalIcon } from './words.js';

const SECOND_MS = 1000;

/** Further ways to be marked: a button, and what covers the screen during a phase. */
const WAYS = [
  { phase: 'number', WayButton: NumberButton, Panel: Keypad },
  { phase: 'badge', WayButton: BadgeButton, Panel: BadgeView },
  { phase: 'pin', WayButton: PinButton, Panel: PinPad },
];

/** Refusals after which another way to be marked is of no use. */
const REFUSALS_WITHOUT_WAYS = ['TOO_SOON', 'DAILY_LIMIT_REACHED', 'FULL', 'RATE_LIMITED', 'NOT_SENT'];

/** The whole kiosk. */
export function Screen({ kiosk, redraw }) {
  const zone = kiosk.connection.timeZone;
  useEffect(() => {
    document.body.dataset.state = { ok: 'ok', kept: 'wait', no: 'wait' }[kiosk.state.phase] ?? 'ready';
    document.body.classList.toggle('lamp', kiosk.state.lamp);
  });
  useEffect(() => { document.title = `${kiosk.connection.about?.site_name ?? 'Rollcall'} – Rollcall`; }, [kiosk.connection.about?.site_name]);
  if (kiosk.state.phase === 'start') return null;
  if (kiosk.state.phase === 'insecure') return html`<${Notice} redraw=${redraw} icon="lock" title=${t('kiosk.camera.insecure')} text=${t('kiosk.camera.insecure_text', { address: `https://${location.host}/kiosk` })} />`;
  if (kiosk.state.phase === 'no_storage') return html`<${Notice} redraw=${redraw} icon="database" title=${t('kiosk.no_storage')} text=${t('kiosk.no_storage_text')} />`;
  if (kiosk.state.phase === 'pair') return html`<${Pairing} kiosk=${kiosk} redraw=${redraw} />`;
  const way = WAYS.find(({ phase }) => phase === kiosk.state.phase);
  return html`<main class="kiosk" inert=${Boolean(way)} onClick=${(event) => { sound.unlock(); if (!event.target.closest('button, label')) kiosk.state.end(); }}>
    <${Bar} kiosk=${kiosk} redraw=${redraw} />
    ${!kiosk.state.result && html`<${Clock} zone=${zone} />`}
    <${Portal} kiosk=${kiosk} />
    <${Words} kiosk=${kiosk} zone=${zone} />
    <${Acts} kiosk=${kiosk} />
  </main>${way && html`<${way.Panel} kiosk=${kiosk} />`}`;
}

export function Notice({ icon, title, text, redraw }) {
  return html`<main class="kiosk kiosk--notice"><header class="bar"><div class="bar__end"><${LanguageChoice} onChanged=${redraw} /></div></header>
    <div class="words"><span class="sign"><${Icon} name=${icon} /></span><h1>${title}</h1><p>${text}</p></div></main>`;
}

function status(kiosk) {
  if (kiosk.connection.isAway) return { kind: 'offline', text: t('kiosk.status.away') };
  if (kiosk.marksNothing) return { kind: 'offline', text: t('kiosk.status.closed') };
  if (kiosk.camera.state !== 'on') return { kind: 'offline', text: t('kiosk.status.no_camera') };
  return { kind: 'ready', text: t('kiosk.status.ready') };
}

function Bar({ kiosk, redraw }) {
  const { kind, text } = status(kiosk);
  const isOn = sound.isOn();
  return html`<header class="bar"><span class="bar__site"><bdi>${kiosk.connection.about?.site_name ?? ''}</bdi></span><div class="bar__end">
    ${kiosk.waiting.count > 0 && html`<span class="waiting" title=${t('kiosk.waiting', { n: kiosk.waiting.count })}><${Icon} name="cloud-off" /><span aria-hidden="true">${kiosk.waiting.count}</span><span class="sr">${t('kiosk.waiting', { n: kiosk.waiting.count })}</span></span>`}
    <span class="status" data-kind=${kind}>${text}</span>
    <${IconButton} icon=${isOn ? 'volume-2' : 'volume-x'} label=${isOn ? t('kiosk.sound_off') : t('kiosk.sound_on')} onClick=${() => { sound.turn(!isOn); redraw(); }} />
    <${LanguageChoice} onChanged=${redraw} /></div></header>`;
}

export function Clock({ zone }) {
  const [, tick] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => tick((n) => n + 1), SECOND_MS);
    return () => clearInterval(timer);
  }, []);
  const at = now();
  const time = clock(at, zone);
  return html`<div class="clock"><time class="clock__time" datetime=${time}>${time}</time>
    <span class="clock__date">${new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long', timeZone: zone }).format(at)}</span></div>`;
}

function ready(kiosk) {
  const { camera, claim, connection: { about, isAway, isClosed, needsBadge, needsClaim, needsTurns } } = kiosk;
  if (isClosed) return { title: t('kiosk.closed'), text: t('kiosk.closed_text') };
  if (kiosk.marksNothing) return { title: t('kiosk.no.OUTSIDE_SITE'), text: t('kiosk.no.OUTSIDE_SITE_text') };
  if (['denied', 'missing'].includes(camera.state)) return { title: t(`kiosk.camera.${camera.state}`), text: t(`kiosk.camera.${camera.state}_text`) };
  const mustClaim = needsClaim && !claim.fields;
  if (isAway && (needsTurns || (mustClaim && needsBadge && !kiosk.badge.isPossible))) return { title: t('kiosk.away_turns'), text: t('kiosk.away_turns_text') };
  if (isAway && !mustClaim) return { title: t('kiosk.away'), text: t('kiosk.away_text') };
  if (claim.fields?.badge) return { title: t('kiosk.look'), text: t('kiosk.look_badge') };
  if (claim.fields?.user_id) return { title: t('kiosk.look'), text: t('kiosk.look_claim', { number: claim.fields.user_id }) };
  if (needsClaim) return { title: t(`kiosk.first_${about.identify_by}`), text: t('kiosk.first_text') };
  return { title: t('kiosk.look'), text: t('kiosk.look_text') };
}

export function Words({ kiosk, zone }) {
  const { phase, result } = kiosk.state;
  if (phase === 'ok') {
    const { title, text } = greeting(result, zone);
    return html`<div class="words" role="status" aria-live="assertive"><span class="mark" data-way=${result.direction}><${Icon} name=${result.direction === 'out' ? 'arrow-left' : 'arrow-right'} flip />${direction({ ...result, marked_at: result.at }, zone)}</span>
      <h1><bdi>${title}</bdi></h1><p>${text}</p><div class="drain" key=${result.at}></div></div>`;
  }
  if (phase === 'no') {
    const { title, text } = refusal(result.problem, zone, result.isByBadge || kiosk.connection.needsBadge);
    return html`<div class="words" role="status" aria-live="assertive"><span class="sign"><${Icon} name=${refusalIcon(result.problem)} /></span><h1>${title}</h1><p>${text}</p><div class="drain drain--long" key=${title}></div></div>`;
  }
  if (phase === 'kept') {
    return html`<div class="words" role="status" aria-live="assertive"><h1>${t('kiosk.kept')}</h1><p>${t('kiosk.kept_text', { time: clock(result.at, zone) })}</p><div class="drain" key=${result.at}></div></div>`;
  }
  if (phase === 'turns') return html`<${TurnWords} asked=${kiosk.turns.asked} />`;
  const { title, text } = phase === 'checking' ? { title: t('kiosk.checking'), text: '' } : ready(kiosk);
  return html`<div class="words"><h1>${title}</h1><p>${text}</p></div>`;
}

function TurnWords({ asked }) {
  if (!asked) return html`<div class="words"><h1>${t('kiosk.checking')}</h1><p></p></div>`;
  return html`<div class="words" role="status" aria-live="assertive"><h1>${t(instruction(asked))}</h1><p>${t('kiosk.turn.step', { n: Math.min(asked.step + 1, asked.steps), of: asked.steps })}</p></div>`;
}

function Acts({ kiosk }) {
  const { phase, result } = kiosk.state;
  const ways = WAYS.map(({ phase: way, WayButton }) => html`<${WayButton} kiosk=${kiosk} key=${way} />`);
  const undo = kiosk.marking.undoable && html`<${Button} kind="big quiet" icon="undo-2" onClick=${() => kiosk.marking.notMe()}>${t('kiosk.not_me')}<//>`;
  if (phase === 'ok' || phase === 'kept' || phase === 'checking') return html`<div class="acts">${undo}</div>`;
  if (phase === 'turns') return html`<div class="acts"><${Button} kind="big quiet" icon="arrow-left" onClick=${() => kiosk.turns.leave()}>${t('kiosk.back')}<//></div>`;
  if (phase === 'no') {
    const { code } = result.problem;
    const again = code !== 'NOT_ME' && !kiosk.connection.needsClaim && html`<${Button} kind="big primary" onClick=${() => kiosk.marking.tryAgain()}>${t('kiosk.again')}<//>`;
    return html`<div class="acts">${REFUSALS_WITHOUT_WAYS.includes(code) ? null : html`${again}${ways}`}</div>`;
  }
  const isIdle = kiosk.marksNothing || kiosk.camera.state !== 'on' || (kiosk.connection.isAway && kiosk.connection.needsTurns);
  if (isIdle) return html`<div class="acts"><${PinButton} kiosk=${kiosk} /></div>`;
  return html`<div class="acts">${undo}${kiosk.connection.isAway && (kiosk.claim.fields || !kiosk.connection.needsClaim) && html`<${Button} kind="big primary" icon="camera" onClick=${() => kiosk.marking.keepNow()}>${t('kiosk.keep')}<//>`}${!undo && ways}</div>`;
}
