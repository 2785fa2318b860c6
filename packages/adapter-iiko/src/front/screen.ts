import type { ScreenState } from './contract.js';
import type { Session } from './session.js';

/** The order that is open, as far as a screen says: what is scanned now is for it. */
export function openOrder({ screen, orderId }: ScreenState): string | undefined {
  return screen === 'orderEdit' || screen === 'payment' || screen === 'dialog' ? orderId : undefined;
}

export type ScreenRefusal = 'noOrder' | 'wrongScreen' | 'orderChanged';

/**
 * Why nothing can be done on this order while the screen is as it is. A window over the order screen is no reason: iikoFront lets an edit wait
 * until it is closed.
 */
export function screenRefusal({ screen, hello }: Pick<Session, 'screen' | 'hello'>, orderId: string | undefined): ScreenRefusal | undefined {
  const open = openOrder(screen);
  if (open === undefined) return screen.screen === 'orderEdit' ? 'noOrder' : 'wrongScreen';
  if (orderId === undefined) return 'noOrder';
  if (open !== orderId) return 'orderChanged';
  return screen.screen === 'payment' && !hello.paymentEdit ? 'wrongScreen' : undefined;
}
