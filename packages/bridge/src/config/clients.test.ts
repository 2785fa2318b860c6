import { describe, expect, it } from 'vitest';
import { fails, load, withLines } from './test-support.js';

const client = '  - { id: front, adapter: client }';
const own = '  - { id: own, type: till, till: front }';

describe('cashier software', () => {
  it('as a till: fifteen seconds for a number, two for goods', () => {
    const { config, warnings } = load(withLines({ tills: client }));
    expect(config.tills).toEqual([{ id: 'front', adapter: 'client', expireMs: 15_000, duplicateMs: 2000, backlogMs: 2000 }]);
    expect(warnings).toEqual([]);
  });

  it('as a reader: what it does not know it keeps', () => {
    const { config } = load(withLines({ readers: own, tills: client }));
    expect(config.readers).toEqual([{ id: 'own', type: 'till', till: 'front', charset: 'utf8', fallbackCharset: 'windows-1251', unmatched: 'reject' }]);
  });

  it('names a till that there is', () => {
    expect(fails(withLines({ readers: own.replace('front', 'frint') }))).toEqual([
      'tillbridge.yaml:3:34 readers[0].till: there is no till `frint`; did you mean `front`?',
    ]);
  });

  it('needs a route only for other readers', () => {
    const tills = `${client}\n  - { id: back, adapter: client }`;
    expect(load(withLines({ readers: own, tills })).warnings).toHaveLength(1);
    expect(fails(withLines({ tills }))).toHaveLength(1);
    expect(fails(withLines({ readers: `${own}\n  - { id: x, type: tcp, listen: "127.0.0.1:1" }`, tills }))).toHaveLength(1);
  });

  it('is warned of where nobody can connect', () => {
    const off = withLines({ readers: own, tills: client, rest: 'api: off' });
    expect(load(off).warnings.map(({ keyPath }) => keyPath)).toEqual(['readers[0].type', 'tills[0].adapter']);
    expect(load(withLines({ rest: 'api: off' })).warnings).toEqual([]);
  });
});
