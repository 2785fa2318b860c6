import { effect, signal } from '@preact/signals';
import { readKept, writeKept } from './kept';

export type Theme = 'system' | 'light' | 'dark';

const KEY = 'tillbridge.theme';
const kept = readKept(localStorage, KEY);

export const theme = signal<Theme>(kept === 'light' || kept === 'dark' ? kept : 'system');

export function setTheme(next: Theme): void {
  writeKept(localStorage, KEY, next === 'system' ? undefined : next);
  theme.value = next;
}

/** The style sheet follows the attribute; without it, the system. */
export function followTheme(): void {
  effect(() => {
    if (theme.value === 'system') delete document.documentElement.dataset['theme'];
    else document.documentElement.dataset['theme'] = theme.value;
  });
}
