// What is shown while a badge is read.

import { html, useEffect, useRef } from '/web/shared/preact.js';
import { t } from '/web/shared/messages.js';
import { Button } from '/web/shared/parts.js';
import * as sound from './sound.js';

export function BadgeButton({ kiosk }) {
  if (!kiosk.badge.isPossible) return null;
  return html`<${Button} kind=${kiosk.connection.needsBadge && !kiosk.claim.fields ? 'big primary' : 'big'} icon="id-card" onClick=${() => { sound.unlock(); kiosk.badge.ask(); }}>${t('kiosk.badge')}<//>`;
}

/** The camera's picture with a frame to hold the badge into. */
export function BadgeView({ kiosk }) {
  const view = useRef(null);
  const panel = useRef(null);
  useEffect(() => {
    view.current.srcObject = kiosk.camera.stream;
    view.current.play().catch(() => {});
    panel.current.querySelector('button').focus();
  }, []);
  return html`<section class="keypad" role="dialog" aria-modal="true" aria-label=${t('kiosk.badge_title')} ref=${panel} onKeyDown=${(event) => { if (event.key === 'Escape') kiosk.badge.leave(); }}>
    <header class="bar"><${Button} kind="quiet" icon="arrow-left" onClick=${() => kiosk.badge.leave()}>${t('kiosk.back')}<//></header>
    <div class="keypad__in"><h2>${t('kiosk.badge_title')}</h2>
      <div class="finder" role="img" aria-label=${t('kiosk.mirror')}><video ref=${view} muted playsinline></video></div>
      <p class="muted" role="status">${t('kiosk.badge_text')}</p></div></section>`;
}
