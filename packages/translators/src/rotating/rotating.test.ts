import { readFileSync } from 'node:fs';
import { codeOf, Masked, MAX_ROTATING_LENGTH, parseRotatingCode, rotatingHead, type Translation } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { RotatingIssuer } from '@tillbridge/testkit/rotating';
import { describeTranslator } from '@tillbridge/testkit/suites';
import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { KeyRing } from './key-ring.js';
import { readKeySet } from './key-set.js';
import { createRotatingTranslator, type RotatingTranslatorOptions } from './rotating-translator.js';

const GUEST = '2000001234567';
const DAY = 86_400_000;

let clock: VirtualClock;
let issuer: RotatingIssuer;
let ring: KeyRing;

beforeEach(() => {
  clock = new VirtualClock();
  issuer = new RotatingIssuer({ clock });
  ring = new KeyRing({ clock, issuer: issuer.issuer, maxAgeMs: 7 * DAY });
  ring.take(issuer.keySet(), clock.wall());
});

const code = (text: string) => codeOf('card', text, { rule: 'rot', oneTime: true });
const ask = (text: string, more: Partial<RotatingTranslatorOptions> = {}): Translation => {
  const translator = createRotatingTranslator({ id: '1:rotating', codes: ['rot'], keys: ring, clock, skewSteps: 1, ...more });
  const answer = translator.translate(code(text), { scanId: 's', reader: 'r' }, new AbortController().signal);
  expect(answer).not.toBeInstanceOf(Promise);
  return answer as Translation;
};
const number = (answer: Translation): string | undefined => ('number' in answer ? answer.number.reveal() : undefined);

describe('a rotating code', () => {
  it('gives the guest\'s number without asking anybody', () => {
    expect(ask(issuer.code(GUEST)).result).toBe('found');
    expect(number(ask(issuer.code(GUEST)))).toBe(GUEST);
    expect(number(ask(issuer.code(GUEST), { number: '29{value:4..13}' }))).toBe(`29${GUEST.slice(3)}`);
  });

  it('fits a QR of 120 characters with the longest number', () => {
    expect(issuer.code('A'.repeat(21))).toHaveLength(MAX_ROTATING_LENGTH);
    expect(() => issuer.code('A'.repeat(22))).toThrow(RangeError);
    expect(number(ask(issuer.code('A'.repeat(21))))).toBe('A'.repeat(21));
  });

  it.each([[-2, 'codeExpired'], [-1, 'found'], [0, 'found'], [1, 'found'], [2, 'codeExpired'], [-2_000_000, 'codeExpired']])('of %i steps from now is %s', (steps, result) => {
    expect(ask(issuer.code(GUEST, steps)).result).toBe(result);
  });

  it('dies with its time', async () => {
    const text = issuer.code(GUEST);
    await clock.advance(30_000);
    expect(ask(text).result).toBe('found');
    await clock.advance(60_000);
    expect(ask(text).result).toBe('codeExpired');
    expect(ask(text, { skewSteps: 0 }).result).toBe('codeExpired');
  });

  it('has one text: no other spelling of a signature, a step or a number is taken', () => {
    const text = issuer.code(GUEST);
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (const last of alphabet) {
      if (last === text.at(-1)) continue;
      expect(ask(text.slice(0, -1) + last).result).not.toBe('found');
    }
    for (const other of [text.toLowerCase(), ` ${text}`, `${text}=`, `${text}\n`, text.replace('TB1', 'tb1')]) expect(ask(other).result).toBe('notFound');
  });

  it('with any character changed finds nobody, and asks no other translator about it unless it is no rotating code any more', () => {
    const text = issuer.code(GUEST);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: text.length - 1 }), fc.constantFrom(...Array.from('ABCXYZabcxyz0189-_. ')), (at, character) => {
        fc.pre(text[at] !== character);
        expect(ask(text.slice(0, at) + character + text.slice(at + 1)).result).toMatch(/^(blocked|codeExpired|notFound)$/);
      }),
      { numRuns: 300 },
    );
  });

  it('of another issuer with the same key is none of this one', () => {
    const seed = Buffer.alloc(32, 7);
    const [a, b] = ['issuer-a', 'issuer-b'].map((name) => new RotatingIssuer({ clock, issuer: name }));
    for (const one of [a, b]) one?.rotate(seed);
    const keys = new KeyRing({ clock, issuer: 'issuer-a', maxAgeMs: DAY });
    keys.take(a?.keySet() ?? '', clock.wall());
    expect(ask(a?.code(GUEST) ?? '', { keys }).result).toBe('found');
    expect(ask(b?.code(GUEST) ?? '', { keys })).toEqual({ result: 'blocked', reason: 'badSignature' });
  });

  it('is looked up in the table where the configuration says so', () => {
    const cards = { lookup: (text: string) => (text === GUEST ? ({ card: new Masked('0042'), kind: 'card', state: 'active' } as const) : undefined) };
    expect(number(ask(issuer.code(GUEST), { cards }))).toBe('0042');
    expect(ask(issuer.code('somebody'), { cards }).result).toBe('notFound');
    const broken = { lookup: () => { throw new Error('disk'); } };
    expect(ask(issuer.code(GUEST), { cards: broken })).toEqual({ result: 'unavailable', reason: 'tableUnreadable' });
  });
});

describe('the keys', () => {
  it('rotate: the old ones hold until they are left out or revoked', () => {
    const old = issuer.kid;
    const text = issuer.code(GUEST);
    issuer.rotate();
    expect(ask(issuer.code(GUEST))).toEqual({ result: 'blocked', reason: 'unknownKey' });
    expect(ring.take(issuer.keySet(), clock.wall())).toBeUndefined();
    expect([ask(issuer.code(GUEST)).result, ask(text).result]).toEqual(['found', 'found']);
    issuer.revoke(old);
    ring.take(issuer.keySet(), clock.wall());
    expect(ask(text)).toEqual({ result: 'blocked', reason: 'revokedKey' });
    issuer.forget(old);
    ring.take(issuer.keySet(), clock.wall());
    expect(ask(text)).toEqual({ result: 'blocked', reason: 'unknownKey' });
  });

  it('that are unknown are asked for', () => {
    let wanted = 0;
    ring.onWanted(() => (wanted += 1));
    issuer.rotate();
    ask(issuer.code(GUEST));
    expect(wanted).toBe(1);
  });

  it('never go back: an older document, another one of the same number, another issuer\'s', () => {
    const first = issuer.keySet();
    issuer.revoke(issuer.kid);
    const second = issuer.keySet();
    expect(ring.take(second, clock.wall())).toBeUndefined();
    expect(ring.take(first, clock.wall())).toBe('olderVersion');
    expect(ring.take(second.replace('"revoked":true', '"revoked":false'), clock.wall())).toBe('otherContent');
    expect(ring.take(new RotatingIssuer({ clock, issuer: 'somebody-else' }).keySet(), clock.wall())).toBe('otherIssuer');
    expect(ask(issuer.code(GUEST))).toEqual({ result: 'blocked', reason: 'revokedKey' });
  });

  it('that nobody has confirmed for too long are not trusted, and none at all is no answer either', async () => {
    await clock.advance(8 * DAY);
    expect(ask(issuer.code(GUEST))).toEqual({ result: 'unavailable', reason: 'keysTooOld' });
    ring.confirm(clock.wall());
    expect(ask(issuer.code(GUEST)).result).toBe('found');
    expect(ask(issuer.code(GUEST), { keys: new KeyRing({ clock, issuer: 'x', maxAgeMs: DAY }) })).toEqual({ result: 'unavailable', reason: 'noKeys' });
  });

  it('are not taken from whatever else a server may answer', () => {
    const set = JSON.parse(issuer.keySet()) as Record<string, unknown>;
    const keys = set['keys'] as Record<string, unknown>[];
    expect(readKeySet('<html>')).toBe('notJson');
    for (const more of [{ format: 'x' }, { issuer: '' }, { version: 0 }, { stepSeconds: 1 }, { keys: [] }, { keys: [{ ...keys[0], d: 'secret', kty: 'EC' }] }, { keys: [{ ...keys[0], x: 'AA' }] }, { keys: Array.from({ length: 65 }, () => keys[0]) }]) {
      expect(readKeySet(JSON.stringify({ ...set, ...more }))).toBe('notAKeySet');
    }
    expect(readKeySet(JSON.stringify({ ...set, keys: [keys[0], keys[0]] }))).toBe('keyTwice');
    fc.assert(fc.property(fc.string({ maxLength: 300 }), (text) => typeof readKeySet(text) === 'string'), { numRuns: 200 });
  });
});

it('takes any text apart without breaking, and puts together only what it takes apart', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ maxLength: 200 }), fc.stringMatching(/^TB1[A-Z0-9]{10}[A-Za-z0-9._-]{1,21}[A-Za-z0-9_-]{85}[AQgw]$/)), (text) => {
      const parsed = parseRotatingCode(text);
      if (parsed !== undefined) expect(`${rotatingHead(parsed)}${parsed.signature}`).toBe(text);
    }),
    { numRuns: 500 },
  );
});

/** The vector of firmware-docs/rotating-code.md: whoever writes an issuer can check his work against it. */
it('agrees with the published test vector', () => {
  const fixed = new VirtualClock(1_768_035_600_000);
  const vector = new RotatingIssuer({ clock: fixed, issuer: 'example-issuer' });
  const kid = vector.rotate(Buffer.from(Array.from({ length: 32 }, (_, i) => i)));
  expect(kid).toBe('K002');
  expect(vector.code('98000000000001')).toBe(VECTOR);
  const page = readFileSync(new URL('../../../../firmware-docs/rotating-code.md', import.meta.url), 'utf8');
  expect(page).toContain(VECTOR);
  expect(page).toContain((JSON.parse(vector.keySet()) as { keys: { kid: string; x: string }[] }).keys.find((key) => key.kid === 'K002')?.x);
});

const VECTOR = 'TB1K0020Z366098000000000001WcJwkOAVJ5r6h05CRZPMnQS821vhE5C8AZsxPvofFzVohswPhQr_OqP_-LZEuB5kvJepnxobhjJL1zo4F8yCCQ';

describeTranslator('rotating', () => {
  const own = new VirtualClock();
  const from = new RotatingIssuer({ clock: own });
  const keys = new KeyRing({ clock: own, issuer: from.issuer, maxAgeMs: DAY });
  keys.take(from.keySet(), own.wall());
  return {
    translator: createRotatingTranslator({ id: '1:rotating', codes: ['rot'], keys, clock: own, skewSteps: 1 }),
    known: code(from.code(GUEST)),
    unknown: code('98123456789012345'),
    number: GUEST,
  };
});
