// Pictures of figures, as SVG.

import { html } from './preact.js';
import { compact, oneIn, percent } from './format.js';
import { t } from './messages.js';

const HOUR = 3_600_000;

/** The colours that run out at the end of an open span; once on a page that has day bars. */
export const DayBarColours = () => html`<svg width="0" height="0" aria-hidden="true" class="sr"><linearGradient id="fade"><stop class="stop-a" offset="0" /><stop class="stop-a" offset=".7" /><stop class="stop-b" offset="1" /></linearGradient></svg>`;

/** The hours above a column of day bars. */
export function DayAxis({ axis }) {
  const step = axis.to - axis.from > 18 ? 4 : 2;
  const hours = [];
  for (let hour = Math.ceil(axis.from / step) * step; hour <= axis.to; hour += step) hours.push(hour);
  return html`<div class="axis" aria-hidden="true">${hours.map((hour) => html`<span style=${{ insetInlineStart: `${((hour - axis.from) / (axis.to - axis.from)) * 100}%` }}>${String(hour % 24).padStart(2, '0')}</span>`)}</div>`;
}

/** A day's spans as a bar; `dayStart` is midnight at the site, `now` null for a day that is over. */
export function DayBar({ day, axis, dayStart, now }) {
  const x = (at) => Math.min(100, Math.max(0, ((at - dayStart) / HOUR - axis.from) / (axis.to - axis.from) * 100));
  const lines = [];
  for (let hour = axis.from; hour <= axis.to; hour += 2) lines.push(((hour - axis.from) / (axis.to - axis.from)) * 100);
  const span = ({ from, to, open }) => {
    if (from !== null && to !== null) return html`<rect class="work" x=${x(from)} width=${Math.max(0.6, x(to) - x(from))} y="9" height="10" rx="1" />`;
    if (from !== null && open) return html`<rect class=${day.state === 'long' ? 'fix' : 'open'} x=${x(from)} width=${Math.max(0.6, x(now) - x(from))} y="9" height="10" rx="1" />`;
    const at = from ?? to;
    const left = from !== null ? x(at) : Math.max(0, x(at) - 12);
    return html`<g><rect class="fix" x=${left} width=${Math.min(12, 100 - left)} y="9.5" height="9" rx="1" /><rect class="work" x=${x(at) - 0.3} width=".8" y="9" height="10" /></g>`;
  };
  return html`<svg class="span" viewBox="0 0 100 28" preserveAspectRatio="none" aria-hidden="true">
    ${lines.map((at) => html`<line class="grid" x1=${at} x2=${at} y1="4" y2="24" />`)}
    ${day.spans.map(span)}</svg>`;
}

/** Bars by quarter of an hour, with a line of what is usual. */
export function Histogram({ counts, usual, label }) {
  const quarters = [...counts.keys(), ...usual.keys()];
  const first = Math.min(24, ...quarters.map((one) => one - 1));
  const last = Math.max(44, ...quarters.map((one) => one + 2));
  const width = last - first;
  const top = Math.max(1, ...counts.values(), ...usual.values());
  const y = (value) => 96 - (value / top) * 88;
  const points = [];
  for (let q = first; q < last; q += 1) points.push(`${((q - first + 0.5) / width) * 300},${y(usual.get(q) ?? 0)}`);
  const hours = [];
  for (let hour = Math.ceil(first / 4); hour * 4 <= last; hour += width > 48 ? 2 : 1) hours.push(hour);
  return html`<figure class="stack stack--s"><svg class="histogram" viewBox="0 0 300 100" preserveAspectRatio="none" role="img" aria-label=${label}>
      <line class="base" x1="0" x2="300" y1="96.5" y2="96.5" />
      ${[...counts].map(([q, n]) => html`<rect class="b" x=${((q - first + 0.14) / width) * 300} width=${(0.72 / width) * 300} y=${y(n)} height=${96 - y(n)} rx=".8" />`)}
      ${usual.size > 0 && html`<polyline class="u" points=${points.join(' ')} />`}</svg>
    <div class="axis tiny" aria-hidden="true">${hours.map((hour) => html`<span style=${{ insetInlineStart: `${((hour * 4 - first) / width) * 100}%` }}>${String(hour % 24).padStart(2, '0')}</span>`)}</div></figure>`;
}

/** A confidence from 0 to 1 as a bar, with a tick at the threshold. */
export function ConfidenceBar({ value, threshold }) {
  const text = threshold === undefined || threshold === null ? percent(value, 1) : t('confidence.of', { value: percent(value, 1), threshold: percent(threshold, 1) });
  return html`<div class="conf" role="img" aria-label=${text} title=${text}><i class=${value >= (threshold ?? 2) ? 'is-over' : ''} style=${{ inlineSize: `${Math.max(1, value * 100)}%` }}></i>
    ${threshold !== undefined && threshold !== null && html`<b style=${{ insetInlineStart: `${threshold * 100}%` }}></b>`}</div>`;
}

/** Where the ticks of each side of a ring have their middle, and by how many degrees its arrow is turned. */
const SIDES = { up: { tick: 0, angle: 0 }, right: { tick: 24, angle: 90 }, down: { tick: 48, angle: 180 }, left: { tick: 72, angle: 270 } };
const SIDE_TICKS = 12;

function tickClass(i, share, side) {
  if (!side) return i < share * 96 ? 'on' : '';
  const away = Math.abs(((i - SIDES[side].tick + 144) % 96) - 48);
  if (away > SIDE_TICKS) return '';
  return share > 0 && away <= share * SIDE_TICKS ? 'on' : 'aim';
}

/** The ring around a mirror: `share` of its 96 ticks, 0 to 1, are lit; with a `side` (left, right, up, down), of those of that side. */
export function Ring({ share, wait, side }) {
  const ticks = Array.from({ length: 96 }, (_, i) => {
    const angle = (i / 96) * 2 * Math.PI - Math.PI / 2;
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    return html`<line class=${tickClass(i, share, side)} x1=${200 + 182 * c} y1=${200 + 182 * s} x2=${200 + 194 * c} y2=${200 + 194 * s} />`;
  });
  return html`<svg class=${`ring${wait ? ' is-wait' : ''}`} viewBox="0 0 400 400" aria-hidden="true">${ticks}
    ${side && html`<path class="ring__arrow" transform=${`rotate(${SIDES[side].angle} 200 200)`} d="M176 74 L200 50 L224 74" />`}</svg>`;
}

/** How rarely others match, by threshold, with the target rate and the threshold in use. */
export function RateCurve({ accuracy }) {
  const rows = accuracy.thresholds.filter((row) => row.false_match_rate > 0);
  if (rows.length < 2) return null;
  const lowest = Math.min(...rows.map((row) => row.false_match_rate), accuracy.target_false_match_rate) / 3;
  const highest = Math.max(...rows.map((row) => row.false_match_rate_upper ?? row.false_match_rate), accuracy.target_false_match_rate) * 2;
  const [from, to] = [rows[0].confidence, rows[rows.length - 1].confidence];
  const x = (confidence) => 64 + ((confidence - from) / (to - from)) * 480;
  const y = (rate) => 16 + (Math.log(highest) - Math.log(Math.max(rate, lowest))) / (Math.log(highest) - Math.log(lowest)) * 208;
  const line = (field) => rows.map((row) => `${x(row.confidence)},${y(row[field])}`);
  const powers = [];
  for (let power = Math.ceil(Math.log10(lowest)); power <= Math.log10(highest); power += 1) powers.push(10 ** power);
  const inUse = accuracy.in_use;
  const label = t('accuracy.picture', { threshold: percent(inUse.confidence), rate: oneIn(inUse.false_match_rate), target: oneIn(accuracy.target_false_match_rate) });
  return html`<svg class="curve" viewBox="0 0 560 262" role="img" aria-label=${label}>
    ${powers.map((rate) => html`<g><line class="grid" x1="64" x2="544" y1=${y(rate)} y2=${y(rate)} /><text x="58" y=${y(rate) + 4} text-anchor="end">1 : ${compact(1 / rate)}</text></g>`)}
    ${rows.filter((_, i) => i % 3 === 0).map((row, i) => html`<text class=${i % 2 ? 'less' : ''} x=${x(row.confidence)} y="246" text-anchor="middle">${percent(row.confidence)}</text>`)}
    <polygon class="upper" points=${[...line('false_match_rate'), ...line('false_match_rate_upper').reverse()].join(' ')} />
    <line class="target" x1="64" x2="544" y1=${y(accuracy.target_false_match_rate)} y2=${y(accuracy.target_false_match_rate)} />
    <polyline class="rate" points=${line('false_match_rate').join(' ')} />
    ${inUse.confidence >= from && inUse.confidence <= to && html`<g><line class="use" x1=${x(inUse.confidence)} x2=${x(inUse.confidence)} y1="16" y2="226" /><circle class="dot-in" cx=${x(inUse.confidence)} cy=${y(inUse.false_match_rate)} r="5" /></g>`}
  </svg>`;
}
