import { Secret, TokenBucket, type Clock } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { HttpAnswer } from '../http/index.js';
import { judge, tokenProblem } from './judge.js';
import { PathLimits, RATES, type LimitGroup } from './limits.js';
import { codeIn, onCodes } from './outcomes.js';
import { TokenKeeper, type CloudLogin, type Posted } from './token-keeper.js';
import { guestAnswer, ordersAnswer } from './answers.js';

const never = new AbortController().signal;

describe('a token bucket', () => {
  it('never gives more than its rate and its burst, and never starves', () => {
    fc.assert(
      fc.property(fc.constantFrom(...(Object.keys(RATES) as LimitGroup[])), fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 200 }), (group, steps) => {
        const rate = RATES[group];
        const bucket = new TokenBucket(rate, 0);
        let now = 0;
        let taken = 0;
        for (const step of steps) {
          now += step;
          const wait = bucket.take(now);
          if (wait === 0) taken += 1;
          else {
            expect(wait).toBeGreaterThan(0);
            now += wait;
            expect(bucket.take(now)).toBe(0);
            taken += 1;
          }
          expect(taken).toBeLessThanOrEqual(rate.burst + (now / 1000) * rate.perSecond + 1e-6);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('stays below what is published for customer/info', () => {
    expect(RATES.customerInfo.perSecond + RATES.customerInfo.burst).toBeLessThanOrEqual(5);
  });

  it('a clock that goes back gives nothing for free', () => {
    const bucket = new TokenBucket({ perSecond: 1, burst: 1 }, 10_000);
    expect(bucket.take(10_000)).toBe(0);
    expect(bucket.take(5000)).toBeGreaterThan(0);
    expect(bucket.take(5500)).toBeGreaterThan(0);
  });

  it('waits for its turn, or until it is told to stop', async () => {
    const clock = new VirtualClock();
    const limits = new PathLimits(clock);
    const done: number[] = [];
    for (let i = 0; i < RATES.changes.burst + 2; i += 1) void limits.turn('changes', never).then(() => done.push(clock.mono()));
    await clock.advance(0);
    expect(done).toHaveLength(RATES.changes.burst);
    await clock.advance(2500);
    expect(done).toHaveLength(RATES.changes.burst + 2);
    const stop = new AbortController();
    const stopped = limits.turn('changes', stop.signal);
    stop.abort();
    await stopped;
  });
});

describe('the token', () => {
  const login: CloudLogin = { version: 'v1', apiLogin: new Secret('login') };
  const good = (token: string): HttpAnswer => ({ answered: true, status: 200, body: { token } });
  const keeper = (answers: Posted[], clock: Clock): { readonly tokens: TokenKeeper; readonly asked: { readonly path: string; readonly body: object }[] } => {
    const asked: { path: string; body: object }[] = [];
    const post = (path: string, body: object): Promise<Posted> => {
      asked.push({ path, body });
      return Promise.resolve(answers[Math.min(asked.length, answers.length) - 1] ?? 'circuitOpen');
    };
    return { tokens: new TokenKeeper(login, post, clock, never), asked };
  };

  it('is asked for once, whoever waits, and again before it ends', async () => {
    const clock = new VirtualClock();
    const { tokens, asked } = keeper([good('a'), good('b')], clock);
    expect(await Promise.all([tokens.get(never), tokens.get(never)])).toEqual([{ ok: true, token: 'a' }, { ok: true, token: 'a' }]);
    await clock.advance(54 * 60_000);
    expect(await tokens.get(never)).toEqual({ ok: true, token: 'a' });
    expect(asked).toHaveLength(1);
    await clock.advance(60_001);
    expect(await tokens.get(never)).toEqual({ ok: true, token: 'b' });
    expect(asked[0]).toEqual({ path: '/api/1/access_token', body: { apiLogin: 'login' } });
  });

  it('one that still holds is used when there is no new one, and not for long', async () => {
    const clock = new VirtualClock();
    const { tokens } = keeper([good('a'), 'circuitOpen'], clock);
    await tokens.get(never);
    await clock.advance(56 * 60_000);
    expect(await tokens.get(never)).toEqual({ ok: true, token: 'a' });
    await clock.advance(3.9 * 60_000);
    expect(await tokens.get(never)).toEqual({ ok: false, posted: 'circuitOpen' });
  });

  it('a machine that slept does not use an old one', async () => {
    const clock = new VirtualClock();
    const { tokens } = keeper([good('a'), good('b')], clock);
    await tokens.get(never);
    clock.sleepMachine(3_600_000);
    expect(await tokens.get(never)).toEqual({ ok: true, token: 'b' });
  });

  it('a dropped one is replaced, and a newer one is not dropped with it', async () => {
    const { tokens } = keeper([good('a'), good('b')], new VirtualClock());
    await tokens.get(never);
    tokens.drop('a');
    await tokens.get(never);
    tokens.drop('a');
    expect(await tokens.get(never)).toEqual({ ok: true, token: 'b' });
  });

  it('a JWT says how long it holds; what is none holds for an hour', async () => {
    const clock = new VirtualClock();
    const jwt = (claims: unknown): string => `x.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.x`;
    const { tokens } = keeper([good(jwt({ iat: 1000, exp: 1600 })), good('b')], clock);
    await tokens.get(never);
    await clock.advance(301_000);
    expect(await tokens.get(never)).toEqual({ ok: true, token: 'b' });
  });

  it.each([[{}], [{ token: 5 }], [{ token: 'a\r\nb' }], [{ token: '' }], [null], ['t'], [[]]])('%j is none', async (body) => {
    const { tokens } = keeper([{ answered: true, status: 200, body }], new VirtualClock());
    expect(await tokens.get(never)).toMatchObject({ ok: false });
  });
});

describe('answers', () => {
  it('whatever arrives is judged and never thrown', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.constantFrom(200, 204, 400, 401, 403, 404, 408, 410, 429, 500, 502, 503), (body, status) => {
        for (const schema of [guestAnswer, ordersAnswer]) {
          const judged = judge({ answered: true, status, body }, schema);
          if (status >= 300) expect(judged.ok).toBe(false);
          if (!judged.ok) for (const code of judged.codes) expect(code).toMatch(/^[A-Za-z0-9_]+$/);
        }
        expect(typeof tokenProblem({ answered: true, status, body })).toBe('string');
      }),
      { numRuns: 500 },
    );
  });

  it('codes are single words; free text, which may hold numbers, is none', () => {
    const read = (body: unknown): unknown => judge({ answered: true, status: 400, body }, guestAnswer);
    expect(read({ error: 'Validation_IncorrectPhone', errorDescription: 'Phone +79990001122 is wrong' })).toMatchObject({ codes: ['Validation_IncorrectPhone'] });
    expect(read({ error: null, errorDescription: 'Common_OrganizationNotFound' })).toMatchObject({ codes: ['Common_OrganizationNotFound'] });
    expect(read({ error: '79990001122', errorDescription: '' })).toMatchObject({ codes: [] });
    expect(codeIn('EntityAlreadyInUse: order 5 of 79990001122')).toEqual(['EntityAlreadyInUse']);
    expect(codeIn('79990001122')).toEqual([]);
    expect(onCodes(['constructor'])).toMatchObject({ outcome: 'rejected' });
    expect(onCodes(['EntityAlreadyInUse'])).toBe('wait');
  });
});
