// What people type at a kiosk: the code that pairs it, and their number.

import { html, useEffect, useRef, useState } from '/web/shared/preact.js';
import { t } from '/web/shared/messages.js';
import { Button, Icon, IconButton, LanguageChoice, TextField, useAction, words } from '/web/shared/parts.js';
import * as sound from './sound.js';

const CODE_LENGTH = 6;
const MOST_CHARACTERS = 64;
export const DIGITS = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** The first screen of a tablet, and that of one whose key was revoked. */
export function Pairing({ kiosk, redraw }) {
  const [code, setCode] = useState('');
  const [pair, busy, problem] = useAction(() => kiosk.pairing.pair(code));
  const form = useRef(null);
  useEffect(() => form.current.querySelector('input').focus(), []);
  const plain = code.replace(/[\s-]/g, '');
  const submit = (event) => {
    event.preventDefault();
    sound.unlock();
    if (plain.length === CODE_LENGTH) pair();
  };
  return html`<main class="kiosk kiosk--notice"><header class="bar"><span class="bar__site">Rollcall</span><div class="bar__end"><${LanguageChoice} onChanged=${redraw} /></div></header>
    <form class="words pairing" ref=${form} onSubmit=${submit}>
      <span class=${`sign${kiosk.pairing.wasPaired ? '' : ' sign--ok'}`}><${Icon} name=${kiosk.pairing.wasPaired ? 'shield-alert' : 'tablet'} /></span>
      <h1>${kiosk.pairing.wasPaired ? t('kiosk.pair.again') : t('kiosk.pair.title')}</h1>
      <p>${kiosk.pairing.wasPaired ? t('kiosk.pair.again_text') : t('kiosk.pair.text')}</p>
      <${TextField} label=${t('kiosk.pair.code')} fault=${problem && words(problem)} value=${code} onValue=${setCode} class="input input--code" maxlength="9" autocomplete="off" autocapitalize="characters" spellcheck=${false} enterkeyhint="done" />
      <button type="submit" class="btn btn--big btn--primary btn--wide" disabled=${busy || plain.length !== CODE_LENGTH}>${busy && html`<${Icon} name="loader-circle" spin />`}${t('kiosk.pair.do')}</button>
    </form></main>`;
}

export function NumberButton({ kiosk }) {
  if (kiosk.connection.needsBadge) return null;
  return html`<${Button} kind="big" icon="keyboard" onClick=${() => { sound.unlock(); kiosk.number.ask(); }}>${t('kiosk.number')}<//>`;
}

/** The keypad for a number, or a field for one with letters. */
export function Keypad({ kiosk }) {
  const [typed, setTyped] = useState('');
  const [letters, setLetters] = useState(false);
  const panel = useRef(null);
  const type = (text) => { kiosk.number.touched(); setTyped(text.slice(0, MOST_CHARACTERS)); };
  const enter = () => { if (typed.trim()) kiosk.number.enter(typed.trim()); };
  useEffect(() => { panel.current.querySelector(letters ? 'input' : 'button').focus(); }, [letters]);
  const keys = (event) => {
    if (event.key === 'Escape') kiosk.number.leave();
    else if (letters) kiosk.number.touched();
    else if (/^\d$/.test(event.key)) type(typed + event.key);
    else if (event.key === 'Backspace') type(typed.slice(0, -1));
  };
  return html`<section class="keypad" role="dialog" aria-modal="true" aria-label=${t('kiosk.number_title')} ref=${panel} onKeyDown=${keys}>
    <header class="bar"><${Button} kind="quiet" icon="arrow-left" onClick=${() => kiosk.number.leave()}>${t('kiosk.back')}<//><div class="bar__end">
      <${Button} kind="quiet" onClick=${() => { kiosk.number.touched(); setLetters(!letters); }}>${letters ? '123' : 'ABC'}<//></div></header>
    <form class="keypad__in" onSubmit=${(event) => { event.preventDefault(); enter(); }}>
      <h2>${t('kiosk.number_title')}</h2>
      ${letters ? html`<input class="input typed" aria-label=${t('kiosk.number_title')} value=${typed} maxlength=${MOST_CHARACTERS} autocomplete="off" autocapitalize="none" spellcheck=${false} enterkeyhint="go" onInput=${(event) => type(event.currentTarget.value)} />
          <button type="submit" class="btn btn--big btn--primary" disabled=${!typed.trim()}>${t('kiosk.ok')}</button>`
        : html`<output class="typed" aria-live="polite"><bdi>${typed || ' '}</bdi></output>
          <div class="keys">${DIGITS.map((digit) => html`<button type="button" class="btn" onClick=${() => type(typed + digit)}>${digit}</button>`)}
            <${IconButton} icon="delete" flip label=${t('kiosk.delete')} onClick=${() => type(typed.slice(0, -1))} />
            <button type="button" class="btn" onClick=${() => type(`${typed}0`)}>0</button>
            <button type="submit" class="btn btn--primary" disabled=${!typed}>${t('kiosk.ok')}</button></div>`}
    </form></section>`;
}
