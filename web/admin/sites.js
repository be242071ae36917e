// Sites: their rules, and how often other people match at them.

import { html, useState } from '/web/shared/preact.js';
import { get, patch, post } from '/web/shared/api.js';
import { RateCurve } from '/web/shared/charts.js';
import { clock, number, oneIn, percent } from '/web/shared/format.js';
import { t } from '/web/shared/messages.js';
import { Bones, Button, Check, Icon, Note, SelectField, Tag, TextField, Trouble, useAction, useLoaded, words } from '/web/shared/parts.js';
import { Confirm, Drawer, notify } from '/web/shared/panels.js';
import { Head } from './parts.js';
import { go } from './place.js';

export const ZONES = Intl.supportedValuesOf?.('timeZone') ?? [];
const RATES = [0.001, 0.0001, 0.00001];

export default function Sites({ app, place }) {
  const open = place.rest[0] ?? null;
  const site = app.sites.find((one) => one.site === open);
  return html`<${Head} title=${t('nav.sites')}><${Button} kind="primary" icon="plus" onClick=${() => go('sites', ['+'])}>${t('sites.add')}<//><//>
    <p class="lead">${t('sites.lead')}</p>
    <div class="tiles">${app.sites.map((one) => html`<article key=${one.site} class="card tile"><div class="row row--apart"><${Icon} name="building-2" />${!one.active && html`<${Tag} icon="ban">${t('sites.inactive')}<//>`}</div>
      <h2><bdi>${one.name}</bdi></h2>
      <dl class="facts"><dt>${t('sites.clock')}</dt><dd class="num">${clock(Date.now(), one.in_force.time_zone)} <span class="muted">${one.in_force.time_zone}</span></dd><dt>${t('sites.max_marks')}</dt><dd class="num">${number(one.in_force.max_marks_per_day)}</dd>
        <dt>${t('sites.liveness')}</dt><dd>${t(`liveness.${one.in_force.liveness}`)}</dd></dl>
      <div class="row"><${Button} icon="pencil" onClick=${() => go('sites', [one.site])}>${t('sites.rules')}<//><${Button} icon="target" onClick=${() => go('sites', [one.site, 'accuracy'])}>${t('accuracy.title')}<//></div></article>`)}</div>
    ${open === '+' && html`<${Rules} site=${null} onClose=${() => go('sites')} onDone=${app.reloadSites} />`}
    ${site && place.rest[1] !== 'accuracy' && html`<${Rules} key=${site.site} site=${site} onClose=${() => go('sites')} onDone=${app.reloadSites} />`}
    ${site && place.rest[1] === 'accuracy' && html`<${Accuracy} site=${site} onClose=${() => go('sites')} />`}`;
}

const blank = { site: '', name: '', active: true, time_zone: null, day_starts_at: null, max_marks_per_day: null, min_seconds_between: null, target_false_match_rate: null, liveness: null, directions_allowed: null, geofence: null, identify_by: null, pin_allowed: null };

/** The form of a site's rules; what is empty is as in the settings. */
function Rules({ site, onClose, onDone }) {
  const before = site ?? blank;
  const [fields, setFields] = useState({
    site: before.site, name: before.name, active: before.active, time_zone: before.time_zone ?? '', day_starts_at: before.day_starts_at?.slice(0, 5) ?? '',
    max_marks_per_day: before.max_marks_per_day ?? '', min_seconds_between: before.min_seconds_between ?? '', target_false_match_rate: before.target_false_match_rate ?? '',
    liveness: before.liveness ?? '', identify_by: before.identify_by ?? 'face', pin: before.pin_allowed === true, directions: before.directions_allowed !== false,
    latitude: before.geofence?.latitude ?? '', longitude: before.geofence?.longitude ?? '', radius_m: before.geofence?.radius_m ?? '',
  });
  const set = (name) => (value) => setFields((old) => ({ ...old, [name]: value }));
  const [send, busy, problem] = useAction(async () => {
    await (site ? patch(`/v1/sites/${site.site}`, body(fields, site)) : post('/v1/sites', { site: fields.site.trim(), ...body(fields, null) }));
    await onDone();
    notify(t('saved'));
    onClose();
  });
  const usual = site?.in_force;
  const field = (name, extra) => html`<${TextField} label=${t(`sites.${name}`)} hint=${t(`sites.${name}_hint`)} value=${String(fields[name])} onValue=${set(name)} ...${extra} />`;
  const rates = [...new Set([...RATES, before.target_false_match_rate].filter(Boolean))].sort((one, other) => other - one);
  return html`<${Drawer} title=${site?.name ?? t('sites.add')} onClose=${onClose} foot=${html`<${Button} onClick=${onClose}>${t('do.cancel')}<//><${Button} kind="primary" busy=${busy} disabled=${!fields.name.trim() || (!site && !fields.site.trim())} onClick=${send}>${t('do.save')}<//>`}>
    ${!site && field('site', { maxlength: 64, autocapitalize: 'off', spellcheck: false })}
    ${field('name', { maxlength: 200, dir: 'auto' })}
    ${site && site.site !== 'default' && html`<${Check} label=${t('sites.active')} checked=${fields.active} onValue=${set('active')} />`}
    <${SelectField} label=${t('sites.time_zone')} value=${fields.time_zone} onValue=${set('time_zone')} options=${[['', usual && !site.time_zone ? t('sites.as_set_to', { value: usual.time_zone }) : t('sites.as_set')], ...new Set([...(before.time_zone ? [before.time_zone] : []), ...ZONES])].map((one) => (Array.isArray(one) ? one : [one, one]))} />
    ${field('day_starts_at', { type: 'time' })}
    ${field('max_marks_per_day', { type: 'number', min: 1, inputmode: 'numeric', placeholder: usual && String(usual.max_marks_per_day) })}
    ${field('min_seconds_between', { type: 'number', min: 0, inputmode: 'numeric', placeholder: usual && String(usual.min_seconds_between) })}
    <${SelectField} label=${t('sites.liveness')} hint=${t('sites.liveness_hint')} value=${fields.liveness} onValue=${set('liveness')} options=${[['', t('sites.as_set')], ...['off', 'monitor', 'enforce', 'challenge'].map((key) => [key, t(`liveness.${key}`)])]} />
    <${SelectField} label=${t('sites.target')} hint=${t('sites.target_hint')} value=${String(fields.target_false_match_rate)} onValue=${set('target_false_match_rate')} options=${[['', t('sites.as_set')], ...rates.map((rate) => [String(rate), oneIn(rate)])]} />
    <${Check} label=${t('sites.directions')} checked=${fields.directions} onValue=${set('directions')} />
    <${SelectField} label=${t('sites.identify_by')} hint=${t('sites.identify_by_hint')} value=${fields.identify_by} onValue=${set('identify_by')} options=${['face', 'number', 'badge'].map((key) => [key, t(`identify.${key}`)])} />
    <${Check} label=${t('sites.pin_allowed')} checked=${fields.pin} onValue=${set('pin')} />
    <fieldset class="stack stack--s"><legend class="small"><b>${t('sites.geofence')}</b></legend><p class="tiny muted">${t('sites.geofence_hint')}</p><div class="row">
      ${['latitude', 'longitude', 'radius_m'].map((name) => html`<div class="grow"><${TextField} label=${t(`sites.${name}`)} value=${String(fields[name])} onValue=${set(name)} inputmode="decimal" /></div>`)}</div></fieldset>
    ${site && html`<${EndBadges} site=${site} />`}
    ${problem && html`<${Note} kind="bad" icon="triangle-alert">${words(problem)}<//>`}<//>`;
}

/** What a site's form says as the body of a call: of a new site, only what is given. */
function body(fields, site) {
  const text = (value) => (value === '' ? null : value);
  const whole = (value) => (value === '' ? null : Number(value));
  const place = fields.latitude === '' && fields.longitude === '' && fields.radius_m === '' ? null : { latitude: Number(fields.latitude), longitude: Number(fields.longitude), radius_m: Number(fields.radius_m) };
  const all = {
    name: fields.name.trim(), time_zone: text(fields.time_zone), day_starts_at: text(fields.day_starts_at), max_marks_per_day: whole(fields.max_marks_per_day), min_seconds_between: whole(fields.min_seconds_between),
    target_false_match_rate: whole(fields.target_false_match_rate), liveness: text(fields.liveness), directions_allowed: fields.directions ? null : false, geofence: place,
    identify_by: fields.identify_by === 'face' ? null : fields.identify_by, pin_allowed: fields.pin || null,
  };
  if (site && site.site !== 'default') all.active = fields.active;
  return site ? all : Object.fromEntries(Object.entries(all).filter(([, value]) => value !== null));
}

/** Ends all badges of a site, when its name was typed. */
function EndBadges({ site }) {
  const [asks, setAsks] = useState(false);
  return html`<div><${Button} kind="danger-quiet" icon="id-card" onClick=${() => setAsks(true)}>${t('sites.badge_key')}<//></div>
    ${asks && html`<${Confirm} title=${t('sites.badge_key_title', { name: site.name })} text=${t('sites.badge_key_text')} type=${site.site} action=${t('sites.badge_key')} onClose=${() => setAsks(false)}
      onDone=${async () => { await post(`/v1/sites/${site.site}/badge-key`); notify(t('sites.badge_key_done')); }} />`}`;
}

/** How often other people match, the target against the threshold in use. */
function Accuracy({ site, onClose }) {
  const { data, problem, reload } = useLoaded(() => get(`/v1/sites/${site.site}/accuracy`), [site.site]);
  return html`<${Drawer} wide title=${t('accuracy.of', { name: site.name })} onClose=${onClose}>
    ${problem ? html`<${Trouble} problem=${problem} retry=${reload} />` : !data ? html`<${Bones} />` : data.state === 'not_yet_estimated' ? html`<${Note}>${t('accuracy.not_yet')}<//>` : html`
    <p>${t(data.keeps_target ? 'accuracy.kept' : 'accuracy.not_kept', { target: oneIn(data.target_false_match_rate), rate: oneIn(data.in_use.false_match_rate), threshold: percent(data.in_use.confidence) })}</p>
    ${data.state === 'too_few_people' && html`<${Note} icon="users">${t('accuracy.too_few', { n: data.basis.people })}<//>`}
    ${!data.keeps_target && data.recommended && html`<${Note} kind="wait" icon="lightbulb">${t('accuracy.recommended', { value: percent(data.recommended) })}<//>`}
    <figure class="card card--pad stack stack--s"><figcaption class="small"><b>${t('accuracy.axis')}</b></figcaption><${RateCurve} accuracy=${data} />
      <div class="legend"><span><i></i>${t('accuracy.estimate')}</span><span><i class="l"></i>${t('accuracy.target')}</span></div></figure>
    <dl class="facts"><dt>${t('accuracy.in_use')}</dt><dd class="num">${percent(data.in_use.confidence, 1)} · ${t(`accuracy.mode.${data.mode}`)}</dd><dt>${t('accuracy.rate')}</dt><dd class="num">${oneIn(data.in_use.false_match_rate)}</dd><dt>${t('accuracy.upper')}</dt><dd class="num">${data.in_use.false_match_rate_upper === null ? '—' : oneIn(data.in_use.false_match_rate_upper)}</dd>
      <dt>${t('accuracy.basis')}</dt><dd class="num">${t('accuracy.people_pairs', { people: number(data.basis.people), pairs: number(data.basis.pairs) })}</dd></dl>`}<//>`;
}
