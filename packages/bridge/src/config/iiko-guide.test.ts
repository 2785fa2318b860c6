import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { load } from './test-support.js';

describe.each(['iiko.md', 'iiko.ru.md'])('%s', (name) => {
  const page = readFileSync(new URL(`../../../../docs/${name}`, import.meta.url), 'utf8');
  const examples = [...page.matchAll(/^```yaml\n(.*?)^```/gms)].map(([, yaml = '']) => yaml);
  const transportOf = (yaml: string): string | undefined => /transport: (front|externalData|device|pos-server|cloud)\b/.exec(yaml)?.[1];

  it('has an example of each transport, and of a terminal on another machine', () => {
    expect([...new Set(examples.map(transportOf))].sort()).toEqual(['cloud', 'device', 'externalData', 'front', 'pos-server']);
    expect(examples.some((yaml) => yaml.includes('stations:'))).toBe(true);
  });

  it.each(examples.map((yaml) => [transportOf(yaml), yaml] as const))('the example of %s can be started', (_name, yaml) => {
    const readers = yaml.includes('readers:') ? '' : 'readers: [{ id: counter, type: serial, path: COM3 }]\n';
    const codes = "codes: [{ name: universal, kind: card, match: '^98\\d{14}$' }]\n";
    load(`version: 1\n${readers}${codes}translators: [{ type: table }]\n${yaml}`, {
      env: { IIKO_SECRET: 'client-secret', IIKO_KEY: 'api-key' },
      readFile: () => Buffer.from('a-secret-of-the-till-0123'),
    });
  });
});
