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

/** The style sheet follows the attribute, and where nobody chose, the attribute the system. */
export function followTheme(): void {
  const system = matchMedia('(prefers-color-scheme: dark)');
  const dark = signal(system.matches);
  system.addEventListener('change', ({ matches }) => (dark.value = matches));
  effect(() => {
    document.documentElement.dataset['theme'] = theme.value === 'system' ? (dark.value ? 'dark' : 'light') : theme.value;
  });
}
