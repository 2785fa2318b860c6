import { readFileSync } from 'node:fs';
import { profileSchemas } from '@tillbridge/readers';
import { z } from 'zod';
import { parseProfiles } from '../../packages/bridge/src/config/profiles.ts';
import { describe, expect, it } from 'vitest';

const page = readFileSync(new URL('../../firmware-docs/profile-format.md', import.meta.url), 'utf8');
const rows = page.split('\n').filter((line) => line.startsWith('| `'));
const told = new Map(rows.flatMap((row) => [...row.split('|')[1].matchAll(/`([^`]+)`/g)].map(([, key]) => [key, row])));

/** Every key of the schema with its values, as `layout.data.offset`; arrays and choices are looked into. */
function* keys(schema, path = '') {
  const inner = [schema, ...(schema.anyOf ?? []), ...(schema.items === undefined ? [] : [schema.items, ...(schema.items.anyOf ?? [])])];
  for (const one of inner) {
    for (const [name, child] of Object.entries(one.properties ?? {})) {
      const key = path === '' ? name : `${path}.${name}`;
      yield [key, child, one.required?.includes(name) === true];
      yield* keys(child, key);
    }
  }
}

const all = [...keys(z.toJSONSchema(profileSchemas().deviceProfile))];
const values = (schema) => [...(schema.enum ?? []), ...(schema.items?.enum ?? []), ...(schema.anyOf ?? []).flatMap((one) => one.enum ?? [])];

describe('firmware-docs/profile-format.md', () => {
  it('has a row for each key of the schema, and no other', () => {
    const known = new Set(all.map(([key]) => key));
    const groups = new Set(['layout.data', 'layout.more']);
    expect([...known].filter((key) => !told.has(key) && !groups.has(key))).toEqual([]);
    expect([...told.keys()].filter((key) => !known.has(key))).toEqual([]);
  });

  it('names every value that a key may have', () => {
    for (const [key, schema] of all) for (const value of values(schema)) expect(told.get(key), `${key}: ${value}`).toContain(`\`${value}\``);
  });

  it('says which keys a profile must have', () => {
    for (const [key, , required] of all.filter(([name]) => !name.includes('.'))) expect(told.get(key).split('|')[2].trim(), key).toBe(required ? 'yes' : 'no');
  });

  it('gives an example that is one', () => {
    const [, example] = /```yaml profile\n([^]*?)^```/m.exec(page);
    expect(parseProfiles(example, 'profile.yaml', 'en')).toMatchObject({ problems: [], profiles: [{ id: 'acme-3000-hidpos' }] });
  });
});
