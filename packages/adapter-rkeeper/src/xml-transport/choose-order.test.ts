import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { OrderSummary } from '../rk7/order.js';
import { chooseOrder, pickOrder, type OrderChoice } from './choose-order.js';

const object = (ident: number) => ({ ident, code: ident - 1000, guid: undefined, name: String(ident), netName: undefined });
const facts = (id: number) => ({ id, code: undefined, guid: undefined });
const STATION = object(1001);

let count = 0;
const order = (over: Partial<OrderSummary> = {}): OrderSummary => {
  count += 1;
  const guid = `{00000000-0000-4000-8000-${String(count).padStart(12, '0')}}`;
  return { guid, visit: String(count), orderIdent: '1', locked: false, lockedByStation: undefined, table: facts(1001), waiter: facts(1001), paid: false, finished: false, deleted: false, billed: false, ...over };
};

const CHOICES: readonly OrderChoice[] = [{ by: 'station' }, { by: 'onlyOpen' }, { by: 'table', object: object(1001) }, { by: 'waiter', object: object(1001) }];

describe('the order that a rule picks', () => {
  it.each(CHOICES)('%o: the one that fits, none, or several', (choice) => {
    const fits = order({ lockedByStation: facts(1001) });
    const other = order({ lockedByStation: facts(1002), table: facts(1002), waiter: facts(1002) });
    expect(pickOrder([fits], choice, STATION)).toEqual({ found: 'one', guid: fits.guid });
    expect(pickOrder([], choice, STATION)).toEqual({ found: 'none' });
    expect(pickOrder([fits, order({ lockedByStation: facts(1001) })], choice, STATION)).toEqual({ found: 'several' });
    expect(pickOrder([fits, other], choice, STATION).found).toBe(choice.by === 'onlyOpen' ? 'several' : 'one');
  });

  it.each(['paid', 'finished', 'deleted'] as const)('is never one that is %s', (how) => {
    const gone = order({ [how]: true, lockedByStation: facts(1001) });
    for (const choice of CHOICES) expect(pickOrder([gone], choice, STATION)).toEqual({ found: 'none' });
    expect(chooseOrder([gone], { by: 'context' }, STATION, gone.guid).found).toBe('none');
  });

  test('a named order wins over every rule, by GUID in any form and by its numbers; without one `context` has none', () => {
    const [first, second] = [order({ lockedByStation: facts(1001) }), order()];
    for (const choice of [...CHOICES, { by: 'context' } as const]) {
      for (const name of [second.guid, second.guid.slice(1, -1).toLowerCase(), `${second.visit ?? ''}.1`]) {
        expect(chooseOrder([first, second], choice, STATION, name)).toEqual({ found: 'one', order: second });
      }
      expect(chooseOrder([first, second], choice, STATION, 'no such').found).toBe('none');
    }
    expect(pickOrder([first], { by: 'context' }, STATION)).toEqual({ found: 'none' });
  });

  test('is one only where exactly one open order fits, whatever the list', () => {
    const any = fc.record({ station: fc.option(fc.integer({ min: 1001, max: 1003 })), table: fc.integer({ min: 1001, max: 1003 }), waiter: fc.integer({ min: 1001, max: 1002 }), paid: fc.boolean(), finished: fc.boolean(), deleted: fc.boolean() });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 8 }), fc.constantFrom(...CHOICES), (list, choice) => {
        const orders = list.map(({ station, table, waiter, ...gone }) => order({ ...gone, table: facts(table), waiter: facts(waiter), ...(station === null ? {} : { lockedByStation: facts(station) }) }));
        const fits = orders.filter((each) => {
          if (each.paid || each.finished || each.deleted) return false;
          const by = { station: each.lockedByStation?.id, table: each.table?.id, waiter: each.waiter?.id, onlyOpen: 1001, context: undefined }[choice.by];
          return by === 1001;
        });
        const picked = pickOrder(orders, choice, STATION);
        expect(picked.found).toBe(fits.length === 0 ? 'none' : fits.length === 1 ? 'one' : 'several');
        if (picked.found === 'one') expect(picked.guid).toBe(fits[0]?.guid);
      }),
      { numRuns: 1000 },
    );
  });
});
