import { gzipSync } from 'node:zlib';
import { codeOf, silentLog, systemClock, type Translation } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { startPlatform } from '@tillbridge/testkit/platform';
import { describeTranslator } from '@tillbridge/testkit/suites';
import { afterEach, describe, expect, it, test } from 'vitest';
import { preset as maxma } from '../presets/maxma.js';
import type { PlatformInput } from './definition.js';
import type { HttpTranslator } from './http-translator.js';
import { translatorOfPreset } from './of-preset.js';
import { Asking, SOMEBODYS, CARD, never, until } from './testing/asking.js';
import { json, LITTLE, LittlePlatform, type Answering } from './testing/little-platform.js';

const found: Answering = (_, response) => json(response, '{"card":2000000012345,"customer":"c-1"}');

describe('asking a platform', () => {
  const asking = new Asking();
  const { ask, closing, platformOf, small, translatorOf } = asking;

  afterEach(async () => {
    expect(await asking.end()).not.toMatch(SOMEBODYS);
  });

  test('a number beyond 2^53, and what goes with it', async () => {
    const [platform, translator] = await small((_, response) => json(response, '{"card":90071992547409931234,"customer":"c-1"}'));
    const answer = await ask(translator, CARD, { detail: true });
    if (answer.result !== 'found') throw new Error(answer.result);
    expect([answer.number.reveal(), answer.platform?.customer?.reveal(), answer.platform?.preset, answer.platform?.lookupId]).toEqual(['90071992547409931234', 'c-1', 'little', 'scan-1']);
    expect(platform.seen.map(({ url }) => url)).toEqual(['/base/card/9800112233445566']);
    expect(asking.steps.join('\n')).toContain('GET /card/{{id}}');
    expect(asking.steps.join('\n')).toContain('"exists":true');
  });

  test('is remembered, without a promise, until its time is over; then it is asked again', async () => {
    const clock = new VirtualClock();
    const [platform, translator] = await small(found, { clock });
    expect(await ask(translator)).toMatchObject({ result: 'found' });
    expect(translator.translate(CARD, { scanId: 's2', reader: 'r' }, never)).toMatchObject({ result: 'found', platform: { lookupId: 's2' } });
    await clock.advance(600_000);
    await ask(translator);
    expect(platform.seen).toHaveLength(2);
    expect(translator.view()).toMatchObject({ cacheHits: 1, results: { found: 2 }, remembered: 1, breaker: 'closed' });
  });

  test('a one-time code is asked each time, and neither it nor a coupon is remembered', async () => {
    const [platform, translator] = await small(found);
    await ask(translator, codeOf('card', 'app-123456'));
    await ask(translator, codeOf('card', 'app-123456'));
    await ask(translator, codeOf('card', '9800112233445566', { oneTime: true }));
    await ask(translator, codeOf('card', '9800112233445566', { oneTime: true }));
    expect(platform.seen).toHaveLength(4);
    expect(translator.view().remembered).toBe(0);
  });

  test('equal look-ups at the same time are one request, and one who gives up takes nothing from the others', async () => {
    let release: () => void = () => undefined;
    const [platform, translator] = await small((_, response) => (release = () => json(response, { card: '2000000012345' })));
    const stop = new AbortController();
    const first = ask(translator, CARD, { signal: stop.signal });
    const others = [ask(translator), ask(translator)];
    await until(() => platform.seen.length === 1);
    stop.abort();
    expect(await first).toEqual({ result: 'unavailable', reason: 'timeout' });
    release();
    expect((await Promise.all(others)).map(({ result }) => result)).toEqual(['found', 'found']);
    expect(platform.seen).toHaveLength(1);
  });

  test('two one-time codes of one card are two look-ups, also at the same time', async () => {
    const accept = [{ kind: 'card' as const, of: 'text' as const, when: '^(?<value>\\d{10})(?<proof>\\d{4})$', oneTime: true, call: 'byCard' }];
    const waiting = new Map<string, () => void>();
    const [platform, translator] = await small((seen, response) => void waiting.set(seen.url, () => (seen.url.endsWith('0001') ? json(response, { card: '2000000012345' }) : json(response, {}, 404))), {
      input: { accept, calls: { byCard: { path: '/card/{{id}}/{{match.proof}}' } } },
    });
    const both = Promise.all(['98001122330001', '98001122330002'].map((text) => ask(translator, codeOf('card', text))));
    await until(() => platform.seen.length === 2);
    for (const answer of waiting.values()) answer();
    expect((await both).map(({ result }) => result)).toEqual(['found', 'notFound']);
  });

  test('what one key saw is not remembered for another, also where the description names no settings', async () => {
    let texts: readonly string[] = [];
    const cacheFile = { read: () => Promise.resolve(texts), write: (given: Iterable<string>) => Promise.resolve(void (texts = [...given])) };
    const platform = await asking.platformOf(found);
    const withKey = (key: string): HttpTranslator => asking.translatorOf(platform, { input: { auth: { type: 'header', name: 'x-key', value: '{{secrets.key}}' } }, secrets: { key }, options: { cacheFile } });
    const first = withKey('s3cret');
    await ask(first);
    await first.close();
    for (const [key, asked] of [['s3cret', 1], ['s3cret-2', 2]] as const) {
      const next = withKey(key);
      await next.open();
      expect(await ask(next)).toMatchObject({ result: 'found' });
      expect(platform.seen).toHaveLength(asked);
    }
  });

  test('a lost answer is asked for again once, a one-time code is not', async () => {
    const [platform, translator] = await small((seen, response, count) => (count === 1 || seen.url.includes('app-') ? void response.destroy() : found(seen, response, count)));
    expect(await ask(translator)).toMatchObject({ result: 'found' });
    expect(platform.seen).toHaveLength(2);
    expect(await ask(translator, codeOf('card', 'app-777777'))).toMatchObject({ result: 'unavailable', reason: 'connectionLost' });
    expect(platform.seen).toHaveLength(3);
  });

  test('five failures open the circuit: nothing is asked for half a minute, then one is', async () => {
    const clock = new VirtualClock();
    const [platform, translator] = await small((_, response) => json(response, {}, 503), { clock, input: { retry: { times: 0 } } });
    for (let i = 0; i < 5; i += 1) expect(await ask(translator, codeOf('card', `100${i}`))).toEqual({ result: 'unavailable', reason: 'http503' });
    expect(await ask(translator)).toEqual({ result: 'unavailable', reason: 'circuitOpen' });
    expect([platform.seen.length, translator.view().breaker]).toEqual([5, 'open']);
    platform.answer = found;
    await clock.advance(36_000);
    expect(await ask(translator)).toMatchObject({ result: 'found' });
    expect([platform.seen.length, translator.view().breaker]).toEqual([6, 'closed']);
  });

  test('while it is down a remembered card may earn, marked as stale; a phone and an unknown card may not', async () => {
    const clock = new VirtualClock();
    const [platform, translator] = await small(found, { clock, input: { retry: { times: 0 } } });
    const phone = codeOf('phone', '8 900 123-45-67');
    await ask(translator);
    await ask(translator, phone);
    expect(platform.seen[1]?.url).toBe('/base/phone?phone=%2B79001234567');
    platform.answer = (_, response) => void response.destroy();
    await clock.advance(3_600_000);
    expect(await ask(translator)).toMatchObject({ result: 'found', state: 'accrueOnly', platform: { stale: true } });
    expect(await ask(translator, phone)).toMatchObject({ result: 'unavailable' });
    expect(await ask(translator, codeOf('card', '5555'))).toMatchObject({ result: 'unavailable' });
    expect(translator.view().staleHits).toBe(1);
    await clock.advance(86_400_000);
    expect(await ask(translator)).toMatchObject({ result: 'unavailable' });
  });

  test('offline: reject does without what is remembered', async () => {
    const clock = new VirtualClock();
    const [platform, translator] = await small(found, { clock, input: { retry: { times: 0 } }, options: { offline: 'reject' } });
    await ask(translator);
    platform.answer = (_, response) => json(response, {}, 500);
    await clock.advance(3_600_000);
    expect(await ask(translator)).toEqual({ result: 'unavailable', reason: 'http500' });
  });

  test('a card that is gone is not found again when the platform goes down later', async () => {
    const clock = new VirtualClock();
    const [platform, translator] = await small(found, { clock, input: { retry: { times: 0 } } });
    await ask(translator);
    await clock.advance(600_000);
    platform.answer = (_, response) => json(response, {}, 404);
    expect(await ask(translator)).toEqual({ result: 'notFound' });
    platform.answer = (_, response) => void response.destroy();
    await clock.advance(31_000);
    expect(await ask(translator)).toMatchObject({ result: 'unavailable' });
  });

  test('a platform that has had enough is left alone for as long as it says', async () => {
    const clock = new VirtualClock();
    const [platform, translator] = await small((_, response) => json(response, {}, 429, { 'retry-after': '7' }), { clock });
    expect(await ask(translator)).toEqual({ result: 'rateLimited', retryAfterMs: 7000 });
    expect(await ask(translator, codeOf('card', '1234'))).toMatchObject({ result: 'rateLimited' });
    expect(platform.seen).toHaveLength(1);
    platform.answer = found;
    await clock.advance(7000);
    expect(await ask(translator)).toMatchObject({ result: 'found' });
  });

  test('a look-up ends when its time is over, or when nobody wants it any more', async () => {
    const clock = new VirtualClock();
    const [platform, translator] = await small(() => undefined, { clock, options: { timeoutMs: 2500 } });
    const late = ask(translator);
    await until(() => platform.seen.length === 1);
    await clock.advance(2500);
    expect(await late).toEqual({ result: 'unavailable', reason: 'timeout' });
    const stop = new AbortController();
    const unwanted = ask(translator, CARD, { signal: stop.signal });
    await until(() => platform.seen.length === 2);
    stop.abort();
    expect(await unwanted).toEqual({ result: 'unavailable', reason: 'timeout' });
    expect(await ask(translator, CARD, { signal: AbortSignal.abort() })).toMatchObject({ result: 'unavailable' });
  });

  it.each<readonly [string, Answering, object]>([
    ['a page of a proxy that repeats the address', (seen, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end(`<html>${seen.url} 2000000012345`), { result: 'badResponse', reason: 'contentType' }],
    ['JSON that is called a page', (_, response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('{"card":"2000000012345"}'), { result: 'badResponse', reason: 'contentType' }],
    ['half a JSON', (_, response) => json(response, '{"card":"20000'), { result: 'badResponse', reason: 'notJson' }],
    ['nothing', (_, response) => json(response, ''), { result: 'badResponse', reason: 'emptyBody' }],
    ['another shape', (_, response) => json(response, { data: { card: '2000000012345' } }), { result: 'badResponse', reason: 'noRule' }],
    ['too many bytes', (_, response) => json(response, `{"x":"${'x'.repeat(400_000)}","card":"2000000012345"}`), { result: 'badResponse', reason: 'tooLong' }],
    ['a bomb of zeros', (_, response) => void response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000, 32))), { result: 'badResponse', reason: 'tooLong' }],
    ['gzip that is none', (_, response) => json(response, '{"card":"2000000012345"}', 200, { 'content-encoding': 'gzip' }), { result: 'badResponse', reason: 'encoding' }],
    ['an encoding that nobody knows', (_, response) => json(response, '{"card":"2000000012345"}', 200, { 'content-encoding': 'zz' }), { result: 'badResponse', reason: 'encoding' }],
    ['gzip that is right, though nobody asked for it', (_, response) => void response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(gzipSync('{"card":"2000000012345"}')), { result: 'found' }],
    ['a number with what no till can take', (_, response) => json(response, { card: '2000\r\n0001' }), { result: 'foundNoNumber' }],
    ['a number of another length', (_, response) => json(response, { card: '7' }), { result: 'foundNoNumber' }],
    ['a found card with a status that says no', (_, response) => json(response, { card: '2000000012345' }, 400), { result: 'badResponse', reason: 'http400' }],
    ['401', (_, response) => json(response, { card: '2000000012345' }, 401), { result: 'authError' }],
  ])('%s', async (_, answer, expected) => {
    const [, translator] = await small(answer, { input: { retry: { times: 0 } } });
    expect(await ask(translator)).toMatchObject(expected);
  });

  test('64 MB are cut off where the bound is', async () => {
    let written = 0;
    const chunk = Buffer.alloc(65_536, 32);
    const [, translator] = await small((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.on('error', () => undefined);
      const more = (): void => {
        while (written < 67_108_864 && !response.destroyed) {
          written += chunk.length;
          if (!response.write(chunk)) return void response.once('drain', more);
        }
        response.end();
      };
      more();
    });
    expect(await ask(translator)).toMatchObject({ result: 'badResponse', reason: 'tooLong' });
    expect(written).toBeLessThan(67_108_864);
  });

  test('windows-1251 is read where it is named, and harms no number where it is not', async () => {
    const bytes = (text: string): Buffer => Buffer.from(Array.from(text, (c) => (c >= 'А' && c <= 'я' ? c.charCodeAt(0) - 0x350 : c.charCodeAt(0))));
    const body = bytes('{"state":"Блок","card":"2000000012345"}');
    const input: Partial<PlatformInput> = { response: { ...LITTLE.response, rules: [{ path: 'state', in: ['Блок'], then: 'blocked' }, { path: 'card', exists: true, then: 'found' }] } };
    const [named, reader] = await small((_, response) => void response.writeHead(200, { 'content-type': 'application/json; charset=windows-1251' }).end(body), { input });
    expect(await ask(reader)).toEqual({ result: 'blocked' });
    named.answer = (_, response) => void response.writeHead(200, { 'content-type': 'application/json' }).end(body);
    expect(await ask(reader, codeOf('card', '1234'))).toMatchObject({ result: 'found' });
  });

  test('a redirect is not followed: the key stays with its host', async () => {
    const other = await platformOf(found);
    const [, translator] = await small((_, response) => json(response, '{"card":"2000000012345"}', 302, { location: `${other.baseUrl}/card/1` }), {
      input: { auth: { type: 'header', name: 'x-key', value: '{{secrets.key}}' } },
      secrets: { key: 's3cret' },
    });
    expect(await ask(translator)).toEqual({ result: 'badResponse', reason: 'redirect' });
    expect(other.seen).toEqual([]);
  });

  test('a code that cannot stand in the request is not sent', async () => {
    const [platform, translator] = await small(found, { input: { accept: [{ kind: 'card', call: 'byCard' }], calls: { byCard: { path: '/card/{{id}}', headers: { 'x-card': '{{id}}' } } } } });
    for (const text of ['..', 'a\r\nx-evil: 1', '\ud800']) expect(await ask(translator, codeOf('card', text))).toEqual({ result: 'badResponse', reason: 'requestRefused' });
    expect(platform.seen).toEqual([]);
  });

  test('nobody listens, or its certificate is none: unavailable', async () => {
    const platform = await new LittlePlatform(found).open();
    const { baseUrl } = platform;
    const plain = translatorOf({ baseUrl: baseUrl.replace('http:', 'https:') }, { input: { retry: { times: 0 } } });
    expect(await ask(plain)).toMatchObject({ result: 'unavailable', reason: 'tls' });
    await platform.close();
    const gone = translatorOf({ baseUrl }, { input: { retry: { times: 0 } } });
    expect(await ask(gone)).toEqual({ result: 'unavailable', reason: 'refused' });
  });

  test('several calls share the time of one look-up', async () => {
    const clock = new VirtualClock();
    const input: Partial<PlatformInput> = { accept: [{ kind: 'card', call: ['byCard', 'byCode'] }] };
    let release: () => void = () => undefined;
    const [platform, translator] = await small((seen, response) => (seen.url.includes('/card/') ? (release = () => json(response, {}, 404)) : undefined), { clock, input, options: { timeoutMs: 2500 } });
    let answer: Translation | undefined;
    void ask(translator).then((given) => (answer = given));
    await until(() => platform.seen.length === 1);
    await clock.advance(2000);
    release();
    await until(() => platform.seen.length === 2);
    await clock.advance(499);
    expect(answer).toBeUndefined();
    await clock.advance(1);
    await until(() => answer !== undefined);
    expect(answer).toEqual({ result: 'unavailable', reason: 'timeout' });
  });

  test('a certificate of its own is trusted where the configuration names who signed it, and nowhere else', async () => {
    const simulator = await startPlatform('maxma', { clock: systemClock, tls: true });
    closing.push(() => simulator.close());
    const { baseUrl, secrets, vars } = simulator.site;
    const card = codeOf('card', '2000000012345');
    const of = (ca?: string): HttpTranslator => {
      const translator = translatorOfPreset(maxma, { baseUrl, secrets, vars, clock: systemClock, log: silentLog }, { timeoutMs: 30_000, ...(ca === undefined ? {} : { ca }) });
      closing.push(() => translator.close());
      return translator;
    };
    expect(await of().translate(card, { scanId: 's', reader: 'r' }, never)).toEqual({ result: 'unavailable', reason: 'tls' });
    expect(await of(simulator.certificate?.cert).translate(card, { scanId: 's', reader: 'r' }, never)).toMatchObject({ result: 'found' });
  });

  test('the second call is asked where the first knows nothing', async () => {
    const input: Partial<PlatformInput> = { accept: [{ kind: 'card', call: ['byCard', 'byCode'] }] };
    const [platform, translator] = await small((seen, response, count) => (seen.url.includes('/card/') ? json(response, {}, 404) : found(seen, response, count)), { input });
    expect(await ask(translator)).toMatchObject({ result: 'found' });
    expect(platform.seen.map(({ url }) => url.split('/')[2])).toEqual(['card', 'code']);
  });

  test('doctor asks about the sample, masked', async () => {
    const [platform, translator] = await small(found, { options: { sample: CARD } });
    const [row] = (await translator.probe?.(never)) ?? [];
    expect(row).toMatchObject({ level: 'ok' });
    expect(row?.text).toContain('found');
    expect(row?.text).not.toContain('2000000012345');
    platform.answer = (_, response) => json(response, {}, 401);
    expect(await translator.probe?.(never)).toMatchObject([{ level: 'fail' }]);
    const without = translatorOf(platform);
    expect(await without.probe?.(never)).toMatchObject([{ level: 'ok' }]);
  });
});

describe('as a translator', () => {
  let platform: LittlePlatform | undefined;
  afterEach(async () => platform?.close());

  describeTranslator('http', async () => {
    platform = await new LittlePlatform((seen, response, count) => (seen.url.endsWith('9812345678901234') ? found(seen, response, count) : json(response, {}, 404))).open();
    return {
      translator: translatorOfPreset(LITTLE, { baseUrl: platform.baseUrl, clock: systemClock, log: silentLog }),
      known: codeOf('card', '9812345678901234'),
      unknown: codeOf('card', '9899999999999999'),
      number: '2000000012345',
    };
  });
});
