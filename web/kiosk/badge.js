// The way to be marked by a badge: its QR code says who somebody is, and the next good face is compared with that person alone.

import { pause } from '/web/shared/pause.js';

const BADGE_MS = 20_000;
const APART_MS = 300;
const FRAME_WIDTH = 1280;
const QUALITY = 0.8;
const MOST_PIXELS = 1_000_000;

/** How every badge's text begins. */
const PREFIX = 'RC1.';

export class BadgeEntry {
  #page;
  #detector = null;
  #turn = 0;

  /** @param page {service, camera, state, claim, watch, marking, connection, timers}, as a Kiosk has them */
  constructor(page) {
    this.#page = page;
  }

  /** Shows the camera's picture large, and reads it until it shows a badge. */
  async ask() {
    const { marking, claim, state, timers } = this.#page;
    marking.endUndo();
    claim.drop();
    state.become('badge');
    timers.start('badge', BADGE_MS, () => this.leave());
    const turn = ++this.#turn;
    this.#detector ??= await detector();
    while (turn === this.#turn && state.phase === 'badge') {
      const text = await this.#read().catch(() => null);
      if (text && turn === this.#turn && state.phase === 'badge') this.#found(text);
      else await pause(APART_MS);
    }
  }

  /** The text of the badge before the camera, by the browser if it can, otherwise by the service; null if there is none. */
  async #read() {
    const { camera, service } = this.#page;
    if (!camera.isOn()) return null;
    if (this.#detector) {
      const codes = await this.#detector.detect(camera.video);
      return codes.map((code) => code.rawValue).find((text) => text.startsWith(PREFIX)) ?? null;
    }
    const { videoWidth, videoHeight } = camera.video;
    const width = Math.min(FRAME_WIDTH, Math.floor(Math.sqrt((MOST_PIXELS * videoWidth) / videoHeight)));
    try {
      return await service.badge(await camera.picture(width, QUALITY));
    } catch (problem) {
      this.#page.connection.failed(problem);
      return null;
    }
  }

  #found(text) {
    const { claim, state, timers, watch } = this.#page;
    timers.stop('badge');
    claim.make({ badge: text });
    state.become('ready');
    watch.arm();
  }

  leave() {
    this.#turn += 1;
    this.#page.timers.stop('badge');
    if (this.#page.state.phase === 'badge') this.#page.state.become('ready');
  }

  /** Whether badges can be read now: without a connection only by a browser that can do it itself. */
  get isPossible() {
    return this.#page.camera.state === 'on' && (!this.#page.connection.isAway || 'BarcodeDetector' in window);
  }
}

/** The browser's own reader of QR codes, or null. */
async function detector() {
  try {
    const formats = await window.BarcodeDetector.getSupportedFormats();
    return formats.includes('qr_code') ? new window.BarcodeDetector({ formats: ['qr_code'] }) : null;
  } catch {
    return null;
  }
}
