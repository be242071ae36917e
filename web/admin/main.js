// The admin pages: who is signed in, which screen is shown, and the frame around it.

import { html, render, useCallback, useEffect, useRef, useState } from '/web/shared/preact.js';
import { all, onSignedOut, session as readSession, signOut } from '/web/shared/api.js';
import { startMessages, t } from '/web/shared/messages.js';
import { Bones, Icon, LanguageChoice, Trouble } from '/web/shared/parts.js';
import { Drawer } from '/web/shared/panels.js';
import { useCounts } from './counts.js';
import { to, where } from './place.js';

/** The screens by the first part of the address after #/: file, icon, and where the menu has them. */
const SCREENS = {
  overview: { file: 'overview.js', icon: 'layout-dashboard', place: 'main' },
  attendance: { file: 'attendance.js', icon: 'clock-3', place: 'main' },
  months: { file: 'months.js', icon: 'calendar', place: 'watch' },
  people: { file: 'people.js', icon: 'users', place: 'main' },
  approvals: { file: 'approvals.js', icon: 'circle-check', place: 'watch' },
  refused: { file: 'refused.js', icon: 'shield-x', place: 'watch' },
  alarms: { file: 'alarms.js', icon: 'shield-alert', place: 'watch' },
  kiosks: { file: 'kiosks.js', icon: 'tablet', place: 'set' },
  badges: { file: 'badges.js', icon: 'id-card', place: 'set' },
  keys: { file: 'keys.js', icon: 'key-round', place: 'set' },
  webhooks: { file: 'webhooks.js', icon: 'link', place: 'set' },
  sites: { file: 'sites.js', icon: 'building-2', place: 'set' },
  shifts: { file: 'shifts.js', icon: 'history', place: 'set' },
  try: { file: 'tryface.js', icon: 'scan-face', place: 'set' },
  settings: { file: 'settings.js', icon: 'settings', place: 'end' },
  health: { file: 'health.js', icon: 'heart-pulse', place: 'end' },
};
const FIRST = 'overview';

function App() {
  const [place, setPlace] = useState(() => where(FIRST));
  const [state, setState] = useState({ session: undefined, sites: [], problem: null });
  const [, redraw] = useState(0);
  const start = useCallback(async () => {
    try {
      const session = await readSession();
      setState({ session, sites: session ? await all('/v1/sites') : [], problem: null });
    } catch (problem) {
      setState((before) => ({ ...before, problem }));
    }
  }, []);
  useEffect(() => {
    const moved = () => setPlace(where(FIRST));
    addEventListener('hashchange', moved);
    onSignedOut(() => setState((before) => ({ ...before, session: null })));
    start();
    return () => removeEventListener('hashchange', moved);
  }, []);
  const shown = () => redraw((n) => n + 1);
  if (state.problem) return html`<div class="gate"><div class="gate__card"><${Trouble} problem=${state.problem} retry=${start} /></div></div>`;
  if (state.session === undefined) return html`<div class="gate"><div class="gate__card"><${Bones} /></div></div>`;
  if (place.name === 'setup') return html`<${Lazy} file="setup.js" place=${place} session=${state.session} onReady=${start} onLanguage=${shown} />`;
  if (!state.session) return html`<${Lazy} file="signin.js" onReady=${start} onLanguage=${shown} />`;
  return html`<${Shell} place=${place} app=${{ session: state.session, sites: state.sites, reloadSites: start }} onLanguage=${shown} onSignOut=${async () => { await signOut().catch(() => {}); setState((before) => ({ ...before, session: null })); }} />`;
}

/** A screen whose file is read when it is first shown. */
function Lazy({ file, ...rest }) {
  const [state, setState] = useState({ file: null, screen: null, problem: null });
  const load = () => import(`/web/admin/${file}`).then(
    (module) => setState({ file, screen: module.default, problem: null }),
    () => setState({ file, screen: null, problem: { code: 'OFFLINE' } }));
  useEffect(() => { load(); }, [file]);
  if (state.problem) return html`<${Trouble} problem=${state.problem} retry=${load} />`;
  return state.file === file && state.screen ? html`<${state.screen} ...${rest} />` : html`<${Bones} lines=${6} />`;
}

function Shell({ place, app, onLanguage, onSignOut }) {
  const [more, setMore] = useState(false);
  const [counts, recount] = useCounts();
  const main = useRef(null);
  const name = place.name in SCREENS ? place.name : FIRST;
  useEffect(() => {
    document.title = `${t(`nav.${name}`)} – Rollcall`;
    setMore(false);
    scrollTo(0, 0);
    if (document.activeElement !== document.body) main.current?.focus({ preventScroll: true });
  }, [name]);
  const link = (key, extra) => html`<a href=${to(key)} class=${extra} aria-current=${key === name ? 'page' : undefined} title=${t(`nav.${key}`)}><${Icon} name=${SCREENS[key].icon} /><span>${t(`nav.${key}`)}</span>
    ${counts[key] && html`<span class="count">${counts[key]}</span>`}</a>`;
  const links = (placed, extra = 'rare') => Object.keys(SCREENS).filter((key) => SCREENS[key].place === placed).map((key) => link(key, extra));
  const leave = html`<button type="button" class="rare" onClick=${onSignOut} title=${t('nav.sign_out')}><${Icon} name="log-out" flip /><span>${t('nav.sign_out')}</span></button>`;
  return html`<div class="shell">
    <a class="skip" href="#main" onClick=${(event) => { event.preventDefault(); main.current.focus(); }}>${t('nav.skip')}</a>
    <nav class="nav" aria-label=${t('nav.label')}>
      <div class="brand"><i><${Icon} name="check" /></i><span>Rollcall</span></div>
      ${links('main', '')}
      <div class="group rare">${t('nav.group.watch')}</div>${links('watch')}
      <div class="group rare">${t('nav.group.set')}</div>${links('set')}
      <div class="push"></div>${links('end')}${leave}<${LanguageChoice} onChanged=${onLanguage} />
      <button type="button" class="more" aria-expanded=${more ? 'true' : 'false'} onClick=${() => setMore(true)}><${Icon} name="ellipsis" /><span>${t('nav.more')}</span></button>
    </nav>
    <main class="page" id="main" tabindex="-1" ref=${main}><${Lazy} file=${SCREENS[name].file} key=${name} app=${{ ...app, recount }} place=${place} /></main>
    ${more && html`<${Drawer} title=${t('nav.more')} onClose=${() => setMore(false)}><ul class="list">
      ${Object.keys(SCREENS).filter((key) => SCREENS[key].place !== 'main').map((key) => html`<li><a class="item" href=${to(key)}><${Icon} name=${SCREENS[key].icon} /><span class="item__text">${t(`nav.${key}`)}</span>
        ${counts[key] && html`<span class="tag tag--wait">${counts[key]}</span>`}</a></li>`)}
      <li><button type="button" class="item btn--quiet btn--wide" onClick=${onSignOut}><${Icon} name="log-out" flip /><span>${t('nav.sign_out')}</span></button></li></ul>
      <${LanguageChoice} onChanged=${onLanguage} /><//>`}
  </div>`;
}

// The first screen's file is read beside the sentences and the session, not after them.
import(`/web/admin/${(SCREENS[where(FIRST).name] ?? SCREENS[FIRST]).file}`).catch(() => {});
await startMessages('admin');
render(html`<${App} />`, document.getElementById('app'));
