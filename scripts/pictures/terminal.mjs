// Draws what a command printed as a terminal: an SVG whose lines appear one after the other, or stand still where motion is not wanted.
const COLUMN = 8.45;
const LINE = 20;
const PAD = 18;
const BAR = 34;

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** What a line is coloured as: the command, a good row, what was refused, the rest. */
function toneOf(line) {
  if (line.startsWith('$ ')) return 'cmd';
  if (/^ok /.test(line) || /^\d+ of \d+ as they must be/.test(line)) return 'good';
  if (/notFound/.test(line)) return 'look';
  return 'text';
}

/**
 * @param {{ title: string, lines: readonly { text: string, at: number }[] }} recording lines in their order; `at`: seconds until each appears
 */
export function terminalSvg({ title, lines }) {
  const width = Math.ceil(Math.max(...lines.map(({ text }) => text.length)) * COLUMN + 2 * PAD);
  const height = BAR + 2 * PAD + lines.length * LINE - 4;
  const rows = lines.map(({ text, at }, i) => `<text class="l ${toneOf(text)}" style="animation-delay:${at.toFixed(2)}s" x="${PAD}" y="${BAR + PAD + i * LINE + 10}" xml:space="preserve">${escaped(text)}</text>`);
  return `${[
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" aria-label="${escaped(title)}">`,
    '<style>',
    'text{font:13.5px ui-monospace,"Cascadia Mono",Consolas,"DejaVu Sans Mono",monospace;white-space:pre}',
    '.text{fill:#c9d1d9}.cmd{fill:#ffffff;font-weight:600}.good{fill:#7ee787}.look{fill:#e3b341}.t{fill:#8b949e}',
    '.l{animation:show .01s both}@keyframes show{from{opacity:0}to{opacity:1}}@media (prefers-reduced-motion:reduce){.l{animation:none}}',
    '</style>',
    `<rect width="${width}" height="${height}" rx="10" fill="#0d1117"/><rect width="${width}" height="${BAR}" rx="10" fill="#161b22"/><rect y="${BAR - 10}" width="${width}" height="10" fill="#161b22"/>`,
    `<circle cx="20" cy="17" r="6" fill="#ff5f57"/><circle cx="40" cy="17" r="6" fill="#febc2e"/><circle cx="60" cy="17" r="6" fill="#28c840"/>`,
    `<text class="t" x="${width / 2}" y="22" text-anchor="middle">${escaped(title)}</text>`,
    ...rows,
    '</svg>',
  ].join('\n')}\n`;
}
