import type { Finding } from '../problem.js';
import { say } from '../texts.js';
import { fieldsOf, namesOf, textAt, type Entry, type Outline } from './outline.js';

/** Receipts must not be reported twice, and have to be reported to somebody. */
export function checkReceipts({ root, tills, translators }: Outline): readonly Finding[] {
  const receipts = fieldsOf(root['receipts']);
  if (receipts?.['mode'] !== 'report') return [];
  const path = ['receipts', 'mode'];
  const twice = receipts['iKnowTheTillDoesNotReport'] === true ? [] : tills.filter(reportsItself);
  return [
    ...twice.map((till): Finding => ({ path, text: say('doubleCredit', { name: textAt(till, 'id') ?? '' }) })),
    ...(namesOf(translators, 'type').includes('http') ? [] : [{ path, text: say('reportToNobody') }]),
  ];
}

/**
 * Cashier programs that tell a loyalty system of each sale as soon as a card is on the order: iiko its iikoCard, r_keeper whatever stands
 * behind its card interface. Where we are that card system (farcards without an `upstream`), nobody else is told.
 */
function reportsItself(till: Entry): boolean {
  const adapter = textAt(till, 'adapter');
  if (adapter === 'iiko') return true;
  if (adapter !== 'rkeeper') return false;
  return textAt(till, 'transport') !== 'farcards' || till.fields['upstream'] !== undefined;
}
