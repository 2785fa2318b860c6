import { distance } from 'fastest-levenshtein';
import { joined, say, type Text } from './texts.js';

/** Lists up to this many names where none is near. */
const MAX_LISTED = 24;

/** Case and word separators are the most common slips: `baud_rate`, `BaudRate`. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/g, '');
}

/** The known name nearest to what was written, if one is near enough to be meant. */
export function nearestName(written: string, known: readonly string[]): string | undefined {
  const text = plain(written.slice(0, 100));
  if (text === '') return undefined;
  let best: { readonly name: string; readonly cost: number } | undefined;
  for (const name of known) {
    const cost = costOf(text, plain(name));
    if (cost !== undefined && (best === undefined || cost < best.cost)) best = { name, cost };
  }
  return best?.name;
}

function sorted(text: string): string {
  return Array.from(text).sort().join('');
}

/** Edits needed; `undefined` where the two have too little in common. A name cut short (`baud`) or lengthened is near too. */
function costOf(written: string, known: string): number | undefined {
  // two letters the wrong way round are one slip, not two
  const edits = sorted(written) === sorted(known) ? Math.min(1, distance(written, known)) : distance(written, known);
  if (edits <= Math.max(1, Math.floor(Math.max(written.length, known.length) * 0.34))) return edits;
  const short = written.length < known.length ? written : known;
  const long = short === written ? known : written;
  return short.length >= 3 && long.startsWith(short) ? edits : undefined;
}

/** `; did you mean ...?`, else `; known here: ...`. */
export function hintFor(written: string | undefined, known: readonly string[]): Text | undefined {
  const near = written === undefined ? undefined : nearestName(written, known);
  if (near !== undefined) return say('didYouMean', { name: near });
  if (known.length === 0 || known.length > MAX_LISTED) return undefined;
  const names = known.map((name) => `\`${name}\``).join(', ');
  return joined(say('knownHere', { names: { en: names, ru: names } }));
}
