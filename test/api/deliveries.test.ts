import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { TestDaemon } from '../support/daemon.js';
import { ask, cardCode, codeOf, events, openShop, type Answer } from './support.js';

describe('who gets a number', () => {
  let daemon: TestDaemon;
  let stop: () => Promise<void>;
  let first: string;
  let second: string;
  let back: string;
  let scans = 0;

  beforeAll(async () => {
    ({ daemon, stop } = await openShop());
    first = await daemon.token('first', 'scan:read,scan:inject,delivery,till');
    second = await daemon.token('second', 'scan:read,delivery');
    const pairing = await daemon.cli('--json', 'clients', 'pair', '--name', 'back', '--scope', 'scan:read,delivery,till', '--till', 'back');
    const { code } = JSON.parse(pairing.stdout) as { code: string };
    back = ((await ask(daemon.url, '/v1/pair', { body: { code, name: 'back' } })).body as { token: string }).token;
  });
  afterAll(() => stop());

  const claim = (token: string, id: string): Promise<Answer> => ask(daemon.url, `/v1/deliveries/${id}/claim`, { token, method: 'POST' });
  const report = (token: string, id: string, outcome: string, more = {}): Promise<Answer> => ask(daemon.url, `/v1/deliveries/${id}/outcome`, { token, body: { outcome, ...more } });
  const scan = async (reader = 'counter'): Promise<string> => {
    const stream = await events(daemon.url, reader === 'bar' ? back : first);
    const answer = await ask(daemon.url, '/v1/scans', { token: first, body: { code: cardCode((scans += 1)), reader } });
    expect(answer.status).toBe(202);
    const { scanId } = answer.body as { scanId: string };
    const frame = await stream.next((candidate) => candidate.type === 'delivery' && candidate['scanId'] === scanId);
    stream.socket.close();
    return String(frame['deliveryId']);
  };

  test('exactly one of fifty who claim at once', async () => {
    const id = await scan();
    const answers = await Promise.all(Array.from({ length: 50 }, (_, i) => claim(i % 2 === 0 ? first : second, id)));
    const won = answers.filter(({ status }) => status === 200);
    expect(won).toHaveLength(1);
    expect(new Set(answers.filter(({ status }) => status !== 200).map((answer) => `${String(answer.status)} ${codeOf(answer)}`))).toEqual(new Set(['409 TB_API_CONFLICT']));
    for (const { text } of answers.filter(({ status }) => status !== 200)) expect(text).not.toMatch(/29\d{9}/);
    const winner = answers.indexOf(won[0]!) % 2 === 0 ? first : second;
    const loser = winner === first ? second : first;
    // somebody else's
    expect(codeOf(await report(loser, id, 'applied'))).toBe('TB_API_CONFLICT');
    expect((await report(winner, id, 'applied')).status).toBe(200);
    expect(codeOf(await report(loser, id, 'applied'))).toBe('TB_API_CONFLICT');
    // said twice is said once; another outcome is too late
    expect((await report(winner, id, 'applied')).status).toBe(200);
    expect((await report(winner, id, 'rejected')).status).toBe(409);
    expect((await claim(winner, id)).status).toBe(409);
  });

  test('nobody of another till, and he does not hear of it', async () => {
    const stream = await events(daemon.url, back);
    const id = await scan();
    expect([(await claim(back, id)).status, codeOf(await claim(back, id))]).toEqual([403, 'TB_API_SCOPE']);
    expect((await report(back, id, 'applied')).status).toBe(403);
    expect((await ask(daemon.url, '/v1/tills/front/order', { token: back, body: { state: 'closed' } })).status).toBe(403);
    expect((await claim(first, id)).status).toBe(200);
    expect((await report(first, id, 'rejected', { reason: 'noOrder' })).status).toBe(200);
    const own = await scan('bar');
    expect((await claim(first, own)).status).toBe(403);
    expect((await claim(back, own)).status).toBe(200);
    expect(stream.frames.filter(({ type }) => type === 'delivery').map((frame) => frame['deliveryId'])).toEqual([own]);
    expect((await report(back, own, 'applied')).status).toBe(200);
  });

  test('nobody without having claimed, nobody after its end, nobody for one that never was', async () => {
    const id = await scan();
    expect((await report(first, id, 'applied')).status).toBe(409);
    const stream = await events(daemon.url, first);
    await stream.next((frame) => frame.type === 'outcome' && frame['outcome'] === 'expired', 9000);
    expect([(await claim(first, id)).status, codeOf(await claim(first, id))]).toEqual([410, 'TB_API_GONE']);
    expect((await report(first, id, 'applied')).status).toBe(410);
    for (const unknown of ['x', '01ARZ3NDEKTSV4RRFFQ69G5FAV', '../../v1/daemon', '%00', 'a'.repeat(100)]) {
      expect((await claim(first, encodeURIComponent(unknown))).status).toBe(410);
    }
  });

  test('nobody gets a number that a newer card took the place of, and what he said of it too late is refused', async () => {
    const old = await scan();
    expect((await claim(first, old)).status).toBe(200);
    const id = await scan();
    expect([409, 410]).toContain((await claim(first, old)).status);
    expect((await claim(first, id)).status).toBe(200);
    expect((await report(first, id, 'applied')).status).toBe(200);
    expect([409, 410]).toContain((await report(second, old, 'applied')).status);
  });

  test('closing the order takes back what nobody has claimed', async () => {
    const order = (state: string): Promise<Answer> => ask(daemon.url, '/v1/tills/front/order', { token: first, body: { state, ...(state === 'opened' ? { orderId: 'o-1' } : {}) } });
    expect((await order('opened')).status).toBe(200);
    const id = await scan();
    expect((await order('closed')).status).toBe(200);
    expect((await claim(first, id)).status).toBe(410);
  });

  test.each([
    ['an outcome that there is not', { outcome: 'great' }],
    ['one that is not his to say', { outcome: 'expired' }],
    ['a reason that could hold a number', { outcome: 'failed', reason: 'card 2900000000001' }],
    ['no outcome', {}],
    ['more than was asked', { outcome: 'applied', number: '29' }],
    ['a list', [{ outcome: 'applied' }]],
    ['a prototype', JSON.parse('{"outcome":"applied","__proto__":{"x":1}}') as object],
  ])('reports %s in vain', async (_, body) => {
    const id = await scan();
    expect((await claim(first, id)).status).toBe(200);
    expect(codeOf(await ask(daemon.url, `/v1/deliveries/${id}/outcome`, { token: first, body }))).toBe('TB_API_BAD_REQUEST');
    expect((await report(first, id, 'applied')).status).toBe(200);
  });

  test('no number stands in the log, in the metrics or in an event', async () => {
    const watcher = await daemon.token('watcher', 'status:read');
    const stream = await events(daemon.url, first, '?since=0');
    await stream.next(({ type }) => type === 'outcome');
    const { text } = await ask(daemon.url, '/metrics', { token: watcher });
    expect(daemon.child.stderr() + text + JSON.stringify(stream.frames)).not.toMatch(/(?<!\d)(?:29\d{11}|98\d{14})(?!\d)/);
  });
});
