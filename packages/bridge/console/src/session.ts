import { computed, signal } from '@preact/signals';
import { readKept, writeKept } from './kept';

/** A paired page. The token is all that it is known by; it is shown nowhere. */
export interface Session {
  readonly token: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
}

/** Why nobody is signed in: never was, was refused or revoked meanwhile, or went. */
export type SignedOut = 'never' | 'refused' | 'left';

const KEY = 'tillbridge.session';

export const session = signal<Session | undefined>(kept());
export const signedOut = signal<SignedOut>('never');
/** Somebody was signed in since the page was opened: what was typed is still there. */
export const wasSignedIn = signal(session.value !== undefined);

/** `stay`: also after the browser was closed. */
export function signIn(next: Session, stay: boolean): void {
  forget();
  writeKept(stay ? localStorage : sessionStorage, KEY, JSON.stringify(next));
  wasSignedIn.value = true;
  session.value = next;
}

export function signOut(why: Exclude<SignedOut, 'never'>): void {
  forget();
  signedOut.value = why;
  if (why === 'left') wasSignedIn.value = false;
  session.value = undefined;
}

const scopes = computed(() => new Set(session.value?.scopes ?? []));

/** Whether the page may do this; the daemon checks it again. */
export function can(scope: string): boolean {
  return scopes.value.has(scope);
}

function forget(): void {
  for (const storage of [sessionStorage, localStorage]) writeKept(storage, KEY, undefined);
}

function kept(): Session | undefined {
  const text = readKept(sessionStorage, KEY) ?? readKept(localStorage, KEY);
  if (text === undefined) return undefined;
  try {
    const found: unknown = JSON.parse(text);
    return isSession(found) ? found : undefined;
  } catch {
    return undefined;
  }
}

function isSession(found: unknown): found is Session {
  const { token, clientId, scopes: list } = (found ?? {}) as Readonly<Record<string, unknown>>;
  return typeof token === 'string' && typeof clientId === 'string' && Array.isArray(list) && list.every((scope) => typeof scope === 'string');
}
