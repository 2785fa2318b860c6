import type { JSX } from 'preact';
import { useState } from 'preact/hooks';
import type { Translation } from '../../api/answers';
import { post } from '../../api/client';
import { useAction } from '../../api/use-action';
import { defineTexts } from '../../i18n';
import { can } from '../../session';
import { Button, CheckField, ErrorNote, Foreign, Panel, Status, TextField } from '../../ui';
import { kindWord, reasonWord, resultWord } from '../../words';
import { ReaderField, type ReaderChoice } from './reader-field';

const texts = defineTexts({
  en: {
    title: 'What would become of this code?',
    intro: 'Shows how a code is classified and translated. Nothing goes to the till.',
    code: 'Code',
    hint: 'As the scanner reads it, or as you read it from a card or a screen.',
    reveal: 'Show code and number in full',
    go: 'Check',
    empty: 'Type or scan a code first.',
    steps: 'Step by step',
    kind: 'Kind',
    value: 'Value',
    number: 'Number',
    none: 'none',
    why: 'Why',
  },
  ru: {
    title: 'Что стало бы с этим кодом?',
    intro: 'Показывает, как код определяется и переводится. В кассу ничего не уходит.',
    code: 'Код',
    hint: 'Как его читает сканер или как он виден на карте или экране.',
    reveal: 'Показать код и номер целиком',
    go: 'Проверить',
    empty: 'Сначала введите или отсканируйте код.',
    steps: 'По шагам',
    kind: 'Вид',
    value: 'Значение',
    number: 'Номер',
    none: 'нет',
    why: 'Почему',
  },
});

export function TracePanel(choice: ReaderChoice): JSX.Element {
  const t = texts();
  const [code, setCode] = useState('');
  const [reveal, setReveal] = useState(false);
  const [empty, setEmpty] = useState(false);
  const [answer, setAnswer] = useState<Translation>();
  const check = useAction(async (signal) => {
    setAnswer(undefined);
    setAnswer(await post<Translation>('/v1/translate', { code, ...(choice.reader === '' ? {} : { reader: choice.reader }), ...(reveal ? { reveal } : {}) }, { signal }));
  });
  const submit = (event: Event): void => {
    event.preventDefault();
    setEmpty(code === '');
    if (code !== '') void check.run();
  };
  return (
    <Panel title={t.title}>
      <p class="muted">{t.intro}</p>
      <form class="stack" onSubmit={submit} noValidate>
        <TextField label={t.code} hint={t.hint} code value={code} onInput={setCode} {...(empty ? { error: t.empty } : {})} />
        <ReaderField {...choice} />
        {can('number:reveal') ? <CheckField label={t.reveal} checked={reveal} onChange={setReveal} /> : undefined}
        <Button kind="primary" type="submit" busy={check.busy}>
          {t.go}
        </Button>
      </form>
      <ErrorNote error={check.error} />
      <div aria-live="polite">{answer === undefined ? undefined : <Trace answer={answer} />}</div>
    </Panel>
  );
}

function Trace({ answer }: { readonly answer: Translation }): JSX.Element {
  const t = texts();
  const { kind, value, steps, result, number, reason } = answer;
  const good = result === 'found' || result === 'coupon' || result === 'goods';
  return (
    <div class="trace">
      <p>
        <Status health={good ? 'healthy' : 'degraded'}>
          <strong>
            <Foreign text={resultWord(result)} />
          </strong>
        </Status>
      </p>
      <dl class="facts">
        <dt>{t.kind}</dt>
        <dd>{kindWord(kind)}</dd>
        <dt>{t.value}</dt>
        <dd>
          <Foreign code text={value} />
        </dd>
        <dt>{t.number}</dt>
        <dd>{number === null ? t.none : <Foreign code text={number} />}</dd>
        {reason === undefined ? undefined : (
          <>
            <dt>{t.why}</dt>
            <dd>
              <Foreign text={reasonWord(reason)} />
            </dd>
          </>
        )}
      </dl>
      <h3>{t.steps}</h3>
      <ol class="steps">
        {steps.map((step, index) => (
          <li key={`${String(index)} ${step}`}>
            <Foreign text={step} />
          </li>
        ))}
      </ol>
    </div>
  );
}
