// Makes marks and shows what came of them: greetings, refusals, captures that wait, and marks that are taken back.

import { Problem } from '/web/shared/api.js';
import { pause } from '/web/shared/pause.js';
import { now } from './clock.js';
import { isAway, isBusy } from './service.js';
import { Full } from './vault.js';
import { FULL } from './watch.js';

const UNDO_MS = 5000;
const APART_MS = 300;

/** Refusals after which whoever stays is looked at again, and how often. */
const RETRIED = ['NO_FACE', 'MULTIPLE_FACES', 'LOW_QUALITY', 'DIFFERENT_FACES', 'INVALID_IMAGE', 'NOT_RECOGNIZED', 'SPOOF_SUSPECTED', 'CHALLENGE_REQUIRED', 'CHALLENGE_FAILED', 'CHALLENGE_EXPIRED'];
const RETRIES = 2;
const RETRY_MS = 4000;

export class Marking {
  /** The mark that "That isn't me" takes back, or null. */
  undoable = null;
  /** The last refusal of whoever is there: {code, userId}, with the number that was typed, if any; null without one. */
  refused = null;
  #page;
  #changed;
  #lastMarked = null;
  #retries = 0;
  #strangers = 0;

  /**
   * @param page {service, camera, watch, waiting, connection, turns, state, claim, timers}, as a Kiosk has them; and `place()` for further fields of a
   *     marking call, which may take a moment
   * @param changed called when something that is shown has changed
   */
  constructor(page, changed) {
    this.#page = page;
    this.#changed = changed;
  }

  /** Nobody is there any more. */
  forget() {
    this.#lastMarked = null;
    this.#retries = 0;
    this.#strangers = 0;
    this.refused = null;
  }

  /** A capture: {id, at, fields, frames}; throws the problem of a place that can't be told. */
  async #capture(frames) {
    const at = now();
    return { id: crypto.randomUUID(), at, fields: { ...this.#page.claim.fields, ...(await this.#page.place?.()) }, frames };
  }

  /** Asks for the mark of whoever the frames show; they were good since that time of performance.now(). */
  async mark(frames, since) {
    const { connection, timers, state } = this.#page;
    timers.stop('again');
    const token = connection.needsTurns ? await this.#turned() : null;
    if (connection.needsTurns && !token) return;
    state.become('checking');
    let capture;
    try {
      capture = await this.#capture(token ? [...frames, await this.#page.camera.picture(FULL.width, FULL.quality)] : frames);
    } catch (problem) {
      this.refuse(problem);
      return;
    }
    if (token) capture.fields.challenge_token = token;
    await this.#send(capture, since);
  }

  /** Lets the person turn the head, and answers the token; null if that came to nothing, which is shown. */
  async #turned() {
    const { state, turns, connection } = this.#page;
    state.become('turns');
    try {
      const token = await turns.run();
      if (!token) state.become('ready');
      return token;
    } catch (problem) {
      this.refuse(isAway(problem) ? new Problem(0, { code: 'NOT_SENT' }) : problem);
      connection.failed(problem);
      return null;
    }
  }

  async #send(capture, since) {
    const { service, waiting } = this.#page;
    const kept = waiting.keepLive(capture).then(() => true, () => false);
    try {
      this.greet(await service.markPatiently(capture), since);
    } catch (problem) {
      if (isAway(problem) || isBusy(problem) || service.isUnpaired(problem)) return this.#keep(capture, await kept, problem);
      this.refuse(problem, capture.fields);
    }
    if (await kept) await waiting.finished(capture.id);
    return undefined;
  }

  /** The call got no answer: it is made again later. With a token of a challenge that may be too late, so nobody is told that they can go. */
  async #keep(capture, isKept, problem) {
    const { waiting, connection } = this.#page;
    await waiting.waits(capture.id);
    if ('challenge_token' in capture.fields) this.#result('no', { problem: { code: 'NOT_SENT' } });
    else if (isKept) this.#result('kept', { at: capture.at });
    else this.#result('no', { problem: { code: 'FULL' } });
    connection.failed(problem);
  }

  /** Shows a result. Whatever somebody claimed was for this one. */
  #result(phase, result) {
    this.#page.claim.drop();
    this.#page.state.become(phase, result);
  }

  /** Shows that a mark was made; the person was seen since that time of performance.now(). */
  greet({ user_id: userId, name, attendance }, since) {
    this.refused = null;
    const { connection, timers } = this.#page;
    this.#lastMarked = userId;
    this.#strangers = 0;
    const ms = Math.min(UNDO_MS, 1000 * (connection.about?.undo_seconds ?? 0));
    this.undoable = ms ? attendance.id : null;
    timers.start('undo', ms, () => { this.undoable = null; this.#changed(); });
    this.#result('ok', { name, direction: attendance.direction, number: attendance.number, at: attendance.marked_at });
    performance.clearMeasures();
    performance.measure('rollcall.greeting', { start: since, end: performance.now() });
  }

  /** Shows a refusal of whoever claimed to be somebody by these fields, such as {user_id}, or claimed nothing. */
  refuse(problem, claimed = {}) {
    this.refused = { code: problem.code, userId: claimed.user_id ?? null };
    this.#result('no', { problem, isByBadge: 'badge' in claimed });
    if (problem.code === 'CHALLENGE_REQUIRED') this.#page.connection.failed(problem);
    if (!RETRIED.includes(problem.code) || this.#retries >= RETRIES) return;
    this.#retries += 1;
    this.#page.timers.start('again', RETRY_MS, () => this.#page.watch.arm());
  }

  /**
   * Whoever stands there after a mark is the next person, if the service knows somebody else by the picture. If it knows nobody twice
   * in a row, that is shown without asking for a mark: it may still be the same person, who looks aside.
   */
  async stayed(frame) {
    if (!this.#lastMarked) return;
    const { service, watch, state } = this.#page;
    try {
      const who = await service.who(frame);
      this.#strangers = 0;
      if (this.#lastMarked && who !== this.#lastMarked) watch.arm();
    } catch (problem) {
      this.#strangers = problem.code === 'NOT_RECOGNIZED' ? this.#strangers + 1 : 0;
      if (this.#strangers === RETRIES && state.phase === 'ready') this.#result('no', { problem });
    }
  }

  /** Without the service, nothing tells whether a face is good: pictures are taken when somebody presses the button, and kept. */
  async keepNow() {
    const { camera, waiting, watch, state } = this.#page;
    if (state.phase !== 'ready' || !camera.isOn()) return;
    state.become('checking');
    try {
      const capture = await this.#capture([]);
      for (let i = 0; i < 3; i += 1) {
        if (i) await pause(APART_MS);
        capture.frames.push(await camera.picture(FULL.width, FULL.quality));
      }
      await waiting.add(capture);
      this.#result('kept', { at: capture.at });
    } catch (error) {
      this.#result('no', { problem: error instanceof Problem ? error : { code: error instanceof Full ? 'FULL' : 'INTERNAL' } });
    }
    watch.disarm();
  }

  /** Looks again at whoever was refused. */
  tryAgain() {
    this.#page.state.end();
    this.#page.watch.arm();
  }

  /** Takes the last mark back: it was somebody else. */
  async notMe() {
    const mark = this.undoable;
    if (!mark) return;
    const { service, connection } = this.#page;
    this.undoable = null;
    try {
      await service.undo(mark);
      this.#result('no', { problem: { code: 'NOT_ME' } });
    } catch (problem) {
      this.#result('no', { problem });
      connection.failed(problem);
    }
  }

  /** The last mark can't be taken back any more: somebody else begins. */
  endUndo() {
    this.undoable = null;
  }
}
