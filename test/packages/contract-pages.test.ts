import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { MAX_ROTATING_LENGTH, ROTATING_PREFIX } from '@tillbridge/core';
import { ACTION_KINDS, API_VERSIONS, CREDENTIAL_SCOPES, EVIDENCE, MAX_NEXT_WAIT_MS, MESSAGE_LEVELS, PLUGIN_OUTCOMES, PLUGIN_WIRE, RECORDED, SCAN_KINDS, SCREENS } from '../../packages/adapter-iiko/src/front/contract.js';

const page = (name: string): string => readFileSync(new URL(`../../firmware-docs/${name}`, import.meta.url), 'utf8');
const source = (name: string): string => readFileSync(new URL(`../../packages/${name}`, import.meta.url), 'utf8');

// What others build against: a word that the code knows and the page does not is one that nobody else can know.
describe('the protocol pages have every word of the code', () => {
  it.each(Object.entries({ ACTION_KINDS, API_VERSIONS, CREDENTIAL_SCOPES, EVIDENCE, MESSAGE_LEVELS, PLUGIN_OUTCOMES, RECORDED, SCAN_KINDS, SCREENS }))('iiko plugin contract: %s', (_, words) => {
    const text = page('iiko-plugin-contract.md');
    expect(words.filter((word) => !new RegExp(`\\b${word}\\b`).test(text))).toEqual([]);
  });

  it('iiko plugin contract: version and longest wait', () => {
    const text = page('iiko-plugin-contract.md');
    expect(text).toContain(`(version ${String(PLUGIN_WIRE)})`);
    expect(text.replaceAll(/(?<=\d)[  ,](?=\d{3})/g, '')).toContain(String(MAX_NEXT_WAIT_MS));
  });

  it('1C line protocol: every message and every code of a refusal', () => {
    const messages = source('adapter-1c/src/protocol/messages.ts');
    // `other` is what the parser calls a message that it does not know
    const words = [...messages.matchAll(/type: '([a-z][A-Za-z]*)'/g)].map(([, word]) => word ?? '').filter((word) => word !== 'other');
    expect(words.length).toBeGreaterThan(8);
    const text = page('1c-line-protocol.md');
    expect([...new Set(words)].filter((word) => !text.includes(`"type":"${word}"`))).toEqual([]);
  });

  it('phone protocol: every request of a phone', () => {
    const words = [...source('phone-link/src/wire/texts.ts').matchAll(/\bt: '([a-z]+)'/g)].map(([, word]) => word ?? '');
    expect(words.length).toBeGreaterThan(3);
    const text = page('phone-protocol.md');
    expect([...new Set(words)].filter((word) => !new RegExp(`\\b${word}\\b`).test(text))).toEqual([]);
  });

  it('rotating codes: prefix and length', () => {
    const text = page('rotating-code.md');
    expect(text).toContain(ROTATING_PREFIX);
    expect(text).toContain(String(MAX_ROTATING_LENGTH));
  });
});
