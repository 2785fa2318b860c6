import { codeOf } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { afterEach, describe, expect, test } from 'vitest';
import type { PlatformInput } from './definition.js';
import { Asking, SOMEBODYS, until } from './testing/asking.js';
import { json, LITTLE, type Answering } from './testing/little-platform.js';

const found: Answering = (_, response) => json(response, '{"card":2000000012345,"customer":"c-1"}');
const asking = new Asking();
const { ask, small } = asking;

afterEach(async () => {
  expect(await asking.end()).not.toMatch(SOMEBODYS);
});

describe('logins', () => {
  const login: Partial<PlatformInput> = {
    auth: { type: 'login', request: { path: '/login', json: { key: '{{secrets.key}}' } }, token: 'token', expires: { path: 'ttl', unit: 'ttlSeconds' }, use: { in: 'header', name: 'x-token', value: 'T {{token}}' } },
  };
  const secrets = { key: 's3cret' };

  test('one for all who wait; another when it is over, or refused', async () => {
    const clock = new VirtualClock();
    let valid = '';
    let logins = 0;
    const answer: Answering = (seen, response, count) => {
      if (seen.url === '/base/login') {
        logins += 1;
        valid = `t${logins}`;
        json(response, { token: valid, ttl: 60 });
        return;
      }
      if (seen.headers['x-token'] === `T ${valid}`) found(seen, response, count);
      else json(response, {}, 401);
    };
    const [, translator] = await small(answer, { clock, input: { ...login, cache: { foundMs: 0, staleMs: 0 } }, secrets });
    const codes = ['1001', '1002', '1003', '1004'].map((text) => codeOf('card', text));
    expect((await Promise.all(codes.map((code) => ask(translator, code)))).map(({ result }) => result)).toEqual(['found', 'found', 'found', 'found']);
    expect(logins).toBe(1);
    await clock.advance(56_000);
    await ask(translator);
    expect(logins).toBe(2);
    valid = 'gone';
    expect(await ask(translator)).toMatchObject({ result: 'found' });
    expect(logins).toBe(3);
  });

  test('a key that is refused is an authError, and is not tried again at once', async () => {
    const clock = new VirtualClock();
    const [platform, translator] = await small((_, response) => json(response, {}, 403), { clock, input: login, secrets });
    expect(await ask(translator)).toEqual({ result: 'authError' });
    expect(await ask(translator, codeOf('card', '1234'))).toEqual({ result: 'authError' });
    expect(platform.seen).toHaveLength(1);
    await clock.advance(5000);
    await ask(translator);
    expect(platform.seen).toHaveLength(2);
  });

  test.each<readonly [string, Answering]>([
    ['a login that never ends', () => undefined],
    ['a login whose body comes to a stop', (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).write('{"to')],
    ['a look-up after a login that took its time', (seen, response) => {
      if (seen.url === '/base/login') setImmediate(() => json(response, { token: 't', ttl: 60 }));
    }],
    ['an answer whose body comes to a stop', (seen, response) => (seen.url === '/base/login' ? json(response, { token: 't', ttl: 60 }) : void response.writeHead(200, { 'content-type': 'application/json' }).write('{"card":'))],
    ['one repeat after the other', (seen, response) => (seen.url === '/base/login' ? json(response, { token: 't', ttl: 60 }) : void response.destroy())],
  ])('%s: all of it costs one timeoutMs, also who stands in line', async (_, answer) => {
    const clock = new VirtualClock();
    const [platform, translator] = await small(answer, { clock, input: { ...login, limits: { concurrent: 1 }, retry: { times: 3, on: ['network'] } }, secrets, options: { timeoutMs: 2500 } });
    const answers: string[] = [];
    const both = Promise.all([ask(translator), ask(translator, codeOf('card', '1234'))].map(async (asked) => answers.push((await asked).result)));
    await until(() => platform.seen.length > 0);
    // each step of the clock is followed by whatever the sockets have to say
    for (let at = 0; at < 2500; at += 100) {
      for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
      await clock.advance(100);
    }
    await both;
    expect(answers).toEqual(['unavailable', 'unavailable']);
  });

  test('a login that the platform cannot do now is unavailable', async () => {
    const [, translator] = await small((_, response) => json(response, {}, 503), { input: { ...login, retry: { times: 0 } }, secrets });
    expect(await ask(translator)).toEqual({ result: 'unavailable', reason: 'login503' });
  });

  test('a secret that cannot stand in a header goes nowhere', async () => {
    const [platform, translator] = await small(found, { input: { auth: { type: 'header', name: 'x-key', value: '{{secrets.key}}' } }, secrets: { key: 's3cret\r\nx: 1' } });
    expect(await ask(translator)).toEqual({ result: 'authError' });
    expect(platform.seen).toEqual([]);
  });
});

describe('a code that the guest is sent', () => {
  const phone = codeOf('phone', '+79001234567');

  test('is compared here where the platform sends it back, and never asked for twice in vain', async () => {
    const input: Partial<PlatformInput> = { confirm: { call: 'byPhone', check: 'local', channel: 'sms' }, accept: [{ kind: 'phone', normalise: 'e164plus', call: 'send' }], calls: { ...LITTLE.calls, send: { path: '/send', json: { phone: '{{id}}' }, idempotent: false } } };
    const [platform, translator] = await small((seen, response, count) => (seen.url === '/base/send' ? json(response, { state: 'sms', sent: '482915' }) : found(seen, response, count)), { input });
    expect(await ask(translator, phone)).toEqual({ result: 'confirmRequired', channel: 'sms' });
    expect(await ask(translator, phone, { confirmation: '111111' })).toEqual({ result: 'confirmRequired', channel: 'sms' });
    expect(await ask(translator, phone, { confirmation: '482915' })).toMatchObject({ result: 'found' });
    expect(platform.seen.map(({ url }) => url.split('?')[0])).toEqual(['/base/send', '/base/phone']);
    // it was good for one time, and five guesses are all there are
    expect(await ask(translator, phone, { confirmation: '482915' })).toMatchObject({ result: 'confirmRequired' });
    for (let i = 0; i < 5; i += 1) await ask(translator, phone, { confirmation: '000000' });
    expect(platform.seen).toHaveLength(3);
    await ask(translator, phone, { confirmation: '482915' });
    expect(platform.seen.map(({ url }) => url.split('?')[0])).toEqual(['/base/send', '/base/phone', '/base/send', '/base/send']);
    expect(asking.steps.join()).not.toContain('482915');
  });

  test('is checked by the platform where that is its way', async () => {
    const input: Partial<PlatformInput> = { confirm: { call: 'confirm' }, calls: { ...LITTLE.calls, confirm: { path: '/confirm', json: { phone: '{{id}}', code: '{{confirmation}}' } } } };
    const answer: Answering = (seen, response, count) => (seen.body.includes('482915') ? found(seen, response, count) : json(response, { state: 'sms' }));
    const [platform, translator] = await small(answer, { input });
    expect(await ask(translator, phone)).toEqual({ result: 'confirmRequired', channel: 'sms' });
    expect(await ask(translator, phone, { confirmation: '1' })).toEqual({ result: 'confirmRequired', channel: 'sms' });
    expect(await ask(translator, phone, { confirmation: '482915' })).toMatchObject({ result: 'found' });
    expect(platform.seen.at(-1)?.body).toBe('{"phone":"+79001234567","code":"482915"}');
  });
});
