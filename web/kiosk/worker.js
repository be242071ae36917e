// The service worker of a kiosk, and of a person's phone: shows the page when it is loaded without a network. With a network it changes nothing:
// each file comes from the service, and calls of the API never pass through here.

/** /web/kiosk/worker.js, or that of another page, which imports this file: then the names in it are of that page. */
const SELF = location.pathname;
const PAGE = `/${SELF.split('/')[2]}`;
const NAMES = `rollcall-${SELF.split('/')[2]}-`;

/** How long the service may take for the page before the kept one is shown. */
const PATIENCE_MS = 5000;

/**
 * The ids of clients that were sent the kept page: they get kept files alone, so that a page isn't made of two versions. The browser forgets them when
 * it ends an idle worker. A file that such a page asks for afterwards, such as that of another language, comes from the service if that can be
 * reached, perhaps in another version. The page loads itself again once it hears of that (connection.js).
 */
const served = new Set();

/** The cache that has a whole page, if any: the page itself is put in last. */
async function whole() {
  for (const name of (await caches.keys()).filter((one) => one.startsWith(NAMES))) {
    const cache = await caches.open(name);
    if (await cache.match(PAGE)) return cache;
  }
  return null;
}

async function kept(path) {
  return (await whole())?.match(path, { ignoreVary: true });
}

async function page(event) {
  try {
    const response = await fetch(event.request, { signal: AbortSignal.timeout(PATIENCE_MS) });
    if (response.status < 500) {
      event.waitUntil(leaveIfRemoved());
      return response;
    }
  } catch {
    // The service can't be reached: what was kept is shown.
  }
  const there = await kept(PAGE);
  if (!there) return Response.error();
  served.add(event.resultingClientId);
  return there;
}

async function file(event, path) {
  if (!served.has(event.clientId)) {
    const response = await fetch(event.request).catch(() => null);
    if (response && response.status < 500) return response;
  }
  return (await kept(path)) ?? Response.error();
}

/** A version of the service without this worker: it goes, with all that it has kept. */
async function leaveIfRemoved() {
  const { status } = await fetch(SELF, { method: 'HEAD', cache: 'no-store' });
  if (status !== 404) return;
  await Promise.all((await caches.keys()).filter((name) => name.startsWith(NAMES)).map((name) => caches.delete(name)));
  await registration.unregister();
}

/** Keeps the files of a page, unless they are kept already; then those of other versions go. */
async function keep(files) {
  const paths = [...files.filter((path) => path !== PAGE).sort(), PAGE];
  const responses = await Promise.all(paths.map((path) => fetch(path, { cache: 'no-cache' })));
  if (responses.some((response) => !response.ok)) return;
  const tags = responses.map((response, i) => paths[i] + response.headers.get('ETag')).join();
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(tags)));
  const name = NAMES + [...digest.slice(0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const cache = await caches.open(name);
  if (await cache.match(PAGE)) return;
  for (const [i, path] of paths.entries()) await cache.put(path, responses[i]);
  const others = (await caches.keys()).filter((one) => one.startsWith(NAMES) && one !== name);
  await Promise.all(others.map((one) => caches.delete(one)));
}

addEventListener('install', () => skipWaiting());
addEventListener('activate', (event) => event.waitUntil(clients.claim()));
addEventListener('message', (event) => event.waitUntil(keep(event.data.files).catch(() => {})));
addEventListener('fetch', (event) => {
  const { origin, pathname } = new URL(event.request.url);
  if (event.request.method !== 'GET' || origin !== location.origin) return;
  if (event.request.mode === 'navigate') event.respondWith(page(event));
  else if (pathname.startsWith('/web/')) event.respondWith(file(event, pathname));
});
