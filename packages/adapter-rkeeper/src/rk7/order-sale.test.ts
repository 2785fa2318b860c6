import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { readXml } from '../xml/index.js';
import { readOrderSale, type OrderSale } from './order-sale.js';

const order = (attributes: string, dishes: string): OrderSale | undefined => readOrderSale(readXml(`<RK7QueryResult><Order ${attributes}><Session>${dishes}</Session></Order></RK7QueryResult>`));

describe('a closed order', () => {
  test('becomes lines with their part of the discount', () => {
    expect(
      order(
        'orderName="12.1" orderIdent="256" finished="1" paid="1" deleted="0" orderSum="40500" discountSum="-4500"',
        '<Dish id="1" code="101" name="Борщ" price="30000" quantity="1000"/><Dish id="2" code="102" name="Хлеб" price="10000" quantity="1500"/><Dish id="3" code="103" name="Снят" price="10000" quantity="0"/>',
      ),
    ).toEqual({
      ...{ finished: true, deleted: false, number: '12.1', total: 40_500, discount: 4500 },
      lines: [
        { id: '1', sku: '101', name: 'Борщ', quantity: 1000, price: 30_000, total: 27_000 },
        { id: '2', sku: '102', name: 'Хлеб', quantity: 1500, price: 10_000, total: 13_500 },
      ],
    });
  });

  it.each([
    ['sums that its lines do not explain', 'orderSum="41000" discountSum="0"', '<Dish price="30000" quantity="1000"/>'],
    ['no lines', 'orderSum="41000"', ''],
    ['a price that is none', 'orderSum="1"', '<Dish price="1.5" quantity="1000"/>'],
  ])('has no lines where there are %s', (_name, attributes, dishes) => {
    expect(order(attributes, dishes)?.lines).toEqual([]);
  });

  it.each(['', 'orderSum="-5"', 'orderSum="x"', 'orderSum="99999999999999"'])('is none without a sound sum: %s', (attributes) => {
    expect(order(attributes, '')).toBeUndefined();
  });

  test('lines add up to the total and none is below zero, whatever the discount', () => {
    const dish = fc.record({ price: fc.integer({ min: 0, max: 100_000 }), quantity: fc.integer({ min: 1, max: 5000 }) });
    fc.assert(
      fc.property(fc.array(dish, { minLength: 1, maxLength: 20 }), fc.double({ min: 0, max: 1, noNaN: true }), (dishes, part) => {
        const gross = dishes.reduce((sum, { price, quantity }) => sum + Math.round((price * quantity) / 1000), 0);
        const discount = Math.floor(gross * part);
        const sale = order(`orderSum="${String(gross - discount)}" discountSum="${String(discount)}"`, dishes.map(({ price, quantity }) => `<Dish price="${String(price)}" quantity="${String(quantity)}"/>`).join(''));
        expect(sale?.lines).toHaveLength(dishes.length);
        expect(sale?.lines.reduce((sum, { total }) => sum + total, 0)).toBe(gross - discount);
        expect(sale?.lines.every(({ total }) => total >= 0)).toBe(true);
      }),
    );
  });
});
