import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formatProblem, readConfig } from './index.js';
import { VALID, withLines } from './test-support.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillbridge-config-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const put = (name: string, text: string | Uint8Array): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

describe('a configuration on disk', () => {
  it('is read with the files that it refers to, relative to itself', () => {
    mkdirSync(join(folder, 'keys'));
    put('keys/hook', 'k-1\n');
    const path = put('t.yaml', withLines({ tills: '  - { id: h, adapter: webhook, url: "https://x.example", secrets: { key: "${file:keys/hook}" } }' }));
    const read = readConfig(path, { env: {} });
    const till = read.ok ? read.config.tills[0] : undefined;
    expect(till?.adapter === 'webhook' && till.secrets.key.reveal()).toBe('k-1');
  });

  it.each([
    ['/dev/zero', 'cannot be read (EFBIG)'],
    ['.', 'cannot be read (EFBIG)'],
    ['missing', 'does not exist'],
  ])('refuses %s as a secret', (name, message) => {
    const path = put('t.yaml', withLines({ tills: `  - { id: h, adapter: webhook, url: "https://x.example", secrets: { key: "\${file:${name}}" } }` }));
    const read = readConfig(path, { env: {} });
    expect(read.ok ? '' : read.problems[0]?.message).toContain(message);
  });

  it('shows its problems under the name that was given', () => {
    const path = put('t.yaml', VALID.replace('serial', 'sreial').replace('link', 'lnik'));
    const read = readConfig(path, { env: {}, language: 'ru' });
    expect(read.ok ? [] : read.problems.map(formatProblem)).toEqual([
      `${path}:3:26 readers[0].type: неизвестное значение \`sreial\`; возможно, \`serial\`?`,
      `${path}:9:5 tills[0].link: обязательный ключ не указан`,
      `${path}:9:56 tills[0].lnik: неизвестный ключ; возможно, \`link\`?`,
    ]);
  });

  it('that is missing, a folder, or endless ends in an error of the catalogue', () => {
    expect(() => readConfig(join(folder, 'none.yaml'), { env: {} })).toThrow(expect.objectContaining({ code: 'TB_CONFIG_NOT_FOUND' }));
    expect(() => readConfig(folder, { env: {} })).toThrow(expect.objectContaining({ code: 'TB_CONFIG_UNREADABLE' }));
    const endless = readConfig('/dev/zero', { env: {} });
    expect(endless.ok ? '' : endless.problems[0]?.message).toContain('larger than');
  });
});
