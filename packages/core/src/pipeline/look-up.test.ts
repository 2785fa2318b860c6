import { VirtualClock } from '@tillbridge/testkit';
import { describe, expect, it } from 'vitest';
import { createClassifier } from '../classify/classify.js';
import { REJECT_ALL } from '../delivery/refusal.js';
import { NativeNumber } from '../native-number.js';
import type { Translator } from '../ports/translator.js';
import type { Translation } from '../translation.js';
import { lookUp } from './look-up.js';
import type { Rules } from './settings.js';

const never = new AbortController().signal;

function asking(translate: () => Translation | Promise<Translation>, readers?: readonly string[]) {
  const counted: string[] = [];
  const translator: Translator = { id: '1:own', type: 'own', capabilities: { remote: false, hosts: [] }, translate, close: () => Promise.resolve() };
  const rules: Rules = {
    classifier: createClassifier([{ name: 'universal', kind: 'card', match: /^98(?<value>\d{4})$/, ...(readers === undefined ? {} : { readers }) }]),
    translators: [translator],
    policies: REJECT_ALL,
    routes: [],
  };
  return { counted, ports: { clock: new VirtualClock(), newId: () => 'scan-1', rules: () => rules, count: (result: string) => void counted.push(result) } };
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
