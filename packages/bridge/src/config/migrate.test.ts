import { describe, expect, it } from 'vitest';
import { migrate, type Migration } from './migrate.js';

const steps: Readonly<Record<number, Migration>> = {
  1: (document) => ({ ...document, scanners: document['inputs'], inputs: undefined }),
  2: (document) => ({ ...document, readers: document['scanners'], scanners: undefined }),
};

describe('migration', () => {
  it('goes version by version', () => {
    const { value, findings, migratedFrom } = migrate({ version: 1, inputs: ['a'] }, steps, 3);
    expect({ findings, migratedFrom }).toEqual({ findings: [], migratedFrom: 1 });
    expect(value).toMatchObject({ version: 3, readers: ['a'] });
    expect(migrate({ version: 2, scanners: ['a'] }, steps, 3)).toMatchObject({ migratedFrom: 2, value: { readers: ['a'] } });
  });

  it('leaves the current version alone', () => {
    const document = { version: 3, readers: [] };
    expect(migrate(document, steps, 3)).toEqual({ value: document, findings: [] });
  });

  it.each([[4], [0], [-1], [1.5], ['1'], [null], [undefined]])('refuses version %j', (version) => {
    const { findings, migratedFrom } = migrate({ version }, steps, 3);
    expect(findings).toHaveLength(1);
    expect(migratedFrom).toBeUndefined();
  });

  it('leaves to the schema what is no document', () => {
    expect(migrate([1], steps, 3)).toEqual({ value: [1], findings: [] });
  });
});
