// The keypad for a PIN, which shows dots alone.

import { html, useEffect, useRef, useState } from '/web/shared/preact.js';
import { t } from '/web/shared/messages.js';
import { Button, IconButton } from '/web/shared/parts.js';
import { DIGITS } from './entry.js';
import * as sound from './sound.js';

const LEAST_DIGITS = 4;
const MOST_DIGITS = 8;

export function PinButton({ kiosk }) {
  if (!kiosk.pin.isOffered) return null;
  return html`<${Button} kind="big" icon="lock" onClick=${() => { sound.unlock(); kiosk.pin.ask(); }}>${t(kiosk.pin.hasNumber ? 'kiosk.pin' : 'kiosk.pin_number')}<//>`;
}

export function PinPad({ kiosk }) {
  const [typed, setTyped] = useState('');
  const panel = useRef(null);
  const isAway = kiosk.connection.isAway;
  const type = (text) => { kiosk.pin.touched(); setTyped(text.slice(0, MOST_DIGITS)); };
  const enter = () => { if (typed.length >= LEAST_DIGITS && !isAway) kiosk.pin.enter(typed); };
  useEffect(() => { panel.current.querySelector('button').focus(); }, []);
  const keys = (event) => {
    if (event.key === 'Escape') kiosk.pin.leave();
    else if (/^\d$/.test(event.key)) type(typed + event.key);
    else if (event.key === 'Backspace') type(typed.slice(0, -1));
  };
  return html`<section class="keypad" role="dialog" aria-modal="true" aria-label=${t('kiosk.pin_title')} ref=${panel} onKeyDown=${keys}>
    <header class="bar"><${Button} kind="quiet" icon="arrow-left" onClick=${() => kiosk.pin.leave()}>${t('kiosk.back')}<//></header>
    <form class="keypad__in" autocomplete="off" onSubmit=${(event) => { event.preventDefault(); enter(); }}>
      <div class="words"><h2>${t('kiosk.pin_title')}</h2><p class="muted">${isAway ? t('kiosk.no.OFFLINE_PIN_text') : t('kiosk.pin_of', { number: kiosk.pin.userId })}</p></div>
      <output class="typed typed--dots" aria-live="polite" aria-label=${t('kiosk.pin_digits', { n: typed.length })}>${'•'.repeat(typed.length) || ' '}</output>
      <div class="keys">${DIGITS.map((digit) => html`<button type="button" class="btn" onClick=${() => type(typed + digit)}>${digit}</button>`)}
        <${IconButton} icon="delete" flip label=${t('kiosk.delete')} onClick=${() => type(typed.slice(0, -1))} />
        <button type="button" class="btn" onClick=${() => type(`${typed}0`)}>0</button>
        <button type="submit" class="btn btn--primary" disabled=${typed.length < LEAST_DIGITS || isAway}>${t('kiosk.ok')}</button></div></form></section>`;
}
