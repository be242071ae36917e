// A head-turn challenge: sends frames until the service has seen the turns that it asks for, and gives a token for one mark.

import { Problem } from '/web/shared/api.js';
import { pause } from '/web/shared/pause.js';

/** Least time between two frames: eight a second at the most. */
const BETWEEN_MS = 125;

/** How long nobody may be seen before the challenge is given up. */
const LEFT_MS = 3000;

const SMALL = { width: 640, quality: 0.7 };

/** Codes after which the next frame may go through. A challenge stands a gap of 1.5 seconds. */
const AGAIN = ['OVERLOADED', 'GALLERY_LOADING', 'REQUEST_TIMEOUT'];

/** What the service asks for as a key of kiosk.turn.*, or kiosk.hint.* where it is the same as before a mark. */
export function instruction({ hint, turn }) {
  if (hint === 'turn') return `kiosk.turn.${turn}`;
  const known = { no_face: 'NO_FACE', one_face: 'MULTIPLE_FACES', come_closer: 'FACE_TOO_SMALL' }[hint];
  return known ? `kiosk.hint.${known}` : `kiosk.turn.${hint}`;
}

/** The part of the present turn that is done, 0 to 1: `progress` counts a turn that is held to the end as 0.8 of its step. */
export function shareOfTurn({ progress, step, steps }) {
  return Math.min(1, Math.max(0, (progress * steps - step) / 0.8));
}

export class Turns {
  /** What the service asks for, {phase, turn, hint, progress, step, steps}; null while no challenge runs. */
  asked = null;
  #service;
  #camera;
  #changed;
  #isLeft = false;

  /**
   * @param service with `beginChallenge` and `challengeFrame`
   * @param changed called when `asked` has changed
   */
  constructor(service, camera, changed) {
    this.#service = service;
    this.#camera = camera;
    this.#changed = changed;
  }

  /** Runs one, and answers its token, or null if it was given up: somebody has pressed "Back", or has gone. Throws the problem of a call. */
  async run() {
    this.#isLeft = false;
    try {
      const { id, ...first } = await this.#service.beginChallenge();
      this.#show(first);
      return await this.#passed(id);
    } finally {
      this.asked = null;
      this.#changed();
    }
  }

  leave() {
    this.#isLeft = true;
  }

  async #passed(id) {
    let seenAt = performance.now();
    while (!this.#isLeft && performance.now() - seenAt < LEFT_MS) {
      const sentAt = performance.now();
      const state = await this.#next(id);
      if (state?.done) return state.token;
      if (state && state.hint !== 'no_face') seenAt = performance.now();
      if (state && state.hint !== 'same_frame') this.#show(state);
      await pause(BETWEEN_MS - (performance.now() - sentAt));
    }
    return null;
  }

  /** The state after the next frame, or null if the service had no time for it. */
  async #next(id) {
    if (!this.#camera.isOn()) throw new Problem(0, { code: 'CHALLENGE_FAILED', reason: 'INTERRUPTED' });
    const frame = await this.#camera.picture(SMALL.width, SMALL.quality);
    try {
      return await this.#service.challengeFrame(id, frame);
    } catch (problem) {
      if (AGAIN.includes(problem.code)) return null;
      throw problem;
    }
  }

  #show(state) {
    this.asked = state;
    this.#changed();
  }
}
