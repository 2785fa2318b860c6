import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { instant, isDelivered, NativeNumber, OUTCOMES, Secret, silentLog, type Adapter } from '@tillbridge/core';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quickClock } from '../../../test/support/quick-clock.js';
import { createCloudTill, createPosServerTill } from './index.js';

// pauses of minutes cost seconds
const clock = quickClock(200);
const never = new AbortController().signal;
const ORDER = '0de20000-0000-4000-8000-000000000001';
const PLACE = '5d4b1a2c-0000-4000-8000-000000000001';
/** What the servers say before a number comes. */
const GOOD: Readonly<Record<string, unknown>> = {
  '/api/1/access_token': { correlationId: PLACE, token: 't' },
  '/api/1/organizations': { correlationId: PLACE, organizations: [{ responseType: 'Simple', id: PLACE, name: 'x' }] },
  '/api/1/terminal_groups': { correlationId: PLACE, terminalGroups: [{ organizationId: PLACE, items: [{ id: PLACE, organizationId: PLACE, name: 'x', address: '', timeZone: 'x' }] }] },
  '/api/v2/getAccessToken': 't',
};

describe('a server that answers anything', () => {
  let server: Server;
  let next: () => { readonly status: number; readonly text: string };

  beforeEach(async () => {
    server = createServer((request, response) => {
      request.resume().on('end', () => {
        const known = GOOD[(request.url ?? '').split('?')[0] ?? ''];
        const { status, text } = known === undefined ? next() : { status: 200, text: JSON.stringify(known) };
        response.writeHead(status, { 'content-type': 'application/json' }).end(status === 204 ? undefined : text);
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });

  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  const url = (): string => `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  /** Close to the shapes that are expected, and far from them. */
  const value = fc.oneof(
    fc.jsonValue(),
    fc.record({ id: fc.constantFrom(PLACE, '', 5), name: fc.jsonValue(), phone: fc.oneof(fc.string(), fc.constant('+79990001122')), isDeleted: fc.jsonValue() }),
    fc.record({ orders: fc.array(fc.record({ id: fc.constant(PLACE), creationStatus: fc.constantFrom('Success', 'Error', 'X'), order: fc.oneof(fc.jsonValue(), fc.record({ status: fc.constantFrom('New', 'Closed'), customer: fc.jsonValue(), phone: fc.jsonValue() })) }), { maxLength: 2 }) }),
    fc.record({ correlationId: fc.constantFrom(PLACE, 'x'), state: fc.constantFrom('Success', 'Error', 'InProgress', 'X'), errorReason: fc.jsonValue() }),
    fc.record({ userData: fc.oneof(fc.jsonValue(), fc.record({ name: fc.jsonValue(), phone: fc.jsonValue() })) }),
    fc.record({ FaultReason: fc.jsonValue() }),
    fc.record({ error: fc.jsonValue(), errorDescription: fc.string() }),
  );
  const answer = fc.record({ status: fc.constantFrom(200, 200, 200, 204, 400, 401, 404, 408, 410, 418, 500), text: fc.oneof(value.map((json) => JSON.stringify(json)), fc.string()) });

  const survives = async (make: () => Adapter, runs: number): Promise<void> => {
    await fc.assert(
      fc.asyncProperty(fc.array(answer, { minLength: 1, maxLength: 6 }), async (answers) => {
        let asked = 0;
        next = () => answers[(asked += 1) % answers.length] ?? { status: 500, text: '' };
        const till = make();
        await till.open({ state: () => undefined, goodsDropped: () => undefined, order: () => undefined }, never);
        const delivery = { id: 'd', scanId: 's', till: 'hall', number: new NativeNumber('card', '1002003004005'), at: instant(clock), orderId: ORDER, expired: () => false };
        const result = await till.deliver(delivery, never);
        expect(OUTCOMES).toContain(result.outcome);
        for (const word of [result.reason, result.evidence]) if (word !== undefined) expect(word).toMatch(/^[A-Za-z]{1,40}$/);
        await till.probe(never);
        await till.close();
        expect(asked).toBeLessThan(120);
        // without a single good answer nothing can have been done
        if (answers.every(({ status }) => status >= 300)) expect(isDelivered(result.outcome)).toBe(false);
      }),
      { numRuns: runs },
    );
  };

  it('iikoCloud', async () => {
    const login = { version: 'v1', apiLogin: new Secret('x') } as const;
    await survives(() => createCloudTill({ id: 'hall', url: url(), login, nativeIdentifier: { card: 'iikoCardNumber' }, order: { by: 'context' }, nameless: 'x', phone: 'e164', timeoutMs: 600_000 }, { clock, log: silentLog, random: () => 0 }), 40);
  });

  it('the POS server', async () => {
    const options = { id: 'hall', url: url(), user: 'u', password: new Secret('x'), nativeIdentifier: { card: 'iikoCardNumber' }, phone: 'e164', timeoutMs: 600_000 } as const;
    await survives(() => createPosServerTill(options, { clock, log: silentLog, random: () => 0 }), 100);
  });
});
