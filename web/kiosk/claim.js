// Who somebody says they are: fields of the next marking call, such as {user_id}. Without them the service looks among all people.

const CLAIM_MS = 20_000;

export class Claim {
  /** The fields, or null. */
  fields = null;
  #timers;
  #changed;

  constructor(timers, changed) {
    this.#timers = timers;
    this.#changed = changed;
  }

  /** Says it for the next good face. */
  make(fields) {
    this.fields = fields;
    this.#timers.start('claim', CLAIM_MS, () => { this.drop(); this.#changed(); });
  }

  drop() {
    this.fields = null;
    this.#timers.stop('claim');
  }
}
