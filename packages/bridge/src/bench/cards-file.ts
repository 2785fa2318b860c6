import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { finished } from 'node:stream/promises';

/** Made-up codes and numbers, each the other's by its place in the table. */
export const codeOf = (number: number): string => `98${String(number * 37).padStart(18, '0')}`;
export const cardOf = (number: number): string => `2${String(number).padStart(15, '0')}`;

/** A prime that divides no number of rows that anybody asks for: every row once, far from its neighbours. */
const STRIDE = 7_919_003;
const CHUNK = 1 << 20;

/** Writes a card table of `rows` made-up cards, in order or far from it. */
export async function writeCards(path: string, rows: number, order: 'sorted' | 'random'): Promise<void> {
  const out = createWriteStream(path);
  let text = 'code,card,kind,state,expires\n';
  for (let i = 0; i < rows; i += 1) {
    const number = order === 'sorted' ? i : (i * STRIDE) % rows;
    text += `${codeOf(number)},${cardOf(number)},card,active,\n`;
    if (text.length < CHUNK) continue;
    if (!out.write(text)) await once(out, 'drain');
    text = '';
  }
  out.end(text);
  await finished(out);
}
