// A person's phone: the parts of a kiosk, for one person, with a camera that is on while somebody wants to be marked.

import { Problem } from '/web/shared/api.js';
import { Camera } from '/web/kiosk/camera.js';
import { Connection } from '/web/kiosk/connection.js';
import { Marking } from '/web/kiosk/marking.js';
import { PageState } from '/web/kiosk/pagestate.js';
import { Pairing } from '/web/kiosk/pairing.js';
import { Timers } from '/web/kiosk/timers.js';
import { Turns } from '/web/kiosk/turns.js';
import { Vault } from '/web/kiosk/vault.js';
import { Waiting } from '/web/kiosk/waiting.js';
import { Watch } from '/web/kiosk/watch.js';
import { Month } from './month.js';
import { position } from './position.js';
import { PhoneService } from './service.js';

const NAME = 'rollcall.phone';
const TOKEN = /^[A-Za-z0-9_-]{43}$/;

/** How long the camera stays on without a mark. */
const LOOKING_MS = 45_000;

export class Phone {
  service = new PhoneService();
  timers = new Timers();
  /** Whether the camera is on for a mark. */
  isLooking = false;
  /** Why a link gave no key; null otherwise. */
  linkProblem = null;
  /** Whether a link was opened on a phone that has a key. */
  hadKey = false;
  #changed;
  #vault = new Vault('rollcall-phone');
  #token = null;
  #position = null;
  #waitingBefore = 0;

  /** @param changed called when something that is shown has changed */
  constructor(changed) {
    this.#changed = changed;
    this.state = new PageState(this.timers, () => Boolean(this.service.key), () => this.#shownOther());
    this.camera = new Camera(changed);
    this.pairing = new Pairing(this.service, this.#vault, {
      paired: () => this.#paired(),
      unpaired: () => this.#unpaired(),
    });
    this.connection = new Connection(NAME, this.service, this.timers, {
      change: changed,
      learned: () => this.waiting.deliver(),
      unpaired: () => this.pairing.unpair(),
      mayReload: () => this.state.phase === 'ready' && !this.isLooking,
    });
    this.service.person = this.connection.about?.user_id ?? null;
    this.waiting = new Waiting(this.#vault, this.service, {
      change: () => this.#waitingOther(),
      problem: (problem) => this.connection.failed(problem),
      hours: () => this.connection.lateMarkHours,
    });
    this.month = new Month(this.service, { change: changed, problem: (problem) => this.connection.failed(problem) });
    this.watch = new Watch(this.camera, this.service, {
      change: () => this.#looked(),
      moved: () => {},
      good: (good) => this.marking.mark(good.frames, good.since),
      gone: () => this.#gone(),
      // Nobody but the person of the key can be next.
      stayed: () => {},
      failed: (problem) => this.connection.failed(problem),
      mayAsk: () => Boolean(this.service.key) && this.isLooking && !this.connection.isAway && !this.connection.isClosed && this.state.isLooking,
      purpose: () => 'recognize',
    });
    this.turns = new Turns(this.service, this.camera, changed);
    this.marking = new Marking(this, changed);
  }

  /** Who is to be marked: always the person of the key. */
  claim = {
    phone: this,
    get fields() { return { user_id: this.phone.service.person ?? '' }; },
    drop() {},
  };

  /** Fields of a marking call that say where the phone is, where the site asks for it. */
  async place() {
    if (!this.connection.about?.position_needed) return {};
    const asked = this.#position ?? position();
    this.#position = null;
    return asked;
  }

  /** @param token what is behind the # of the address */
  async start(token) {
    if (!window.isSecureContext || !crypto.subtle) return this.state.become('insecure');
    this.#token = TOKEN.test(token) ? token : null;
    if (token && !this.#token) this.linkProblem = new Problem(0, { code: 'PHONE_LINK_INVALID' });
    try {
      await this.#vault.open();
      await this.pairing.start();
    } catch {
      return this.state.become('no_storage');
    }
    await this.waiting.start();
    this.watch.run();
    addEventListener('online', () => this.connection.ask());
    for (const [target, name] of [[document, 'visibilitychange'], [window, 'focus'], [window, 'pageshow']]) {
      target.addEventListener(name, () => this.#seen());
    }
    return undefined;
  }

  #paired() {
    this.hadKey = Boolean(this.#token);
    this.linkProblem = null;
    this.state.become('ready');
    this.#seen();
    navigator.storage?.persist?.().catch(() => {});
  }

  /** Without a key, nothing says any more whose phone it was, except what waits; the link that was opened is used. */
  #unpaired() {
    this.stop();
    this.month.forget();
    this.connection.forget();
    this.hadKey = false;
    this.state.become('pair');
    if (this.#token) this.useLink();
  }

  /** Trades the link for a key, once. */
  async useLink() {
    const token = this.#token;
    this.#token = null;
    this.connection.forget();
    this.linkProblem = null;
    this.state.become('linking');
    try {
      await this.pairing.pair(token);
    } catch (problem) {
      this.linkProblem = problem;
      // Nothing was used up if the service was not reached.
      if (problem.code === 'OFFLINE' || problem.status === 503 || problem.status === 429) this.#token = token;
      this.state.become('pair');
    }
  }

  /** Whether the link can be tried again. */
  get mayUseLink() {
    return Boolean(this.#token);
  }

  #seen() {
    if (document.hidden || !this.service.key) return;
    this.connection.ask();
    this.month.load();
  }

  /** Switches the camera on: the next good face of the person is marked. */
  begin() {
    this.isLooking = true;
    this.hadKey = false;
    this.state.end();
    this.camera.start();
    this.watch.arm();
    this.#locate();
    this.#stay();
    this.#changed();
  }

  /** Keeps the camera on for a while from now on. */
  #stay() {
    this.timers.start('looking', LOOKING_MS, () => this.stop());
  }

  /** Asks for the position at once, since it takes as long as to look into the camera. */
  #locate() {
    if (!this.connection.about?.position_needed) return;
    this.#position = position();
    this.#position.catch(() => {});
  }

  /** Looks again after a refusal. */
  again() {
    this.begin();
    this.marking.tryAgain();
  }

  /** Switches the camera off. */
  stop() {
    this.timers.stop('looking');
    this.timers.stop('again');
    this.isLooking = false;
    this.#position = null;
    this.turns.leave();
    this.camera.stop();
    this.#changed();
  }

  /** Ends what is shown, and switches the camera off. */
  leave() {
    this.stop();
    this.state.end();
  }

  /** A refusal stays until its person has read it: nobody else waits for the phone. */
  #shownOther() {
    const { phase } = this.state;
    if (phase === 'ok' || phase === 'kept') {
      if (this.isLooking) this.stop();
      this.month.load();
    } else if (phase === 'no' && this.state.result.problem.code === 'NOT_ME') {
      this.month.load();
    } else if (phase === 'no') {
      this.timers.stop('result');
    } else if (phase === 'turns') {
      this.#stay();
    }
    this.#changed();
  }

  /** What waited may have become marks. */
  #waitingOther() {
    if (this.waiting.count < this.#waitingBefore) this.month.load();
    this.#waitingBefore = this.waiting.count;
    this.#changed();
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
