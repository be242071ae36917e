// The kiosk: reads the sentences, then runs until the tablet is switched off.

import { html, render } from '/web/shared/preact.js';
import { startMessages } from '/web/shared/messages.js';
import { keepPage } from './installed.js';
import { Kiosk } from './kiosk.js';
import { Screen } from './screens.js';

const place = document.getElementById('app');
let isDue = false;
let kiosk = null;

function draw() {
  isDue = false;
  render(html`<${Screen} kiosk=${kiosk} redraw=${redraw} />`, place);
}

/** Draws once for all changes of a moment. */
function redraw() {
  if (isDue) return;
  isDue = true;
  queueMicrotask(draw);
}

await startMessages();
kiosk = new Kiosk(redraw);
await kiosk.start();
await keepPage('/kiosk', '/web/kiosk/worker.js').catch((error) => console.warn('the page is not kept for times without a network:', error.message));
