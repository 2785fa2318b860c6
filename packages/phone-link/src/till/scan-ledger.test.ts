import { describe, expect, it } from 'vitest';
import { REMEMBERED, ScanLedger, type LedgerEntry } from './scan-ledger.js';

const goods: LedgerEntry = { is: 'goods', handled: true };

describe('what is known of a phone\'s reads', () => {
  it('takes each id once, also when taking it fails half-way', () => {
    const ledger = new ScanLedger();
    let taken = 0;
    const take = (): LedgerEntry => {
      taken += 1;
      return goods;
    };
    expect([ledger.once('a', take), ledger.once('a', take)]).toEqual([goods, goods]);
    expect(taken).toBe(1);
    expect(() => ledger.once('b', () => { throw new Error('half-way'); })).toThrow('half-way');
    expect(ledger.once('b', take)).toEqual({ is: 'lost' });
    expect(taken).toBe(1);
  });

  it('takes no more what was asked for before it came', () => {
    const ledger = new ScanLedger();
    expect(ledger.ask('a')).toEqual({ is: 'never' });
    expect(ledger.once('a', () => goods)).toEqual({ is: 'never' });
    expect(ledger.ask('a')).toEqual({ is: 'never' });
  });

  it('does not say never where there was a ledger before it', () => {
    const ledger = new ScanLedger(true);
    expect(ledger.ask('a')).toEqual({ is: 'lost' });
    expect(ledger.once('a', () => goods)).toEqual({ is: 'lost' });
  });

  it('is bounded, and does not say never of what it may have forgotten', () => {
    const ledger = new ScanLedger();
    for (let i = 0; i < REMEMBERED; i += 1) ledger.once(`r${String(i)}`, () => goods);
    expect(ledger.ask('r0')).toEqual(goods);
    ledger.once('one more', () => goods);
    expect(ledger.find('r0')).toBeUndefined();
    expect(ledger.ask('r0')).toEqual({ is: 'lost' });
  });
});
