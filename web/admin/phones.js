// The phones of a person: the link that sets one up, their last sign of life, revocation.

import { html, useEffect, useState } from '/web/shared/preact.js';
import { get, post, remove } from '/web/shared/api.js';
import { ago, day, moment } from '/web/shared/format.js';
import { t } from '/web/shared/messages.js';
import { Bones, Button, Icon, IconButton, Note, SelectField, TextField, Trouble, useAction, useLoaded, words } from '/web/shared/parts.js';
import { Confirm, Dialog, notify } from '/web/shared/panels.js';

/** The same as PhoneLinks.MOST_PHONES in the service, which refuses more. */
const MOST = 3;
const EVERY = 3000;
const THIS_MACHINE = /^(localhost|127\.|\[::1\])/;

/** The link of a person that can still be used, or null. */
async function openLink(path) {
  try {
    return await get(`${path}/phone-link`);
  } catch (problem) {
    if (problem.code === 'PHONE_LINK_NOT_FOUND') return null;
    throw problem;
  }
}

/** Where phones reach the service: where this page was opened, or with a certificate of the service's own, its address in the network. */
async function origin() {
  if (!THIS_MACHINE.test(location.hostname)) return location.origin;
  const { addresses } = await get('/v1/trust');
  return addresses.length > 0 ? new URL(addresses[0].https).origin : location.origin;
}

export function Phones({ app, path, person }) {
  const id = encodeURIComponent(person.user_id);
  const list = useLoaded(() => get(`/v1/devices?state=active&limit=100&user_id=${id}`), [person.user_id, person.updated_at]);
  const link = useLoaded(async () => ({ open: await openLink(path) }), [path, person.updated_at]);
  const [site, setSite] = useState('default');
  const [made, setMade] = useState(null);
  const [doomed, setDoomed] = useState(null);
  const { name } = person;
  const reload = () => { list.reload(); link.reload(); };
  const [make, busy, problem] = useAction(async () => setMade(await post(`${path}/phone-link`, { origin: await origin(), ...(person.site ? {} : { site }) })));
  const cancel = async () => { await remove(`${path}/phone-link`).catch(() => {}); reload(); };
  const phones = list.data?.items ?? [];
  const isFull = phones.length >= MOST;
  return html`<section class="card"><header class="card__head"><h2>${t('phones.title')}</h2>${person.active && !isFull && html`<${Button} icon="smartphone" busy=${busy} onClick=${make}>${t('phones.link')}<//>`}</header>
    ${list.problem ? html`<div class="card--pad"><${Trouble} problem=${list.problem} retry=${reload} /></div>` : !list.data ? html`<${Bones} lines=${2} />` : html`<ul class="list">
      ${phones.map((phone) => html`<li class="item" key=${phone.id}><${Icon} name="smartphone" /><span class="item__text"><b><bdi>${phone.name}</bdi></b><small>${t('phones.since', { time: day(phone.created_at) })} · ${phone.last_seen_at ? t('phones.seen', { time: ago(phone.last_seen_at) }) : t('phones.never_seen')}</small></span>
        <${IconButton} icon="trash-2" label=${t('phones.revoke')} onClick=${() => setDoomed(phone)} /></li>`)}
      ${link.data?.open && html`<li class="item"><${Icon} name="link" /><span class="item__text">${t('phones.open', { time: moment(link.data.open.expires_at) })}</span><${IconButton} icon="x" label=${t('phones.cancel')} onClick=${cancel} /></li>`}
      ${phones.length === 0 && !link.data?.open && html`<li class="item muted">${t('phones.none', { name })}</li>`}</ul>
      ${isFull && html`<p class="card--pad small muted">${t('phones.full', { n: MOST })}</p>`}`}
    ${person.active && !isFull && !person.site && app.sites.length > 1 && html`<div class="card--pad"><${SelectField} label=${t('site')} value=${site} onValue=${setSite} options=${app.sites.map((one) => [one.site, one.name])} /></div>`}
    ${problem && html`<div class="card--pad"><${Note} kind="bad" icon="triangle-alert">${words(problem)}<//></div>`}
    ${made && html`<${NewLink} link=${made} path=${path} name=${name} onClose=${() => { setMade(null); reload(); }} />`}
    ${doomed && html`<${Confirm} title=${t('phones.revoke_title', { name })} text=${t('phones.revoke_text')} action=${t('do.revoke')} onClose=${() => setDoomed(null)} onDone=${async () => { await remove(`/v1/devices/${doomed.id}`); notify(t('phones.revoked')); reload(); }} />`}</section>`;
}

/** A link that was just made, until a phone has used it: only now it can be read. */
function NewLink({ link, path, name, onClose }) {
  const open = useLoaded(async () => ({ link: await openLink(path) }), [link.url], EVERY);
  const isUsed = open.data !== null && open.data.link?.created_at !== link.created_at;
  useEffect(() => {
    if (!isUsed) return;
    notify(t('phones.linked', { name }));
    onClose();
  }, [isUsed]);
  const copy = async () => { await navigator.clipboard.writeText(link.url); notify(t('do.copied')); };
  return html`<${Dialog} title=${t('phones.link_title', { name })} onClose=${onClose}>
    <p class="muted">${t('phones.scan', { name })}</p>
    ${THIS_MACHINE.test(new URL(link.url).hostname) && html`<${Note} kind="wait" icon="triangle-alert">${t('phones.localhost')}<//>`}
    <img class="qr" src=${`data:image/svg+xml,${encodeURIComponent(link.qr)}`} alt=${t('phones.qr')} width="240" height="240" />
    <${TextField} label=${t('phones.address')} value=${link.url} readonly dir="ltr" onValue=${() => {}} onFocus=${(event) => event.currentTarget.select()} />
    <div class="row row--apart"><span class="small muted">${t('phones.until', { time: moment(link.expires_at) })}</span>${navigator.clipboard && html`<${Button} icon="copy" kind="primary" onClick=${copy}>${t('phones.copy')}<//>`}</div><//>`;
}
