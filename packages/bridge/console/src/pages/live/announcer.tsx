import type { JSX } from 'preact';
import { useEffect, useRef, useState } from 'preact/hooks';
import { clock } from '../../clock';
import { count, defineTexts } from '../../i18n';
import { WINDOW_MS, type Sample } from '../../live-book';
import { outcomeWord } from '../../words';
import { countOutcomes } from './buckets';

/** A screen reader is told of what happened at most this often, in ms, and of all of it at once. */
const EVERY_MS = 5000;

const texts = defineTexts({
  en: { scans: (value: number): string => count(value, { one: 'scan', many: 'scans' }) },
  ru: { scans: (value: number): string => count(value, { one: 'сканирование', few: 'сканирования', many: 'сканирований' }) },
});

/** Says aloud what came since the last time: "3 scans: Applied 2, Not found 1". Silent when the page is opened. */
export function Announcer({ samples }: { readonly samples: readonly Sample[] }): JSX.Element {
  const [text, setText] = useState('');
  const said = useRef(samples.at(-1)?.at ?? clock.wall() - WINDOW_MS);
  const latest = useRef(samples);
  latest.current = samples;
  const waiting = useRef<() => void>(undefined);
  useEffect(() => {
    if (waiting.current !== undefined || !samples.some(({ at }) => at > said.current)) return;
    waiting.current = clock.timer(EVERY_MS, () => {
      waiting.current = undefined;
      const fresh = latest.current.filter(({ at }) => at > said.current);
      said.current = latest.current.at(-1)?.at ?? said.current;
      if (fresh.length > 0) setText(`${texts().scans(fresh.length)}: ${countOutcomes(fresh).map(({ outcome, count: value }) => `${outcomeWord(outcome)} ${String(value)}`).join(', ')}`);
    });
  }, [samples]);
  useEffect(() => () => waiting.current?.(), []);
  return (
    <p class="unseen" role="status" aria-live="polite" data-announcer>
      {text}
    </p>
  );
}
