// The way to be marked by number and PIN, for people whose face fails. Nothing of it is kept: without the service there is no such mark.

import { pause } from '/web/shared/pause.js';

const PIN_MS = 20_000;
const MARK_MS = 10_000;

/** How often the call is made again if the service is overloaded, and the longest pause before each. */
const REPEATS = 3;
const MOST_PAUSE_MS = 2000;

/** Refusals after which a PIN helps. */
const FACE_FAILED = ['NOT_MATCHED', 'NOT_RECOGNIZED', 'AMBIGUOUS', 'NO_FACE', 'LOW_QUALITY', 'SPOOF_SUSPECTED', 'DIFFERENT_FACES', 'MULTIPLE_FACES', 'CHALLENGE_FAILED', 'PIN_INVALID', 'OFFLINE_PIN'];

export class PinEntry {
  /** The number that the PIN belongs to. */
  userId = null;
  #page;

  /** @param page {service, camera, state, claim, marking, connection, number, timers, watch, marksNothing}, as a Kiosk has them */
  constructor(page) {
    this.#page = page;
  }

  get isAllowed() {
    return this.#page.connection.about?.pin_allowed === true && !this.#page.marksNothing;
  }

  /** Whether a camera is what is missing for a mark. */
  get isWithoutCamera() {
    return ['denied', 'missing'].includes(this.#page.camera.state);
  }

  /** Whether a PIN is offered now: the face has failed, or there is no camera. */
  get isOffered() {
    const { state, marking } = this.#page;
    if (!this.isAllowed || !['ready', 'no'].includes(state.phase)) return false;
    return FACE_FAILED.includes(marking.refused?.code) || (state.phase === 'ready' && this.isWithoutCamera);
  }

  /** Whether the number is known: somebody typed it before the face failed. */
  get hasNumber() {
    return Boolean(this.#page.marking.refused?.userId);
  }

  /** Asks for the PIN of the number that somebody typed before the refusal, or else for the number first. */
  ask() {
    const { marking, number } = this.#page;
    if (this.hasNumber) this.askOf(marking.refused.userId);
    else number.ask((userId) => this.askOf(userId));
  }

  askOf(userId) {
    this.userId = userId;
    this.#page.marking.endUndo();
    this.#page.state.become('pin');
    this.touched();
  }

  touched() {
    this.#page.timers.start('pin', PIN_MS, () => this.leave());
  }

  leave() {
    this.userId = null;
    this.#page.timers.stop('pin');
    if (this.#page.state.phase === 'pin') this.#page.state.become('ready');
  }

  /** Asks for the mark, again under the same key if no answer came or the service is overloaded, so that it is made once. */
  async enter(pin) {
    const { service, state, marking, connection, timers, watch } = this.#page;
    const since = performance.now();
    const request = { body: { user_id: this.userId, pin }, headers: { 'Idempotency-Key': crypto.randomUUID() } };
    const userId = this.userId;
    this.userId = null;
    timers.stop('pin');
    // After the refusal before, whoever is still there was to be looked at again.
    timers.stop('again');
    watch.disarm();
    state.become('checking');
    try {
      marking.greet(await patiently(() => service.ask('POST', '/v1/pin-marks', MARK_MS, request)), since);
    } catch (problem) {
      const isAway = ['OFFLINE', 'STORE_UNAVAILABLE'].includes(problem.code);
      marking.refuse(isAway ? { code: 'OFFLINE_PIN' } : problem, { user_id: userId });
      connection.failed(problem);
    }
  }
}

/** The answer of a call, which is made again once if there was none, and some times if the service is overloaded. */
async function patiently(ask) {
  let isUnanswered = false;
  for (let repeats = 0; ; ) {
    try {
      return await ask();
    } catch (problem) {
      if (problem.code === 'OFFLINE' && !isUnanswered) {
        isUnanswered = true;
      } else if (problem.code === 'OVERLOADED' && repeats < REPEATS) {
        repeats += 1;
        await pause(Math.min(MOST_PAUSE_MS, 1000 * (problem.retryAfter || 1)));
      } else {
        throw problem;
      }
    }
  }
}
