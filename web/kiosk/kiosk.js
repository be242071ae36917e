// What a kiosk does: pairing, looking, marking, what it shows meanwhile, and how it gets over what fails.

import { remember, remembered } from '/web/shared/messages.js';
import { Camera } from './camera.js';
import { now } from './clock.js';
import { Service, isAway, isBusy, isUnpaired } from './service.js';
import * as sound from './sound.js';
import { Full, Vault } from './vault.js';
import { Waiting } from './waiting.js';
import { FULL, Watch } from './watch.js';

const SHOWN_MS = { ok: 2500, kept: 2500, no: 4000 };
const UNDO_MS = 5000;
const NUMBER_MS = 20_000;
const ABOUT_MS = 60_000;
const AWAY_MS = 3000;
const APART_MS = 300;
const STORED = 'rollcall.kiosk.about';
const RELOADED = 'rollcall.kiosk.reloaded';
const RELOAD_MS = 3_600_000;

/** Refusals after which whoever stays is looked at again, and how often. */
const RETRIED = ['NO_FACE', 'MULTIPLE_FACES', 'LOW_QUALITY', 'DIFFERENT_FACES', 'INVALID_IMAGE', 'NOT_RECOGNIZED', 'SPOOF_SUSPECTED'];
const RETRIES = 2;

const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });

export class Kiosk {
  /** start, insecure, no_storage, pair, ready, checking, number, and with a result: ok, no or kept. */
  phase = 'start';
  about = JSON.parse(remembered(STORED) ?? 'null');
  /** Of ok {mark, name, direction, at}, of no {problem}, of kept {at}. */
  result = null;
  claim = null;
  undoable = null;
  isAway = false;
  wasPaired = false;
  lamp = false;
  service = new Service();
  #changed;
  #vault = null;
  #timers = {};
  #lastMarked = null;
  #retries = 0;
  #strangers = 0;
  #asking = false;
  #version = null;

  /** @param changed called when something that is shown has changed */
  constructor(changed) {
    this.#changed = changed;
    this.camera = new Camera(changed);
    this.watch = new Watch(this.camera, this.service, {
      change: () => this.#looked(),
      good: (good) => this.#mark(good.frames, good.since),
      gone: () => this.#gone(),
      stayed: (frame) => this.#stayed(frame),
      trouble: (problem) => this.#trouble(problem),
      mayAsk: () => this.#mayAsk(),
      purpose: () => (this.claim ? 'recognize' : 'identify'),
    });
  }

  get waitingCount() {
    return this.waiting?.count ?? 0;
  }

  async start() {
    if (!window.isSecureContext || !crypto.subtle) return this.#become('insecure');
    try {
      this.#vault = await Vault.open();
      this.service.key = await this.#vault.key();
    } catch {
      return this.#become('no_storage');
    }
    this.waiting = new Waiting(this.#vault, this.service, {
      change: this.#changed,
      problem: (problem) => this.#trouble(problem),
      hours: () => this.about?.late_mark_hours ?? 72,
    });
    await this.waiting.start();
    this.watch.run();
    addEventListener('online', () => this.#ask());
    for (const [target, name] of [[document, 'visibilitychange'], [window, 'focus'], [window, 'pageshow']]) {
      target.addEventListener(name, () => this.#shown());
    }
    if (this.service.key) this.#paired();
    else this.#become('pair');
    return undefined;
  }

  #paired() {
    this.#become('ready');
    this.camera.start();
    this.#shown();
    navigator.storage?.persist?.().catch(() => {});
  }

  /** Trades the code that somebody typed for a key; throws the problem of the call. */
  async pair(code) {
    const key = await this.service.pair(code);
    await this.#vault.keepKey(key);
    this.wasPaired = false;
    this.#paired();
  }

  async #unpair() {
    if (this.phase === 'pair') return;
    this.service.key = null;
    this.wasPaired = true;
    this.#become('pair');
    await this.#vault.forgetKey();
  }

  #later(name, ms, then) {
    clearTimeout(this.#timers[name]);
    this.#timers[name] = ms === null ? null : setTimeout(then, ms);
  }

  #become(wanted, result = null) {
    const phase = this.service.key || wanted === 'insecure' ? wanted : 'pair';
    this.phase = phase;
    this.result = result;
    const ms = SHOWN_MS[phase];
    this.#later('result', ms ?? null, () => this.endResult());
    if (phase === 'ok' || phase === 'kept') sound.success();
    else if (phase === 'no') sound.refusal();
    if (ms) {
      this.claim = null;
      this.lamp = false;
    }
    this.#changed();
  }

  /** The page is seen again: keeps the screen on, and asks the service at once. */
  #shown() {
    if (document.hidden || !this.service.key) return;
    navigator.wakeLock?.request('screen').catch(() => {});
    if (this.camera.state === 'denied') this.camera.start();
    this.#ask();
  }

  /** Asks the service about this kiosk, now and from time to time. */
  async #ask() {
    if (!this.service.key || this.#asking) return;
    this.#asking = true;
    let wait = AWAY_MS;
    try {
      this.#learned(await this.service.about());
      wait = ABOUT_MS;
    } catch (problem) {
      this.#trouble(problem);
    }
    this.#asking = false;
    this.#later('ask', wait, () => this.#ask());
    this.#changed();
  }

  /** Loads the page of another version, once an hour at most: two instances may have different ones for a while. */
  #reload() {
    if (Date.now() - Number(remembered(RELOADED) ?? 0) < RELOAD_MS) return;
    remember(RELOADED, String(Date.now()));
    location.reload();
  }

  #learned(about) {
    this.#version ??= about.version;
    if (about.version !== this.#version && this.phase === 'ready') this.#reload();
    this.about = about;
    this.isAway = false;
    remember(STORED, JSON.stringify(about));
    this.waiting.deliver();
  }

  #trouble(problem) {
    if (isUnpaired(problem)) this.#unpair();
    else if (problem.code === 'SITE_NOT_FOUND') this.about = { ...this.about, active: false };
    else if (isAway(problem) && !this.isAway) {
      this.isAway = true;
      this.#later('ask', AWAY_MS, () => this.#ask());
    }
    this.#changed();
  }

  /** Whether no mark can be made at the site by this page. */
  get isClosed() {
    return this.about?.active === false || this.about?.challenge_needed === true;
  }

  #mayAsk() {
    return Boolean(this.service.key) && !this.isAway && !this.isClosed && ['ready', 'ok', 'no', 'kept'].includes(this.phase);
  }

  #looked() {
    if (this.watch.hint === 'TOO_DARK' && this.watch.armed) this.lamp = true;
    this.#changed();
  }

  #gone() {
    this.#lastMarked = null;
    this.#retries = 0;
    this.#strangers = 0;
    if (this.lamp) {
      this.lamp = false;
      this.#changed();
    }
  }

  /**
   * Whoever stands there after a mark is the next person, if the service knows somebody else by the picture. If it knows nobody twice
   * in a row, that is shown without asking for a mark: it may still be the same person, who looks aside.
   */
  async #stayed(frame) {
    if (!this.#lastMarked) return;
    try {
      const who = await this.service.who(frame);
      this.#strangers = 0;
      if (this.#lastMarked && who !== this.#lastMarked) this.watch.arm();
    } catch (problem) {
      this.#strangers = problem.code === 'NOT_RECOGNIZED' ? this.#strangers + 1 : 0;
      if (this.#strangers === RETRIES && this.phase === 'ready') this.#become('no', { problem });
    }
  }

  async #mark(frames, since) {
    const capture = { id: crypto.randomUUID(), at: now(), userId: this.claim, frames };
    this.#later('again', null);
    this.#become('checking');
    const kept = this.waiting.keepLive(capture).then(() => true, () => false);
    try {
      this.#greet(await this.service.markPatiently(capture), since);
    } catch (problem) {
      if (isAway(problem) || isBusy(problem) || isUnpaired(problem)) {
        const isKept = await kept;
        await this.waiting.waits(capture.id);
        if (isKept) this.#become('kept', { at: capture.at });
        else this.#become('no', { problem: { code: 'FULL' } });
        this.#trouble(problem);
        return;
      }
      this.#refuse(problem);
    }
    if (await kept) await this.waiting.finished(capture.id);
  }

  #greet({ user_id: userId, name, attendance }, since) {
    this.#lastMarked = userId;
    this.#strangers = 0;
    const seconds = Math.min(UNDO_MS, 1000 * (this.about?.undo_seconds ?? 0));
    this.undoable = seconds ? attendance.id : null;
    this.#later('undo', seconds, () => { this.undoable = null; this.#changed(); });
    this.#become('ok', { name, direction: attendance.direction, number: attendance.number, at: attendance.marked_at });
    performance.clearMeasures();
    performance.measure('rollcall.greeting', { start: since, end: performance.now() });
  }

  #refuse(problem) {
    this.#become('no', { problem });
    if (!RETRIED.includes(problem.code) || this.#retries >= RETRIES) return;
    this.#retries += 1;
    this.#later('again', SHOWN_MS.no, () => this.watch.arm());
  }

  /** Ends what is shown about the last person. */
  endResult() {
    if (this.result) this.#become('ready');
  }

  tryAgain() {
    this.endResult();
    this.watch.arm();
  }

  /** Takes the last mark back: it was somebody else. */
  async notMe() {
    const mark = this.undoable;
    if (!mark) return;
    this.undoable = null;
    try {
      await this.service.undo(mark);
      this.#become('no', { problem: { code: 'NOT_ME' } });
    } catch (problem) {
      this.#become('no', { problem });
      this.#trouble(problem);
    }
  }

  /** Shows the keypad; `touched` keeps it. */
  askNumber() {
    this.undoable = null;
    this.claim = null;
    this.#become('number');
    this.touched();
  }

  touched() {
    this.#later('number', NUMBER_MS, () => this.leaveNumber());
  }

  leaveNumber() {
    this.#later('number', null);
    if (this.phase === 'number') this.#become('ready');
  }

  /** The next good face is compared with this person alone. */
  enterNumber(userId) {
    this.claim = userId;
    this.#become('ready');
    this.watch.arm();
    this.#later('number', NUMBER_MS, () => { this.claim = null; this.#changed(); });
  }

  /** Without the service, nothing tells whether a face is good: pictures are taken when somebody asks for it, and kept. */
  async keepNow() {
    if (this.phase !== 'ready' || !this.camera.isOn()) return;
    const capture = { id: crypto.randomUUID(), at: now(), userId: this.claim, frames: [] };
    this.#become('checking');
    try {
      for (let i = 0; i < 3; i += 1) {
        if (i) await pause(APART_MS);
        capture.frames.push(await this.camera.picture(FULL.width, FULL.quality));
      }
      await this.waiting.add(capture);
      this.#become('kept', { at: capture.at });
    } catch (error) {
      this.#become('no', { problem: { code: error instanceof Full ? 'FULL' : 'INTERNAL' } });
    }
    this.watch.disarm();
  }
}
