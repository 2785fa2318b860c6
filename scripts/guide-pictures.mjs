// Draws the pictures of docs/guide/concepts.md, each in English and Russian; with --check only compares and exits 1 when they are out of step.
//   node scripts/guide-pictures.mjs [--check]
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './packages.mjs';
import { PICTURES } from './guide-pictures-data.mjs';

export const LANGUAGES = ['en', 'ru'];
export const pictureFile = (name, language) => join(root, `docs/guide/pictures/${name}.${language}.svg`);

const WIDTH = 760;
const LINE = 19;

// A ground of its own: readable wherever the picture is shown, also where the page's theme is not that of the system.
const STYLE = [
  'text{font:14px system-ui,"Segoe UI","DejaVu Sans",sans-serif;fill:#1f2328}',
  '.ground{fill:#ffffff;stroke:#d0d7de}.plain{fill:#f6f8fa;stroke:#8c959f}.ours{fill:#ddf4ff;stroke:#0969da}.good{fill:#dafbe1;stroke:#1a7f37}.bad{fill:#ffebe9;stroke:#cf222e}.look{fill:#fff8c5;stroke:#9a6700}',
  '.b{font-weight:600}.s{font-size:12.5px}.m{font-family:ui-monospace,Consolas,"DejaVu Sans Mono",monospace;font-size:13px}',
  '.line{stroke:#57606a;stroke-width:1.6;fill:none}.head{fill:#57606a}',
  '@media (prefers-color-scheme:dark){text{fill:#e6edf3}.ground{fill:#161b22;stroke:#30363d}.plain{fill:#21262d;stroke:#8b949e}.ours{fill:#0c2d6b;stroke:#58a6ff}.good{fill:#033a16;stroke:#3fb950}.bad{fill:#5d0f12;stroke:#f85149}.look{fill:#4b2900;stroke:#d29922}.line{stroke:#9198a1}.head{fill:#9198a1}}',
].join('');

const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
const said = (text, language) => (typeof text === 'string' ? text : text[language]);

function textAt(x, y, text, { style = '', anchor = 'start' } = {}) {
  return `<text x="${x}" y="${y}"${style === '' ? '' : ` class="${style}"`}${anchor === 'start' ? '' : ` text-anchor="${anchor}"`}>${escaped(text)}</text>`;
}

const shapes = {
  /** A box with its lines in the middle; the first one bold. */
  box({ at: [x, y], size: [w, h], tone = 'plain', lines, mono = false }, language) {
    const texts = lines.map((line) => said(line, language));
    const top = y + h / 2 - ((texts.length - 1) * LINE) / 2 + 5;
    const style = (i) => (mono ? 'm' : i === 0 ? 'b' : 's');
    return [`<rect class="${tone}" x="${x}" y="${y}" width="${w}" height="${h}" rx="8"/>`, ...texts.map((text, i) => textAt(x + w / 2, top + i * LINE, text, { style: style(i), anchor: 'middle' }))];
  },
  arrow({ from: [x1, y1], to: [x2, y2] }) {
    const angle = Math.atan2(y2 - y1, x2 - x1);
    const [bx, by] = [x2 - 9 * Math.cos(angle), y2 - 9 * Math.sin(angle)];
    const [dx, dy] = [5 * Math.sin(angle), -5 * Math.cos(angle)];
    const at = (n) => Math.round(n * 10) / 10;
    return [`<path class="line" d="M${x1} ${y1}L${at(bx)} ${at(by)}"/>`, `<path class="head" d="M${x2} ${y2}L${at(bx + dx)} ${at(by + dy)}L${at(bx - dx)} ${at(by - dy)}Z"/>`];
  },
  text({ at: [x, y], text, style, anchor }, language) {
    return [textAt(x, y, said(text, language), { style, anchor })];
  },
};

/** @returns {string} the SVG document */
export function picture({ title, height, parts }, language) {
  const drawn = parts.flatMap(({ shape, ...part }) => shapes[shape](part, language));
  const head = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" width="${WIDTH}" height="${height}" role="img" aria-label="${escaped(said(title, language))}">`;
  return `${[head, `<title>${escaped(said(title, language))}</title>`, `<style>${STYLE}</style>`, `<rect class="ground" x="0.5" y="0.5" width="${WIDTH - 1}" height="${height - 1}" rx="12"/>`, ...drawn, '</svg>'].join('\n')}\n`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  mkdirSync(join(root, 'docs/guide/pictures'), { recursive: true });
  for (const [name, drawing] of Object.entries(PICTURES)) {
    for (const language of LANGUAGES) {
      const [file, svg] = [pictureFile(name, language), picture(drawing, language)];
      if (!process.argv.includes('--check')) writeFileSync(file, svg);
      else if (!existsSync(file) || readFileSync(file, 'utf8') !== svg) {
        console.error(`${file} is out of step: run node scripts/guide-pictures.mjs`);
        process.exitCode = 1;
      }
    }
  }
}
