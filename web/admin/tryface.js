// Try a face: what the engine sees, and ten pictures in a row as a test of the light, the distance and the camera. Nothing is stored.

import { html, useEffect, useState } from '/web/shared/preact.js';
import { post } from '/web/shared/api.js';
import { useCamera, Mirror } from '/web/shared/camera.js';
import { ConfidenceBar } from '/web/shared/charts.js';
import { number, percent } from '/web/shared/format.js';
import { t } from '/web/shared/messages.js';
import { Button, Icon, Note, Tag, Who, words } from '/web/shared/parts.js';
import { pause } from '/web/shared/pause.js';
import { Head } from './parts.js';

const BETWEEN_MS = 900;
const ROW = 10;
const DIGITS = { visible: 2, glare: 2, sharpness: 3, embedding_norm: 1 };
/** Which checks say something about what: the parts of the verdict. */
const PARTS = { distance: ['face_pixels', 'eye_pixels', 'visible'], light: ['face_luminance', 'backlight', 'glare'], camera: ['sharpness', 'embedding_norm'], pose: ['yaw', 'pitch'] };

export default function TryFace() {
  const camera = useCamera();
  const [seen, setSeen] = useState(null);
  const [problem, setProblem] = useState(null);
  const [row, setRow] = useState(null);
  useEffect(() => {
    if (camera.state !== 'on') return undefined;
    let left = false;
    const once = async () => {
      try {
        const form = new FormData();
        form.set('image', await camera.capture(960), 'camera.jpg');
        const result = await post('/v1/inspect', form);
        if (left) return;
        setSeen(result);
        setProblem(null);
        setRow((old) => (old && old.length < ROW ? [...old, result] : old));
      } catch (failure) {
        if (left) return;
        // Without an answer about the picture, such as from a busy service, what was seen last stays.
        if (failure.status === 422) setSeen(null);
        setProblem(failure);
        setRow((old) => (old && old.length < ROW && failure.status === 422 ? [...old, null] : old));
      }
    };
    const look = async () => {
      while (!left) {
        const started = Date.now();
        if (!document.hidden) await once();
        await pause(Math.max(200, BETWEEN_MS - (Date.now() - started)));
      }
    };
    look();
    return () => { left = true; };
  }, [camera.state]);
  const tested = row && row.length === ROW;
  return html`<${Head} title=${t('nav.try')}><${Button} kind="primary" icon="play" busy=${row && !tested} disabled=${camera.state !== 'on'} onClick=${() => setRow([])}>${t('try.test')}<//><//>
    <p class="lead">${t('try.lead')}</p>
    <div class="columns columns--even"><div class="stack">
      <div class="card card--pad stack"><div class="sight"><${Mirror} camera=${camera} share=${row ? row.length / ROW : seen ? 1 : 0} wait=${!seen}><${Overlay} seen=${seen} video=${camera.video} /><//></div>
        <div class=${seen && !problem ? 'hint hint--ok' : 'hint hint--calm'} role="status"><${Icon} name=${seen && !problem ? 'scan-face' : 'info'} /><span>${row && !tested ? t('try.picture', { n: row.length + 1, of: ROW }) : seen && !problem ? t(seen.checks.every((check) => check.recognize.passes) ? 'try.good' : 'try.not_good') : problem ? words(problem) : t('try.look')}</span></div></div>
      ${tested && html`<${Verdict} row=${row} />`}</div>
      <div class="stack"><${Similar} seen=${seen} /><${Checks} seen=${seen} /></div></div>`;
}

/** The box and the 68 points over the mirror, which shows the middle square of the picture, the other way round. */
function Overlay({ seen, video }) {
  if (!seen || !video.current?.videoWidth) return null;
  const scale = Math.min(1, 960 / video.current.videoWidth);
  const [width, height] = [video.current.videoWidth * scale, video.current.videoHeight * scale];
  const side = Math.min(width, height);
  const { x, y, width: boxWidth, height: boxHeight } = seen.face;
  const points = [];
  for (let i = 0; i + 1 < seen.points.length; i += 2) points.push([seen.points[i], seen.points[i + 1]]);
  return html`<svg class="overlay" viewBox=${`${(width - side) / 2} ${(height - side) / 2} ${side} ${side}`} aria-hidden="true"><rect x=${x} y=${y} width=${boxWidth} height=${boxHeight} rx=${side / 60} />${points.map(([px, py]) => html`<circle cx=${px} cy=${py} r=${side / 160} />`)}</svg>`;
}

function Similar({ seen }) {
  return html`<section class="card"><header class="card__head"><h2>${t('try.similar')}</h2></header><ul class="list">
    ${(seen?.similar ?? []).map((one) => html`<li class="item" key=${one.user_id}><div class="grow"><${Who} name=${one.name} id=${one.user_id} /></div><div class="grow"><${ConfidenceBar} value=${one.confidence} threshold=${seen.threshold} /></div><span class="num">${percent(one.confidence, 1)}</span></li>`)}
    ${!seen?.similar.length && html`<li class="item muted">${t(seen ? 'try.nobody' : 'try.look')}</li>`}</ul></section>`;
}

function Checks({ seen }) {
  if (!seen) return null;
  const limits = ({ least, most }, digits) => [least !== null && `≥ ${number(least, digits)}`, most !== null && `≤ ${number(most, digits)}`].filter(Boolean).join(', ');
  return html`<section class="card"><header class="card__head"><h2>${t('try.values')}</h2></header><table><caption class="sr">${t('try.values')}</caption><thead><tr><th scope="col">${t('try.value')}</th><th scope="col" class="end">${t('try.measured')}</th><th scope="col" class="end t">${t('try.limits')}</th><th scope="col">${t('try.enough')}</th></tr></thead><tbody>
    ${seen.checks.map((check) => html`<tr key=${check.name}><td>${t(`check.${check.name}`)}</td><td class="end num">${number(check.value, DIGITS[check.name] ?? 0)}</td><td class="end num t muted">${limits(check.enroll, DIGITS[check.name] ?? 0)}</td>
      <td>${check.enroll.passes ? html`<${Tag} kind="ok" icon="check">${t('try.enroll')}<//>` : check.recognize.passes ? html`<${Tag} icon="check">${t('try.recognize')}<//>` : html`<${Tag} kind="wait" icon="triangle-alert">${t('try.bad')}<//>`}</td></tr>`)}
    ${seen.liveness && html`<tr><td>${t('sites.liveness')}</td><td class="end num">${number(seen.liveness.score, 2)}</td><td class="end num t muted">≥ ${number(seen.liveness.threshold, 2)}</td><td>${seen.liveness.live ? html`<${Tag} kind="ok" icon="check">${t('try.live')}<//>` : html`<${Tag} kind="wait" icon="triangle-alert">${t('try.not_live')}<//>`}</td></tr>`}</tbody></table></section>`;
}

/** What ten pictures say about the place: each part is good if nine of them pass its checks for recognition. */
function Verdict({ row }) {
  const good = (names) => row.filter((seen) => seen && seen.checks.filter((check) => names.includes(check.name)).every((check) => check.recognize.passes)).length;
  const faces = row.filter(Boolean).length;
  const live = row.filter((seen) => seen && (!seen.liveness || seen.liveness.live)).length;
  const line = (icon, key, n) => html`<li class="item"><${Icon} name=${icon} /><span class="item__text"><b>${t(`verdict.${key}`)}</b><small>${t(n >= 9 ? 'verdict.good' : `verdict.${key}_text`)}</small></span><${Tag} kind=${n >= 9 ? 'ok' : 'wait'} icon=${n >= 9 ? 'check' : 'triangle-alert'}>${n} / ${ROW}<//></li>`;
  return html`<section class="card" role="status"><header class="card__head"><h2>${t('verdict.title')}</h2></header><ul class="list">${line('scan-face', 'face', faces)}${line('zoom-in', 'distance', good(PARTS.distance))}${line('sun', 'light', good(PARTS.light))}${line('camera', 'camera', good(PARTS.camera))}${line('move', 'pose', good(PARTS.pose))}${line('shield-alert', 'live', live)}</ul></section>
    <${Note}>${t('verdict.note')}<//>`;
}
