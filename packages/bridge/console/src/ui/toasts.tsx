import { signal } from '@preact/signals';
import type { JSX } from 'preact';
import { clock } from '../clock';
import { defineTexts } from '../i18n';
import { Button } from './button';

interface Toast {
  readonly id: number;
  readonly kind: 'done' | 'failed';
  readonly text: string;
}

/** What was done is gone after this long, in ms; what failed stays until it is put away. */
const SHOWN_MS = 6000;
const MAX_TOASTS = 4;

const toasts = signal<readonly Toast[]>([]);
let lastId = 0;

const texts = defineTexts({ en: { close: 'Close', region: 'Messages' }, ru: { close: 'Закрыть', region: 'Сообщения' } });

/** Says that something was done, or that it was not. */
export function toast(text: string, kind: Toast['kind'] = 'done'): void {
  lastId += 1;
  const id = lastId;
  toasts.value = [...toasts.value.slice(1 - MAX_TOASTS), { id, kind, text }];
  if (kind === 'done') clock.timer(SHOWN_MS, () => close(id));
}

function close(id: number): void {
  toasts.value = toasts.value.filter((other) => other.id !== id);
}

/** One for the whole page. */
export function Toasts(): JSX.Element {
  const t = texts();
  return (
    <div class="toasts" role="status" aria-live="polite" aria-label={t.region}>
      {toasts.value.map(({ id, kind, text }) => (
        <div key={id} class={`toast ${kind}`}>
          <span>{text}</span>
          <Button kind="quiet" onClick={() => close(id)}>
            {t.close}
          </Button>
        </div>
      ))}
    </div>
  );
}
