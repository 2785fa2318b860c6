import { VirtualClock } from '@tillbridge/testkit';
import { describe, expect, it } from 'vitest';
import { codeOf } from '../code.js';
import { createClassifier } from '../classify/classify.js';
import { REJECT_ALL } from '../delivery/refusal.js';
import { ASKED_MS, SPENT_MS, SpentInMemory, type SpentCodes } from '../delivery/spent.js';
import { NativeNumber } from '../native-number.js';
import type { Translator } from '../ports/translator.js';
import type { Translation } from '../translation.js';
import { AskedCodes } from './asked-codes.js';
import { lookUp } from './look-up.js';
import type { Rules } from './settings.js';

const never = new AbortController().signal;

function asking(translate: () => Translation | Promise<Translation>, readers?: readonly string[], oneTime = false) {
  const clock = new VirtualClock();
  const spent: SpentCodes = new SpentInMemory(clock);
  const counted: string[] = [];
  const translator: Translator = { id: '1:own', type: 'own', capabilities: { remote: false, hosts: [] }, translate, close: () => Promise.resolve() };
  const rules: Rules = {
    classifier: createClassifier([{ name: 'universal', kind: 'card', match: /^98(?<value>\d{4})$/, oneTime, ...(readers === undefined ? {} : { readers }) }]),
    translators: [translator],
    policies: REJECT_ALL,
    routes: [],
  };
  return { counted, clock, spent, ports: { clock, newId: () => 'scan-1', rules: () => rules, spent, asked: new AskedCodes(clock), count: (result: string) => void counted.push(result) } };
}

describe('a code that the till asks about', () => {
  const number = new NativeNumber('card', '2900000000017');

  it('goes the way of a scan of a reader with the name of the till', async () => {
    const { ports, counted } = asking(() => ({ result: 'found', number }), ['hall']);
    const found = await lookUp(ports, 'hall', '981234', never);
    expect(found).toMatchObject({ matched: true, translation: { result: 'found', number } });
    expect(found.matched && found.code.value.reveal()).toBe('1234');
    expect(await lookUp(ports, 'kitchen', '981234', never)).toEqual({ matched: false });
    expect(counted).toEqual(['found', 'unmatched']);
  });

  it('that no rule takes reaches no translator', async () => {
    const { ports } = asking(() => {
      throw new Error('asked');
    });
    expect(await lookUp(ports, 'hall', '4600000000001', never)).toEqual({ matched: false });
  });

  it('is unavailable when its time is over, whatever the translator does', async () => {
    const { ports, counted } = asking(() => new Promise(() => undefined));
    const limit = new AbortController();
    const found = lookUp(ports, 'hall', '981234', limit.signal);
    limit.abort();
    expect(await found).toMatchObject({ matched: true, translation: { result: 'unavailable' } });
    expect(counted).toEqual(['unavailable']);
  });

  it('never rejects', async () => {
    const { ports } = asking(() => Promise.reject(new Error('broken')));
    expect(await lookUp(ports, 'hall', '981234', never)).toMatchObject({ translation: { result: 'badResponse' } });
  });
});

describe('a one-time code that a till asks about', () => {
  const number = new NativeNumber('card', '2900000000017');
  const code = codeOf('card', '981234', { oneTime: true });
  const answers = (): { translate: () => Translation; times: () => number } => {
    let times = 0;
    // the platform itself knows it once
    return { translate: () => (++times === 1 ? { result: 'found', number } : { result: 'codeExpired' }), times: () => times };
  };

  it('is that till\'s for the life of a check, with the same answer; for every other till and every scan it is used', async () => {
    const { translate, times } = answers();
    const { ports, clock, spent } = asking(translate, undefined, true);
    expect(await lookUp(ports, 'hall', '981234', never)).toMatchObject({ translation: { result: 'found', number } });
    expect(await lookUp(ports, 'bar', '981234', never)).toMatchObject({ translation: { result: 'codeUsed' } });
    expect(spent.claim(code)).toBe(false);
    await clock.advance(ASKED_MS - 1);
    expect(await lookUp(ports, 'hall', '981234', never)).toMatchObject({ translation: { result: 'found', number } });
    await clock.advance(1);
    expect(await lookUp(ports, 'hall', '981234', never)).toMatchObject({ translation: { result: 'codeUsed' } });
    expect(times()).toBe(1);
    await clock.advance(SPENT_MS - ASKED_MS);
    expect(await lookUp(ports, 'bar', '981234', never)).toMatchObject({ translation: { result: 'codeExpired' } });
  });

  it('that was delivered by a scan is used', async () => {
    const { translate, times } = answers();
    const { ports, spent } = asking(translate, undefined, true);
    expect(spent.claim(code)).toBe(true);
    expect(await lookUp(ports, 'hall', '981234', never)).toMatchObject({ translation: { result: 'codeUsed' } });
    expect(times()).toBe(0);
  });

  it('asked twice at once goes to the platform once; two tills at once: one gets it', async () => {
    const { translate, times } = answers();
    const { ports } = asking(() => Promise.resolve().then(translate), undefined, true);
    const found = await Promise.all(['hall', 'hall', 'bar'].map((till) => lookUp(ports, till, '981234', never)));
    expect(found.map((each) => each.matched && each.translation.result)).toEqual(['found', 'found', 'codeUsed']);
    expect(times()).toBe(1);
  });

  it('that gave no number may be asked about anywhere', async () => {
    const script: Translation[] = [{ result: 'unavailable' }, { result: 'found', number }];
    const { ports } = asking(() => script.shift() ?? { result: 'notFound' }, undefined, true);
    expect(await lookUp(ports, 'hall', '981234', never)).toMatchObject({ translation: { result: 'unavailable' } });
    expect(await lookUp(ports, 'bar', '981234', never)).toMatchObject({ translation: { result: 'found' } });
  });

  it('gives no number where it cannot be kept that it was spent', async () => {
    const { ports } = asking(() => ({ result: 'found', number }), undefined, true);
    ports.spent.spend = () => Promise.reject(new Error('disk'));
    expect(await lookUp(ports, 'hall', '981234', never)).toMatchObject({ translation: { result: 'unavailable', reason: 'journalUnavailable' } });
  });
});
