import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createPlugin, PLUGIN_KINDS } from './create-plugin.js';
import { main } from './main.js';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tillbridge-create-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('a new plugin', () => {
  test.each(PLUGIN_KINDS)('%s: is whole, under its name, and has no place left to fill', (kind) => {
    const files = createPlugin({ kind, name: '@acme/tillbridge-x', folder });
    for (const file of ['.gitignore', 'README.md', 'package.json', 'tillbridge.yaml', 'tsconfig.json', 'vitest.config.ts', 'src/index.ts', 'src/simulator.ts', `src/${kind}.test.ts`]) expect(files).toContain(file);
    for (const file of files) expect(readFileSync(join(folder, file), 'utf8'), file).not.toMatch(/__[A-Z]+__/);
    const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Record<string, unknown>;
    expect(manifest).toMatchObject({ name: '@acme/tillbridge-x', peerDependenciesMeta: { '@tillbridge/plugin': { optional: true } }, tillbridge: { plugin: { kind } } });
    expect(manifest).not.toHaveProperty('dependencies');
  });

  test('writes over nothing', () => {
    writeFileSync(join(folder, 'mine.txt'), 'x');
    expect(() => createPlugin({ kind: 'adapter', name: '@acme/tillbridge-x', folder })).toThrow('is not empty');
    expect(readdirSync(folder)).toEqual(['mine.txt']);
  });

  test.each(['x', '@Acme/x', '../x', '@acme/../x', ''])('is not named %j', (name) => {
    expect(() => createPlugin({ kind: 'adapter', name, folder: join(folder, 'new') })).toThrow('is no name');
    expect(readdirSync(folder)).toEqual([]);
  });

  test('the command says what it wrote, or how it is used', () => {
    const lines: string[] = [];
    const printer = { out: (text: string) => lines.push(text), err: (text: string) => lines.push(`! ${text}`) } as unknown as Parameters<typeof main>[1];
    expect(main(['adapter', '@acme/tillbridge-x', join(folder, 'a')], printer)).toBe(0);
    expect(lines.join()).toContain('npm install');
    expect(main(['adapter', '@acme/tillbridge-x', join(folder, 'a')], printer)).toBe(1);
    expect(main(['printer', '@acme/x'], printer)).toBe(2);
    expect(main([], printer)).toBe(2);
  });
});
