// The two sounds of a kiosk. Browsers let a page sound only after somebody has touched it.

import { remember, remembered } from '/web/shared/messages.js';

const STORED = 'rollcall.kiosk.sound';
let audio = null;

export const isOn = () => remembered(STORED) !== 'off';

export function turn(on) {
  remember(STORED, on ? 'on' : 'off');
}

/** Lets the page sound from now on; to be called while somebody touches it. */
export function unlock() {
  audio ??= window.AudioContext ? new AudioContext() : null;
  audio?.resume().catch(() => {});
}

/** Plays tones of [Hz, ms] one after the other. */
function play(tones, loudness) {
  if (!isOn() || audio?.state !== 'running') return;
  let at = audio.currentTime;
  for (const [hertz, ms] of tones) {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    const end = at + ms / 1000;
    tone.frequency.value = hertz;
    volume.gain.setValueAtTime(0, at);
    volume.gain.linearRampToValueAtTime(loudness, at + 0.01);
    volume.gain.linearRampToValueAtTime(0, end);
    tone.connect(volume).connect(audio.destination);
    tone.start(at);
    tone.stop(end);
    at = end;
  }
}

export const success = () => play([[660, 90], [880, 90]], 0.25);
export const refusal = () => play([[330, 160]], 0.12);
