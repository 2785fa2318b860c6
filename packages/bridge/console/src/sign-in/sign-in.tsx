import type { JSX } from 'preact';
import { useEffect, useState } from 'preact/hooks';
import { post } from '../api/client';
import { useAction } from '../api/use-action';
import { defineTexts } from '../i18n';
import { broughtCode } from '../router';
import { signedOut, signIn } from '../session';
import { Button, CheckField, ErrorNote, Notice, Page, TextField } from '../ui';

const texts = defineTexts({
  en: {
    title: 'Sign in',
    how: 'On the machine of the till, run this command. It shows an 8-digit code that works once, for two minutes:',
    code: 'Code',
    hint: '8 digits',
    bad: 'The code has 8 digits.',
    stay: 'Stay signed in on this computer',
    stayHint: 'Not on a computer that others use.',
    go: 'Sign in',
    refused: 'You are not signed in any more: this sign-in was revoked. What you typed is still there once you sign in again.',
    left: 'You are signed out.',
  },
  ru: {
    title: 'Вход',
    how: 'На компьютере кассы выполните эту команду. Она покажет код из 8 цифр; он действует один раз и две минуты:',
    code: 'Код',
    hint: '8 цифр',
    bad: 'В коде 8 цифр.',
    stay: 'Не выходить на этом компьютере',
    stayHint: 'Не включайте на компьютере, которым пользуются другие.',
    go: 'Войти',
    refused: 'Вход больше не действует: он отозван. Введённое вами сохранится, когда вы войдёте снова.',
    left: 'Вы вышли.',
  },
});

interface Paired {
  readonly token: string;
  readonly scopes: readonly string[];
  readonly clientId: string;
}

export function SignIn(): JSX.Element {
  const t = texts();
  const [code, setCode] = useState(broughtCode.peek());
  const [stay, setStay] = useState(false);
  const [wrong, setWrong] = useState(false);
  const pair = useAction(async (_signal, digits: string) => {
    const { token, scopes, clientId } = await post<Paired>('/v1/pair', { code: digits });
    signIn({ token, scopes, clientId }, stay);
  });
  const submit = (): void => {
    // as it is read aloud or copied: 1234 5678
    const digits = code.replace(/[\s-]/g, '');
    const bad = !/^\d{8}$/.test(digits);
    setWrong(bad);
    if (!bad) void pair.run(digits);
  };
  const brought = broughtCode.value;
  useEffect(() => {
    if (brought === '') return;
    // used once, whatever comes of it: it must not be tried again by itself
    broughtCode.value = '';
    setCode(brought);
    void pair.run(brought);
  }, [brought]);
  return (
    <div class="sign-in">
      <Page title={t.title}>
        {signedOut.value === 'refused' ? <Notice kind="warn">{t.refused}</Notice> : undefined}
        {signedOut.value === 'left' ? <Notice>{t.left}</Notice> : undefined}
        <p>{t.how}</p>
        <p class="command">
          <code>tillbridge console</code>
        </p>
        <form
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            submit();
          }}
        >
          <TextField label={t.code} hint={t.hint} code inputMode="numeric" autoComplete="one-time-code" maxLength={12} value={code} onInput={setCode} autoFocus {...(wrong ? { error: t.bad } : {})} />
          <CheckField label={t.stay} checked={stay} onChange={setStay} />
          <p class="hint">{t.stayHint}</p>
          <ErrorNote error={pair.error} />
          <Button kind="primary" type="submit" busy={pair.busy}>
            {t.go}
          </Button>
        </form>
      </Page>
    </div>
  );
}
