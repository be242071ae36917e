// Waits.

/** Resolves after some milliseconds, of which fewer than none count as none. */
export const pause = (ms) => new Promise((resolve) => { setTimeout(resolve, Math.max(0, ms)); });
