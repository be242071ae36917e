// Keeps the screen on while the place is in use: for some hours after the last movement. The service knows no opening hours of a site.

/** Longer than any break of a working day, shorter than a night. */
const QUIET_MS = 2 * 3_600_000;
const CHECK_MS = 60_000;

export class Wake {
  #lock = null;
  #asking = false;
  #movedAt = performance.now();

  /** Runs for the life of the page. */
  run() {
    setInterval(() => this.#check(), CHECK_MS);
  }

  /** Something moves, or somebody touches the screen, or the page is shown again: takes the lock unless it is held. */
  async moved() {
    this.#movedAt = performance.now();
    if (this.#lock || this.#asking || document.hidden || !navigator.wakeLock) return;
    this.#asking = true;
    try {
      this.#lock = await navigator.wakeLock.request('screen');
      this.#lock.addEventListener('release', () => { this.#lock = null; });
    } catch {
      // The battery is low, or the page is hidden again: the next movement asks again.
    }
    this.#asking = false;
  }

  #check() {
    if (performance.now() - this.#movedAt > QUIET_MS) this.#lock?.release();
  }
}
