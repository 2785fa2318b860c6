import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

export const codeOf = (number) => `98${String(number * 37).padStart(18, '0')}`;
export const cardOf = (number) => `2${String(number).padStart(15, '0')}`;

/** A card table of `rows` made-up cards, in order or far from it. */
export async function writeCards(path, rows, order) {
  // a prime that does not divide the number of rows: every row once, far from its neighbours
  const nth = order === 'sorted' ? (i) => i : (i) => (i * 7_919_003) % rows;
  const out = createWriteStream(path);
  let text = 'code,card,kind,state,expires\n';
  for (let i = 0; i < rows; i += 1) {
    const number = nth(i);
    text += `${codeOf(number)},${cardOf(number)},card,active,\n`;
    if (text.length < 1 << 20) continue;
    if (!out.write(text)) await once(out, 'drain');
    text = '';
  }
  out.end(text);
  await finished(out);
}
