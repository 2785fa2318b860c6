import type { NativeNumber } from '@tillbridge/core';
import type { NativeIdentifiers } from '../native-identifier.js';
import type { ActionKind, ApiVersion, OrderAction } from './contract.js';

export interface PlanOptions {
  readonly identifiers: NativeIdentifiers;
  /** Where external data goes. */
  readonly externalData?: { readonly key: string; readonly isPublic: boolean };
  /** What to do about a guest who is on the order already. */
  readonly conflict: 'reject' | 'replace';
  /** Makes a guest of the till's directory where there is none, under this name. */
  readonly createGuest?: string;
  /** How phones are written: `e164` begins with +; `asIs` leaves them alone. */
  readonly phone: 'e164' | 'asIs';
  /** Whether an iikoCard POS server is configured. */
  readonly posServer: boolean;
}

/** What of an action is decided before it is given to a plugin. */
export type Planned = OrderAction extends infer One ? (One extends OrderAction ? Omit<One, 'id' | 'expiresInMs' | 'place' | 'orderId' | 'screenSeq'> : never) : never;

export type PlanRefusal = 'noNativeIdentifier' | 'noPosServer' | 'numberTooLong';

/** Longest number that a field of the plugin API takes; names and keys there end at 256 characters too. */
const MAX_NUMBER = 256;

/** What is to be done with a number, or why nothing can be. */
export function plan(number: NativeNumber, options: PlanOptions): Planned | { readonly refused: PlanRefusal } {
  const identifier = options.identifiers[number.kind];
  const value = number.reveal();
  if (value.length > MAX_NUMBER) return { refused: 'numberTooLong' };
  const replace = options.conflict === 'replace';
  const creating = options.createGuest === undefined ? {} : { createName: options.createGuest };
  const phone = (): string => (options.phone === 'e164' ? e164(value) : value);
  if (identifier === undefined) return { refused: 'noNativeIdentifier' };
  switch (identifier) {
    case 'rmsDiscountCard':
      return { kind: 'applyDiscountCard', number: value };
    case 'iikoCardCoupon':
      return { kind: 'setCoupons', numbers: [value] };
    case 'guestPhone':
      return { kind: 'bindGuest', phone: phone(), replace, ...creating };
    case 'guestCardNumber':
      return { kind: 'bindGuest', cardNumber: value, replace, ...creating };
    case 'iikoCardPhone':
      if (!options.posServer) return { kind: 'bindGuest', phone: phone(), replace };
      return { kind: 'authorizeIikoCard', credential: phone(), scope: 'phone', fallback: { phone: phone() }, replace };
    case 'iikoCardNumber':
      if (!options.posServer) return { kind: 'bindGuest', cardNumber: value, replace };
      return { kind: 'authorizeIikoCard', credential: value, scope: 'cardNumber', fallback: { cardNumber: value }, replace };
    case 'iikoCardTrack':
      // the guest directory knows no tracks
      return options.posServer ? { kind: 'authorizeIikoCard', credential: value, scope: 'cardTrack', replace } : { refused: 'noPosServer' };
    case 'externalData':
      return options.externalData === undefined ? { refused: 'noNativeIdentifier' } : { kind: 'setExternalData', ...options.externalData, value };
  }
}

/** Whether this plugin can do it at all; what it cannot is refused before the number leaves us. */
export function unsupported(planned: Planned, plugin: { readonly actions: readonly ActionKind[]; readonly apiVersion: ApiVersion }): boolean {
  if (!plugin.actions.includes(planned.kind)) return true;
  // TryGetClientByCardNumber came with V9; without it a guest is only found by phone
  return planned.kind === 'bindGuest' && planned.phone === undefined && plugin.apiVersion === 'V8';
}

/** A phone as iikoCard and the guest directory write it: +79990001122. What is no Russian or full number stays as it is. */
export function e164(value: string): string {
  const digits = value.replace(/[\s()+-]/g, '');
  if (!/^\d+$/.test(digits)) return value;
  if (/^[78]\d{10}$/.test(digits) && !(value.startsWith('+') && digits.startsWith('8'))) return `+7${digits.slice(1)}`;
  return /^9\d{9}$/.test(digits) ? `+7${digits}` : `+${digits}`;
}

