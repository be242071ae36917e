// What a kiosk keeps in its browser: the key of the service and the captures that wait, encrypted under a key that no script can read.

const SECRETS = 'secrets';
const CAPTURES = 'captures';

/** Most captures that wait. */
export const MOST_CAPTURES = 500;

/** There is no room for another capture. */
export class Full extends Error {}

function answered(request) {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

function done(transaction) {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

function opened(name) {
  const request = indexedDB.open(name, 1);
  request.onupgradeneeded = () => {
    request.result.createObjectStore(SECRETS);
    request.result.createObjectStore(CAPTURES, { keyPath: 'id' }).createIndex('at', 'at');
  };
  return answered(request);
}

/** Puts a value into the secrets unless there is one, and answers which one is there. */
async function settled(database, name, value) {
  const transaction = database.transaction(SECRETS, 'readwrite');
  const store = transaction.objectStore(SECRETS);
  const there = await answered(store.get(name));
  if (!there) store.put(value, name);
  await done(transaction);
  return there ?? value;
}

export class Vault {
  #name;
  #database = null;
  #secret = null;

  /** @param name of the database */
  constructor(name) {
    this.#name = name;
  }

  /** Opens it; to be called before anything else, and fails in a browser without a database for pages. */
  async open() {
    this.#database = await opened(this.#name);
    const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
    this.#secret = await settled(this.#database, 'vault', fresh);
  }

  async #sealed(bytes) {
    const iv = crypto.getRandomValues(new Uint8Array(12));
    return { iv, data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, this.#secret, bytes) };
  }

  #bytes({ iv, data }) {
    return crypto.subtle.decrypt({ name: 'AES-GCM', iv }, this.#secret, data);
  }

  async #sealedJson(value) {
    return this.#sealed(new TextEncoder().encode(JSON.stringify(value)));
  }

  async #json(sealed) {
    return JSON.parse(new TextDecoder().decode(await this.#bytes(sealed)));
  }

  /** Keeps the key of the service. */
  async keepKey(key) {
    const sealed = await this.#sealedJson(key);
    const transaction = this.#database.transaction(SECRETS, 'readwrite');
    transaction.objectStore(SECRETS).put(sealed, 'key');
    await done(transaction);
  }

  /** The key of the service, or null without one. */
  async key() {
    const sealed = await answered(this.#database.transaction(SECRETS).objectStore(SECRETS).get('key'));
    return sealed ? this.#json(sealed) : null;
  }

  async forgetKey() {
    const transaction = this.#database.transaction(SECRETS, 'readwrite');
    transaction.objectStore(SECRETS).delete('key');
    await done(transaction);
  }

  /**
   * Keeps a capture: {id, at, fields, frames}; `fields` are those of the marking call, frames are Blobs.
   *
   * @throws {Full} when there are too many, or the browser has no room
   */
  async add({ id, at, fields, frames }) {
    const pictures = await Promise.all(frames.map(async (frame) => this.#sealed(await frame.arrayBuffer())));
    const sealed = await this.#sealedJson(fields);
    const transaction = this.#database.transaction(CAPTURES, 'readwrite');
    const store = transaction.objectStore(CAPTURES);
    try {
      if (await answered(store.count()) >= MOST_CAPTURES) throw new Full();
      store.put({ id, at, fields: sealed, pictures });
      await done(transaction);
    } catch (error) {
      if (error?.name === 'QuotaExceededError') throw new Full();
      throw error;
    }
  }

  /** The captures that wait, the oldest first: {id, at} each. */
  list() {
    const found = [];
    const request = this.#database.transaction(CAPTURES).objectStore(CAPTURES).index('at').openKeyCursor();
    return new Promise((resolve, reject) => {
      request.onerror = () => reject(request.error);
      request.onsuccess = () => {
        const cursor = request.result;
        if (!cursor) return resolve(found);
        found.push({ id: cursor.primaryKey, at: cursor.key });
        return cursor.continue();
      };
    });
  }

  /** A capture as it was kept, or null. */
  async read(id) {
    const kept = await answered(this.#database.transaction(CAPTURES).objectStore(CAPTURES).get(id));
    if (!kept) return null;
    const fields = await this.#json(kept.fields);
    const frames = await Promise.all(kept.pictures.map(async (picture) => new Blob([await this.#bytes(picture)], { type: 'image/jpeg' })));
    return { id, at: kept.at, fields, frames };
  }

  async remove(id) {
    const transaction = this.#database.transaction(CAPTURES, 'readwrite');
    transaction.objectStore(CAPTURES).delete(id);
    await done(transaction);
  }
}
