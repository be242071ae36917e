// Timers by name, of which each has at most one running.

export class Timers {
  #running = new Map();

  /** Calls a function later, in place of what was to come under the same name. */
  start(name, ms, then) {
    clearTimeout(this.#running.get(name));
    this.#running.set(name, setTimeout(then, ms));
  }

  stop(name) {
    clearTimeout(this.#running.get(name));
    this.#running.delete(name);
  }
}
