import { BridgeError, connect, pair, type Bridge } from '@tillbridge/sdk';
import { afterEach, describe, expect, it } from 'vitest';
import { startDaemon, type TestDaemon } from '../support/daemon.js';
import { tempFolder } from '../support/temp-folder.js';

const config = (port = 0): string => `
version: 1
readers: [ { id: counter, type: till, till: front } ]
codes: [ { name: universal, kind: card, match: '^98\\d{14}$' }, { name: coupon, kind: coupon, match: '^99' } ]
translators: [ { type: rule, number: "{value}" } ]
tills: [ { id: front, adapter: client, expireMs: 5000 } ]
api: { port: ${String(port)} }
log: { level: warn }
`;
const CARD = '9812345678901234';
const ALL = 'status:read,scan:read,scan:inject,receipt:write,delivery,till';
const open: { close(): Promise<void> }[] = [];
afterEach(async () => {
  for (const each of open.splice(0).reverse()) await each.close();
});

async function start(folder = tempFolder(), port = 0): Promise<TestDaemon> {
  const daemon = await startDaemon(folder, config(port));
  open.push({ close: () => daemon.stop() });
  return daemon;
}
async function join({ url }: TestDaemon, token: string): Promise<Bridge> {
  const bridge = await connect({ url, token });
  open.push(bridge);
  return bridge;
}
const failure = (work: Promise<unknown>): Promise<unknown> => work.then(() => undefined, (error: unknown) => error);

describe('connect', () => {
  it('does all that a bridge inside the program does', async () => {
    const daemon = await start();
    const { token, scopes } = await pair({ url: daemon.url, code: await daemon.pairingCode('till', ALL), name: 'till' });
    expect(scopes).toContain('delivery:front');
    const bridge = await join(daemon, token);
    const [scans, deliveries] = [bridge.scans(), bridge.deliveries('front', { credit: 1 })];
    await bridge.order('front', 'opened', '17');
    const scanned = bridge.scan(CARD, { wait: true });
    expect((await scans.next()).value).toMatchObject({ code: '****1234', rule: 'universal', till: 'front' });
    const { value: delivery } = await deliveries.next();
    expect(delivery).toMatchObject({ orderId: '17', kind: 'card' });
    expect((await delivery?.claim())?.reveal()).toBe(CARD);
    await delivery?.done('applied');
    expect(await scanned).toMatchObject({ outcome: 'applied' });
    expect(await bridge.health()).toMatchObject({ status: 'healthy' });
    expect(await bridge.translate(CARD)).toMatchObject({ result: 'found', number: '****1234' });
    const receipt = {
      receiptId: 'till7-1', operation: 'sale', tillId: '7', closedAt: '2026-01-10T12:03:11+03:00', currency: 'RUB', total: 100, orderId: '17',
      lines: [{ lineId: '1', qty: '1.000', price: 100, total: 100 }],
    } as const;
    expect(await bridge.receipt(receipt)).toEqual({ receiptId: 'till7-1', stored: 'new' });
    expect(await bridge.receipt(receipt)).toEqual({ receiptId: 'till7-1', stored: 'known' });
  });

  it('gives one number to one program', async () => {
    const daemon = await start();
    const bridges = await Promise.all([await daemon.token('one', ALL), await daemon.token('two', ALL)].map((token) => join(daemon, token)));
    const loops = bridges.map((bridge) => bridge.deliveries('front'));
    await bridges[0]?.scan(CARD);
    const deliveries = await Promise.all(loops.map(async (loop) => (await loop.next()).value));
    const claims = await Promise.allSettled(deliveries.map(async (delivery) => delivery?.claim()));
    expect(claims.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(claims.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { code: 'TB_API_CONFLICT' } });
  });

  it('takes what waits from before it came', async () => {
    const daemon = await start();
    const [first, second] = [await daemon.token('one', ALL), await daemon.token('two', ALL)];
    const early = await join(daemon, first);
    const seen = early.deliveries('front').next();
    await early.scan('99111222');
    await seen;
    const late = await join(daemon, second);
    expect((await late.deliveries('front').next()).value).toMatchObject({ kind: 'coupon' });
  });

  it('comes back after the daemon did, and hears what it missed or that it missed', async () => {
    const folder = tempFolder();
    const first = await start(folder);
    const port = Number(new URL(first.url).port);
    const token = await first.token('till', ALL);
    const bridge = await join(first, token);
    const heard: string[] = [];
    bridge.on('gap', () => heard.push('gap'));
    bridge.on('disconnected', () => heard.push('disconnected'));
    const again = new Promise((resolve) => bridge.on('connected', resolve));
    const deliveries = bridge.deliveries('front');
    await first.stop();
    open.pop();
    const second = await start(folder, port);
    open.push(bridge);
    await again;
    await second.cli('scan', CARD);
    expect((await deliveries.next()).value).toMatchObject({ kind: 'card' });
    expect(heard[0]).toBe('disconnected');
    expect(heard).toContain('gap');
  });

  it('ends every loop when its rights are taken away', async () => {
    const daemon = await start();
    const token = await daemon.token('till', ALL);
    const bridge = await join(daemon, token);
    const loop = failure(bridge.deliveries('front').next());
    await daemon.cli('clients', 'revoke', token.split('_')[1] ?? '');
    expect(await loop).toMatchObject({ code: 'TB_API_UNAUTHORIZED', retryable: false });
    expect(await failure(bridge.health())).toMatchObject({ code: 'TB_API_UNAUTHORIZED' });
  });

  it('works without events for a program that may only hand scans in', async () => {
    const daemon = await start();
    const bridge = await join(daemon, await daemon.token('tablet', 'scan:inject'));
    expect(await bridge.scan('4600000000017')).toMatchObject({ kind: 'goods', handled: false });
    expect(await failure(bridge.scans().next())).toMatchObject({ code: 'TB_API_SCOPE' });
  });

  it('says what is wrong', async () => {
    const daemon = await start();
    const wrong = failure(connect({ url: daemon.url, token: `tb_0000000000000000_${'A'.repeat(43)}` }));
    expect(await wrong).toMatchObject({ code: 'TB_API_UNAUTHORIZED' });
    expect(await failure(connect({ url: 'http://127.0.0.1:9', token: 'x' }))).toMatchObject({ code: 'TB_API_UNREACHABLE', retryable: true });
    expect(await failure(pair({ url: daemon.url, code: '00000000', name: 'x' }))).toBeInstanceOf(BridgeError);
    const aborted = connect({ url: daemon.url, token: 'x', signal: AbortSignal.abort(new Error('mine')) });
    await expect(aborted).rejects.toThrow('mine');
  });
});
