// People: search, groups, and the ways to add them.

import { html, useEffect, useState } from '/web/shared/preact.js';
import { address, get } from '/web/shared/api.js';
import { day, number } from '/web/shared/format.js';
import { t } from '/web/shared/messages.js';
import { Bones, Button, Empty, IconButton, Search, Segments, SelectField, Tag, Trouble, Who, useLoaded, useSettled } from '/web/shared/parts.js';
import Enroll from './enroll.js';
import ImportPeople from './import.js';
import PersonDrawer from './person.js';
import { Head } from './parts.js';
import { go } from './place.js';

const SHOWS = { all: {}, no_face: { has_templates: false, active: true }, inactive: { active: false } };

export default function People({ app, place }) {
  const [search, setSearch] = useState('');
  const [sort, setSort] = useState('name');
  const show = place.query.get('show') ?? 'all';
  const group = place.query.get('group');
  const wanted = useSettled(search.trim());
  const list = usePages('/v1/people', { q: wanted || undefined, group: group ?? undefined, sort, total: true, limit: 50, ...SHOWS[show] });
  const open = place.rest[0] ?? null;
  const move = (rest, query = {}) => go('people', rest, { show: show === 'all' ? null : show, group, ...query });
  const changed = () => list.reload();
  const some = wanted || group || show !== 'all';
  const nothing = list.items && list.items.length === 0;
  return html`<${Head} title=${t('nav.people')} beside=${list.total !== null && html`<span class="muted num">${number(list.total)}</span>`}>
      <${Button} icon="folder-up" onClick=${() => move([], { import: '1' })}>${t('people.import')}<//>
      <${Button} kind="primary" icon="user-plus" onClick=${() => move([], { add: '1' })}>${t('people.add')}<//><//>
    <div class="tools"><${Search} label=${t('people.search')} value=${search} onValue=${setSearch} />
      <${Segments} label=${t('people.show')} value=${show} onValue=${(value) => move([], { show: value === 'all' ? null : value })} options=${Object.keys(SHOWS).map((key) => [key, t(`people.show_${key}`)])} />
      <${SelectField} label=${html`<span class="sr">${t('people.sort')}</span>`} value=${sort} onValue=${setSort} options=${['name', '-created_at', '-updated_at', 'user_id'].map((key) => [key, t(`people.sort.${key}`)])} />
      ${group && html`<${Button} icon="x" onClick=${() => move([], { group: null })}>${t('people.all_groups')} <span class="muted"><bdi>${group}</bdi></span><//>`}</div>
    ${list.problem && html`<${Trouble} problem=${list.problem} retry=${list.reload} />`}
    <div class="card">${!list.items ? html`<${Bones} lines=${8} />` : nothing ? html`<${Empty} icon=${some ? 'search' : 'users'} title=${t(some ? 'people.none_fit' : 'people.none')} text=${some ? '' : t('people.none_text')}>
        ${!some && html`<${Button} kind="primary" icon="user-plus" onClick=${() => move([], { add: '1' })}>${t('people.add')}<//>`}<//>` : html`
      <table><caption class="sr">${t('nav.people')}</caption><thead><tr><th scope="col">${t('person')}</th><th scope="col">${t('person.group')}</th><th scope="col">${t('person.faces')}</th><th scope="col">${t('person.consent')}</th><th scope="col" class="hide-m">${t('person.since')}</th><th scope="col"><span class="sr">${t('do.actions')}</span></th></tr></thead>
      <tbody>${list.items.map((person) => html`<tr key=${person.user_id} class="open" onClick=${(event) => { if (!event.target.closest('button')) move([person.user_id]); }}>
        <td><${Who} name=${person.name} id=${person.user_id} onOpen=${() => move([person.user_id])} /></td>
        <td class="t">${person.group ? html`<button type="button" class="link" title=${t('people.only_group', { group: person.group })} onClick=${() => move([], { group: person.group })}><bdi>${person.group}</bdi></button>` : '—'}</td>
        <td><${Faces} person=${person} /></td>
        <td class="t">${person.consent_at ? html`<${Tag} kind="ok" icon="check">${day(person.consent_at)}<//>` : html`<span class="muted">—</span>`}</td>
        <td class="t hide-m">${day(person.created_at)}</td>
        <td class="end"><${IconButton} icon="chevron-right" flip label=${t('person.open', { name: person.name })} onClick=${() => move([person.user_id])} /></td></tr>`)}</tbody></table>`}</div>
    ${list.next && html`<div class="foot"><span></span><${Button} busy=${list.busy} onClick=${list.more}>${t('do.more')}<//></div>`}
    ${open !== null && html`<${PersonDrawer} key=${open} app=${app} id=${open} onClose=${() => move([])} onChanged=${changed} onAddFace=${() => move([], { add: open })} />`}
    ${place.query.get('add') && html`<${Enroll} key=${place.query.get('add')} known=${place.query.get('add') === '1' ? null : place.query.get('add')} onClose=${(id) => move(id ? [id] : [])} onChanged=${changed} />`}
    ${place.query.get('import') && html`<${ImportPeople} onClose=${() => move([])} onChanged=${changed} />`}`;
}

function Faces({ person }) {
  if (!person.active) return html`<${Tag} icon="ban">${t('person.inactive')}<//>`;
  return person.templates === 0 ? html`<${Tag} kind="wait" icon="triangle-alert">${t('person.no_face')}<//>` : html`<span class="num">${t('person.faces_n', { n: person.templates })}</span>`;
}

/** A list of which further pages are read on demand, and the first one again every `every` milliseconds: {items, next, total, more, busy, problem, reload}. */
export function usePages(path, parameters, every = 0) {
  const key = address(path, parameters);
  const first = useLoaded(() => get(key), [key], every);
  const [rest, setRest] = useState({ key, items: [], next: undefined, busy: false, problem: null });
  useEffect(() => setRest({ key, items: [], next: undefined, busy: false, problem: null }), [first.data]);
  const next = rest.next === undefined ? first.data?.next ?? null : rest.next;
  const more = async () => {
    setRest((before) => ({ ...before, busy: true, problem: null }));
    try {
      const page = await get(address(path, { ...parameters, next, total: undefined }));
      setRest((before) => ({ ...before, items: [...before.items, ...page.items], next: page.next, busy: false }));
    } catch (problem) {
      setRest((before) => ({ ...before, busy: false, problem }));
    }
  };
  return { items: first.data && [...first.data.items, ...rest.items], next, total: first.data?.total ?? null, more, busy: rest.busy, problem: first.problem ?? rest.problem, reload: first.reload };
}
