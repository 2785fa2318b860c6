import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { hostsOf, showAsYaml, shownConfig } from './index.js';
import { load, VALID, withLines } from './test-support.js';

const text = withLines({
  readers: '  - { id: counter, type: tcp, connect: "Scanner.local:4001" }\n  - { id: own, type: tcp, listen: "127.0.0.1:4002" }',
  tills: '  - { id: hook, adapter: webhook, url: "https://${env:HOST}/x", secrets: { key: "${file:key}" } }',
  rest: 'store: "${env:SHOP}"\nroutes: [{ readers: [counter, own], till: hook, goods: none }]',
});
const loaded = load(text, { env: { HOST: 'till.example:8443', SHOP: 'private-shop' }, readFile: () => Buffer.from('the-key-of-the-hook') });

describe('config show', () => {
  it('hides secrets and whatever came from a reference, and fills defaults in', () => {
    const { config } = shownConfig(loaded);
    expect(config).toMatchObject({
      store: '****',
      tills: [{ id: 'hook', url: '****', secrets: { key: '****' }, timeoutMs: 5000 }],
      journal: { keepDays: 90 },
    });
    expect(showAsYaml(loaded)).not.toMatch(/the-key|private-shop/);
  });

  it('masks the code that doctor may ask a platform about', () => {
    const shown = load(withLines({ translators: '  - { type: http, preset: uds, vars: { company: "1" }, secrets: { key: "${env:K}" }, sample: { code: "2000000012345" } }' }), { env: { K: 'k' } });
    expect(showAsYaml(shown)).toContain('****2345');
    expect(showAsYaml(shown)).not.toContain('2000000012345');
  });

  it('names the daemons that phones\' messages are carried to', () => {
    const relaying = load(withLines({ readers: '  - { id: waiter, type: mobile, relay: [{ id: AAAAAAAAAAAAAAAA, url: "https://192.168.1.11:48443" }] }' }));
    expect(hostsOf(relaying.config)).toContain('192.168.1.11:48443');
  });

  it('names every host, also one out of a reference', () => {
    expect(hostsOf(loaded.config)).toEqual(['scanner.local:4001', 'till.example:8443']);
    expect(showAsYaml(loaded)).toMatch(/# hosts that may be contacted:\n# {3}scanner\.local:4001\n# {3}till\.example:8443\n$/);
    expect(showAsYaml(load(VALID))).toMatch(/# hosts that may be contacted:\n# {3}none\n$/);
  });

  it('gives YAML that means the same', () => {
    const shown = showAsYaml(load(VALID));
    expect(parse(shown)).toEqual(shownConfig(load(VALID)).config);
    expect(load(shown).config).toEqual(load(VALID).config);
  });
});
