// What the menu counts: things that somebody should look at.

import { useEffect, useRef, useState } from '/web/shared/preact.js';
import { address, get } from '/web/shared/api.js';
import { number } from '/web/shared/format.js';

const EVERY = 60_000;
const DAY_MS = 86_400_000;
/** More waiting corrections than this are shown as "100+". */
const MOST = 100;

/** The counts by screen, as text, without those that are 0; and a function that counts again. */
export function useCounts() {
  const [counts, setCounts] = useState({});
  const recount = useRef(async () => {
    if (document.hidden) return;
    const from = new Date(Date.now() - DAY_MS).toISOString();
    const [refused, waiting] = await Promise.all([
      get(address('/v1/audit', { action: 'RECOGNITION_REFUSED', from, limit: 1, total: true })).then((page) => page.total, () => 0),
      get(address('/v1/corrections', { state: 'pending', limit: MOST })).then((page) => page, () => ({ items: [], next: null })),
    ]);
    const shown = {};
    if (refused > 0) shown.refused = number(refused);
    if (waiting.items.length > 0) shown.approvals = number(waiting.items.length) + (waiting.next ? '+' : '');
    setCounts(shown);
  }).current;
  useEffect(() => {
    recount();
    const timer = setInterval(recount, EVERY);
    return () => clearInterval(timer);
  }, []);
  return [counts, recount];
}
