import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { ScanAnswer } from '../../api/answers';
import { post } from '../../api/client';
import { useAction } from '../../api/use-action';
import { defineTexts } from '../../i18n';
import { Button, ErrorNote, Foreign, Notice, Panel, SelectField, Status, TextField } from '../../ui';
import { useUnsaved } from '../../unsaved';
import { evidenceWord, outcomeHealth, outcomeMeaning, outcomeWord, reasonWord } from '../../words';
import { ReaderField, type ReaderChoice } from './reader-field';

/** The till and its translators have at most a minute; beyond that the page gives up waiting, in ms. */
const OUTCOME_MS = 75_000;

/** Failures after which nobody here knows whether the daemon got it. */
const MAYBE_SENT: readonly string[] = ['offline', 'timeout', 'unreadable'];

type Kind = 'card' | 'phone' | 'coupon';

const texts = defineTexts({
  en: {
    title: 'Give a card or a phone to the till',
    intro: 'For a guest who has only a number to say. It goes to the till that is open now, once for each press.',
    kind: 'Kind',
    kinds: { card: 'Card number', phone: 'Phone number', coupon: 'Coupon' } satisfies Record<Kind, string>,
    number: { card: 'Card number', phone: 'Phone number', coupon: 'Coupon' } satisfies Record<Kind, string>,
    go: 'Give to the till',
    waiting: 'Waiting for the till…',
    empty: 'Type the number first.',
    duplicate: 'This number was given a moment ago and is being handled: this is what became of it. Nothing was sent twice.',
    open: 'There is no outcome yet: look at Live.',
    maybe: 'It may have arrived all the same: look at Live and at the till before you press again.',
    why: 'Why:',
    seen: 'Seen:',
  },
  ru: {
    title: 'Передать кассе карту или телефон',
    intro: 'Для гостя, который может только назвать номер. Номер уходит в открытую сейчас кассу, один раз на каждое нажатие.',
    kind: 'Вид',
    kinds: { card: 'Номер карты', phone: 'Номер телефона', coupon: 'Купон' },
    number: { card: 'Номер карты', phone: 'Номер телефона', coupon: 'Купон' },
    go: 'Передать кассе',
    waiting: 'Ждём кассу…',
    empty: 'Сначала введите номер.',
    duplicate: 'Этот номер только что передан и уже выполняется: вот что с ним стало. Дважды ничего не отправлено.',
    open: 'Исхода пока нет: смотрите раздел «Сейчас».',
    maybe: 'Номер всё же мог дойти: посмотрите раздел «Сейчас» и кассу, прежде чем нажимать снова.',
    why: 'Почему:',
    seen: 'Видно:',
  },
});

export function DeliverPanel(choice: ReaderChoice): JSX.Element {
  const t = texts();
  const [kind, setKind] = useState<Kind>('card');
  const [value, setValue] = useState('');
  const [empty, setEmpty] = useState(false);
  const [answer, setAnswer] = useState<ScanAnswer>();
  useUnsaved(value !== '');
  const give = useAction(async (signal, code: string) => {
    setAnswer(undefined);
    const body = { code, kind, ...(choice.reader === '' ? {} : { reader: choice.reader }) };
    setAnswer(await post<ScanAnswer>('/v1/scans', body, { signal, query: { wait: 1 }, timeoutMs: OUTCOME_MS }));
    setValue('');
  });
  const submit = (event: Event): void => {
    event.preventDefault();
    // as people write a phone number; a code has no blanks at its ends
    const code = kind === 'phone' ? value.replace(/[\s()-]/g, '') : value.trim();
    setEmpty(code === '');
    if (code !== '') void give.run(code);
  };
  return (
    <Panel title={t.title}>
      <p class="muted">{t.intro}</p>
      <form class="stack" onSubmit={submit} noValidate>
        <SelectField
          label={t.kind}
          value={kind}
          onChange={setKind}
          options={(['card', 'phone', 'coupon'] as const).map((name) => ({ value: name, text: t.kinds[name] }))}
        />
        <TextField label={t.number[kind]} code inputMode={kind === 'phone' ? 'tel' : 'text'} type={kind === 'phone' ? 'tel' : 'text'} value={value} onInput={setValue} readOnly={give.busy} {...(empty ? { error: t.empty } : {})} />
        <ReaderField {...choice} />
        <Button kind="primary" type="submit" busy={give.busy}>
          {give.busy ? t.waiting : t.go}
        </Button>
      </form>
      <ErrorNote error={give.error} />
      {give.error !== undefined && MAYBE_SENT.includes(give.error.code) ? <Notice kind="warn">{t.maybe}</Notice> : undefined}
      <div aria-live="polite">{answer === undefined ? undefined : <Outcome answer={answer} />}</div>
    </Panel>
  );
}

function Outcome({ answer }: { readonly answer: ScanAnswer }): JSX.Element {
  const t = texts();
  const { outcome, reason, evidence, duplicate } = answer;
  if (outcome === undefined) return <Notice>{t.open}</Notice>;
  const health = outcomeHealth(outcome);
  return (
    <div class="trace" data-outcome={outcome}>
      {duplicate === true ? <p>{t.duplicate}</p> : undefined}
      <p>
        <Status health={health}>
          <strong>{outcomeWord(outcome)}</strong>
        </Status>
      </p>
      <p>
        {outcomeMeaning(outcome)}
        {reason === undefined ? undefined : (
          <>
            {' '}
            {t.why} <Foreign text={reasonWord(reason)} />
            {'.'}
          </>
        )}
      </p>
      {evidence === undefined ? undefined : (
        <p class="muted">
          {t.seen} <Foreign text={evidenceWord(evidence)} />
        </p>
      )}
    </div>
  );
}
