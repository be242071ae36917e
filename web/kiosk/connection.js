// Keeps in touch with the service: what it says about this kiosk, whether it can be reached, and whether there is another version of the page.

import { forget, remember, remembered } from '/web/shared/messages.js';
import { isAway } from './service.js';

const ABOUT_MS = 60_000;
const AWAY_MS = 3000;
const RELOAD_MS = 3_600_000;

export class Connection {
  /** What the service said about this kiosk, now or before the page was loaded; null before the first time. */
  about;
  /** Whether the service, or its database, can't be reached. */
  isAway = false;
  #name;
  #service;
  #timers;
  #on;
  #asking = false;
  /** Whether the service couldn't be reached when the page was loaded: then it is the page that the worker had kept. */
  #beganAway = null;
  #version = null;

  /**
   * @param name what the names of all that the browser keeps for this page begin with
   * @param on {change, learned, unpaired, mayReload}: what is shown has changed; the service has answered; the key isn't valid any more; whether
   *     the page may be loaded again now
   */
  constructor(name, service, timers, on) {
    this.#name = name;
    this.about = JSON.parse(remembered(`${name}.about`) ?? 'null');
    this.#service = service;
    this.#timers = timers;
    this.#on = on;
  }

  get timeZone() {
    return this.about?.time_zone ?? 'UTC';
  }

  /** How old a mark may be that the service takes. */
  get lateMarkHours() {
    return this.about?.late_mark_hours ?? 72;
  }

  /** Whether a face alone makes no mark: a number or a badge is needed with it. */
  get needsClaim() {
    return ['number', 'badge'].includes(this.about?.identify_by);
  }

  /** Whether a number is not enough: a badge is needed with the face. */
  get needsBadge() {
    return this.about?.identify_by === 'badge';
  }

  /** Whether no mark can be made at the site. */
  get isClosed() {
    return this.about?.active === false;
  }

  /** Whether a mark needs a head-turn challenge, and so a connection. */
  get needsTurns() {
    return this.about?.challenge_needed === true;
  }

  /** Asks the service about this kiosk, now and from time to time. */
  async ask() {
    if (!this.#service.key || this.#asking) return;
    this.#asking = true;
    let wait = AWAY_MS;
    try {
      this.#learned(await this.#service.about());
      wait = ABOUT_MS;
    } catch (problem) {
      this.#beganAway ??= isAway(problem);
      this.failed(problem);
    }
    this.#asking = false;
    this.#timers.start('ask', wait, () => this.ask());
    this.#on.change();
  }

  #learned(about) {
    this.#beganAway ??= false;
    this.#version ??= this.#beganAway ? remembered(`${this.#name}.version`) : about.version;
    remember(`${this.#name}.version`, this.#version);
    if (about.version !== this.#version && this.#on.mayReload()) this.#reload();
    this.about = about;
    this.isAway = false;
    remember(`${this.#name}.about`, JSON.stringify(about));
    this.#on.learned();
  }

  /** Loads the page of another version, once an hour at most: two instances may have different ones for a while. */
  #reload() {
    if (Date.now() - Number(remembered(`${this.#name}.reloaded`) ?? 0) < RELOAD_MS) return;
    remember(`${this.#name}.reloaded`, String(Date.now()));
    location.reload();
  }

  /** Removes what the service said: the next key may be of somebody else. */
  forget() {
    this.about = null;
    forget(`${this.#name}.about`);
  }

  /** A call failed: ends the pairing, closes the site or notes that the service is away, as the problem says. */
  failed(problem) {
    if (this.#service.isUnpaired(problem)) this.#on.unpaired();
    else if (problem.code === 'SITE_NOT_FOUND') this.about = { ...this.about, active: false };
    else if (problem.code === 'CHALLENGE_REQUIRED') this.ask();
    else if (isAway(problem) && !this.isAway) {
      this.isAway = true;
      this.#timers.start('ask', AWAY_MS, () => this.ask());
    }
    this.#on.change();
  }
}
