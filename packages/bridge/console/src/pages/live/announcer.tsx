import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { clock } from '../../clock';
import { count, defineTexts } from '../../i18n';
import type { Sample } from '../../live-book';
import { outcomeWord } from '../../words';
import { countOutcomes } from './buckets';

/** A screen reader is told of what happened at most this often, in ms, and of all of it at once. */
const EVERY_MS = 5000;

const texts = defineTexts({
  en: { scans: (value: number): string => count(value, { one: 'scan', many: 'scans' }) },
  ru: { scans: (value: number): string => count(value, { one: 'сканирование', few: 'сканирования', many: 'сканирований' }) },
});

/** Says aloud what came since the last time: "3 scans: Applied 2, Not found 1". Silent when the page is opened. `ended`: of the book. */
export function Announcer({ samples, ended }: { readonly samples: readonly Sample[]; readonly ended: number }): JSX.Element {
  const [text, setText] = useState('');
  const said = useRef(ended);
  const latest = useRef({ samples, ended });
  latest.current = { samples, ended };
  const waiting = useRef<(() => void) | undefined>(undefined);
  useEffect(() => {
    if (waiting.current !== undefined || ended <= said.current) return;
    waiting.current = clock.timer(EVERY_MS, () => {
      waiting.current = undefined;
      const fresh = latest.current.samples.slice(said.current - latest.current.ended);
      said.current = latest.current.ended;
      const news = `${texts().scans(fresh.length)}: ${countOutcomes(fresh).map(({ outcome, count: value }) => `${outcomeWord(outcome)} ${String(value)}`).join(', ')}`;
      // the same words twice are only told again when the text is another one
      setText((before) => (before === news ? `${news}\u00a0` : news));
    });
  }, [ended]);
  useEffect(() => () => waiting.current?.(), []);
  return (
    <p class="unseen" role="status" aria-live="polite" data-announcer>
      {text}
    </p>
  );
}
