// The calls of the service, as documented in /openapi.json.

import { language } from './messages.js';
import { pause } from './pause.js';

/** How often a call is repeated that the service had no time for: it says so before it does anything. */
const MOST_REPEATS = 3;
const CHANGING = ['POST', 'PUT', 'PATCH', 'DELETE'];
let csrfToken = null;
let signedOut = () => {};

/** A refusal or failure of a call. `code` is the service's, or OFFLINE when there was no response; `retryAfter` in seconds, 0 if it says nothing. */
export class Problem extends Error {
  constructor(status, facts, requestId = null, retryAfter = 0) {
    super(facts.message ?? facts.detail ?? facts.title ?? facts.code);
    this.status = status;
    this.code = facts.code;
    this.facts = facts;
    this.requestId = requestId;
    this.retryAfter = retryAfter;
  }
}

/** Calls a function when the session has ended. */
export function onSignedOut(listener) {
  signedOut = listener;
}

/**
 * Makes a call, again after a moment if the service is overloaded.
 *
 * @param body an object for JSON, a FormData or a Blob
 * @param headers further headers
 * @param signal ends the call, which is then OFFLINE
 * @returns {Promise<{status: number, data: any, tag: ?string}>} data is null for 304
 * @throws {Problem}
 */
export async function call(method, path, { body, headers = {}, signal } = {}) {
  const all = { 'Accept-Language': language, ...headers };
  if (csrfToken && CHANGING.includes(method)) all['X-CSRF-Token'] = csrfToken;
  let sent = body;
  if (body && !(body instanceof FormData) && !(body instanceof Blob)) {
    all['Content-Type'] = 'application/json';
    sent = JSON.stringify(body);
  }
  const bySession = !('X-API-Key' in all);
  const request = { method, headers: all, body: sent, credentials: 'same-origin', cache: 'no-store', signal };
  for (let repeats = 0; ; repeats += 1) {
    const response = await fetch(path, request).catch(() => { throw new Problem(0, { code: 'OFFLINE' }); });
    try {
      return await result(response, bySession);
    } catch (problem) {
      if (!bySession || problem.code !== 'OVERLOADED' || repeats === MOST_REPEATS) throw problem;
      await pause(1000 * (problem.retryAfter || 1));
    }
  }
}

/** What a response says that went wrong. One without a code is not the service's, but a proxy's, as while the service is away. */
function facts(status, data) {
  if (typeof data?.code === 'string') return data;
  return { ...(typeof data === 'object' ? data : {}), code: status >= 500 ? 'OFFLINE' : 'INTERNAL' };
}

async function result(response, bySession) {
  const tag = response.headers.get('ETag');
  if (response.status === 304) return { status: 304, data: null, tag };
  const isJson = /json/.test(response.headers.get('Content-Type') ?? '');
  const data = isJson ? await response.json() : await response.text();
  if (response.ok) return { status: response.status, data, tag };
  const problem = new Problem(response.status, facts(response.status, data), response.headers.get('X-Request-Id'), Number(response.headers.get('Retry-After')) || 0);
  if (response.status === 401 && bySession && csrfToken) {
    csrfToken = null;
    signedOut();
  }
  throw problem;
}

export const get = async (path, options) => (await call('GET', path, options)).data;
export const post = async (path, body, options) => (await call('POST', path, { body, ...options })).data;
export const patch = async (path, body, options) => (await call('PATCH', path, { body, ...options })).data;
export const put = async (path, body) => (await call('PUT', path, { body })).data;
export const remove = async (path) => (await call('DELETE', path)).data;

/** An address with the query parameters that have a value. */
export function address(path, parameters = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(parameters)) {
    if (value !== undefined && value !== null) query.set(name, value);
  }
  const text = query.toString();
  return text ? `${path}?${text}` : path;
}

/** All items of a list, page after page, up to a number. */
export async function all(path, parameters = {}, most = 20_000) {
  const items = [];
  let next = null;
  do {
    const page = await get(address(path, { limit: 1000, ...parameters, next }));
    items.push(...page.items);
    next = page.next;
  } while (next && items.length < most);
  return items;
}

/** The session of this browser, or null without one. */
export async function session() {
  try {
    return keep(await get('/v1/session'));
  } catch (problem) {
    if (problem.status === 401 || problem.code === 'SESSION_NOT_FOUND') return null;
    throw problem;
  }
}

/** Trades an admin key for a session. */
export async function signIn(key) {
  return keep(await post('/v1/session', undefined, { headers: { 'X-API-Key': key } }));
}

/** Ends the session on every instance. */
export async function signOut() {
  await remove('/v1/session');
  csrfToken = null;
}

/** Uses a session that another call has just started. */
export function keep(started) {
  csrfToken = started.csrf_token;
  return started;
}
