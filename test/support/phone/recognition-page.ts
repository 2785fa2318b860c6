import { DISTURBANCES } from './disturbances.js';
import { PRESENTATION, type Cell, type RecognitionResult } from './recognition-run.js';
import { FORMATS, type Format } from './symbols.js';

const NAMES: Readonly<Record<Format, string>> = { qr: 'QR', pdf417: 'PDF417', aztec: 'Aztec', datamatrix: 'Data Matrix', ean13: 'EAN-13', code128: 'Code 128' };

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
}

function cell(all: readonly Cell[], format: Format, disturbance: string): string {
  const found = all.find((each) => each.format === format && each.disturbance === disturbance);
  if (found === undefined || found.presentations === 0) return '';
  const share = Math.round((found.read / found.presentations) * 100);
  return found.read === 0 ? '0 %' : `${share} %, ${median(found.needed)}`;
}

/** docs/phone-recognition.md, whole. */
export function recognitionPage({ cells, frames, certain, wrong, misread, tortureFrames, emptyFrames }: RecognitionResult): string {
  const rounds = Math.max(...cells.map(({ presentations }) => presentations));
  const rows = Object.keys(DISTURBANCES).map((name) => `| ${name} | ${FORMATS.map((format) => cell(cells, format, name)).join(' | ')} |`);
  return `# What a phone's camera reads

<!-- Made by \`npm run proof -- 1 phone\`: do not edit. -->

The page's own decoder, preparations and votes, in Node.js, over made frames of 960 x 540: a card on a textured table, a hand that does not hold
still (2 degrees, 20 pixels), the sensor's noise of 3 shades. Each cell: how many of ${rounds} presentations were read within ${PRESENTATION} frames (0.7 s
at 30 frames a second; phones look at 10 to 30), and after how many frames in the middle. Linear codes need more by design: two frames that agree
for Code 128, three for EAN-13.

| held | ${FORMATS.map((format) => NAMES[format]).join(' | ')} |
|---|${FORMATS.map(() => '---|').join('')}
${rows.join('\n')}

**Wrong reads: ${wrong.length}** in ${frames.toLocaleString('en')} frames, in which ${certain.toLocaleString('en')} codes were believed. Among the frames were ${tortureFrames.toLocaleString('en')} of linear codes that
are tiny, blurred and noisy at once, and ${emptyFrames.toLocaleString('en')} without a code (text, stripes, noise). ${misread.toLocaleString('en')} single frames were misread and outvoted.

What helps: hold the code about 20 cm away, fill the frame with it, switch the light on in the dark, use the zoom for small codes. What does not:
a code out of focus by more than half a module, or smaller than one and a half pixels a module. Real screens add reflections and moiré, which these
frames do not have.
`;
}
