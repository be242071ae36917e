// The camera of a kiosk: starts again by itself, tells that something moves, and gives pictures.

const WANTED = { audio: false, video: { facingMode: 'user', width: { ideal: 1280 }, height: { ideal: 720 } } };
const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 15_000;
const STILL_MS = 4000;

/** Width and height of the pictures that movement is looked for in. */
const WIDTH = 64;
const HEIGHT = 48;

/** A pixel has changed by more than the noise of a camera, and so many of them are more than a flicker. */
const CHANGED = 20;
const MOVED = 0.02;

/** Why there is no camera, as the key of a sentence. */
function reason(error) {
  if (!window.isSecureContext || !navigator.mediaDevices) return 'insecure';
  if (error?.name === 'NotAllowedError' || error?.name === 'SecurityError') return 'denied';
  return 'missing';
}

function canvas(width, height, options) {
  const element = document.createElement('canvas');
  Object.assign(element, { width, height });
  return { element, context: element.getContext('2d', options) };
}

export class Camera {
  state = 'starting';
  stream = null;
  /** The element that shows its pictures, for the page. */
  video = document.createElement('video');
  #onState;
  #wait = FIRST_WAIT_MS;
  #small = canvas(WIDTH, HEIGHT, { willReadFrequently: true });
  #pictures = new Map();
  #before = null;
  #lastTime = { time: -1, at: 0 };
  #starting = false;
  #isWanted = false;

  /** @param onState called when `state` or `stream` has changed */
  constructor(onState) {
    this.#onState = onState;
    Object.assign(this.video, { muted: true, playsInline: true });
    navigator.mediaDevices?.addEventListener?.('devicechange', () => this.#lost());
  }

  get width() {
    return this.video.videoWidth;
  }

  async start() {
    this.#isWanted = true;
    if (this.#starting) return;
    this.#starting = true;
    try {
      this.stream?.getTracks().forEach((track) => track.stop());
      this.stream = await navigator.mediaDevices.getUserMedia(WANTED);
      if (!this.#isWanted) return this.stop();
      this.stream.getVideoTracks().forEach((track) => track.addEventListener('ended', () => this.#lost(true)));
      this.video.srcObject = this.stream;
      await this.video.play();
      this.#wait = FIRST_WAIT_MS;
      this.#lastTime = { time: -1, at: performance.now() };
      this.#become('on');
    } catch (error) {
      this.stream = null;
      this.#become(reason(error));
      // Where somebody has refused the camera, trying again would ask them again and again.
      if (this.state === 'missing') setTimeout(() => this.#lost(true), this.#wait);
      this.#wait = Math.min(2 * this.#wait, LONGEST_WAIT_MS);
    } finally {
      this.#starting = false;
    }
    return undefined;
  }

  /** Switches it off until it is started. */
  stop() {
    this.#isWanted = false;
    this.stream?.getTracks().forEach((track) => track.stop());
    this.stream = null;
    this.video.srcObject = null;
    this.#become('starting');
  }

  #become(state) {
    this.state = state;
    this.#before = null;
    this.#onState();
  }

  #lost(isSure = false) {
    if (!this.#isWanted) return;
    const live = this.stream?.getVideoTracks().some((track) => track.readyState === 'live');
    if (isSure || (this.state !== 'insecure' && !live)) this.start();
  }

  /** Whether the camera gives pictures; starts it again when it has stopped. */
  isOn() {
    if (this.state !== 'on') return false;
    const now = performance.now();
    if (this.video.currentTime !== this.#lastTime.time) this.#lastTime = { time: this.video.currentTime, at: now };
    else if (now - this.#lastTime.at > STILL_MS) this.start();
    return this.video.videoWidth > 0;
  }

  /** Whether something has moved since the last call. */
  moved() {
    const { context } = this.#small;
    context.drawImage(this.video, 0, 0, WIDTH, HEIGHT);
    const { data } = context.getImageData(0, 0, WIDTH, HEIGHT);
    const grey = new Uint8Array(WIDTH * HEIGHT);
    let changed = 0;
    for (let i = 0; i < grey.length; i += 1) {
      grey[i] = (data[4 * i] * 77 + data[4 * i + 1] * 150 + data[4 * i + 2] * 29) >> 8;
      if (this.#before && Math.abs(grey[i] - this.#before[i]) > CHANGED) changed += 1;
    }
    const isFirst = !this.#before;
    this.#before = grey;
    return isFirst || changed > MOVED * grey.length;
  }

  /** The present picture as a JPEG, at most so many pixels wide. */
  picture(most, quality) {
    const scale = Math.min(1, most / this.video.videoWidth);
    const width = Math.round(this.video.videoWidth * scale);
    const height = Math.round(this.video.videoHeight * scale);
    let target = this.#pictures.get(most);
    if (target?.element.width !== width || target.element.height !== height) {
      target = canvas(width, height);
      this.#pictures.set(most, target);
    }
    target.context.drawImage(this.video, 0, 0, width, height);
    return new Promise((resolve, reject) => {
      target.element.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/jpeg', quality);
    });
  }
}
