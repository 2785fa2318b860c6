import { codeOf, Masked, silentLog, systemClock, type Translation } from '@tillbridge/core';
import { startPlatform, type PlatformSimulator } from '@tillbridge/testkit/platform';
import { describePreset } from '@tillbridge/testkit/suites';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { HttpTranslator } from '../http/http-translator.js';
import { translatorOfPreset } from '../http/of-preset.js';
import { preset } from './manzana.js';

describePreset('manzana', {
  platform: 'manzana',
  make: (site) => translatorOfPreset(preset, site, site),
  foreign: codeOf('card', 'x'),
  cases: [
    { name: 'a card', code: codeOf('card', '2015100'), result: 'found', number: '2015100', kind: 'card' },
    { name: 'leading zeros stay', code: codeOf('card', '0000901000026'), result: 'found', number: '0000901000026' },
    { name: 'a telephone', code: codeOf('phone', '+375290007711'), result: 'found', number: '0000901000026', kind: 'card' },
    { name: 'ReturnCode 80241 in a 200 is nobody', code: codeOf('card', '9010000009999'), result: 'notFound' },
    { name: 'a blocked card', code: codeOf('card', '9010000000033'), result: 'blocked' },
    { name: 'markup in what it answers', code: codeOf('card', '9010000000040'), result: 'found', number: '9010000000040' },
    { name: 'a guest without a card', code: codeOf('phone', '+79990007744'), result: 'foundNoNumber' },
  ],
});

describe('Manzana', () => {
  let simulator: PlatformSimulator;
  const open = (vars: Readonly<Record<string, string>> = {}): HttpTranslator =>
    translatorOfPreset(preset, { ...simulator.site, vars: { ...simulator.site.vars, ...vars }, clock: systemClock, log: silentLog }, { timeoutMs: 30_000 });
  beforeEach(async () => {
    simulator = await startPlatform('manzana', { clock: systemClock });
  });
  afterEach(() => simulator.close());

  it('whatever prefixes the envelope has, and however RequestID is spelt', async () => {
    // nothing is remembered: six requests get each of three prefixes with each of two spellings
    const forgetful = { ...preset, cache: { foundMs: 0, staleMs: 0 } };
    const translator = translatorOfPreset(forgetful, { ...simulator.site, clock: systemClock, log: silentLog }, { timeoutMs: 30_000 });
    for (let turn = 0; turn < 6; turn += 1) {
      const answer = await translator.translate(codeOf('card', '2015100'), { scanId: 's', reader: 'r' }, new AbortController().signal);
      expect(answer).toMatchObject({ result: 'found' });
    }
    expect(simulator.requests).toBe(6);
    await translator.close();
  });

  it('a card number cannot leave its element', async () => {
    const translator = open();
    const answer = await translator.translate(codeOf('card', '</CardNumber><CardNumber>2015100'), { scanId: 's', reader: 'r' }, new AbortController().signal);
    expect(answer).toEqual({ result: 'notFound' });
    expect(simulator.requests).toBe(0);
    await translator.close();
  });

  it('by telephone with an SMS: asked for the code, then found; a wrong one asks again', async () => {
    const translator = open({ sendCode: '1' });
    const ask = (confirmation?: string): Promise<Translation> | Translation =>
      translator.translate(codeOf('phone', '+79990007711'), { scanId: 's', reader: 'r', ...(confirmation === undefined ? {} : { confirmation: new Masked(confirmation) }) }, new AbortController().signal);
    expect(await ask()).toEqual({ result: 'confirmRequired', channel: 'sms' });
    const [message] = simulator.messages;
    expect(message?.phone).toBe('79990007711');
    expect(await ask('0000')).toMatchObject({ result: 'confirmRequired' });
    const found = await ask(message?.code);
    expect(found.result === 'found' && found.number.reveal()).toBe('2015100');
    await translator.close();
  });
});
