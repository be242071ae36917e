// The drawer in which a person is enrolled: name, number, consent, then pictures by the camera or from files.

import { html, useEffect, useRef, useState } from '/web/shared/preact.js';
import { address, get, post } from '/web/shared/api.js';
import { Mirror, useCamera } from '/web/shared/camera.js';
import { t } from '/web/shared/messages.js';
import { Bones, Button, Check, Icon, Note, Segments, TextField, useLoaded, words } from '/web/shared/parts.js';
import { Drawer, notify } from '/web/shared/panels.js';
import { pause } from '/web/shared/pause.js';

const POSES = ['straight', 'left', 'right'];
const BETWEEN_MS = 1100;
const LOOK_MS = 350;
const MOST_LOOKS = 80;
const WIDTH = 960;
const USER_ID = /^[A-Za-z0-9._@:-]{1,64}$/;
/** Refusals that another picture can change. */
const AGAIN = ['NO_FACE', 'MULTIPLE_FACES', 'LOW_QUALITY', 'INVALID_IMAGE', 'OVERLOADED'];

export default function Enroll({ known, onClose, onChanged }) {
  const before = useLoaded(() => (known ? get(`/v1/people/${encodeURIComponent(known)}`) : null), [known]);
  if (known && !before.data) return html`<${Drawer} title=${t('person.add_face')} onClose=${() => onClose(known)}><${Bones} /><//>`;
  return html`<${Form} before=${before.data} onClose=${onClose} onChanged=${onChanged} />`;
}

function Form({ before, onClose, onChanged }) {
  const [fields, setFields] = useState({ name: before?.name ?? '', id: before?.user_id ?? '', consent: Boolean(before?.consent_at) });
  const [way, setWay] = useState('camera');
  const [tried, setTried] = useState(false);
  const [enrolled, setEnrolled] = useState(0);
  const set = (name) => (value) => setFields((old) => ({ ...old, [name]: value }));
  const faults = { name: fields.name.trim() ? '' : t('enroll.no_name'), id: USER_ID.test(fields.id.trim()) ? '' : t('enroll.bad_id'), consent: fields.consent ? '' : t('enroll.no_consent') };
  const ready = () => { setTried(true); return !faults.name && !faults.id && !faults.consent; };
  const send = async (picture, name) => {
    const form = new FormData();
    form.set('user_id', fields.id.trim());
    form.set('name', fields.name.trim());
    if (!before?.consent_at) form.set('consent_at', new Date().toISOString());
    form.set('image', picture, name);
    const answer = await post('/enroll', form);
    setEnrolled((n) => n + 1);
    onChanged();
    return answer;
  };
  const close = () => onClose(enrolled || before ? fields.id.trim() : null);
  const title = before ? t('enroll.more', { name: before.name }) : t('people.add');
  return html`<${Drawer} title=${title} onClose=${close} foot=${enrolled > 0 && html`<${Button} kind=${way === 'camera' && enrolled < POSES.length ? '' : 'primary'} onClick=${() => { notify(t('enroll.done', { name: fields.name.trim(), n: enrolled })); close(); }}>${t('do.finish')}<//>`}>
    ${!before && html`<${TextField} label=${t('person.name')} value=${fields.name} onValue=${set('name')} fault=${tried && faults.name} maxlength="200" autocomplete="off" dir="auto" disabled=${enrolled > 0} autofocus />
      <${TextField} label=${t('person.id')} hint=${t('enroll.id_hint')} value=${fields.id} onValue=${set('id')} fault=${tried && faults.id} maxlength="64" autocomplete="off" autocapitalize="off" spellcheck=${false} disabled=${enrolled > 0} />`}
    ${!before?.consent_at && html`<${Check} label=${t('enroll.consent')} checked=${fields.consent} onValue=${set('consent')} disabled=${enrolled > 0} />
      ${tried && faults.consent && html`<div class="field"><span class="fault"><${Icon} name="circle-alert" />${faults.consent}</span></div>`}`}
    <${Segments} label=${t('enroll.way')} value=${way} onValue=${setWay} options=${[['camera', t('enroll.camera')], ['upload', t('enroll.upload')]]} />
    ${way === 'camera' ? html`<${ByCamera} ready=${ready} send=${send} id=${fields.id.trim()} />` : html`<${ByFiles} ready=${ready} send=${send} id=${fields.id.trim()} />`}<//>`;
}

/** Three pictures, each taken by itself as soon as two small frames in a row are good enough; until then the service's hints are shown. */
function ByCamera({ ready, send, id }) {
  const camera = useCamera();
  const [done, setDone] = useState([]);
  const [hint, setHint] = useState({ kind: 'calm', icon: 'camera', text: t('enroll.start_hint') });
  const [running, setRunning] = useState(false);
  const alive = useRef(true);
  useEffect(() => () => { alive.current = false; }, []);
  const run = async () => {
    if (!ready()) return;
    setRunning(true);
    try {
      await takePictures({ camera, send, id, from: done.length, alive, onHint: setHint, onDone: (shot) => setDone((old) => [...old, shot]) });
    } finally {
      if (alive.current) setRunning(false);
    }
  };
  return html`<${Mirror} camera=${camera} share=${done.length / POSES.length} wait=${hint.kind === 'wait'} />
    <div class=${`hint hint--${hint.kind}`} role="status" aria-live="polite"><${Icon} name=${hint.icon} /><span>${hint.text}</span></div>
    <ol class="shots">${POSES.map((_, i) => html`<li class=${i < done.length ? 'done' : ''}><i style=${i < done.length ? { backgroundImage: `url(${done[i]})` } : {}}>${i < done.length ? html`<span class="sr">${t('enroll.taken')}</span>` : html`<${Icon} name="user" />`}</i><span>${t('enroll.picture', { n: i + 1 })}</span></li>`)}</ol>
    ${done.length < POSES.length && html`<${Button} kind="primary wide" icon="camera" busy=${running} disabled=${camera.state !== 'on'} onClick=${run}>${t(done.length ? 'enroll.go_on' : 'enroll.take')}<//>`}`;
}

async function takePictures({ camera, send, id, from, alive, onHint, onDone }) {
  let pose = from;
  let good = 0;
  let wait = BETWEEN_MS;
  onHint({ kind: 'calm', icon: 'scan-face', text: t(`pose.${POSES[pose]}_hint`) });
  for (let looks = 0; pose < POSES.length && looks < MOST_LOOKS && alive.current; looks += 1) {
    await pause(wait);
    if (!alive.current) return;
    wait = LOOK_MS;
    let seen = null;
    try {
      seen = await camera.look(WIDTH, 'enroll');
    } catch (problem) {
      if (![...AGAIN, 'RATE_LIMITED'].includes(problem.code)) return onHint({ kind: 'wait', icon: 'triangle-alert', text: words(problem) });
    }
    good = seen?.ready ? good + 1 : 0;
    if (seen && !seen.ready) onHint({ kind: 'wait', icon: 'triangle-alert', text: seen.message });
    if (good < 2) continue;
    good = 0;
    wait = BETWEEN_MS;
    const shot = await camera.capture(WIDTH);
    try {
      await send(shot, 'camera.jpg');
      onDone(URL.createObjectURL(shot));
      pose += 1;
      looks = 0;
      onHint(pose < POSES.length ? { kind: 'ok', icon: 'check', text: t(`pose.${POSES[pose]}_hint`) } : { kind: 'ok', icon: 'circle-check', text: t('enroll.all_taken') });
    } catch (problem) {
      onHint({ kind: 'wait', icon: 'triangle-alert', text: await explained(problem, id) });
      if (!AGAIN.includes(problem.code)) return;
    }
  }
  if (pose < POSES.length && alive.current) onHint({ kind: 'wait', icon: 'lightbulb', text: t('enroll.gave_up') });
}

/** What to do about a refused picture; of a face that somebody else has, with that person's number. */
async function explained(problem, id) {
  if (problem.code === 'LOW_QUALITY') return t(`hint.${problem.facts.reason}`);
  if (problem.code === 'DUPLICATE_FACE') {
    const log = await get(address('/v1/audit', { action: 'ENROLLMENT_REFUSED', user_id: id, limit: 1 })).catch(() => null);
    const other = log?.items[0]?.details?.rival_user_id;
    if (other) return t('enroll.duplicate_of', { id: other });
  }
  return words(problem);
}

/** Pictures from files, one after the other, each with its result. */
function ByFiles({ ready, send, id }) {
  const [files, setFiles] = useState([]);
  const [over, setOver] = useState(false);
  const take = async (list) => {
    if (!ready()) return;
    const start = files.length;
    const chosen = [...list].map((file) => ({ name: file.name, state: 'busy', text: '' }));
    setFiles((old) => [...old, ...chosen]);
    for (let i = 0; i < chosen.length; i += 1) {
      let result;
      try {
        await send(list[i], list[i].name);
        result = { name: list[i].name, state: 'ok', text: t('enroll.taken') };
      } catch (problem) {
        result = { name: list[i].name, state: 'bad', text: await explained(problem, id) };
      }
      setFiles((old) => old.map((file, at) => (at === start + i ? result : file)));
    }
  };
  const drop = (event) => { event.preventDefault(); setOver(false); take(event.dataTransfer.files); };
  return html`<label class=${over ? 'drop is-over' : 'drop'} onDragOver=${(event) => { event.preventDefault(); setOver(true); }} onDragLeave=${() => setOver(false)} onDrop=${drop}>
      <${Icon} name="image" /><b>${t('enroll.drop')}</b><span class="small">${t('enroll.drop_text')}</span>
      <input class="sr" type="file" accept="image/jpeg,image/png,image/webp" multiple onChange=${(event) => { take([...event.currentTarget.files]); event.currentTarget.value = ''; }} /></label>
    <ul class="list" aria-live="polite">${files.map((file) => html`<li class="row small"><${Icon} name=${{ busy: 'loader-circle', ok: 'circle-check', bad: 'circle-alert' }[file.state]} spin=${file.state === 'busy'} /><span class="grow"><b><bdi>${file.name}</bdi></b>${file.text && html`<br /><span class=${file.state === 'bad' ? '' : 'muted'}>${file.text}</span>`}</span></li>`)}</ul>`;
}
