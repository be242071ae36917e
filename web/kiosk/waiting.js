// The captures that wait for the service, and their delivery: each once, the oldest first.

import { concernsAll, concernsOne } from './service.js';
import { now } from './clock.js';

const HOUR_MS = 3_600_000;
const EVERY_MS = 15_000;

/** When a capture that was refused for itself, and may be taken later, is sent again. */
const AGAIN_MS = 300_000;

export class Waiting {
  count = 0;
  #vault;
  #service;
  #on;
  #live = new Set();
  /** When captures that were refused for themselves are sent again, by id. */
  #again = new Map();
  #delivering = false;

  /** @param on {change, problem, hours}: the number has changed; a delivery failed; how many hours late the service takes marks */
  constructor(vault, service, on) {
    this.#vault = vault;
    this.#service = service;
    this.#on = on;
  }

  /** Delivers what waits from before, and then again and again. */
  async start() {
    await this.#recount();
    setInterval(() => this.deliver(), EVERY_MS);
  }

  async #recount() {
    const kept = await this.#vault.list();
    const count = kept.filter(({ id }) => !this.#live.has(id)).length;
    if (count !== this.count) {
      this.count = count;
      this.#on.change();
    }
  }

  /** Keeps a capture while its call is on the way, so that it isn't lost if the page ends. */
  async keepLive(capture) {
    this.#live.add(capture.id);
    await this.#vault.add(capture).catch((problem) => {
      this.#live.delete(capture.id);
      throw problem;
    });
  }

  /** The call of a kept capture got an answer that is final. */
  async finished(id) {
    await this.#vault.remove(id);
    this.#live.delete(id);
  }

  /** The call of a kept capture got no answer: it waits. */
  async waits(id) {
    this.#live.delete(id);
    await this.#recount();
  }

  /** Keeps a capture that can't be sent now. */
  async add(capture) {
    await this.#vault.add(capture);
    await this.#recount();
  }

  /**
   * Sends what waits, the oldest first, until a call fails for a reason that others share. Marks of captures that the service has already answered
   * are not made again.
   */
  async deliver() {
    if (this.#delivering) return;
    this.#delivering = true;
    try {
      for (const { id, at } of await this.#vault.list()) {
        if (!this.#service.key) {
          if (this.#isOld(at)) await this.#vault.remove(id);
          continue;
        }
        const isDue = !this.#live.has(id) && now() >= (this.#again.get(id) ?? 0);
        if (isDue && !(await this.#sent(id, at))) break;
        await this.#recount();
      }
    } finally {
      this.#delivering = false;
      await this.#recount();
    }
  }

  /** Whether the service takes it no more. */
  #isOld(at) {
    return now() - at > this.#on.hours() * HOUR_MS;
  }

  /** Sends one, and answers whether the next one can be tried. One that can't be read any more is removed. */
  async #sent(id, at) {
    const capture = await this.#vault.read(id).catch(() => null);
    if (!capture) {
      await this.#vault.remove(id);
      return true;
    }
    try {
      // A clock that was ahead at the time must not keep the service from taking the mark.
      await this.#service.mark({ ...capture, at: Math.min(at, now()) }, true);
    } catch (problem) {
      const isOwn = concernsOne(problem);
      if (isOwn || concernsAll(problem) || this.#service.isUnpaired(problem)) {
        if (isOwn) this.#again.set(id, now() + AGAIN_MS);
        if (this.#isOld(at)) await this.#removed(id);
        this.#on.problem(problem);
        return isOwn;
      }
    }
    // Also after a refusal, which the service's audit log has, and after IDEMPOTENCY_KEY_REUSED: the service had answered before.
    await this.#removed(id);
    return true;
  }

  async #removed(id) {
    await this.#vault.remove(id);
    this.#again.delete(id);
  }
}
