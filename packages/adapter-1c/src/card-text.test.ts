import { compileOutput, instant, NativeNumber, outcome, systemClock, type Adapter, type DeliveryRequest, type GoodsRead, type OutputOptions } from '@tillbridge/core';
import { describe, expect, it } from 'vitest';
import { goodsText } from './addin/goods-text.js';
import { cardText, createDeviceTill } from './index.js';

const text = (options: OutputOptions, number: string, charset: 'digits' | 'ascii' = 'digits') => cardText(compileOutput({ suffix: 'none', ...options }), new NativeNumber('card', number), charset);

describe('the text of a card', () => {
  it.each([
    ['as it is, leading zeros included', {}, '0012345', '0012345'],
    ['with a prefix', { prefix: '77' }, '12345', '7712345'],
    ['with a postfix', { template: '{number}99' }, '12345', '1234599'],
    ['filled with zeros', { pad: 13 }, '12345', '0000000012345'],
    ['all of it, as Rarus makes its bonus cards', { template: '29{number:pad8}0' }, '12345', '29000123450'],
    ['as magnetic track 2', { track2: true }, '12345', ';12345?'],
    ['with a check digit', { template: '{number:pad12}{ean13}' }, '200000000123', '2000000001234'],
    ['at most 100 characters', {}, '1'.repeat(100), '1'.repeat(100)],
  ] as const)('%s', (_name, options, number, expected) => {
    expect(text(options, number)).toEqual({ text: expected });
  });

  it.each([
    ['101 characters', {}, '1'.repeat(101), 'digits', 'numberTooLong'],
    ['letters where digits are wanted', {}, 'AB12', 'digits', 'numberNotDigits'],
    ['Cyrillic', {}, 'Ж12', 'ascii', 'numberNotPrintable'],
    ['a kind without a template', { template: { phone: '{number}' } }, '12', 'digits', 'noTemplate'],
    ['a number that its padding cannot hold', { pad: 2 }, '123', 'digits', 'templateLength'],
    ['a template with a line end', { template: '{number}\r' }, '12', 'digits', 'numberNotPrintable'],
  ] as const)('%s is refused', (_name, options, number, charset, refused) => {
    expect(text(options, number, charset)).toEqual({ refused });
  });
});

describe('the text of goods', () => {
  const read = (bytes: Uint8Array): GoodsRead => ({ reader: 'r', bytes, terminator: new Uint8Array(0), withSuffix: false, at: instant(systemClock) });

  it.each([
    ['GS', Buffer.from('0104\u001d93'), { text: '0104\u001d93' }],
    ['bytes that are no UTF-8', Buffer.from([0x41, 0xff]), { text: 'A\u00ff' }],
    ['NUL', Buffer.from('a\0b'), { refused: 'nul' }],
    ['nothing', Buffer.alloc(0), { refused: 'empty' }],
    ['1024 characters', Buffer.alloc(1024, 0x41), { text: 'A'.repeat(1024) }],
    ['1025 characters', Buffer.alloc(1025, 0x41), { refused: 'tooLong' }],
    ['what would not fit into a line', Buffer.alloc(1000, 0x1d), { refused: 'tooLong' }],
  ])('%s', (_name, bytes, expected) => {
    expect(goodsText(read(bytes), false)).toEqual(expected);
  });
});

it('as a scanner: the card is written by its rules, the rest is the port\'s', async () => {
  const taken: string[] = [];
  const inner: Adapter = {
    id: 'front',
    capabilities: { goods: true, best: 'sent', verify: false },
    state: { status: 'ready', since: 1 },
    open: () => Promise.resolve(),
    probe: () => Promise.resolve([]),
    deliver: ({ number }) => {
      taken.push(number.reveal());
      return Promise.resolve(outcome('sent'));
    },
    goods: ({ bytes }) => void taken.push(Buffer.from(bytes).toString()),
    close: () => Promise.resolve(),
  };
  const till = createDeviceTill({ output: compileOutput({ suffix: 'none', prefix: '77' }), charset: 'digits' }, inner);
  const request = (value: string): DeliveryRequest => ({ id: 'd', scanId: 's', till: 'front', number: new NativeNumber('card', value), at: instant(systemClock), expired: () => false });
  const never = new AbortController().signal;
  expect(await till.deliver(request('123'), never)).toEqual({ outcome: 'sent' });
  expect(await till.deliver(request('A'), never)).toEqual({ outcome: 'rejected', reason: 'numberNotDigits' });
  till.goods?.({ reader: 'r', bytes: Buffer.from('46'), terminator: Buffer.from('\r'), withSuffix: false, at: instant(systemClock) });
  expect([taken, till.state.status, 'verify' in till]).toEqual([['77123', '46'], 'ready', false]);
});
