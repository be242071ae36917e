// The mirror of a kiosk: the camera's picture in its ring, and the hint.

import { html, useEffect, useRef } from '/web/shared/preact.js';
import { Ring } from '/web/shared/charts.js';
import { t } from '/web/shared/messages.js';
import { Icon } from '/web/shared/parts.js';
import { shareOfTurn } from './turns.js';
import { hintIcon } from './words.js';

/** How much of the ring is lit; during a turn, of the side to which the head turns. */
function share(kiosk) {
  const { asked } = kiosk.turns;
  if (kiosk.state.phase === 'turns') return asked ? (side(kiosk) ? shareOfTurn(asked) : asked.progress) : 0;
  if (kiosk.state.phase === 'ok' || kiosk.state.phase === 'kept') return 1;
  if (kiosk.state.phase === 'checking') return 0.85;
  if (kiosk.state.phase === 'no') return 0.3;
  if (!kiosk.watch.face || !kiosk.watch.armed) return 0;
  return 0.3 + 0.25 * Math.min(2, kiosk.watch.goods.length);
}

/** The side to which the head is to be turned: the person's own left is on the left of a mirror. */
function side(kiosk) {
  const { asked } = kiosk.turns;
  return asked && ['turn', 'hold'].includes(asked.phase) ? asked.turn : null;
}

/** The mirror. It stays in the page while it is covered, since a video that is taken out stops. */
export function Portal({ kiosk }) {
  const view = useRef(null);
  useEffect(() => { view.current.append(kiosk.camera.video); }, []);
  const { state: { phase }, watch } = kiosk;
  const covered = phase === 'ok' || phase === 'kept';
  const hint = phase === 'ready' && watch.armed ? watch.hint : null;
  const stays = phase === 'ready' && !watch.armed && watch.face;
  return html`<div class="portal"><div class="portal__in"><${Ring} share=${share(kiosk)} wait=${phase === 'no'} side=${side(kiosk)} />
    <div class=${`portal__view${covered ? ' is-covered' : ''}`} ref=${view} role="img" aria-label=${t('kiosk.mirror')}></div>
    ${covered && html`<div class="portal__mid"><div class=${`badge${phase === 'kept' ? ' badge--wait' : ''}`}><${Icon} name=${phase === 'kept' ? 'cloud-off' : 'check'} /></div></div>`}
    <p class=${`hint${hint || stays ? '' : ' is-empty'}`} role="status" aria-live="polite">${hint ? html`<${Icon} name=${hintIcon(hint)} />${t(`kiosk.hint.${hint}`)}` : stays && t('kiosk.stays')}</p></div></div>`;
}
