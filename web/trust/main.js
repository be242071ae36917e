// The page for devices that don't trust the service's certificate yet. It works over plain HTTP and has nothing secret.

import { html, render, useEffect, useState } from '/web/shared/preact.js';
import { get } from '/web/shared/api.js';
import { has, startMessages, t } from '/web/shared/messages.js';
import { Bones, Icon, LanguageChoice, Note, Segments, SelectField, Trouble, useLoaded } from '/web/shared/parts.js';

const SYSTEMS = ['ipad', 'android', 'windows', 'macos', 'linux'];
const FILES = { ipad: 'rollcall-authority.mobileconfig', android: 'rollcall-authority.crt', windows: 'rollcall-authority.crt', macos: 'rollcall-authority.crt', linux: 'rollcall-authority.crt' };

/** The system of this browser, as it says; an iPad says that it is a Mac, and has a touch screen. */
function ownSystem() {
  const agent = navigator.userAgent;
  if (/iPad|iPhone/.test(agent) || (/Macintosh/.test(agent) && navigator.maxTouchPoints > 1)) return 'ipad';
  return [['Android', 'android'], ['Macintosh', 'macos'], ['Linux', 'linux']].find(([name]) => agent.includes(name))?.[1] ?? 'windows';
}

function Page() {
  const { data, problem, reload } = useLoaded(() => get('/v1/trust'), []);
  const [, redraw] = useState(0);
  useEffect(() => { document.title = `${t('trust.title')} · Rollcall`; });
  return html`<main class="trust"><div class="trust__top"><b>Rollcall</b><${LanguageChoice} onChanged=${() => redraw((n) => n + 1)} /></div>
    <h1>${t('trust.title')}</h1>
    ${problem ? html`<${Trouble} problem=${problem} retry=${reload} />` : !data ? html`<${Bones} />` : data.authority ? html`<${Trust} data=${data} />` : html`<${Note} icon="info">${t('trust.off')}<//>`}</main>`;
}

function Trust({ data }) {
  const [system, setSystem] = useState(ownSystem);
  const mine = data.addresses.find((address) => address.host === location.hostname) ?? data.addresses[0];
  const steps = Array.from({ length: 9 }, (_, i) => `trust.${system}.${i + 1}`).filter(has);
  const words = { name: data.authority.name };
  return html`<p>${t('trust.why')}</p>
    <section class="trust__card"><h2>${t('trust.this_device')}</h2>
      <${Segments} label=${t('trust.system')} value=${system} onValue=${setSystem} options=${SYSTEMS.map((name) => [name, t(`trust.system.${name}`)])} />
      <div class="trust__buttons"><a class="btn btn--primary" href=${`/trust/${FILES[system]}`}><${Icon} name="download" />${t('trust.get')}</a></div>
      <ol class="trust__steps">${steps.map((key) => html`<li key=${key}>${t(key, words)}</li>`)}</ol>
      ${mine && html`<p>${t('trust.then')}</p><div class="trust__buttons">${['kiosk', 'admin'].map((page) => html`<a class="btn" href=${mine.https + page} key=${page}><bdi>${mine.https + page}</bdi></a>`)}</div>`}</section>
    <section class="trust__card"><h2>${t('trust.fingerprint')}</h2><p class="muted small">${t('trust.compare')}</p><p class="trust__code"><bdi><${Fingerprint} text=${data.authority.fingerprint} /></bdi></p>
      <p class="small"><a href="/trust/rollcall-authority.crt">rollcall-authority.crt</a> · <a href="/trust/rollcall-authority.pem">rollcall-authority.pem</a></p></section>
    <${OtherDevice} addresses=${data.addresses} first=${mine} />`;
}

/** Pairs of digits, between which a line may break. */
function Fingerprint({ text }) {
  return text.split(/(?<=:)/).map((pair) => html`${pair}<wbr />`);
}

/** The address of this page as a QR code, for the camera of another device. */
function OtherDevice({ addresses, first }) {
  const [host, setHost] = useState(first?.host);
  const shown = addresses.find((address) => address.host === host) ?? first;
  if (!shown) return html`<${Note} kind="wait" icon="triangle-alert">${t('trust.no_address')}<//>`;
  return html`<section class="trust__card"><h2>${t('trust.other_device')}</h2><div class="trust__qr"><img src=${shown.qr} alt=${t('trust.qr', { address: shown.trust_page })} width="192" height="192" />
    <div><p>${t('trust.scan')}</p><p class="trust__code"><bdi>${shown.trust_page}</bdi></p>
      ${addresses.length > 1 && html`<${SelectField} label=${t('trust.other_address')} value=${shown.host} onValue=${setHost} options=${addresses.map((address) => [address.host, address.host])} />`}</div></div></section>`;
}

await startMessages('trust');
render(html`<${Page} />`, document.getElementById('app'));
