import type { JSX } from 'preact';
import { useMemo } from 'preact/hooks';
import { clock } from '../../clock';
import { defineTexts, duration, language, time } from '../../i18n';
import type { ScanRow } from '../../live-book';
import { Foreign, Status } from '../../ui';
import { evidenceWord, kindWord, outcomeHealth, outcomeMeaning, outcomeWord, reasonWord } from '../../words';

const texts = defineTexts({
  en: {
    read: 'Read',
    classified: (rule: string | null): string => (rule === null ? 'Taken for what was asked' : `Known by rule “${rule}”`),
    translated: (by: string | undefined): string => (by === undefined ? 'Asked: no translator knows it' : `Translated by ${by}`),
    handed: (till: string): string => `Handed to the till ${till}`,
    underWay: 'Under way',
    way: 'Way of this scan',
    why: 'Why:',
    seen: 'Seen:',
    number: 'number',
    after: (span: string): string => `after ${span}`,
  },
  ru: {
    read: 'Прочитан',
    classified: (rule: string | null): string => (rule === null ? 'Вид задан вручную' : `Узнан по правилу «${rule}»`),
    translated: (by: string | undefined): string => (by === undefined ? 'Запрошен: код никому не известен' : `Переведён: ${by}`),
    handed: (till: string): string => `Передан кассе ${till}`,
    underWay: 'Выполняется',
    way: 'Путь этого сканирования',
    why: 'Почему:',
    seen: 'Видно:',
    number: 'номер',
    after: (span: string): string => `через ${span}`,
  },
});

interface Step {
  readonly text: string;
  readonly after: number | undefined;
}

/** One scan. Drawn again when it has come further: the list is drawn four times a second while the till is busy. */
export function ScanItem({ row }: { readonly row: ScanRow }): JSX.Element {
  return useMemo(() => <Scan row={row} />, [row, language.value]);
}

/** What it was, what became of it, and how long each step took. */
function Scan({ row }: { readonly row: ScanRow }): JSX.Element {
  const t = texts();
  const { outcome, reason, evidence, code, number, kind, reader, till, at } = row;
  return (
    <li class="scan">
      <div class="scan-head">
        <time dateTime={clock.iso(at)}>{time(at)}</time>
        {outcome === undefined ? <Status health="idle">{t.underWay}</Status> : <Status health={outcomeHealth(outcome)}>{outcomeWord(outcome)}</Status>}
        <span>
          {kindWord(kind)} <Foreign code text={code} max={80} />
          {number === undefined || number === null ? undefined : (
            <>
              {' → '}
              {t.number} <Foreign code text={number} max={80} />
            </>
          )}
        </span>
        <span class="muted">
          <Foreign text={reader} /> → <Foreign text={till} />
        </span>
        {row.tookMs === undefined ? undefined : <span class="took">{duration(row.tookMs)}</span>}
      </div>
      {outcome === undefined || (outcomeHealth(outcome) === 'healthy' && reason === undefined) ? undefined : (
        <p class="scan-why">
          {outcomeMeaning(outcome)}
          {reason === undefined ? undefined : (
            <>
              {' '}
              {t.why} <Foreign text={reasonWord(reason)} />
              {'.'}
            </>
          )}
        </p>
      )}
      <ol class="way" aria-label={t.way}>
        {stepsOf(row).map(({ text, after }) => (
          <li key={text}>
            <Foreign text={text} /> {after === undefined ? undefined : <span class="muted">{t.after(duration(after))}</span>}
          </li>
        ))}
        {evidence === undefined ? undefined : (
          <li>
            {t.seen} <Foreign text={evidenceWord(evidence)} />
          </li>
        )}
      </ol>
    </li>
  );
}

/** As far as the scan has come; times count from its last byte. */
function stepsOf({ rule, way, till, outcome, tookMs }: ScanRow): readonly Step[] {
  const t = texts();
  const { classifiedMs, translatedMs, translator, handedMs } = way ?? {};
  return [
    { text: t.read, after: undefined },
    { text: t.classified(rule), after: classifiedMs },
    ...(translatedMs === undefined ? [] : [{ text: t.translated(translator), after: translatedMs }]),
    ...(handedMs === undefined ? [] : [{ text: t.handed(till), after: handedMs }]),
    ...(outcome === undefined ? [] : [{ text: outcomeWord(outcome), after: tookMs }]),
  ];
}
