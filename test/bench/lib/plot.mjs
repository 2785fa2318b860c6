// Plots as SVG: a few shapes and words, readable on light and on dark ground, by a screen reader too. Pure: figures in, text out.
const WIDTH = 760;
const STYLE = `
  .bg { fill: #ffffff } .ink { fill: #1f2328 } .soft { fill: #59636e } .grid { stroke: #d1d9e0 } .axis { stroke: #59636e }
  .ours { fill: #0969da; stroke: #0969da } .other { fill: #6e7781; stroke: #6e7781 } .miss { fill: #bc4c00; stroke: #bc4c00 } .bound { stroke: #bc4c00 }
  .line { fill: none; stroke-width: 2.5 } text { font: 13px system-ui, -apple-system, "Segoe UI", "Noto Sans", sans-serif } text, text.ours { stroke: none }
  .title { font-size: 15px; font-weight: 600 } .small { font-size: 12px }
  @media (prefers-color-scheme: dark) {
    .bg { fill: #0d1117 } .ink { fill: #e6edf3 } .soft { fill: #9198a1 } .grid { stroke: #30363d } .axis { stroke: #9198a1 }
    .ours { fill: #4493f8; stroke: #4493f8 } .other { fill: #9198a1; stroke: #9198a1 } .miss { fill: #db6d28; stroke: #db6d28 } .bound { stroke: #db6d28 }
  }`;

const escaped = (text) => String(text).replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const at = (value) => Number(value.toFixed(1));
const text = (x, y, words, { anchor = 'start', kind = 'ink', small = false } = {}) =>
  `<text x="${at(x)}" y="${at(y)}" text-anchor="${anchor}" class="${kind}${small ? ' small' : ''}">${escaped(words)}</text>`;
const line = (x1, y1, x2, y2, kind, width = 1, extra = '') => `<line x1="${at(x1)}" y1="${at(y1)}" x2="${at(x2)}" y2="${at(y2)}" class="${kind}" stroke-width="${width}"${extra}/>`;

function frame(height, title, description, parts) {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(title).replaceAll('"', '&quot;')}">
<title>${escaped(title)}</title>
<desc>${escaped(description)}</desc>
<style>${STYLE}
</style>
<rect class="bg" width="${WIDTH}" height="${height}" rx="6"/>
<text x="20" y="28" class="ink title">${escaped(title)}</text>
${parts.join('\n')}
</svg>
`;
}

/** 1, 2, 5, 10, ... within the limits. */
export function logTicks(from, to) {
  const ticks = [];
  for (let power = Math.floor(Math.log10(from)); power <= Math.ceil(Math.log10(to)); power += 1) ticks.push(...[1, 2, 5].map((digit) => digit * 10 ** power));
  return ticks.filter((tick) => tick >= from * 0.999 && tick <= to * 1.001).map((tick) => Number(tick.toPrecision(3)));
}

/** A scale that gives every doubling the same width. */
function logScale(values, left, right) {
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const [from, to] = [least * 0.85, most * 1.15];
  const x = (value) => left + (Math.log(value / from) / Math.log(to / from)) * (right - left);
  const all = logTicks(from, to);
  return { x, ticks: right - left < all.length * 45 ? all.filter((tick) => /^0*\.?0*1/.test(String(tick))) : all };
}

const us = (value) => (value >= 1000 ? `${Number((value / 1000).toPrecision(3))} ms` : `${Number(value.toPrecision(3))} µs`);

/** Rows of `{ name, ours, p50Us, p90Us, p99Us, note }`: a dot at the median, a bar to the ninetieth, a whisker to the ninety-ninth percentile. */
export function spreads({ title, axis, rows }) {
  const [left, right, top, step] = [240, WIDTH - 90, 64, 30];
  const bottom = top + rows.length * step;
  const { x, ticks } = logScale(rows.flatMap((row) => [row.p50Us, row.p99Us]), left, right);
  const parts = [text(right + 12, top - 10, 'p50, ratio', { kind: 'soft', small: true })];
  for (const tick of ticks) parts.push(line(x(tick), top, x(tick), bottom, 'grid'), text(x(tick), bottom + 18, us(tick), { anchor: 'middle', kind: 'soft', small: true }));
  rows.forEach((row, i) => {
    const y = top + (i + 0.5) * step;
    const kind = row.ours ? 'ours' : 'other';
    parts.push(
      text(left - 12, y + 4, row.name, { anchor: 'end' }),
      line(x(row.p50Us), y, x(row.p99Us), y, kind, 1.5),
      line(x(row.p99Us), y - 5, x(row.p99Us), y + 5, kind, 1.5),
      line(x(row.p50Us), y, x(row.p90Us), y, kind, 7),
      `<circle cx="${at(x(row.p50Us))}" cy="${at(y)}" r="5.5" class="${kind}"/>`,
      text(right + 12, y + 4, row.note, { kind: row.ours ? 'ours' : 'ink' }),
    );
  });
  parts.push(text(WIDTH / 2, bottom + 40, axis, { anchor: 'middle', kind: 'soft', small: true }));
  const description = rows.map((row) => `${row.name}: p50 ${us(row.p50Us)}, p90 ${us(row.p90Us)}, p99 ${us(row.p99Us)}, ${row.note}`).join('; ');
  return frame(bottom + 56, title, description, parts);
}

/** Curves of `{ name, ours, percentilesUs }`: what part was done within which time. */
export function shares({ title, axis, curves }) {
  const [left, right, top, bottom] = [64, WIDTH - 30, 78, 330];
  const { x, ticks } = logScale(curves.flatMap(({ percentilesUs: all }) => [Math.max(all[1], 1), all[99]]), left, right);
  const y = (percent) => bottom - (percent / 100) * (bottom - top);
  const parts = [];
  for (const tick of ticks) parts.push(line(x(tick), top, x(tick), bottom, 'grid'), text(x(tick), bottom + 18, us(tick), { anchor: 'middle', kind: 'soft', small: true }));
  for (const percent of [0, 25, 50, 75, 99]) parts.push(line(left, y(percent), right, y(percent), 'grid'), text(left - 8, y(percent) + 4, `${percent} %`, { anchor: 'end', kind: 'soft', small: true }));
  curves.forEach(({ name, ours, percentilesUs: all }, i) => {
    const points = all.map((value, percent) => [value, percent]).filter(([value, percent]) => percent > 0 && percent < 100 && value > 0);
    const kind = ours ? 'ours' : 'other';
    parts.push(`<polyline class="line ${kind}" style="fill: none"${ours ? '' : ' stroke-dasharray="6 4"'} points="${points.map(([value, percent]) => `${at(x(value))},${at(y(percent))}`).join(' ')}"/>`);
    const from = 20 + i * 350;
    parts.push(`<line x1="${from}" y1="52" x2="${from + 30}" y2="52" class="line ${kind}"${ours ? '' : ' stroke-dasharray="6 4"'}/>`, text(from + 38, 56, name));
  });
  parts.push(text(WIDTH / 2, bottom + 40, axis, { anchor: 'middle', kind: 'soft', small: true }));
  const description = curves.map(({ name, percentilesUs: all }) => `${name}: half within ${us(all[50])}, 99 of 100 within ${us(all[99])}`).join('; ');
  return frame(bottom + 56, title, description, parts);
}

/** Promises as part of their bound: a bar that ends left of the line is one that was kept. */
export function bounds({ title, axis, promises }) {
  const [left, right, top, step] = [420, WIDTH - 110, 64, 25];
  const bottom = top + promises.length * step;
  const MOST = 2;
  const x = (part) => left + (Math.min(part, MOST) / MOST) * (right - left);
  const parts = [];
  for (const part of [0, 0.5, 1, 1.5, 2]) parts.push(line(x(part), top, x(part), bottom, 'grid'), text(x(part), bottom + 18, `${part * 100} %`, { anchor: 'middle', kind: 'soft', small: true }));
  promises.forEach((promise, i) => {
    const y = top + (i + 0.5) * step;
    const part = partOf(promise);
    const kind = promise.kept ? 'ours' : 'miss';
    const words = shortened(promise.text);
    parts.push(
      text(left - 10, y + 4, words, { anchor: 'end', small: true }),
      `<rect x="${at(left)}" y="${at(y - 7)}" width="${at(Math.max(1.5, x(part) - left))}" height="14" class="${kind}"/>`,
      text(right + 10, y + 4, `${promise.value.toLocaleString('en')} ${promise.unit}${promise.kept ? '' : ' ✗'}`.trim(), { small: true }),
    );
  });
  parts.push(line(x(1), top - 6, x(1), bottom, 'bound', 2), text(x(1), top - 12, 'bound', { anchor: 'middle', kind: 'soft', small: true }));
  parts.push(text(WIDTH / 2, bottom + 40, axis, { anchor: 'middle', kind: 'soft', small: true }));
  const description = promises.map(({ text: words, value, unit, bound, kept }) => `${words}: ${value} ${unit}, bound ${bound}, ${kept ? 'kept' : 'missed'}`).join('; ');
  return frame(bottom + 56, title, description, parts);
}

const MOST_LETTERS = 66;

/** What is the same for many is left out, and a text that is still too long is cut. */
function shortened(words) {
  const short = words.replace(/, \d+ cards, beyond goods and quietMs/, '').replace(', PTY to PTY', '').replace(/, slowest order and mode/, '').replaceAll('`', '');
  return short.length > MOST_LETTERS ? `${short.slice(0, MOST_LETTERS - 1)}…` : short;
}

/** How much of its bound a promise used; of one that has to be reached, how far it lies above. */
export function partOf({ value, bound, atLeast }) {
  if (bound === 0) return value === 0 ? 0 : Number.POSITIVE_INFINITY;
  return atLeast ? bound / value : value / bound;
}
