import { once } from 'node:events';
import { request } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { readInvitation } from '@tillbridge/phone-link';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { NodePhone, readUrl } from '../support/phone/node-phone.js';
import { PhoneShop, signal } from '../support/phone/phone-shop.js';
import { numberOf, universal } from '../support/shop.js';
import type { TillPort } from '../support/till-port.js';
import { waitFor } from '../support/wait-for.js';

// The built daemon, its listener with TLS on loopback, and phones that speak the page's own protocol code.

let shop: PhoneShop;

beforeEach(() => {
  shop = new PhoneShop();
});
afterEach(() => shop.close());

/** The cashier program has read this number, and nothing else. */
async function typed(port: TillPort, n: number): Promise<void> {
  await waitFor('the number at the till', () => port.text() !== '');
  expect(port.text()).toBe(`${numberOf(universal(n))}\r`);
}

describe('a phone', () => {
  test('is paired by one QR code, scans to its till, chooses another, and is told what became of it', async () => {
    await shop.run();
    const front = shop.openTill('front');
    const bar = shop.openTill('bar');
    const invited = await shop.offer({ name: 'Anna' });
    const { origin, fragment } = readUrl(invited.url);
    expect(readInvitation(fragment).code).toBe(invited.code);
    const phone = new NodePhone(origin);
    const { connection: till, state } = await phone.client.pair(fragment, { name: '', model: 'Pixel 8' }, signal());
    expect(state).toBe('paired');
    expect(till.card).toMatchObject({ tills: [{ id: 'front' }, { id: 'bar' }], till: 'front' });
    expect(await till.scan({ text: universal(1), symbology: 'qr' }, signal())).toMatchObject({ is: 'done', kind: 'card', outcome: 'sent', signal: 'good' });
    await typed(front, 1);
    expect(await till.scan({ text: universal(2), till: 'bar' }, signal())).toMatchObject({ is: 'done', outcome: 'sent' });
    await typed(bar, 2);
    expect(await till.scan({ text: '9161234567', kind: 'phone' }, signal())).toMatchObject({ is: 'done', kind: 'phone', outcome: 'notFound', signal: 'bad' });
    expect(await till.scan({ text: '4600000000001' }, signal())).toEqual({ is: 'goods', handled: false });
    expect(await till.scan({ text: universal(3), till: 'kitchen' }, signal())).toMatchObject({ is: 'nothing', why: 'till' });
    await typed(front, 1);
    const [row] = await shop.phones();
    expect(row).toMatchObject({ name: 'Anna', model: 'Pixel 8', till: null, connected: true });
    const rows = await shop.scans();
    expect(rows.map(({ reader, till: to, outcome }) => [reader, to, outcome])).toEqual([['waiter', 'front', 'sent'], ['waiter', 'bar', 'sent'], ['waiter', 'front', 'notFound']]);
  });

  test('works without TLS too, where only photos do: the messages are sealed all the same', async () => {
    await shop.run();
    const front = shop.openTill('front');
    const { fragment } = readUrl((await shop.offer()).url);
    const phone = new NodePhone((await shop.place()).plain);
    const { connection } = await phone.client.pair(fragment, { name: 'Anna', model: '' }, signal());
    expect(await connection.scan({ text: universal(4) }, signal())).toMatchObject({ is: 'done', outcome: 'sent' });
    await typed(front, 4);
  });

  test('is let in only when somebody has compared the digits, where that was asked for', async () => {
    await shop.run();
    const front = shop.openTill('front');
    const invited = await shop.offer({ confirm: true });
    const { origin, fragment } = readUrl(invited.url);
    const phone = new NodePhone(origin);
    const { connection: till, digits, state } = await phone.client.pair(fragment, { name: 'Boris', model: 'iPhone' }, signal());
    expect(state).toBe('waiting');
    const { body } = await shop.call('GET', `/v1/phones/pairings/${invited.id}`);
    expect(body).toMatchObject({ state: 'arrived', phone: { name: 'Boris', model: 'iPhone', digits } });
    expect(await till.scan({ text: universal(5) }, signal())).toMatchObject({ is: 'nothing', why: 'waiting' });
    expect(await shop.phones()).toEqual([]);
    const { id } = body['phone'] as { id: string };
    expect((await shop.call('POST', `/v1/phones/${id}/confirm`)).status).toBe(200);
    expect(await till.scan({ text: universal(5) }, signal())).toMatchObject({ is: 'done', outcome: 'sent' });
    await typed(front, 5);
    expect((await shop.call('GET', `/v1/phones/pairings/${invited.id}`)).body['state']).toBe('paired');
  });

  test('shares its QR code with nobody: of two that read it, one is paired', async () => {
    await shop.run();
    const { origin, fragment } = readUrl((await shop.offer()).url);
    const tries = await Promise.allSettled([new NodePhone(origin), new NodePhone(origin)].map((phone, at) => phone.client.pair(fragment, { name: `P${at}`, model: '' }, signal())));
    expect(tries.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(tries.find(({ status }) => status === 'rejected')).toMatchObject({ reason: { reason: 'invitation' } });
    expect(await shop.phones()).toHaveLength(1);
  });

  test('goes on by itself when the daemon was restarted, at another port', async () => {
    const first = await shop.run();
    const { phone, till } = await shop.pairPhone();
    expect(await till.refresh(signal())).toBe('ready');
    await first.stop();
    await shop.run();
    const front = shop.openTill('front');
    phone.moveTo((await shop.place()).secure);
    // as the page does every few seconds: no scan is sent into a session that may be over
    await waitFor('the phone to be connected again', async () => (await till.refresh(signal())) === 'ready');
    expect(await till.scan({ text: universal(6) }, signal())).toMatchObject({ is: 'done', outcome: 'sent' });
    await typed(front, 6);
  });
});

describe('a revoked phone', () => {
  test('is cut off in the middle of what it does, and stays so after a restart', async () => {
    const first = await shop.run();
    const { phone, till } = await shop.pairPhone();
    const [row] = await shop.phones();
    await till.refresh(signal());
    // a question that is held back until something changes: it is under way when the phone is revoked
    const held = till.refresh(signal(), 20_000);
    const revoked = await shop.json(['mobile', 'revoke', String(row?.['id'])]);
    expect(revoked).toMatchObject({ revoked: true });
    expect(await held).toBe('notPaired');
    expect(await till.scan({ text: universal(7) }, signal())).toEqual({ is: 'notPaired' });
    await first.stop();
    await shop.run();
    shop.openTill('front');
    phone.moveTo((await shop.place()).secure);
    const [stored] = await phone.client.load();
    expect(await (stored ?? till).scan({ text: universal(7) }, signal())).toEqual({ is: 'notPaired' });
    expect(await shop.scans()).toEqual([]);
  });
});

describe('without a daemon', () => {
  test('phones are listed and revoked all the same: a lost one does not wait for it', async () => {
    const daemon = await shop.run();
    const { phone } = await shop.pairPhone({}, 'Лена');
    await daemon.stop();
    const { phones: rows, tillId } = await shop.json<{ phones: Record<string, unknown>[]; tillId: string }>(['mobile', 'list']);
    expect(rows).toMatchObject([{ name: 'Лена', connected: false }]);
    expect([...phone.tills.keys()]).toEqual([tillId]);
    expect((await shop.cli(['mobile', 'revoke', 'nobody'])).stderr).toContain('TB_API_NOT_FOUND');
    expect(await shop.json(['mobile', 'revoke', String(rows[0]?.['id'])])).toMatchObject({ revoked: true });
    await shop.run();
    phone.moveTo((await shop.place()).secure);
    const [till] = await phone.client.load();
    expect(await till?.refresh(signal())).toBe('notPaired');
  });
});

describe('the commands', () => {
  test('show a QR code, list, rename, give another till, revoke', async () => {
    await shop.run();
    const shown = await shop.cli(['mobile', 'pair', '--no-wait', '--till', 'bar', '--name', 'Вера']);
    expect(shown.code).toBe(0);
    expect(shown.stdout).toMatch(/[█▀▄]{20}/);
    const url = /https:\/\/127\.0\.0\.1:\d+\/#\S+/.exec(shown.stdout)?.[0] ?? '';
    const { origin, fragment } = readUrl(url);
    const phone = new NodePhone(origin);
    const { connection: till } = await phone.client.pair(fragment, { name: '', model: 'Galaxy' }, signal());
    expect(till.card.till).toBe('bar');
    const [row] = (await shop.json<{ phones: Record<string, unknown>[] }>(['mobile', 'list'])).phones;
    expect(row).toMatchObject({ name: 'Вера', till: 'bar' });
    const id = String(row?.['id']);
    expect(await shop.json(['mobile', 'rename', id, 'Vera', '--till', 'default'])).toMatchObject({ name: 'Vera', till: null });
    await till.refresh(signal());
    expect(till.card.till).toBe('front');
    expect((await shop.cli(['mobile', 'rename', id, '--till', 'kitchen'])).code).not.toBe(0);
    expect((await shop.cli(['mobile', 'pair', '--no-wait', '--till', 'kitchen'])).stderr).toContain('TB_READER_MOBILE_TILL');
    expect((await shop.cli(['mobile', 'revoke', 'nobody'])).stderr).toContain('TB_API_NOT_FOUND');
    expect((await shop.cli(['mobile', 'revoke', id])).code).toBe(0);
    expect((await shop.cli(['mobile', 'list'])).stdout).toContain('no phone is paired');
  });

  test('`doctor` names a port that another program has, and what the certificate is', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    shop.writeConfig({ readers: [shop.waiter({ port })] });
    const rows = async (): Promise<readonly Record<string, unknown>[]> => (await shop.json<{ rows: Record<string, unknown>[] }>(['doctor'])).rows.filter(({ id }) => String(id).startsWith('reader waiter'));
    expect(await rows()).toMatchObject([{ level: 'fail', text: expect.stringContaining('TB_READER_MOBILE_LISTEN') as string }, { level: 'ok', id: 'reader waiter certificate' }]);
    other.close();
    await once(other, 'close');
    expect(await rows()).toMatchObject([{ level: 'ok', text: `127.0.0.1:${port} (lo)` }, { level: 'ok' }]);
  });

  test('say that there is nothing to pair with, where no reader of phones is configured', async () => {
    shop.writeConfig({ readers: [shop.reader('counter')], tills: [shop.till('front')] });
    await shop.run();
    const { code, stderr } = await shop.cli(['mobile', 'pair', '--no-wait']);
    expect([code, stderr]).toEqual([3, expect.stringContaining('TB_READER_MOBILE_OFF')]);
  });
});

describe('the listener', () => {
  test('serves its page to its own address alone, and tells the world nothing else', async () => {
    await shop.run();
    const { plain } = await shop.place();
    const get = (path: string, host: string): Promise<number> =>
      new Promise((resolve, reject) => {
        const { hostname, port } = new URL(plain);
        request({ host: hostname, port, path, headers: { host } }, (response) => {
          response.resume();
          resolve(response.statusCode ?? 0);
        })
          .on('error', reject)
          .end();
      });
    const { host } = new URL(plain);
    expect(await get('/', host)).toBe(200);
    expect(await get('/', 'evil.example')).toBe(421);
    for (const path of ['/v1/phones', '/v1/daemon', '/metrics', '/hello', '/keys/phone-tls.pem']) expect(await get(path, host)).toBe(404);
    const { body } = await shop.call('GET', '/v1/daemon');
    expect((body['phones'] as { refusals: object }).refusals).toEqual({ host: 1 });
  });

  test('follows the configuration without a restart: other tills are on the phone, no reader is no listener', async () => {
    await shop.run();
    const { till } = await shop.pairPhone();
    await till.refresh(signal());
    shop.writeConfig({ readers: [shop.waiter({ tills: ['bar'] })] });
    expect((await shop.cli(['reload'])).code).toBe(0);
    const { secure } = await shop.place();
    expect(secure).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
    shop.writeConfig({ readers: [shop.reader('counter')], routes: [{ readers: ['counter'], till: 'front' }] });
    expect((await shop.cli(['reload'])).code).toBe(0);
    await waitFor('the phone to lose its till', async () => (await till.refresh(signal())) === 'away');
    expect((await shop.call('GET', '/v1/daemon')).body['phones']).toBeUndefined();
  });

  test('writes no code, number or name of a phone into log, journal or metrics', async () => {
    const daemon = await shop.run(['--log-level', 'debug']);
    shop.openTill('front');
    const { till } = await shop.pairPhone({}, 'Светлана Петрова');
    await till.scan({ text: universal(8) }, signal());
    await till.scan({ text: '9161234567', kind: 'phone' }, signal());
    const { stdout } = await shop.cli(['journal', '--json']);
    for (const text of [daemon.stderr(), daemon.stdout(), stdout]) {
      for (const secret of [universal(8), numberOf(universal(8)), '9161234567', 'Петрова']) expect(text).not.toContain(secret);
    }
  });
});
