import { z } from 'zod';
import { TillbridgeError } from '@tillbridge/core';

/** What a client may be allowed to do, but for what belongs to one till. */
export const PLAIN_SCOPES = ['status:read', 'scan:read', 'scan:inject', 'number:reveal', 'goods:read', 'receipt:write', 'cards:read', 'cards:write', 'config:read', 'config:write', 'clients:admin', 'phones:admin', 'support:read'] as const;

/** Scopes that are given for one till: `delivery:front`, `till:front`. */
export const TILL_SCOPES = ['delivery', 'till'] as const;

export type Scope = (typeof PLAIN_SCOPES)[number] | `${(typeof TILL_SCOPES)[number]}:${string}`;

const TILL_SCOPE = /^(?:delivery|till):[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

export function isScope(text: string): text is Scope {
  return (PLAIN_SCOPES as readonly string[]).includes(text) || TILL_SCOPE.test(text);
}

export const scopeSchema = z
  .string()
  .max(80)
  .refine(isScope, 'no such scope')
  .meta({ description: `One of ${PLAIN_SCOPES.join(', ')}, delivery:TILL, till:TILL.` });

/** Who calls. The control socket may do everything: only its owner can open it. */
export type Caller =
  | { readonly kind: 'control'; readonly id: 'control' }
  | { readonly kind: 'client'; readonly id: string; readonly name: string; readonly scopes: readonly Scope[] }
  | { readonly kind: 'public'; readonly id: 'public' };

export const CONTROL_CALLER: Caller = { kind: 'control', id: 'control' };
export const PUBLIC_CALLER: Caller = { kind: 'public', id: 'public' };

export function may(caller: Caller, scope: Scope): boolean {
  return caller.kind === 'control' || (caller.kind === 'client' && caller.scopes.includes(scope));
}

/** For calls whose scope depends on what they are about. @throws {TillbridgeError} `TB_API_SCOPE` */
export function requireScope(caller: Caller, scope: Scope): void {
  if (!may(caller, scope)) throw new TillbridgeError('TB_API_SCOPE', { scope });
}
