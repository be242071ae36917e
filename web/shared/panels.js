// What lies over a page: dialogs, drawers, short notices.

import { html, render, useEffect, useRef, useState } from './preact.js';
import { t } from './messages.js';
import { Button, Icon, IconButton, Note, TextField, words } from './parts.js';

/** A <dialog> that is open as long as it is there; Escape and a click beside it close it. */
function Panel({ kind, title, onClose, foot, children }) {
  const element = useRef(null);
  useEffect(() => {
    const before = document.activeElement;
    const dialog = element.current;
    dialog.showModal();
    // While it is open, nothing behind it takes the focus.
    return () => { dialog.close(); before?.focus?.(); };
  }, []);
  // What had the focus may have gone with the last change, such as a form that was sent: then the panel takes it.
  useEffect(() => { if (document.activeElement === document.body) element.current.focus(); });
  const beside = (event) => { if (event.target === element.current) onClose(); };
  return html`<dialog class=${kind} tabindex="-1" ref=${element} aria-label=${title} onCancel=${(event) => { event.preventDefault(); onClose(); }} onMouseDown=${beside}>
    <header class="panel__head"><h2>${title}</h2><${IconButton} icon="x" label=${t('do.close')} onClick=${onClose} /></header>
    <div class="panel__body">${children}</div>
    ${foot && html`<footer class="panel__foot">${foot}</footer>`}</dialog>`;
}

export const Drawer = ({ wide, ...rest }) => html`<${Panel} kind=${wide ? 'drawer drawer--wide' : 'drawer'} ...${rest} />`;
export const Dialog = ({ wide, ...rest }) => html`<${Panel} kind=${wide ? 'dialog dialog--wide' : 'dialog'} ...${rest} />`;

/** Asks before something that can't be undone; with `type`, that text must be typed. */
export function Confirm({ title, text, type, action, danger = true, onDone, onClose }) {
  const [typed, setTyped] = useState('');
  const [state, setState] = useState({ busy: false, problem: null });
  const run = async () => {
    setState({ busy: true, problem: null });
    try {
      await onDone();
      onClose();
    } catch (problem) {
      setState({ busy: false, problem });
    }
  };
  const foot = html`<${Button} onClick=${onClose}>${t('do.cancel')}<//><${Button} kind=${danger ? 'danger' : 'primary'} busy=${state.busy} disabled=${type !== undefined && typed.trim() !== type} onClick=${run}>${action}<//>`;
  return html`<${Dialog} title=${title} onClose=${onClose} foot=${foot}><p class="muted">${text}</p>
    ${type !== undefined && html`<${TextField} label=${t('confirm.type', { text: type })} value=${typed} onValue=${setTyped} autocomplete="off" spellcheck=${false} />`}
    ${state.problem && html`<${Note} kind="bad" icon="triangle-alert">${words(state.problem)}<//>`}<//>`;
}

let notices = [];
let number = 0;

function showNotices() {
  let place = document.getElementById('toasts');
  if (!place) {
    place = document.createElement('div');
    place.id = 'toasts';
    document.body.append(place);
  }
  render(html`<div class="toasts" role="status" aria-live="polite">${notices.map((notice) => html`<div class="toast" key=${notice.id}><${Icon} name="check" />${notice.text}</div>`)}</div>`, place);
}

/** Says for some seconds that something is done. */
export function notify(text) {
  const id = ++number;
  notices = [...notices, { id, text }];
  showNotices();
  setTimeout(() => { notices = notices.filter((notice) => notice.id !== id); showNotices(); }, 4000);
}
