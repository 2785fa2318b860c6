/**
 * What the plugin and the daemon say to each other (firmware-docs/iiko-plugin-contract.md), from the plugin's side: written down a second
 * time, so that a slip in one of the two shows.
 */
export type WireScreen = 'orderEdit' | 'payment' | 'delivery' | 'dialog' | 'lock' | 'other';

export interface WireScreenState {
  readonly seq: number;
  readonly screen: WireScreen;
  readonly orderId?: string;
  readonly orderNumber?: number;
}

export interface HelloAnswer {
  readonly session: string;
  readonly nextWaitMs: number;
  readonly scanWaitMs: number;
  readonly scans: boolean;
  readonly watchKey?: string;
  readonly language: string;
}

export interface GuestKey {
  readonly phone?: string;
  readonly cardNumber?: string;
}

interface OnOrder {
  readonly id: string;
  readonly expiresInMs: number;
  readonly place: 'screen' | 'order';
  readonly orderId: string;
  readonly screenSeq?: number;
}

export interface MessageText {
  readonly text: string;
  readonly level: 'info' | 'warning' | 'error';
}

export type OrderAction =
  | (OnOrder & { readonly kind: 'applyDiscountCard'; readonly number: string })
  | (OnOrder & { readonly kind: 'setCoupons'; readonly numbers: readonly string[] })
  | (OnOrder & GuestKey & { readonly kind: 'bindGuest'; readonly createName?: string; readonly replace: boolean })
  | (OnOrder & { readonly kind: 'authorizeIikoCard'; readonly credential: string; readonly scope: string; readonly fallback?: GuestKey; readonly replace: boolean })
  | (OnOrder & { readonly kind: 'setExternalData'; readonly key: string; readonly value: string; readonly isPublic: boolean });

export type WireAction = OrderAction | ({ readonly kind: 'message'; readonly id: string; readonly expiresInMs: number } & MessageText);

export const ACTION_KINDS = ['applyDiscountCard', 'setCoupons', 'bindGuest', 'authorizeIikoCard', 'setExternalData', 'message'] as const;

export type WireOutcome =
  | 'applied'
  | 'alreadyApplied'
  | 'submitted'
  | 'notFound'
  | 'notAllowed'
  | 'wrongScreen'
  | 'wrongOrder'
  | 'busyTimeout'
  | 'expired'
  | 'orderClosed'
  | 'conflict'
  | 'unsupportedByApiVersion'
  | 'noEffect'
  | 'hostError'
  | 'unknown';

/** What became of an action. */
export interface Done {
  readonly outcome: WireOutcome;
  readonly detail?: string;
  readonly evidence?: 'orderShowsCard' | 'orderShowsCoupon' | 'orderShowsGuest' | 'orderShowsData' | 'shown';
  readonly orderId?: string;
  readonly orderNumber?: number;
  readonly revision?: number;
  readonly hostText?: string;
}

export interface NextAnswer {
  readonly action: WireAction | null;
}

export interface ScanAnswer {
  readonly handled: boolean;
  readonly scanId?: string;
  readonly action?: WireAction;
  readonly message?: MessageText;
}

export interface ResultAnswer {
  readonly recorded: 'ended' | 'again' | 'late' | 'unknown';
  readonly message?: MessageText;
}

export interface AuthorizeAnswer {
  readonly done: boolean;
  readonly reason?: string;
}
