// Watches for a face: movement in the page first, then hints of the service, until two frames in a row are good.

import { pause } from '/web/shared/pause.js';

const STEP_MS = 100;
const BETWEEN_MS = 350;
const AWAKE_MS = 3000;
const HINT_MS = 900;

/** How long nobody must be seen before the next person is marked. */
const GONE_MS = 1000;

/** Least time between the pictures of one capture: the service compares them to tell a person from a still picture. */
const APART_MS = 300;
const MOST_FRAMES = 3;

/** When somebody has stayed for so long after a mark, it may be the next person: how often that is looked at. */
const STAYED_MS = 3500;

/** Widths and qualities of the frames for hints and of the pictures for the mark. */
const SMALL = { width: 640, quality: 0.7 };
export const FULL = { width: 1280, quality: 0.85 };

/** Of pictures with their times, the latest and those before it that are far enough apart. */
export function chosen(goods) {
  const frames = [];
  let next = Infinity;
  for (const good of [...goods].reverse()) {
    if (next - good.at < APART_MS || frames.length === MOST_FRAMES) continue;
    frames.unshift(good.frame);
    next = good.at;
  }
  return frames;
}

export class Watch {
  /** Whether the next good face is for a mark; false until nobody has been seen for a moment. */
  armed = true;
  hint = null;
  face = null;
  goods = [];
  #camera;
  #service;
  #on;
  #awakeUntil = 0;
  #goneSince = 0;
  #staysSince = 0;
  #lastHint = 0;
  #before = null;
  #hintUntil = 0;

  /**
   * @param on {change, moved, good, gone, stayed, failed, mayAsk, purpose}: what is shown has changed; something moves; pictures of a face that is
   *     good; nobody is there any more; a picture of whoever is still there after a mark; a call failed; whether to ask the service; what for
   */
  constructor(camera, service, on) {
    this.#camera = camera;
    this.#service = service;
    this.#on = on;
  }

  get isAwake() {
    return performance.now() < this.#awakeUntil;
  }

  /** Looks for the next face as if nobody had been there. */
  arm() {
    this.armed = true;
    this.goods = [];
    this.#awakeUntil = performance.now() + AWAKE_MS;
  }

  /** Waits until nobody is there before the next mark. */
  disarm() {
    this.armed = false;
    this.goods = [];
    this.#goneSince = 0;
    this.#staysSince = performance.now();
  }

  /** Runs for the life of the page. */
  async run() {
    for (;;) {
      await pause(STEP_MS);
      try {
        await this.#step();
      } catch (problem) {
        this.#goneSince = 0;
        this.#on.failed(problem);
        await pause(BETWEEN_MS);
      }
    }
  }

  async #step() {
    const now = performance.now();
    const sees = !document.hidden && this.#camera.isOn();
    if (sees && this.#camera.moved()) {
      this.#awakeUntil = Math.max(this.#awakeUntil, now + AWAKE_MS);
      this.#on.moved();
    }
    if (!sees || !this.#on.mayAsk()) {
      this.goods = [];
      this.#show(null, null);
    } else if (!this.isAwake) {
      this.#show(null, null);
      this.#absent(now);
    } else if (now - this.#lastHint >= BETWEEN_MS) {
      this.#lastHint = now;
      await this.#look(now);
    }
  }

  async #look(now) {
    const width = Math.min(FULL.width, this.#camera.width);
    const stayed = !this.armed && now - this.#staysSince >= STAYED_MS;
    const full = this.armed || stayed ? this.#camera.picture(FULL.width, FULL.quality) : null;
    const verdict = await this.#service.hints(await this.#camera.picture(SMALL.width, SMALL.quality), width, this.#on.purpose());
    if (verdict.face) {
      this.#goneSince = 0;
      this.#awakeUntil = performance.now() + AWAKE_MS;
    } else {
      this.#absent(now);
    }
    this.#show(verdict.hint, verdict.face);
    if (stayed && verdict.ready) {
      this.#staysSince = now;
      this.#on.stayed(await full);
    }
    this.goods = this.armed && verdict.ready && full ? [...this.goods.slice(1 - MOST_FRAMES), { at: now, frame: await full }] : [];
    if (this.armed && this.goods.length > 1) {
      const good = { frames: chosen(this.goods), since: this.goods[0].at };
      this.disarm();
      this.#on.good(good);
    }
    this.#on.change();
  }

  #absent(now) {
    if (!this.#goneSince) this.#goneSince = now;
    if (now - this.#goneSince >= GONE_MS) {
      this.armed = true;
      this.#on.gone();
    }
  }

  /** A hint shows after two equal results, and stays for a moment. */
  #show(hint, face) {
    const now = performance.now();
    const changed = this.hint !== hint && (hint === this.#before || hint === null) && now >= this.#hintUntil;
    if (changed) {
      this.hint = hint;
      this.#hintUntil = hint ? now + HINT_MS : 0;
    }
    this.#before = hint;
    if (changed || Boolean(this.face) !== Boolean(face)) {
      this.face = face;
      this.#on.change();
    }
  }
}
