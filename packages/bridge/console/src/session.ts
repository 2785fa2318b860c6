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
/** Signing in was the last thing that was done. */
export const justSignedIn = signal(false);
/** Somebody was signed in since the page was opened: what was typed is still there. */
export const wasSignedIn = signal(session.value !== undefined);

/** Of the last session until somebody signs in again or out: a page that waits must not lose its parts, and what was typed in them. */
const granted = signal<readonly string[]>(session.value?.scopes ?? []);
const scopes = computed(() => new Set(granted.value));

/** `stay`: also after the browser was closed. */
export function signIn(next: Session, stay: boolean): void {
  forget();
  writeKept(stay ? localStorage : sessionStorage, KEY, JSON.stringify(next));
  wasSignedIn.value = true;
  justSignedIn.value = true;
  granted.value = next.scopes;
  session.value = next;
}

export function signOut(why: Exclude<SignedOut, 'never'>): void {
  forget();
  signedOut.value = why;
  if (why === 'left') {
    wasSignedIn.value = false;
    granted.value = [];
  }
  session.value = undefined;
}

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
