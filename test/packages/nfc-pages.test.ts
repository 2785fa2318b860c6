import { generateKeyPairSync } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { systemClock } from '@tillbridge/core';
import { compileChain, formatUid, type UidOptions } from '@tillbridge/readers';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseConfig } from '../../packages/bridge/src/config/index.js';
import { nfcOptions } from '../../packages/bridge/src/daemon/nfc-part.js';

const folder = fileURLToPath(new URL('../../firmware-docs/nfc/', import.meta.url));
const pages = readdirSync(folder).filter((name) => name.endsWith('.md'));
const text = (name: string): string => readFileSync(join(folder, name), 'utf8');
const PEM = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey.export({ format: 'pem', type: 'sec1' });

describe('the pages about NFC', () => {
  const examples = pages.flatMap((name) => [...text(name).matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = ''], at) => ({ name, at, yaml })));

  it('have examples on the pages that explain a setting', () => {
    expect(examples.map(({ name }) => name).sort()).toEqual(['apple-vas.md', 'cards.md', 'google-smart-tap.md', 'hce.md', 'readers.md', 'setup.md', 'setup.ru.md']);
  });

  it.each(examples)('$name: example $at is a configuration that works', ({ yaml }) => {
    const env = { SECTOR_KEY: 'A0A1A2A3A4A5' };
    const read = parseConfig(yaml, { path: 'example.yaml', env, readFile: () => Buffer.from(PEM), language: 'en' });
    expect(read.ok ? [] : read.problems).toEqual([]);
    // with keys that can be used, all the way to the reader
    for (const reader of read.ok ? read.config.readers : []) if (reader.type === 'nfc') expect(() => compileChain(nfcOptions(reader), systemClock)).not.toThrow();
  });

  it('show forms of a UID that are true', () => {
    const rows = [...text('cards.md').matchAll(/^\| `([0-9A-F]+)` \| `([^`]+)` \| `(\{[^`]+\})` \|/gm)];
    expect(rows.length).toBeGreaterThanOrEqual(12);
    for (const [, uid = '', number = '', rule = ''] of rows) {
      expect(formatUid(Uint8Array.from(Buffer.from(uid, 'hex')), parse(rule) as UidOptions), rule).toBe(number);
    }
  });

  it('link to pages that exist', () => {
    for (const name of pages) {
      const prose = text(name).replace(/```[\s\S]*?```/g, '');
      for (const [, target = ''] of prose.matchAll(/\]\(((?!https?:)[^)]+)\)/g)) expect(() => readFileSync(join(folder, target)), `${name}: ${target}`).not.toThrow();
    }
  });

  it('name only errors that exist', async () => {
    const { CATALOGUE } = await import('@tillbridge/core');
    for (const name of pages) for (const [code] of text(name).matchAll(/TB_[A-Z]+_[A-Z_]*[A-Z]\b/g)) expect(Object.keys(CATALOGUE).some((one) => one.startsWith(code)), `${name}: ${code}`).toBe(true);
  });
});
