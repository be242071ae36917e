// What the page shows: a phase, and after a mark its result for as long as people need to read it.

import * as sound from './sound.js';

const SHOWN_MS = { ok: 2500, kept: 2500, no: 4000 };

/** Phases in which there is no key of the service yet. */
const WITHOUT_KEY = ['start', 'insecure', 'no_storage', 'pair', 'linking'];

/** Phases in which the camera is looked at: also while a result is shown, so that the next person need not wait. */
const LOOKING = ['ready', 'ok', 'no', 'kept'];

export class PageState {
  /** start, insecure, no_storage, pair, ready, checking, with a result ok, no or kept, and those of further ways to be marked, such as number. */
  phase = 'start';
  /** Of ok {mark, name, direction, number, at}, of no {problem, isByBadge}, of kept {at}. */
  result = null;
  lamp = false;
  #timers;
  #hasKey;
  #changed;

  /**
   * @param timers the page's
   * @param hasKey whether the page has a key of the service; without, it asks to be paired
   * @param changed called when something that is shown has changed
   */
  constructor(timers, hasKey, changed) {
    this.#timers = timers;
    this.#hasKey = hasKey;
    this.#changed = changed;
  }

  get isLooking() {
    return LOOKING.includes(this.phase);
  }

  /** Shows a phase. A result ends by itself. */
  become(phase, result = null) {
    this.phase = this.#hasKey() || WITHOUT_KEY.includes(phase) ? phase : 'pair';
    this.result = result;
    const ms = SHOWN_MS[this.phase];
    if (ms) this.#timers.start('result', ms, () => this.end());
    else this.#timers.stop('result');
    if (this.phase === 'no') sound.refusal();
    else if (ms) sound.success();
    if (ms) this.lamp = false;
    this.#changed();
  }

  /** Ends the result that is shown. */
  end() {
    if (this.result) this.become('ready');
  }

  /** Turns the whole screen into a lamp, or back. */
  light(isOn) {
    if (this.lamp === isOn) return;
    this.lamp = isOn;
    this.#changed();
  }
}
