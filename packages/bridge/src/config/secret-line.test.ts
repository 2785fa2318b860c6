import { describe, expect, test } from 'vitest';
import { parseConfig } from './load.js';
import { secretLine } from './secret-line.js';

const SHOP = `version: 1
readers: [ { id: r, type: tcp, listen: "127.0.0.1:0" } ]
tills:
  - id: front
    adapter: webhook
    url: https://till.example/x
`;
const line = (text: string): number | undefined => secretLine(text, parseConfig(text, { path: 'x.yaml', env: { KEY: 'k'.repeat(20) }, readFile: () => Buffer.alloc(0) }));

describe('a secret in line', () => {
  test.each([
    ['in its place', `${SHOP}    secrets: { key: "hunter2hunter2" }\n`, 7],
    ['under a misspelt key', `${SHOP}    secrets: { kye: "hunter2hunter2" }\n`, 7],
    ['in a text whose YAML is broken', `${SHOP}    secrets:\n      key: hunter2hunter2\n  broken: [\n`, 8],
    ['as a password in an address', SHOP.replace('https://till', 'https://me:pass@till'), 6],
  ])('%s is found', (_, text, at) => {
    expect(line(text)).toBe(at);
  });

  test.each([
    ['a reference', `${SHOP}    secrets: { key: "\${env:KEY}" }\n`],
    ['a reference in a broken text', `${SHOP}    secrets:\n      key: "\${env:KEY}"\n  broken: [\n`],
    ['a reference that leads nowhere', `${SHOP}    secrets: { key: "\${env:NOBODY}" }\n`],
    ['another mistake', `${SHOP}    secrets: { key: "\${env:KEY}" }\nnonsense: 1\n`],
  ])('%s is none', (_, text) => {
    expect(line(text)).toBeUndefined();
  });
});
