import { systemClock } from '@tillbridge/core';
import { startPlatform, type PlatformSimulator } from '@tillbridge/testkit/platform';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { needs } from '../support/needs.js';
import { TestShop } from '../support/shop.js';
import { waitFor } from '../support/wait-for.js';

const linux = needs('linux');

interface Listed {
  readonly receipts: readonly { readonly receiptId: string; readonly state: string; readonly reason: string | null }[];
}

const receipt = (receiptId: string, nativeNumber: string): object => ({
  receiptId, operation: 'sale', tillId: 'front', closedAt: '2026-01-10T12:03:11+03:00', currency: 'RUB', total: 100, lines: [{ lineId: '1', qty: '1', price: 100, total: 100 }], loyalty: { nativeNumber, kind: 'card' },
});

linux('receipts that nobody takes', () => {
  let simulator: PlatformSimulator;
  let shop: TestShop;
  const env: Record<string, string> = {};
  beforeEach(async () => {
    simulator = await startPlatform('alias-json', { clock: systemClock });
    Object.assign(env, { AUTHORIZATION: simulator.site.secrets['authorization'] });
    shop = new TestShop();
    shop.writeConfig({
      translators: [{ type: 'http', preset: 'alias-json', baseUrl: simulator.site.baseUrl, vars: simulator.site.vars, secrets: { authorization: '${env:AUTHORIZATION}' }, timeoutMs: 10_000 }],
      receipts: { mode: 'report' },
    });
  });
  afterEach(async () => {
    await shop.close();
    await simulator.close();
  });

  const states = async (): Promise<Record<string, string>> => Object.fromEntries((await shop.json<Listed>(['receipts', 'list'])).receipts.map(({ receiptId, state, reason }) => [receiptId, reason === null ? state : `${state} ${reason}`]));

  test('are seen in status, doctor, health, metrics and a list, tried again, or given up; with the daemon and without', async () => {
    const daemon = await shop.run([], env);
    await shop.call('POST', '/v1/receipts', receipt('good', '1000000913'));
    await shop.call('POST', '/v1/receipts', receipt('bad-1', '404404'));
    await shop.call('POST', '/v1/receipts', receipt('bad-2', '505505'));
    await shop.call('POST', '/v1/receipts', { ...receipt('nobody', '1'), loyalty: null });
    await waitFor('the receipts to end', async () => ((await states())['bad-2'] ?? '').startsWith('dead'));
    expect(await states()).toEqual({ good: 'done', 'bad-1': 'dead unknownGuest', 'bad-2': 'dead unknownGuest', nobody: 'skipped noGuest' });

    const status = await shop.json<{ receipts: Record<string, unknown> }>(['status']);
    expect(status.receipts).toMatchObject({ mode: 'report', platforms: ['alias-json'], states: { done: 1, dead: 2, skipped: 1 }, code: 'TB_JOURNAL_RECEIPTS_DEAD' });
    const { body: health } = await shop.call('GET', '/v1/health');
    expect(health).toMatchObject({ status: 'degraded', parts: expect.arrayContaining([expect.objectContaining({ part: 'receipts', health: 'degraded' })]) as unknown });
    const doctor = await shop.cli(['doctor'], { env });
    expect(doctor.stdout).toMatch(/warn\s+receipts report\s.*2 receipts could not be reported/);
    const { stdout: shown } = await shop.cli(['receipts', 'list', '--only', 'dead']);
    expect(shown.split('\n').filter((line) => line.includes('dead'))).toHaveLength(2);
    expect(shown).not.toMatch(/404404|505505/);

    simulator.world.put({ id: '9', card: '404404', state: 'active', points: 0 });
    expect(await shop.json(['receipts', 'retry', 'bad-1'])).toEqual({ retried: 1 });
    await waitFor('the receipt to be reported', async () => (await states())['bad-1'] === 'done');
    const { code, stderr } = await shop.cli(['receipts', 'retry', 'bad-1']);
    expect([code, stderr]).toEqual([3, expect.stringContaining('TB_JOURNAL_RECEIPT_UNKNOWN')]);
    expect((await shop.cli(['receipts', 'retry'])).code).toBe(2);

    await daemon.stop();
    expect((await shop.cli(['doctor'], { env })).stdout).toMatch(/warn\s+receipts\s.*1 receipts could not be reported/);
    expect(await shop.json(['receipts', 'retry', '--all'])).toEqual({ retried: 1 });
    simulator.world.put({ id: '10', card: '505505', state: 'active', points: 0 });
    await shop.run([], env);
    await waitFor('the receipt to be reported', async () => (await states())['bad-2'] === 'done');
    expect([...simulator.world.credits.keys()].sort()).toEqual(['bad-1', 'bad-2', 'good']);
  }, 120_000);

  test('one that is given up is never told', async () => {
    await shop.run([], env);
    await shop.call('POST', '/v1/receipts', receipt('bad', '404404'));
    await waitFor('the receipt to end', async () => ((await states())['bad'] ?? '').startsWith('dead'));
    expect(await shop.json(['receipts', 'drop', 'bad'])).toEqual({ dropped: true });
    expect(await states()).toEqual({ bad: 'skipped dropped' });
    expect((await shop.call('POST', '/v1/receipts', receipt('bad', '404404'))).body).toEqual({ receiptId: 'bad', stored: 'known' });
  }, 120_000);
});
