// The page of a person's phone: takes the secret out of the address, reads the sentences, then runs.

import { html, render } from '/web/shared/preact.js';
import { startMessages } from '/web/shared/messages.js';
import { keepPage } from '/web/kiosk/installed.js';
import { Phone } from './phone.js';
import { Screen } from './screens.js';

const place = document.getElementById('app');
const token = location.hash.slice(1);
let isDue = false;
let phone = null;

// A secret that stayed in the address would stay in the history, and be sent on with the address.
history.replaceState(null, '', location.pathname);

// A link that is opened where this page is open already loads nothing by itself.
addEventListener('hashchange', () => { if (location.hash.length > 1) location.reload(); });

function draw() {
  isDue = false;
  render(html`<${Screen} phone=${phone} redraw=${redraw} />`, place);
}

/** Draws once for all changes of a moment. */
function redraw() {
  if (isDue) return;
  isDue = true;
  queueMicrotask(draw);
}

await startMessages();
phone = new Phone(redraw);
await phone.start(token);
await keepPage('/me', '/web/me/worker.js').catch((error) => console.warn('the page is not kept for times without a network:', error.message));
