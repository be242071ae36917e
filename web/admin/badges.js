// Badges: who gets one, and the sheet to print.

import { html, useEffect, useState } from '/web/shared/preact.js';
import { all, post } from '/web/shared/api.js';
import { number } from '/web/shared/format.js';
import { t } from '/web/shared/messages.js';
import { Bones, Button, Check, Empty, Note, Search, Segments, Trouble, useAction, useSettled, words } from '/web/shared/parts.js';
import { Confirm } from '/web/shared/panels.js';
import { Head } from './parts.js';
import { usePages } from './people.js';
import { go } from './place.js';

/** Most people of one call, and of one sheet. */
const MOST_AT_ONCE = 100;
const MOST_CHOSEN = 1000;

export default function Badges({ place }) {
  const [chosen, setChosen] = useState(() => new Set([place.query.get('person')].filter(Boolean)));
  const [sheet, setSheet] = useState(null);
  if (sheet) return html`<${Sheet} badges=${sheet} onBack=${() => setSheet(null)} />`;
  return html`<${Head} title=${t('nav.badges')} /><p class="lead">${t('badges.lead')}</p>
    <${Chooser} place=${place} chosen=${chosen} onChosen=${setChosen} />
    ${chosen.size > 0 && html`<${Maker} chosen=${chosen} onClear=${() => setChosen(new Set())} onMade=${setSheet} />`}`;
}

/** People by search and group, of whom some are chosen. */
function Chooser({ place, chosen, onChosen }) {
  const [search, setSearch] = useState('');
  const wanted = useSettled(search.trim());
  const group = place.query.get('group');
  const filter = { q: wanted || undefined, group: group ?? undefined, active: true };
  const list = usePages('/v1/people', { ...filter, sort: 'name', total: true, limit: 50 });
  const [take, busy, problem] = useAction(async () => {
    const people = await all('/v1/people', { ...filter, sort: 'name' }, MOST_CHOSEN);
    onChosen(new Set([...chosen, ...people.map((person) => person.user_id)].slice(0, MOST_CHOSEN)));
  });
  const turn = (id, isOn) => {
    const next = new Set(chosen);
    if (isOn) next.add(id); else next.delete(id);
    onChosen(next);
  };
  return html`<div class="tools"><${Search} label=${t('badges.search')} value=${search} onValue=${setSearch} />
      ${group !== null && html`<${Button} icon="x" onClick=${() => go('badges', [], {})}>${t('badges.all_groups')} <span class="muted"><bdi>${group}</bdi></span><//>`}
      ${list.total > 0 && html`<${Button} busy=${busy} onClick=${take}>${t('badges.choose_all', { n: list.total })}<//>`}</div>
    ${problem && html`<${Note} kind="bad" icon="triangle-alert">${words(problem)}<//>`}
    ${list.total > MOST_CHOSEN && html`<${Note}>${t('badges.most', { n: number(MOST_CHOSEN) })}<//>`}
    ${list.problem && html`<${Trouble} problem=${list.problem} retry=${list.reload} />`}
    <div class="card">${!list.items ? html`<${Bones} lines=${6} />` : list.items.length === 0 ? html`<${Empty} icon="search" title=${t('badges.none')} />` : html`<ul class="list">${list.items.map((person) => html`<li class="item" key=${person.user_id}>
      <label class="check"><input type="checkbox" checked=${chosen.has(person.user_id)} onChange=${(event) => turn(person.user_id, event.currentTarget.checked)} /><span><bdi>${person.name}</bdi> <small class="muted"><bdi>${person.user_id}</bdi></small></span></label>
      <span class="item__text"></span>${person.group && html`<button type="button" class="link" onClick=${() => go('badges', [], { group: person.group })}><bdi>${person.group}</bdi></button>`}</li>`)}</ul>`}</div>
    ${list.next && html`<div class="foot"><span></span><${Button} busy=${list.busy} onClick=${list.more}>${t('do.more')}<//></div>`}`;
}

/** Asks for the badges of those who are chosen, a hundred at a time. */
function Maker({ chosen, onClear, onMade }) {
  const [renew, setRenew] = useState(false);
  const [asks, setAsks] = useState(false);
  const issue = async () => {
    const ids = [...chosen];
    const badges = [];
    for (let i = 0; i < ids.length; i += MOST_AT_ONCE) {
      badges.push(...(await post('/v1/badges', { user_ids: ids.slice(i, i + MOST_AT_ONCE), renew })).items);
    }
    onMade(badges);
  };
  const [make, busy, problem] = useAction(issue);
  return html`<section class="card card--pad stack stack--s"><div class="row row--apart"><b>${t('badges.chosen', { n: chosen.size })}</b><${Button} kind="quiet" icon="x" onClick=${onClear}>${t('badges.clear')}<//></div>
    <${Check} label=${t('badges.renew')} checked=${renew} onValue=${setRenew} />
    ${problem && html`<${Note} kind="bad" icon="triangle-alert">${words(problem)}<//>`}
    <div class="row row--end"><${Button} kind="primary" icon="qr-code" busy=${busy} onClick=${() => (renew ? setAsks(true) : make())}>${t('badges.make')}<//></div>
    ${asks && html`<${Confirm} title=${t('badges.renew_title')} text=${t('badges.renew_text')} action=${t('badges.renew_do')} onClose=${() => setAsks(false)} onDone=${issue} />`}</section>`;
}

/** The sheet: cards of 86 × 54 mm, ten on a page of A4, eight on one of Letter. */
function Sheet({ badges, onBack }) {
  const [paper, setPaper] = useState('a4');
  useEffect(() => { scrollTo(0, 0); }, []);
  return html`<div class="no-print"><${Head} title=${t('badges.sheet', { n: badges.length })}>
      <${Button} icon="arrow-left" onClick=${onBack}>${t('badges.back')}<//>
      <${Segments} label=${t('badges.paper')} value=${paper} onValue=${setPaper} options=${[['a4', t('badges.a4')], ['letter', t('badges.letter')]]} />
      <${Button} kind="primary" icon="printer" onClick=${() => print()}>${t('badges.print')}<//><//></div>
    <ul class=${`sheet sheet--${paper}`}>${badges.map((one) => html`<li class="id" key=${one.user_id}>
      <svg viewBox=${`0 0 ${one.qr.side} ${one.qr.side}`} shape-rendering="crispEdges" role="img" aria-label=${t('credentials.badge')}><path class="paper" d=${`M0,0h${one.qr.side}v${one.qr.side}h-${one.qr.side}z`} /><path d=${one.qr.path} /></svg>
      <div><b><bdi>${one.name}</bdi></b><span><bdi>${one.user_id}</bdi></span><small><bdi>${one.site_name}</bdi></small></div></li>`)}</ul>`;
}
