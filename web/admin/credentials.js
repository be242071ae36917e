// A person's badge and PIN, in the drawer of the person.

import { html, useEffect, useRef, useState } from '/web/shared/preact.js';
import { get, put, remove } from '/web/shared/api.js';
import { moment } from '/web/shared/format.js';
import { t } from '/web/shared/messages.js';
import { Bones, Button, Icon, IconButton, Note, TextField, Trouble, useAction, useLoaded, words } from '/web/shared/parts.js';
import { Confirm, notify } from '/web/shared/panels.js';
import { to } from './place.js';

export default function Credentials({ path, id }) {
  const known = useLoaded(() => get(`${path}/credentials`), [path]);
  const [sets, setSets] = useState(false);
  const [removes, setRemoves] = useState(false);
  const since = (time) => (time ? t('credentials.badge_since', { time: moment(time) }) : t('credentials.none'));
  if (known.problem) return html`<${Trouble} problem=${known.problem} retry=${known.reload} />`;
  return html`<section class="card"><header class="card__head"><h2>${t('credentials.title')}</h2></header>
    ${!known.data ? html`<${Bones} lines=${2} />` : html`<ul class="list">
      <li class="item"><${Icon} name="id-card" /><span class="item__text"><b>${t('credentials.badge')}</b><small>${since(known.data.badge_issued_at)}</small></span>
        <a class="btn" href=${to('badges', [], { person: id })}>${t('credentials.print')}</a></li>
      <li class="item"><${Icon} name="lock" /><span class="item__text"><b>${t('credentials.pin')}</b><small>${since(known.data.pin_set_at)}</small></span>
        <${Button} onClick=${() => setSets(!sets)} aria-expanded=${sets ? 'true' : 'false'}>${t(known.data.pin_set_at ? 'credentials.pin_change' : 'credentials.pin_set')}<//>
        ${known.data.pin_set_at && html`<${IconButton} icon="trash-2" label=${t('credentials.pin_remove_title')} onClick=${() => setRemoves(true)} />`}</li></ul>
      ${sets && html`<${NewPin} path=${path} onSet=${known.reload} onDone=${() => setSets(false)} />`}`}
    ${removes && html`<${Confirm} title=${t('credentials.pin_remove_title')} text=${t('credentials.pin_remove_text')} action=${t('do.remove')} onClose=${() => setRemoves(false)}
      onDone=${async () => { await remove(`${path}/credentials/pin`); setSets(false); known.reload(); }} />`}</section>`;
}

/** A PIN that somebody types, or one that the service makes, which is shown once. */
function NewPin({ path, onSet, onDone }) {
  const [typed, setTyped] = useState('');
  const [made, setMade] = useState(null);
  const place = useRef(null);
  useEffect(() => {
    place.current.scrollIntoView({ block: 'center' });
    place.current.querySelector('input, button').focus();
  }, [made]);
  const [send, busy, problem] = useAction(async () => {
    const set = await put(`${path}/credentials/pin`, typed ? { pin: typed } : {});
    setMade(set.pin);
    onSet();
    if (set.pin) return;
    notify(t('credentials.pin_done'));
    onDone();
  });
  if (made) return html`<div class="card--pad stack stack--s" role="status" ref=${place}><${Note} icon="lock"><p>${t('credentials.pin_is')}</p><b class="pin mono num">${made}</b><p>${t('credentials.pin_once')}</p><//>
    <div class="row row--end"><${Button} onClick=${onDone}>${t('do.finish')}<//></div></div>`;
  return html`<form class="card--pad stack stack--s" autocomplete="off" ref=${place} onSubmit=${(event) => { event.preventDefault(); send(); }}>
    <${TextField} label=${t('credentials.pin')} hint=${t('credentials.pin_hint')} fault=${problem?.facts?.field === 'pin' || problem?.code === 'PIN_TOO_WEAK' ? words(problem) : ''} type="password" inputmode="numeric" maxlength="8" autocomplete="new-password" value=${typed} onValue=${(text) => setTyped(text.replace(/\D/g, ''))} />
    ${problem && problem.facts?.field !== 'pin' && problem.code !== 'PIN_TOO_WEAK' && html`<${Note} kind="bad">${words(problem)}<//>`}
    <div class="row row--end"><${Button} kind="primary" type="submit" busy=${busy}>${t(typed ? 'credentials.pin_save' : 'credentials.pin_make')}<//></div></form>`;
}
