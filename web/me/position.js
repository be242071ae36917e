// Where the phone is, asked for when its person wants to be marked, and not before.

import { Problem } from '/web/shared/api.js';

/** How long a better position is waited for; a phone in a building needs some seconds for its first good one. */
const WAIT_MS = 6000;

/** A position that is as exact as this one is not waited for any longer: about what satellites give under the open sky. */
const GOOD_M = 20;

/** PERMISSION_DENIED of the Geolocation specification. */
const DENIED = 1;

/**
 * The fields of a marking call that say where the phone is.
 *
 * @throws {Problem} PHONE_POSITION_DENIED if somebody has refused it, PHONE_POSITION_UNKNOWN if the phone doesn't know
 */
export function position() {
  return new Promise((resolve, reject) => {
    if (!navigator.geolocation) return reject(new Problem(0, { code: 'PHONE_POSITION_UNKNOWN' }));
    let best = null;
    let watch = null;
    let isOver = false;
    const end = () => {
      if (isOver) return;
      isOver = true;
      clearTimeout(timer);
      navigator.geolocation.clearWatch(watch);
      if (best) resolve({ latitude: best.latitude.toFixed(6), longitude: best.longitude.toFixed(6), accuracy_m: best.accuracy.toFixed(1) });
      else reject(new Problem(0, { code: 'PHONE_POSITION_UNKNOWN' }));
    };
    const timer = setTimeout(end, WAIT_MS);
    watch = navigator.geolocation.watchPosition(({ coords }) => {
      if (!best || coords.accuracy < best.accuracy) best = coords;
      if (best.accuracy <= GOOD_M) end();
    }, (error) => {
      if (error.code !== DENIED) return;
      isOver = true;
      clearTimeout(timer);
      navigator.geolocation.clearWatch(watch);
      reject(new Problem(0, { code: 'PHONE_POSITION_DENIED' }));
    }, { enableHighAccuracy: true, maximumAge: 0 });
    return undefined;
  });
}
