// The service's time, which a kiosk goes by: a tablet's own clock may be wrong, or be changed.

import { remember, remembered } from '/web/shared/messages.js';

const STORED = 'rollcall.kiosk.clock';
const NOTICED_MS = 1000;

let known = null;

/** Learns the service's time from an answer; `sentAt` and `receivedAt` are those of performance.now(). */
export function learn(serverTime, sentAt, receivedAt) {
  const time = Date.parse(serverTime) + (receivedAt - sentAt) / 2;
  known = { time, at: receivedAt };
  const ahead = Math.round(Date.now() - (performance.now() - receivedAt) - time);
  if (Math.abs(ahead - Number(remembered(STORED) ?? NaN)) < NOTICED_MS) return;
  remember(STORED, String(ahead));
}

/** The present time in milliseconds; before the first answer, by how far this clock was ahead the last time. */
export function now() {
  if (known) return known.time + performance.now() - known.at;
  return Date.now() - Number(remembered(STORED) ?? 0);
}
