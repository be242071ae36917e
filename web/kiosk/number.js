// The way to be marked by a number: the next good face is compared with that person alone.

const NUMBER_MS = 20_000;

export class NumberEntry {
  #page;
  #then = null;

  /** @param page {state, claim, watch, marking, timers}, as a Kiosk has them */
  constructor(page) {
    this.#page = page;
  }

  /**
   * Shows the keypad; `touched` keeps it.
   *
   * @param then called with the number, instead of looking for that person's face
   */
  ask(then = null) {
    this.#then = then;
    const { marking, claim, state } = this.#page;
    marking.endUndo();
    claim.drop();
    state.become('number');
    this.touched();
  }

  touched() {
    this.#page.timers.start('number', NUMBER_MS, () => this.leave());
  }

  leave() {
    const { timers, state } = this.#page;
    timers.stop('number');
    if (state.phase === 'number') state.become('ready');
  }

  enter(userId) {
    const { timers, claim, state, watch } = this.#page;
    timers.stop('number');
    if (this.#then) {
      this.#then(userId);
      return;
    }
    claim.make({ user_id: userId });
    state.become('ready');
    watch.arm();
  }
}
