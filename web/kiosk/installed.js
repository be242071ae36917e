// Starts the service worker of a page, and tells it which files the page is made of, so that it can be loaded without a network.

import { languages } from '/web/shared/messages.js';

/** The files that the page has loaded, and those of all its languages. */
function files(page) {
  const loaded = performance.getEntriesByType('resource').map(({ name }) => new URL(name)).filter(({ origin }) => origin === location.origin);
  const paths = loaded.map(({ pathname }) => pathname).filter((path) => path.startsWith('/web/'));
  return [...new Set([page, ...paths, ...Object.keys(languages).map((code) => `/web/lang/${code}.json`)])];
}

/**
 * Keeps the page for times without a network, where the browser can.
 *
 * @param page the path of its document, which is the worker's scope, too
 * @param script the path of the worker
 */
export async function keepPage(page, script) {
  if (!navigator.serviceWorker) return;
  const url = window.trustedTypes ? trustedTypes.createPolicy('worker', { createScriptURL: () => script }).createScriptURL('') : script;
  await navigator.serviceWorker.register(url, { scope: page, updateViaCache: 'none' });
  (await navigator.serviceWorker.ready).active.postMessage({ files: files(page) });
}
