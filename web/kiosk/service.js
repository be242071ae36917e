// The calls of a kiosk, with its key and a time after which each counts as not answered.

import { Problem, call } from '/web/shared/api.js';
import { pause } from '/web/shared/pause.js';
import { learn } from './clock.js';

const SHORT_MS = 4000;
const MARK_MS = 10_000;

/** For a capture that is sent later, for which nobody waits: at 20 kB a second, the least that the service accepts, one takes half a minute. */
const LATE_MS = 60_000;
const VERSION = 'kiosk page';
const AGAIN_MS = 1000;
const TRIES = 3;

/** Codes after which the same request is tried again at once. */
const BUSY = ['OVERLOADED', 'GALLERY_LOADING', 'REQUEST_TIMEOUT'];

/** Codes of one request alone, after which it may succeed later: the rules of the site may change. */
const OWN = ['INTERNAL', 'CHALLENGE_REQUIRED', 'BADGE_REQUIRED', 'NUMBER_REQUIRED'];

/** Whether a request that failed so, or couldn't even be made, may succeed later, and others meanwhile. */
export const concernsOne = (problem) => !(problem instanceof Problem) || OWN.includes(problem.code);

/** Whether the service, or its database, can't be reached. */
export const isAway = (problem) => problem.code === 'OFFLINE' || problem.code === 'STORE_UNAVAILABLE';

/** Whether the service has too much to do, or has just started. */
export const isBusy = (problem) => BUSY.includes(problem.code);

/** Whether no request can succeed for a moment. */
export const concernsAll = (problem) => isAway(problem) || isBusy(problem) || problem.code === 'RATE_LIMITED';

export class Service {
  key = null;

  /** Whether a problem says that the key is not valid any more: one that may not mark is of no use, either. */
  isUnpaired(problem) {
    return problem.code === 'UNAUTHORIZED' || problem.code === 'FORBIDDEN';
  }

  /**
   * Makes a call with the key; answers its data, and throws a Problem. One about a key that has been replaced meanwhile is no answer, and neither is
   * what isn't the service's, such as the page of a captive portal.
   */
  async ask(method, path, ms, { body, headers = {} } = {}) {
    const { key } = this;
    const own = key ? { 'X-API-Key': key } : {};
    try {
      const answer = await call(method, path, { body, headers: { 'X-Device-Version': VERSION, ...own, ...headers }, signal: AbortSignal.timeout(ms) });
      if (answer.data === null || typeof answer.data !== 'object') throw new Error('not the service');
      return answer.data;
    } catch (error) {
      throw error instanceof Problem && key === this.key ? error : new Problem(0, { code: 'OFFLINE' });
    }
  }

  /** Trades a pairing code for a key, and uses it. */
  async pair(code) {
    this.key = null;
    this.key = (await this.ask('POST', '/v1/pairings/redeem', MARK_MS, { body: { code } })).key;
    return this.key;
  }

  /** What the service says about this kiosk; sets the clock. */
  async about() {
    return this.timed('/v1/kiosk');
  }

  /** What the service says at an address, with its time, which sets the clock. */
  async timed(path) {
    const sentAt = performance.now();
    const about = await this.ask('GET', path, SHORT_MS);
    if (Number.isNaN(Date.parse(about.server_time))) throw new Problem(0, { code: 'OFFLINE' });
    learn(about.server_time, sentAt, performance.now());
    return about;
  }

  /** What a small frame shows: {face, ready, hint}; `fullWidth` is the width of the picture that would be sent afterwards. */
  async hints(frame, fullWidth, purpose) {
    const form = new FormData();
    form.append('image', frame, 'frame.jpg');
    return this.ask('POST', `/v1/hints?full_width=${fullWidth}&purpose=${purpose}`, SHORT_MS, { body: form });
  }

  /**
   * Asks for the mark of a capture: of the person whom its `fields` name as `user_id` or by a `badge`, or of whoever it shows.
   *
   * @param late whether it is sent later than it was captured, then with its time
   */
  async mark({ id, at, fields, frames }, late = false) {
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.append(name, value);
    const isClaimed = Boolean(fields.user_id ?? fields.badge);
    if (!isClaimed) form.append('mark', 'true');
    if (late) form.append('captured_at', new Date(at).toISOString());
    frames.forEach((frame, i) => form.append(frames.length === 1 ? 'image' : 'images', frame, `${i}.jpg`));
    const answer = await this.ask('POST', isClaimed ? '/recognize' : '/identify', late ? LATE_MS : MARK_MS, { body: form, headers: { 'Idempotency-Key': id } });
    if (!answer.attendance?.id) throw new Problem(0, { code: 'OFFLINE' });
    return answer;
  }

  /** Asks for the mark of a capture, some times if the service is busy. */
  async markPatiently(capture) {
    for (let tries = 1; ; tries += 1) {
      try {
        return await this.mark(capture);
      } catch (problem) {
        if (!isBusy(problem) || tries === TRIES) throw problem;
        await pause(AGAIN_MS);
      }
    }
  }

  /** Begins a head-turn challenge. */
  async beginChallenge() {
    return this.ask('POST', '/v1/challenges', SHORT_MS);
  }

  /** The challenge after another frame. */
  async challengeFrame(id, frame) {
    const form = new FormData();
    form.append('image', frame, 'frame.jpg');
    return this.ask('POST', `/v1/challenges/${id}/frames`, SHORT_MS, { body: form });
  }

  /** The text of the badge that a frame shows, or null. */
  async badge(frame) {
    const form = new FormData();
    form.append('image', frame, 'frame.jpg');
    return (await this.ask('POST', '/v1/badges/read', SHORT_MS, { body: form })).badge;
  }

  /** The id of the person whom a picture shows; marks nobody. */
  async who(frame) {
    const form = new FormData();
    form.append('image', frame, '0.jpg');
    return (await this.ask('POST', '/identify', MARK_MS, { body: form })).user_id;
  }

  /** Takes a mark back. */
  async undo(markId) {
    return this.ask('POST', `/v1/attendance/${markId}/undo`, SHORT_MS);
  }
}
