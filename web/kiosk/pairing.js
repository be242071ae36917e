// The key of a kiosk: traded for a code that somebody types, kept in the vault, forgotten when the service takes it no more.

export class Pairing {
  /** Whether there was a key that the service takes no more. */
  wasPaired = false;
  #service;
  #vault;
  #on;

  /** @param on {paired, unpaired}: there is a key; there is none any more */
  constructor(service, vault, on) {
    this.#service = service;
    this.#vault = vault;
    this.#on = on;
  }

  /** Takes the key that the vault has, if any. */
  async start() {
    this.#service.key = await this.#vault.key();
    if (this.#service.key) this.#on.paired();
    else this.#on.unpaired();
  }

  /** Trades a code for a key; throws the problem of the call. */
  async pair(code) {
    const key = await this.#service.pair(code);
    await this.#vault.keepKey(key);
    this.wasPaired = false;
    this.#on.paired();
  }

  async unpair() {
    if (!this.#service.key) return;
    this.#service.key = null;
    this.wasPaired = true;
    this.#on.unpaired();
    await this.#vault.forgetKey();
  }
}
