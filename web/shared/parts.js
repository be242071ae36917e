// Small components of all pages, and what they use to load.

import { html, useCallback, useEffect, useRef, useState } from './preact.js';
import { initials } from './format.js';
import { has, language, languages, setLanguage, t } from './messages.js';

const SPRITE = '/web/shared/icons.svg#';

/** An icon, which says nothing to screen readers; `flip` turns it in languages from right to left. */
export function Icon({ name, flip, spin, direction }) {
  const names = ['icon', flip && 'flip', spin && 'spin', direction].filter(Boolean).join(' ');
  return html`<svg class=${names} viewBox="0 0 24 24" aria-hidden="true"><use href=${SPRITE + name} /></svg>`;
}

export function Tag({ kind, icon, flip, children }) {
  return html`<span class=${`tag${kind ? ` tag--${kind}` : ''}`}>${icon && html`<${Icon} name=${icon} flip=${flip} />`}${children}</span>`;
}

/** A person's initials, name and number. */
export function Who({ name, id, onOpen }) {
  const shown = name ?? t('people.erased');
  return html`<div class="who"><span class="ini" aria-hidden="true">${initials(shown)}</span><div>
    ${onOpen ? html`<button type="button" class="link" onClick=${onOpen}><bdi>${shown}</bdi></button>` : html`<b><bdi>${shown}</bdi></b>`}
    <small><bdi>${id}</bdi></small></div></div>`;
}

export function Button({ kind, icon, busy, children, ...rest }) {
  return html`<button type="button" class=${['btn', ...(kind ?? '').split(' ').filter(Boolean).map((one) => `btn--${one}`)].join(' ')} disabled=${busy || rest.disabled} ...${rest}>
    ${busy ? html`<${Icon} name="loader-circle" spin />` : icon && html`<${Icon} name=${icon} />`}${children}</button>`;
}

/** A button that is an icon alone. */
export function IconButton({ icon, label, flip, ...rest }) {
  return html`<button type="button" class="btn btn--icon" aria-label=${label} title=${label} ...${rest}><${Icon} name=${icon} flip=${flip} /></button>`;
}

let fields = 0;

/** A field with its label, an explanation and what is wrong with it. */
export function Field({ label, hint, fault, children }) {
  const id = useRef(null);
  id.current ??= `field-${++fields}`;
  const described = fault || hint ? `${id.current}-about` : undefined;
  return html`<div class="field"><label for=${id.current}>${label}</label>${children({ id: id.current, 'aria-describedby': described, 'aria-invalid': fault ? 'true' : undefined })}
    ${fault ? html`<span class="fault" id=${described}><${Icon} name="circle-alert" />${fault}</span>` : hint && html`<small id=${described}>${hint}</small>`}</div>`;
}

/** A field of text; `onValue` gets the text. */
export function TextField({ label, hint, fault, value, onValue, ...rest }) {
  return html`<${Field} label=${label} hint=${hint} fault=${fault}>${(own) => html`<input class="input" value=${value} onInput=${(event) => onValue(event.currentTarget.value)} ...${own} ...${rest} />`}<//>`;
}

/** A field of choices, [value, text] each. */
export function SelectField({ label, hint, value, options, onValue, ...rest }) {
  return html`<${Field} label=${label} hint=${hint}>${(own) => html`<select class="input" value=${value} onChange=${(event) => onValue(event.currentTarget.value)} ...${own} ...${rest}>
    ${options.map(([code, text]) => html`<option value=${code} selected=${code === value}>${text}</option>`)}</select>`}<//>`;
}

export function Check({ label, checked, onValue, ...rest }) {
  return html`<label class="check"><input type="checkbox" checked=${checked} onChange=${(event) => onValue(event.currentTarget.checked)} ...${rest} /><span>${label}</span></label>`;
}

/** Choices of which one is pressed, [value, text] each. */
export function Segments({ label, value, options, onValue }) {
  return html`<div class="seg" role="group" aria-label=${label}>${options.map(([code, text]) => html`<button type="button" aria-pressed=${code === value ? 'true' : 'false'} onClick=${() => onValue(code)}>${text}</button>`)}</div>`;
}

export function Search({ label, value, onValue }) {
  return html`<div class="search"><${Icon} name="search" /><input type="search" placeholder=${label} aria-label=${label} value=${value} onInput=${(event) => onValue(event.currentTarget.value)} /></div>`;
}

export function Note({ kind, icon = 'info', children }) {
  return html`<div class=${`note${kind ? ` note--${kind}` : ''}`} role=${kind === 'bad' ? 'alert' : undefined}><${Icon} name=${icon} /><div>${children}</div></div>`;
}

/** An empty list: what it is for, and what to do first. */
export function Empty({ icon, title, text, children }) {
  return html`<div class="empty"><${Icon} name=${icon} /><h2>${title}</h2>${text && html`<p>${text}</p>`}${children}</div>`;
}

/** Lines in place of what is being loaded. */
export function Bones({ lines = 4 }) {
  return html`<div class="stack card--pad" role="status" aria-label=${t('load.wait')}>${Array.from({ length: lines }, (_, i) => html`<span class="bone" style=${{ inlineSize: `${90 - ((i * 23) % 40)}%` }}></span>`)}</div>`;
}

/** What to say about a problem: the service's own sentence, or the page's. */
export function words(problem) {
  if (problem?.code && has(`problem.${problem.code}`)) return t(`problem.${problem.code}`);
  return problem?.facts?.message ?? problem?.message ?? t('problem.INTERNAL');
}

export function Trouble({ problem, retry }) {
  return html`<${Note} kind="bad" icon="triangle-alert"><p>${words(problem)}</p>${retry && html`<p><button class="btn" type="button" onClick=${retry}>${t('do.retry')}</button></p>`}<//>`;
}

export function LanguageChoice({ onChanged }) {
  return html`<label class="lang"><${Icon} name="languages" /><span class="sr">${t('language')}</span><select value=${language} onChange=${async (event) => { await setLanguage(event.currentTarget.value); onChanged(); }}>
    ${Object.entries(languages).map(([code, name]) => html`<option value=${code} lang=${code} selected=${code === language}>${name}</option>`)}</select></label>`;
}

/**
 * Loads something, and again when `keys` change, and every `every` milliseconds while the page is visible. Answers {data, problem,
 * reload}; `data` stays while it is loaded again.
 */
export function useLoaded(load, keys, every = 0) {
  const [state, setState] = useState({ data: null, problem: null });
  const turn = useRef(0);
  const running = useRef(0);
  const reload = useCallback(async () => {
    const mine = ++turn.current;
    running.current += 1;
    try {
      const data = await load();
      if (mine === turn.current && data !== undefined) setState({ data, problem: null });
    } catch (problem) {
      if (mine === turn.current) setState((before) => ({ ...before, problem }));
    } finally {
      running.current -= 1;
    }
  }, keys);
  useEffect(() => {
    setState({ data: null, problem: null });
    reload();
    return () => { turn.current += 1; };
  }, keys);
  useEffect(() => {
    if (!every) return undefined;
    // While it is being loaded it isn't loaded again: a slow network would never come to an end.
    const shown = () => { if (!document.hidden && running.current === 0) reload(); };
    const timer = setInterval(shown, every);
    document.addEventListener('visibilitychange', shown);
    return () => { clearInterval(timer); document.removeEventListener('visibilitychange', shown); };
  }, [reload, every]);
  return { ...state, reload };
}

/** A value that follows another one when that has stayed for some milliseconds. */
export function useSettled(value, ms = 250) {
  const [settled, setSettled] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), ms);
    return () => clearTimeout(timer);
  }, [value, ms]);
  return settled;
}

/** An action with its state: [run, busy, problem]. */
export function useAction(action) {
  const [state, setState] = useState({ busy: false, problem: null });
  const run = async (...values) => {
    setState({ busy: true, problem: null });
    try {
      const result = await action(...values);
      setState({ busy: false, problem: null });
      return result;
    } catch (problem) {
      setState({ busy: false, problem });
      return undefined;
    }
  };
  return [run, state.busy, state.problem];
}
