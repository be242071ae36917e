// The screens of a kiosk.

import { html, useEffect, useRef, useState } from '/web/shared/preact.js';
import { Ring } from '/web/shared/charts.js';
import { clock } from '/web/shared/format.js';
import { locale, t } from '/web/shared/messages.js';
import { Button, Icon, IconButton, LanguageChoice } from '/web/shared/parts.js';
import { now } from './clock.js';
import { Keypad, Pairing } from './entry.js';
import * as sound from './sound.js';
import { direction, greeting, hintIcon, refusal, refusalIcon } from './words.js';

const SECOND_MS = 1000;
const REFUSALS_WITHOUT_NUMBER = ['TOO_SOON', 'DAILY_LIMIT_REACHED', 'FULL', 'RATE_LIMITED'];

/** The whole kiosk. */
export function Screen({ kiosk, redraw }) {
  const zone = kiosk.about?.time_zone ?? 'UTC';
  useEffect(() => {
    document.body.dataset.state = { ok: 'ok', kept: 'wait', no: 'wait' }[kiosk.phase] ?? 'ready';
    document.body.classList.toggle('lamp', kiosk.lamp);
  });
  useEffect(() => { document.title = `${kiosk.about?.site_name ?? 'Rollcall'} – Rollcall`; }, [kiosk.about?.site_name]);
  if (kiosk.phase === 'start') return null;
  if (kiosk.phase === 'insecure') return html`<${Notice} redraw=${redraw} icon="lock" title=${t('kiosk.camera.insecure')} text=${t('kiosk.camera.insecure_text', { address: `https://${location.host}/kiosk` })} />`;
  if (kiosk.phase === 'no_storage') return html`<${Notice} redraw=${redraw} icon="database" title=${t('kiosk.no_storage')} text=${t('kiosk.no_storage_text')} />`;
  if (kiosk.phase === 'pair') return html`<${Pairing} kiosk=${kiosk} redraw=${redraw} />`;
  return html`<main class="kiosk" inert=${kiosk.phase === 'number'} onClick=${(event) => { sound.unlock(); if (!event.target.closest('button, label')) kiosk.endResult(); }}>
    <${Bar} kiosk=${kiosk} redraw=${redraw} />
    ${!kiosk.result && html`<${Clock} zone=${zone} />`}
    <${Portal} kiosk=${kiosk} />
    <${Words} kiosk=${kiosk} zone=${zone} />
    <${Acts} kiosk=${kiosk} />
  </main>${kiosk.phase === 'number' && html`<${Keypad} kiosk=${kiosk} />`}`;
}

function Notice({ icon, title, text, redraw }) {
  return html`<main class="kiosk kiosk--notice"><header class="bar"><div class="bar__end"><${LanguageChoice} onChanged=${redraw} /></div></header>
    <div class="words"><span class="sign"><${Icon} name=${icon} /></span><h1>${title}</h1><p>${text}</p></div></main>`;
}

function status(kiosk) {
  if (kiosk.isAway) return { kind: 'offline', text: t('kiosk.status.away') };
  if (kiosk.isClosed) return { kind: 'offline', text: t('kiosk.status.closed') };
  if (kiosk.camera.state !== 'on') return { kind: 'offline', text: t('kiosk.status.no_camera') };
  return { kind: 'ready', text: t('kiosk.status.ready') };
}

function Bar({ kiosk, redraw }) {
  const { kind, text } = status(kiosk);
  const isOn = sound.isOn();
  return html`<header class="bar"><span class="bar__site"><bdi>${kiosk.about?.site_name ?? ''}</bdi></span><div class="bar__end">
    ${kiosk.waitingCount > 0 && html`<span class="waiting" title=${t('kiosk.waiting', { n: kiosk.waitingCount })}><${Icon} name="cloud-off" /><span aria-hidden="true">${kiosk.waitingCount}</span><span class="sr">${t('kiosk.waiting', { n: kiosk.waitingCount })}</span></span>`}
    <span class="status" data-kind=${kind}>${text}</span>
    <${IconButton} icon=${isOn ? 'volume-2' : 'volume-x'} label=${isOn ? t('kiosk.sound_off') : t('kiosk.sound_on')} onClick=${() => { sound.turn(!isOn); redraw(); }} />
    <${LanguageChoice} onChanged=${redraw} /></div></header>`;
}

function Clock({ zone }) {
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

function share(kiosk) {
  if (kiosk.phase === 'ok' || kiosk.phase === 'kept') return 1;
  if (kiosk.phase === 'checking') return 0.85;
  if (kiosk.phase === 'no') return 0.3;
  if (!kiosk.watch.face || !kiosk.watch.armed) return 0;
  return 0.3 + 0.25 * Math.min(2, kiosk.watch.goods.length);
}

/** The mirror. It stays in the page while it is covered, since a video that is taken out stops. */
function Portal({ kiosk }) {
  const view = useRef(null);
  useEffect(() => { view.current.append(kiosk.camera.video); }, []);
  const { phase, watch } = kiosk;
  const covered = phase === 'ok' || phase === 'kept';
  const hint = phase === 'ready' && watch.armed ? watch.hint : null;
  const stays = phase === 'ready' && !watch.armed && watch.face;
  return html`<div class="portal"><div class="portal__in"><${Ring} share=${share(kiosk)} wait=${phase === 'no'} />
    <div class=${`portal__view${covered ? ' is-covered' : ''}`} ref=${view} role="img" aria-label=${t('kiosk.mirror')}></div>
    ${covered && html`<div class="portal__mid"><div class=${`badge${phase === 'kept' ? ' badge--wait' : ''}`}><${Icon} name=${phase === 'kept' ? 'cloud-off' : 'check'} /></div></div>`}
    <p class=${`hint${hint || stays ? '' : ' is-empty'}`} role="status" aria-live="polite">${hint ? html`<${Icon} name=${hintIcon(hint)} />${t(`kiosk.hint.${hint}`)}` : stays && t('kiosk.stays')}</p></div></div>`;
}

function ready(kiosk) {
  const { camera, about, isAway, claim } = kiosk;
  if (about?.active === false) return { title: t('kiosk.closed'), text: t('kiosk.closed_text') };
  if (kiosk.isClosed) return { title: t('kiosk.closed'), text: t('kiosk.turns_text') };
  if (['denied', 'missing'].includes(camera.state)) return { title: t(`kiosk.camera.${camera.state}`), text: t(`kiosk.camera.${camera.state}_text`) };
  if (isAway) return { title: t('kiosk.away'), text: t('kiosk.away_text') };
  if (claim) return { title: t('kiosk.look'), text: t('kiosk.look_claim', { number: claim }) };
  return { title: t('kiosk.look'), text: t('kiosk.look_text') };
}

function Words({ kiosk, zone }) {
  const { phase, result } = kiosk;
  if (phase === 'ok') {
    const { title, text } = greeting(result, zone);
    return html`<div class="words" role="status" aria-live="assertive"><span class="mark" data-way=${result.direction}><${Icon} name=${result.direction === 'out' ? 'arrow-left' : 'arrow-right'} flip />${direction({ ...result, marked_at: result.at }, zone)}</span>
      <h1><bdi>${title}</bdi></h1><p>${text}</p><div class="drain" key=${result.at}></div></div>`;
  }
  if (phase === 'no') {
    const { title, text } = refusal(result.problem, zone);
    return html`<div class="words" role="status" aria-live="assertive"><span class="sign"><${Icon} name=${refusalIcon(result.problem)} /></span><h1>${title}</h1><p>${text}</p><div class="drain drain--long" key=${title}></div></div>`;
  }
  if (phase === 'kept') {
    return html`<div class="words" role="status" aria-live="assertive"><h1>${t('kiosk.kept')}</h1><p>${t('kiosk.kept_text', { time: clock(result.at, zone) })}</p><div class="drain" key=${result.at}></div></div>`;
  }
  const { title, text } = phase === 'checking' ? { title: t('kiosk.checking'), text: '' } : ready(kiosk);
  return html`<div class="words"><h1>${title}</h1><p>${text}</p></div>`;
}

function Acts({ kiosk }) {
  const { phase, result } = kiosk;
  const number = html`<${Button} kind="big" icon="keyboard" onClick=${() => { sound.unlock(); kiosk.askNumber(); }}>${t('kiosk.number')}<//>`;
  const undo = kiosk.undoable && html`<${Button} kind="big quiet" icon="undo-2" onClick=${() => kiosk.notMe()}>${t('kiosk.not_me')}<//>`;
  if (phase === 'ok' || phase === 'kept' || phase === 'checking') return html`<div class="acts">${undo}</div>`;
  if (phase === 'no') {
    const { code } = result.problem;
    const again = code !== 'NOT_ME' && html`<${Button} kind="big primary" onClick=${() => kiosk.tryAgain()}>${t('kiosk.again')}<//>`;
    return html`<div class="acts">${REFUSALS_WITHOUT_NUMBER.includes(code) ? null : html`${again}${number}`}</div>`;
  }
  if (kiosk.isClosed || kiosk.camera.state !== 'on') return html`<div class="acts"></div>`;
  return html`<div class="acts">${undo}${kiosk.isAway && html`<${Button} kind="big primary" icon="camera" onClick=${() => kiosk.keepNow()}>${t('kiosk.keep')}<//>`}${!undo && number}</div>`;
}
