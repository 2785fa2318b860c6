import type { JSX } from 'preact';
import { useEffect } from 'preact/hooks';
import type { HealthAnswer, Readers, Tills, Translators } from '../../api/answers';
import { useQuery } from '../../api/use-query';
import { partChanged, streamState } from '../../feed';
import { defineTexts } from '../../i18n';
import { ErrorNote, Loading, Notice, Page, Panel, Status, type Health as HealthName } from '../../ui';
import { partWord } from '../../words';
import { PartCard, type PartView } from './part-card';
import './health.css';

const texts = defineTexts({
  en: {
    title: 'Health',
    overall: {
      healthy: 'Everything works.',
      degraded: 'Something needs a look; sales go on.',
      down: 'Something does not work.',
    },
    daemonLost: 'The daemon does not answer: nobody knows how the parts are.',
    readers: 'Readers',
    tills: 'Tills',
    translators: 'Translators, in the order in which they are asked',
    others: 'Other parts',
    noReaders: 'No reader is configured: nothing can be read.',
    noTills: 'No till is configured: nothing can be delivered.',
  },
  ru: {
    title: 'Состояние',
    overall: {
      healthy: 'Всё работает.',
      degraded: 'Кое-что требует внимания; продажи идут.',
      down: 'Что-то не работает.',
    },
    daemonLost: 'Служба не отвечает: как дела у частей, неизвестно.',
    readers: 'Считыватели',
    tills: 'Кассы',
    translators: 'Перевод кодов, в порядке опроса',
    others: 'Другие части',
    noReaders: 'Считыватели не настроены: читать нечем.',
    noTills: 'Кассы не настроены: доставлять некуда.',
  },
});

/** Between two looks, in ms; a change that is told as an event is looked at once. */
const EVERY_MS = 5000;
const WORST: readonly HealthName[] = ['down', 'degraded', 'healthy'];

export default function Health(): JSX.Element {
  const t = texts();
  const health = useQuery<HealthAnswer>('/v1/health', { every: EVERY_MS });
  const readers = useQuery<Readers>('/v1/readers', { every: EVERY_MS });
  const tills = useQuery<Tills>('/v1/tills', { every: EVERY_MS });
  const translators = useQuery<Translators>('/v1/translators', { every: EVERY_MS });
  const all = [health, readers, tills, translators];
  const changed = partChanged.value?.seq;
  const stream = streamState.value;
  useEffect(() => {
    if (changed !== undefined) for (const query of [health, readers, tills]) query.reload();
  }, [changed]);
  useEffect(() => {
    if (stream === 'open') for (const query of all) query.reload();
  }, [stream]);
  const error = all.find((query) => query.error !== undefined)?.error;
  if (all.some(({ data }) => data === undefined)) {
    return <Page title={t.title}>{error === undefined ? <Loading /> : <ErrorNote error={error} retry={() => all.forEach(({ reload }) => reload())} />}</Page>;
  }
  const others = (health.data?.parts ?? []).filter(({ part }) => part !== 'reader' && part !== 'till');
  const seen = [health.data?.status, ...(translators.data?.translators ?? []).map((one) => one.health)];
  const worst = WORST.find((name) => seen.includes(name)) ?? 'healthy';
  return (
    <Page title={t.title}>
      {error === undefined ? (
        <Notice kind={worst === 'healthy' ? 'good' : worst === 'down' ? 'bad' : 'warn'}>
          <Status health={worst}>
            <strong>{t.overall[worst]}</strong>
          </Status>
        </Notice>
      ) : (
        <>
          <p class="muted">{t.daemonLost}</p>
          <ErrorNote error={error} />
        </>
      )}
      <Parts title={t.readers} none={t.noReaders} parts={(readers.data?.readers ?? []).map((reader) => ({ ...reader, what: reader.type }))} />
      <Parts title={t.tills} none={t.noTills} parts={(tills.data?.tills ?? []).map((till) => ({ ...till, what: till.adapter, counters: { ...till.counters, underWay: till.underWay } }))} />
      <Parts title={t.translators} parts={(translators.data?.translators ?? []).map((one) => ({ ...one, what: [one.type, one.preset, one.host].filter((word) => word !== undefined).join(' · ') }))} />
      <Parts title={t.others} parts={others.map((part) => ({ ...part, what: partWord(part.part) }))} />
    </Page>
  );
}

function Parts({ title, parts, none }: { readonly title: string; readonly parts: readonly PartView[]; readonly none?: string }): JSX.Element | null {
  if (parts.length === 0 && none === undefined) return null;
  return (
    <Panel title={title}>
      {parts.length === 0 ? (
        <Notice kind="warn">{none}</Notice>
      ) : (
        <ul class="parts">
          {parts.map((part) => (
            <PartCard key={part.id} part={part} />
          ))}
        </ul>
      )}
    </Panel>
  );
}
