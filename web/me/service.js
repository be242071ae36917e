// The calls of a person's phone: those of a kiosk, for the person of its key alone.

import { Problem, address, call } from '/web/shared/api.js';
import { learn } from '/web/kiosk/clock.js';
import { Service } from '/web/kiosk/service.js';

const LONG_MS = 10_000;
const VERSION = { 'X-Device-Version': 'phone page' };

export class PhoneService extends Service {
  /** The id of the person of the key; null until it is known. */
  person = null;

  /** A mark that is forbidden says nothing about the key, which is that of the person's phone as long as it is known. */
  isUnpaired(problem) {
    return problem.code === 'UNAUTHORIZED';
  }

  ask(method, path, ms, { body, headers = {} } = {}) {
    return super.ask(method, path, ms, { body, headers: { ...VERSION, ...headers } });
  }

  /** Trades the token of a link for a key, and uses it. */
  async pair(token) {
    this.key = null;
    this.person = null;
    this.key = (await this.ask('POST', '/v1/me/redeem', LONG_MS, { body: { token } })).key;
    return this.key;
  }

  /** What the service says about this phone's person and site; sets the clock. */
  async about() {
    const about = await this.timed('/v1/me');
    this.person = about.user_id;
    return about;
  }

  /** Asks for the mark of a capture. One of the person who had this phone before is never sent under the key of another one. */
  async mark(capture, late = false) {
    if (!this.person) throw new Problem(0, { code: 'OFFLINE' });
    if (capture.fields.user_id !== this.person) throw new Problem(403, { code: 'PHONE_OF_OTHER' });
    try {
      return await super.mark(capture, late);
    } catch (problem) {
      throw problem.code === 'OUTSIDE_SITE' ? outside(problem) : problem;
    }
  }

  /** The person's days of a month, with plan, status and hours. */
  async days(month) {
    const person = this.person ?? (await this.about()).user_id;
    return this.ask('GET', address(`/v1/people/${encodeURIComponent(person)}/report`, ends(month)), LONG_MS);
  }

  /** A signed receipt of one of the person's marks. */
  receipt(id) {
    return this.ask('GET', `/v1/attendance/${id}/receipt`, LONG_MS);
  }

  /** The marks of a month such as 2026-11 as {data, tag}; data is null if they are as under that tag. */
  async marks(month, tag) {
    const { key } = this;
    const headers = { ...VERSION, 'X-API-Key': key, ...(tag ? { 'If-None-Match': tag } : {}) };
    try {
      return await call('GET', `/v1/me/marks${month ? `?month=${month}` : ''}`, { headers, signal: AbortSignal.timeout(LONG_MS) });
    } catch (problem) {
      throw problem instanceof Problem && key === this.key ? problem : new Problem(0, { code: 'OFFLINE' });
    }
  }
}

/** The first and the last date of a month such as 2026-11. */
function ends(month) {
  const [year, number] = month.split('-').map(Number);
  return { from: `${month}-01`, to: `${month}-${new Date(Date.UTC(year, number, 0)).getUTCDate()}` };
}

/** Why a position is refused, as a code of its own: what a phone can do about it is another thing than at a kiosk. */
function outside(problem) {
  return new Problem(problem.status, { code: `PHONE_${problem.facts.reason ?? 'OUTSIDE'}` });
}
