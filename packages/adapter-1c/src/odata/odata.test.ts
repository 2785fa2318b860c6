import { compileOutput, instant, NativeNumber, outcome, Secret, silentLog, systemClock, type Adapter, type DeliveryRequest } from '@tillbridge/core';
import { CardCatalogue, SimulatedOData, type ODataFaults } from '@tillbridge/testkit/1c';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createCheckedTill } from '../index.js';
import { queryUrl } from './query.js';

const never = new AbortController().signal;

describe('looking for a card over OData', () => {
  let server: SimulatedOData;
  let given: string[];
  let till: Adapter;

  const make = (over: { url?: string; password?: string; entity?: string; field?: string; timeoutMs?: number } = {}): Adapter => {
    const inner: Adapter = {
      id: 'front',
      capabilities: { goods: true, best: 'sent', verify: false },
      state: { status: 'ready', since: 1 },
      open: () => Promise.resolve(),
      probe: () => Promise.resolve([{ level: 'ok', id: 'till.front', text: 'there' }]),
      deliver: ({ number }) => {
        given.push(number.reveal());
        return Promise.resolve(outcome('sent'));
      },
      close: () => Promise.resolve(),
    };
    const { url = server.url, password = 'secret', entity = 'Catalog_ДисконтныеКарты', field = 'КодКартыШтрихкод', timeoutMs = 20_000 } = over;
    const options = { till: 'front', url, entity, field, user: 'odata', password: new Secret(password), timeoutMs, output: compileOutput({ suffix: 'none', prefix: '77' }), charset: 'ascii' as const };
    return createCheckedTill(options, inner, { clock: systemClock, log: silentLog });
  };
  const deliver = (value: string, kind: 'card' | 'phone' = 'card') => {
    const request: DeliveryRequest = { id: 'd', scanId: 's', till: 'front', number: new NativeNumber(kind, value), at: instant(systemClock), expired: () => false };
    return till.deliver(request, never);
  };

  beforeEach(async () => {
    const catalogue = new CardCatalogue(undefined, [
      { kind: 'Бонусная', owner: 'Гость', barcode: '77123' },
      { kind: 'Бонусная', owner: 'Гость', barcode: "77O'K" },
      { kind: 'Бонусная', owner: 'Гость', barcode: '77999', deleted: true },
    ]);
    server = await SimulatedOData.start({ clock: systemClock, catalogue });
    given = [];
    till = make();
  });
  afterEach(async () => {
    await till.close();
    await server.close();
  });

  it('one that is there goes on, as it is; one that is not, or is deleted, is not found', async () => {
    expect(await deliver('123')).toEqual({ outcome: 'sent' });
    expect(await deliver("O'K")).toEqual({ outcome: 'sent' });
    expect(await deliver('124')).toEqual({ outcome: 'notFound', reason: 'notInCatalogue' });
    expect(await deliver('999')).toEqual({ outcome: 'notFound', reason: 'notInCatalogue' });
    expect([given, server.asked]).toEqual([['123', "O'K"], 4]);
  });

  it('only cards are looked for', async () => {
    expect(await deliver('79001234567', 'phone')).toEqual({ outcome: 'sent' });
    expect(server.asked).toBe(0);
  });

  const BROKEN: readonly ODataFaults['answer'][] = ['error500', 'errorXml', 'garbage', 'html', 'silent', 'huge', 'hangUp'];
  it.each(BROKEN)('whatever goes wrong (%s), the card goes to 1C, and the next ones do not wait for it', async (answer) => {
    server.faults.answer = answer;
    if (answer === 'silent') till = make({ timeoutMs: 300 });
    expect(await deliver('124')).toEqual({ outcome: 'sent' });
    expect(await deliver('125')).toEqual({ outcome: 'sent' });
    expect(server.asked).toBe(1);
    expect((await till.probe(never)).at(-1)).toMatchObject({ level: 'warn', id: 'till.front.odata' });
  });

  it.each([
    ['all well', {}, 'ok', 'answers for'],
    ['a wrong password', { password: 'x' }, 'warn', 'does not let us look'],
    ['a catalogue that is not published', { entity: 'Catalog_X' }, 'warn', 'does not publish Catalog_X'],
    ['an attribute that is not there', { field: 'X' }, 'warn', 'or its attribute X'],
    ['nobody there', { url: 'http://127.0.0.1:1/odata/standard.odata' }, 'warn', 'notConnected'],
  ])('doctor says it: %s', async (_name, over, level, words) => {
    till = make(over);
    const row = (await till.probe(never)).at(-1);
    expect([row?.level, row?.text]).toEqual([level, expect.stringContaining(words)]);
  });
});

it('a code cannot leave its literal', () => {
  const url = queryUrl({ url: 'http://h/odata/standard.odata/', entity: 'Catalog_X', field: 'F' }, "1' or true eq true&$top=1");
  expect(url.searchParams.get('$filter')).toBe("F eq '1'' or true eq true&$top=1' and DeletionMark eq false");
  expect(url.searchParams.get('$top')).toBe('2');
  expect(url.pathname).toBe('/odata/standard.odata/Catalog_X');
});
