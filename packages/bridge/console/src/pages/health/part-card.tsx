import type { JSX } from 'preact';
import { clock } from '../../clock';
import { dateTime, defineTexts, duration, number } from '../../i18n';
import { Foreign, Status, type Health } from '../../ui';
import { healthWord, outcomeWord, statusWord } from '../../words';
import type { OutcomeName } from '@tillbridge/core';

/** A part of the daemon, of whatever kind. */
export interface PartView {
  readonly id: string;
  /** Its type, in a word. */
  readonly what: string;
  readonly health: Health;
  readonly status?: string;
  readonly since?: string;
  readonly reason?: string;
  readonly code?: string;
  readonly remedy?: string;
  readonly detail?: string;
  readonly breaker?: 'closed' | 'trying' | 'open';
  readonly lastAnswer?: string | null;
  readonly counters?: Readonly<Record<string, number>>;
}

const texts = defineTexts({
  en: {
    since: (at: string, span: string): string => `since ${at} (${span})`,
    next: 'What to do:',
    counters: 'Counters since the daemon started',
    lastAnswer: 'last answer',
    never: 'not asked yet',
    breakers: { closed: undefined, trying: 'one look-up is out to see whether it works again', open: 'left alone for a while after failures; it is tried again by itself' },
    dropped: (reason: string): string => `dropped: ${reason}`,
  },
  ru: {
    since: (at: string, span: string): string => `с ${at} (${span})`,
    next: 'Что делать:',
    counters: 'Счётчики с запуска службы',
    lastAnswer: 'последний ответ',
    never: 'ещё не спрашивали',
    breakers: { closed: undefined, trying: 'отправлен пробный запрос', open: 'после сбоев запросы приостановлены; возобновятся сами' },
    dropped: (reason: string): string => `отброшено: ${reason}`,
  },
});

const counterNames = defineTexts<Readonly<Record<string, string>>>({
  en: {
    goods: 'goods',
    loyalty: 'loyalty scans',
    duplicates: 'read twice',
    underWay: 'under way now',
    remembered: 'answered from memory',
    stale: 'answered from memory because nobody could be asked',
    kept: 'numbers remembered',
  },
  ru: {
    goods: 'товары',
    loyalty: 'сканирования лояльности',
    duplicates: 'прочитано дважды',
    underWay: 'выполняется сейчас',
    remembered: 'отвечено из памяти',
    stale: 'отвечено из памяти, потому что спросить было некого',
    kept: 'номеров в памяти',
  },
});

/** One part: how it is, since when, what is wrong, and what to do next. */
export function PartCard({ part }: { readonly part: PartView }): JSX.Element {
  const t = texts();
  const { id, what, health, status, since, reason, code, remedy, detail, breaker, lastAnswer } = part;
  const at = since === undefined ? Number.NaN : clock.parse(since);
  const pause = breaker === undefined ? undefined : t.breakers[breaker];
  return (
    <li class="part">
      <div class="part-head">
        <h3>
          <Foreign text={id} />
        </h3>
        <span class="muted">
          <Foreign text={what} />
        </span>
        <Status health={health}>
          {healthWord(health)}
          {status === undefined || health === 'healthy' ? '' : ` (${statusWord(status)})`}
        </Status>
        {Number.isNaN(at) ? undefined : (
          <span class="muted">
            <time dateTime={since}>{t.since(dateTime(at), duration(Math.max(0, clock.wall() - at)))}</time>
          </span>
        )}
      </div>
      {detail === undefined ? undefined : (
        <p class="muted">
          <Foreign text={detail} />
        </p>
      )}
      {reason === undefined ? undefined : (
        <p>
          <Foreign text={reason} /> {code === undefined ? undefined : <span class="error-code">{code}</span>}
        </p>
      )}
      {pause === undefined ? undefined : <p>{pause}</p>}
      {remedy === undefined ? undefined : (
        <p class="next">
          <strong>{t.next}</strong> <Foreign text={remedy} max={600} />
        </p>
      )}
      {lastAnswer === undefined ? undefined : (
        <p class="muted">
          {t.lastAnswer}: {lastAnswer === null ? t.never : dateTime(clock.parse(lastAnswer))}
        </p>
      )}
      <CounterList counters={part.counters ?? {}} />
    </li>
  );
}

function CounterList({ counters }: { readonly counters: Readonly<Record<string, number>> }): JSX.Element | null {
  const t = texts();
  const shown = Object.entries(counters).filter(([, value]) => value > 0);
  if (shown.length === 0) return null;
  return (
    <dl class="counters" aria-label={t.counters}>
      {shown.map(([name, value]) => (
        <div key={name}>
          <dt>
            <Foreign text={counterWord(name)} />
          </dt>
          <dd>{number(value)}</dd>
        </div>
      ))}
    </dl>
  );
}

/** In words where it is one that a store meets, else as the metrics call it. */
function counterWord(name: string): string {
  const t = texts();
  const outcome = /^outcome_(\w+)$/.exec(name)?.[1];
  if (outcome !== undefined) return outcomeWord(outcome as OutcomeName);
  const dropped = /^(?:goods_)?dropped_(\w+)$/.exec(name)?.[1];
  if (dropped !== undefined) return t.dropped(dropped);
  const names = counterNames();
  return Object.hasOwn(names, name) ? (names[name] ?? name) : name;
}
