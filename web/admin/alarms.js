// Alarms: people who look alike.

import { html, useState } from '/web/shared/preact.js';
import { put } from '/web/shared/api.js';
import { ConfidenceBar } from '/web/shared/charts.js';
import { moment } from '/web/shared/format.js';
import { t } from '/web/shared/messages.js';
import { Bones, Button, Empty, Icon, Tag, Trouble, words } from '/web/shared/parts.js';
import { notify } from '/web/shared/panels.js';
import { Head, siteOf } from './parts.js';
import { usePages } from './people.js';
import { to } from './place.js';

export default function Alarms({ app }) {
  const list = usePages('/v1/audit', { action: 'LOOK_ALIKE', limit: 50 });
  return html`<${Head} title=${t('nav.alarms')} /><p class="lead">${t('alarms.lead')}</p>
    ${list.problem && html`<${Trouble} problem=${list.problem} retry=${list.reload} />`}
    ${!list.items ? html`<div class="card"><${Bones} /></div>` : list.items.length === 0 ? html`<div class="card"><${Empty} icon="circle-check" title=${t('alarms.none')} text=${t('alarms.none_text')} /></div>` : html`<div class="tiles">${list.items.map((entry) => html`<${Pair} key=${entry.id} entry=${entry} zone=${siteOf(app, entry.site).in_force.time_zone} />`)}</div>`}
    ${list.next && html`<div class="foot"><span></span><${Button} busy=${list.busy} onClick=${list.more}>${t('do.more')}<//></div>`}`;
}

function Pair({ entry, zone }) {
  const [state, setState] = useState({ done: false, busy: false, problem: null });
  const { rival_user_id: other, rival_confidence: confidence } = entry.details;
  const declare = async () => {
    setState({ done: false, busy: true, problem: null });
    try {
      await put(`/v1/people/${encodeURIComponent(entry.user_id)}/look-alikes/${encodeURIComponent(other)}`);
      setState({ done: true, busy: false, problem: null });
      notify(t('alike.declared'));
    } catch (problem) {
      setState({ done: false, busy: false, problem });
    }
  };
  return html`<article class="card tile"><div class="row row--apart"><${Icon} name="users" /><time class="muted tiny" datetime=${entry.at}>${moment(entry.at, zone)}</time></div>
    <h2><a href=${to('people', [entry.user_id])}><bdi>${entry.user_id}</bdi></a> ${t('alarms.and')} <a href=${to('people', [other])}><bdi>${other}</bdi></a></h2>
    <${ConfidenceBar} value=${confidence} /><p class="small muted">${t('alarms.text')}</p>
    ${state.problem && html`<p class="small">${words(state.problem)}</p>`}
    ${state.done ? html`<${Tag} kind="ok" icon="check">${t('alike.declared')}<//>` : html`<div><${Button} busy=${state.busy} onClick=${declare}>${t('alike.declare')}<//></div>`}</article>`;
}
