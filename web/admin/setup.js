// The set-up of a new service, in four steps: language and site, sign-in, tablets, the first person. It goes on where it stopped.

import { html, useEffect, useState } from '/web/shared/preact.js';
import { get, keep, patch, post, put } from '/web/shared/api.js';
import { clock } from '/web/shared/format.js';
import { t } from '/web/shared/messages.js';
import { Bones, Button, Icon, LanguageChoice, Note, SelectField, TextField, useAction, useLoaded, words } from '/web/shared/parts.js';
import Enroll from './enroll.js';
import { Secret } from './keys.js';
import { go } from './place.js';
import { ZONES } from './sites.js';

const STEPS = 4;
const DONE = 5;

export default function SetUp({ place, session, onReady, onLanguage }) {
  const token = place.rest[0];
  const [problem, setProblem] = useState(null);
  useEffect(() => {
    if (!token) return;
    // The link works once: it is taken out of the address, so that a reload goes on with the session.
    history.replaceState(null, '', '#/setup');
    post('/v1/setup/redeem', { token }).then(keep).then(onReady).then(() => go('setup'), setProblem);
  }, [token]);
  if (problem && !session) return html`<${Card} onLanguage=${onLanguage}><${Note} kind="wait" icon="link">${words(problem)}<br />${t('setup.again')} <code>./rollcall setup-link</code><//>
    <div><a class="btn" href="#/overview">${t('setup.to_sign_in')}</a></div><//>`;
  if (!session) return html`<${Card} onLanguage=${onLanguage}>${token ? html`<${Bones} />` : html`<${Note} icon="link">${t('setup.needs_link')} <code>./rollcall setup-link</code><//><div><a class="btn" href="#/overview">${t('setup.to_sign_in')}</a></div>`}<//>`;
  return html`<${Steps} onReady=${onReady} onLanguage=${onLanguage} />`;
}

function Card({ step, title, text, onLanguage, children }) {
  return html`<main class="gate"><div class="gate__card gate__card--wide">
    <div class="row row--apart"><div class="brand"><i><${Icon} name="check" /></i><span>Rollcall</span></div><${LanguageChoice} onChanged=${onLanguage} /></div>
    ${step && html`<ol class="steps" aria-label=${t('setup.step_of', { step, steps: STEPS })}>${Array.from({ length: STEPS }, (_, i) => html`<li class=${i + 1 < step ? 'done' : ''} aria-current=${i + 1 === step ? 'step' : undefined}><span class="sr">${t('setup.step', { step: i + 1 })}</span></li>`)}</ol>`}
    ${title && html`<div class="stack stack--s"><h1>${title}</h1>${text && html`<p class="muted">${text}</p>`}</div>`}
    ${children}</div></main>`;
}

function Steps({ onReady, onLanguage }) {
  const state = useLoaded(() => get('/v1/setup'), []);
  const [failed, setFailed] = useState(null);
  const move = async (step) => {
    try {
      await put('/v1/setup', { step });
      if (step === DONE) {
        await onReady();
        go('overview');
      } else {
        await state.reload();
      }
    } catch (problem) {
      setFailed(problem);
    }
  };
  if (!state.data) return html`<${Card} onLanguage=${onLanguage}>${state.problem ? html`<${Note} kind="bad">${words(state.problem)}<//>` : html`<${Bones} />`}<//>`;
  const step = Math.min(STEPS, state.data.step);
  const Step = [Site, SignInKey, Tablets, FirstPerson][step - 1];
  return html`<${Card} key=${step} step=${step} title=${t(`setup.title.${step}`)} text=${t(`setup.text.${step}`)} onLanguage=${onLanguage}>
    ${failed && html`<${Note} kind="bad">${words(failed)}<//>`}<${Step} move=${move} step=${step} /><//>`;
}

function Buttons({ step, move, busy, next, onNext, skip, kind = 'primary' }) {
  return html`<div class="row row--apart">${step > 1 ? html`<${Button} kind="quiet" onClick=${() => move(step - 1)}>${t('setup.back')}<//>` : html`<span></span>`}
    <div class="row">${skip && html`<${Button} onClick=${() => move(step + 1)}>${skip}<//>`}<${Button} kind=${kind} type=${onNext ? 'button' : 'submit'} busy=${busy} onClick=${onNext}>${next ?? t('setup.next')}<//></div></div>`;
}

/** Step 1: the name and the clock of the place. */
function Site({ move, step }) {
  const site = useLoaded(() => get('/v1/sites/default'), []);
  const [fields, setFields] = useState(null);
  useEffect(() => {
    if (site.data && !fields) {
      const guess = Intl.DateTimeFormat().resolvedOptions().timeZone;
      setFields({ name: site.data.name === 'default' ? '' : site.data.name, zone: site.data.time_zone ?? (site.data.in_force.time_zone === 'UTC' ? guess : site.data.in_force.time_zone) });
    }
  }, [site.data]);
  const [send, busy, problem] = useAction(async () => {
    await patch('/v1/sites/default', { name: fields.name.trim(), time_zone: fields.zone });
    await move(step + 1);
  });
  if (!fields) return html`<${Bones} lines=${3} />`;
  const zones = [...new Set([fields.zone, ...ZONES])];
  return html`<form class="stack" onSubmit=${(event) => { event.preventDefault(); if (fields.name.trim()) send(); }}>
    <${TextField} label=${t('setup.site')} hint=${t('setup.site_hint')} value=${fields.name} onValue=${(name) => setFields((old) => ({ ...old, name }))} maxlength="200" required dir="auto" autofocus />
    <${SelectField} label=${t('sites.time_zone')} hint=${t('setup.zone_hint', { time: clock(Date.now(), fields.zone) })} value=${fields.zone} onValue=${(zone) => setFields((old) => ({ ...old, zone }))} options=${zones.map((zone) => [zone, zone])} />
    ${problem && html`<${Note} kind="bad" icon="triangle-alert">${words(problem)}<//>`}
    <${Buttons} step=${step} move=${move} busy=${busy} /></form>`;
}

/** Step 2: a key of one's own to sign in with later. */
function SignInKey({ move, step }) {
  const [name, setName] = useState('');
  const [made, setMade] = useState(null);
  const [create, busy, problem] = useAction(async () => setMade(await post('/v1/keys', { name: name.trim(), scopes: ['admin'], site: 'default' })));
  if (made) return html`<div class="stack"><${Note} kind="wait" icon="eye">${t('keys.once')}<//><${Secret} text=${made.key} /><${Buttons} step=${step} move=${move} next=${t('setup.kept')} onNext=${() => move(step + 1)} /></div>`;
  return html`<form class="stack" onSubmit=${(event) => { event.preventDefault(); if (name.trim()) create(); }}>
    <${TextField} label=${t('setup.your_name')} hint=${t('setup.key_hint')} value=${name} onValue=${setName} maxlength="200" dir="auto" autofocus />
    ${problem && html`<${Note} kind="bad" icon="triangle-alert">${words(problem)}<//>`}
    <${Buttons} step=${step} move=${move} busy=${busy} next=${t('setup.make_key')} skip=${t('setup.have_key')} /></form>`;
}

/** Step 3: the address at which tablets reach the service. */
function Tablets({ move, step }) {
  const isLocal = ['localhost', '127.0.0.1', '[::1]'].includes(location.hostname);
  const isSecure = location.protocol === 'https:';
  const { data: trust } = useLoaded(() => get('/v1/trust'), []);
  if (trust?.addresses.length) return html`<div class="stack">
    <p class="small">${t('setup.address')}</p><${Secret} text=${`${trust.addresses[0].https}kiosk`} />
    <${Note} icon="lock">${t('setup.trust')} <a href="/trust" target="_blank"><bdi>${trust.addresses[0].trust_page}</bdi></a><//>
    <${Buttons} step=${step} move=${move} onNext=${() => move(step + 1)} /></div>`;
  const there = isLocal ? `https://${t('setup.this_machine')}${location.port ? `:${location.port}` : ''}` : location.origin;
  return html`<div class="stack">
    ${isSecure ? html`<${Note} kind="ok" icon="circle-check">${t('setup.secure')}<//><p class="small">${t('setup.address')}</p><${Secret} text=${`${there}/kiosk`} />`
      : html`<${Note} kind="wait" icon="lock">${t(isLocal ? 'setup.only_here' : 'setup.not_secure')}<//><p class="small">${t('setup.tls_local')}</p><${Secret} text="TLS=local ./rollcall serve" /><p class="small muted">${t('setup.later')}</p>`}
    <${Buttons} step=${step} move=${move} onNext=${() => move(step + 1)} /></div>`;
}

/** Step 4: the first person, who is usually whoever sits here. */
function FirstPerson({ move, step }) {
  const [open, setOpen] = useState(false);
  const people = useLoaded(() => get('/v1/people?limit=1&total=true'), []);
  const any = people.data && people.data.total > 0;
  return html`<div class="stack">
    ${any ? html`<${Note} kind="ok" icon="circle-check">${t('setup.enrolled', { name: people.data.items[0].name })}<//>` : html`<${Button} kind="primary big" icon="user-plus" onClick=${() => setOpen(true)}>${t('first.person')}<//>`}
    <${Buttons} step=${step} move=${move} kind=${any ? 'primary' : ''} next=${any ? t('setup.finish') : t('setup.skip')} onNext=${() => move(DONE)} />
    ${open && html`<${Enroll} known=${null} onClose=${() => { setOpen(false); people.reload(); }} onChanged=${people.reload} />`}</div>`;
}
