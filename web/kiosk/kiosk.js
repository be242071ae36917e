// A kiosk: its parts, what they tell each other, and the events of the page. What it does is in the parts.

import { BadgeEntry } from './badge.js';
import { Camera } from './camera.js';
import { Claim } from './claim.js';
import { Connection } from './connection.js';
import { Marking } from './marking.js';
import { NumberEntry } from './number.js';
import { PageState } from './pagestate.js';
import { Pairing } from './pairing.js';
import { PinEntry } from './pin.js';
import { Service } from './service.js';
import { Timers } from './timers.js';
import { Turns } from './turns.js';
import { Vault } from './vault.js';
import { Waiting } from './waiting.js';
import { Wake } from './wake.js';
import { Watch } from './watch.js';

const NAME = 'rollcall.kiosk';

export class Kiosk {
  service = new Service();
  timers = new Timers();
  #wake = new Wake();
  #changed;
  #vault = new Vault('rollcall-kiosk');

  /** @param changed called when something that is shown has changed */
  constructor(changed) {
    this.#changed = changed;
    this.state = new PageState(this.timers, () => Boolean(this.service.key), changed);
    this.claim = new Claim(this.timers, changed);
    this.camera = new Camera(changed);
    this.pairing = new Pairing(this.service, this.#vault, {
      paired: () => this.#paired(),
      unpaired: () => this.state.become('pair'),
    });
    this.connection = new Connection(NAME, this.service, this.timers, {
      change: changed,
      learned: () => this.waiting.deliver(),
      unpaired: () => this.pairing.unpair(),
      mayReload: () => this.state.phase === 'ready',
    });
    this.waiting = new Waiting(this.#vault, this.service, {
      change: changed,
      problem: (problem) => this.connection.failed(problem),
      hours: () => this.connection.lateMarkHours,
    });
    this.watch = new Watch(this.camera, this.service, {
      change: () => this.#looked(),
      moved: () => this.#wake.moved(),
      good: (good) => this.marking.mark(good.frames, good.since),
      gone: () => this.#gone(),
      stayed: (frame) => this.marking.stayed(frame),
      failed: (problem) => this.connection.failed(problem),
      mayAsk: () => Boolean(this.service.key) && !this.connection.isAway && !this.marksNothing && this.state.isLooking && (Boolean(this.claim.fields) || !this.connection.needsClaim),
      purpose: () => (this.claim.fields ? 'recognize' : 'identify'),
    });
    this.turns = new Turns(this.service, this.camera, changed);
    this.marking = new Marking(this, changed);
    this.number = new NumberEntry(this);
    this.badge = new BadgeEntry(this);
    this.pin = new PinEntry(this);
  }

  /** Whether no mark can be made here: the site is switched off, or asks for a position, which a kiosk doesn't send. */
  get marksNothing() {
    return this.connection.isClosed || this.connection.about?.position_needed === true;
  }

  async start() {
    if (!window.isSecureContext || !crypto.subtle) return this.state.become('insecure');
    try {
      await this.#vault.open();
      await this.pairing.start();
    } catch {
      return this.state.become('no_storage');
    }
    await this.waiting.start();
    this.watch.run();
    this.#wake.run();
    addEventListener('pointerdown', () => this.#wake.moved());
    addEventListener('online', () => this.connection.ask());
    for (const [target, name] of [[document, 'visibilitychange'], [window, 'focus'], [window, 'pageshow']]) {
      target.addEventListener(name, () => this.#shown());
    }
    return undefined;
  }

  #paired() {
    this.state.become('ready');
    this.camera.start();
    this.#shown();
    navigator.storage?.persist?.().catch(() => {});
  }

  /** The page is seen again: keeps the screen on, and asks the service at once. */
  #shown() {
    if (document.hidden || !this.service.key) return;
    this.#wake.moved();
    if (this.camera.state === 'denied') this.camera.start();
    this.connection.ask();
  }

  #looked() {
    if (this.watch.hint === 'TOO_DARK' && this.watch.armed) this.state.light(true);
    this.#changed();
  }

  #gone() {
    this.marking.forget();
    this.state.light(false);
  }
}
