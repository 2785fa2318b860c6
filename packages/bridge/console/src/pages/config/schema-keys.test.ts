import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { findKeys, schemaKeys, type Schema } from './schema-keys';

// of the daemon's own sources, which are no part of the page's project: by its path and not by an import that the compiler follows
const source = fileURLToPath(new URL('../../../../src/config/json-schema.ts', import.meta.url));
const { configJsonSchema } = (await import(source)) as { readonly configJsonSchema: () => Schema };
const keys = schemaKeys(configJsonSchema());

test('the real schema: every form has its keys, with help, type and default', () => {
  expect(keys.length).toBeGreaterThan(200);
  expect(keys.length).toBeLessThan(5000);
  expect(keys.filter(({ description }) => description === '').length).toBeLessThan(keys.length / 4);
  expect(keys).toContainEqual(expect.objectContaining({ path: 'journal.keepDays', type: 'integer', standard: '90', description: expect.stringContaining('Days') as string }));
  expect(keys.find(({ path, form }) => path === 'readers[].baudRate' && form === 'serial')).toMatchObject({ type: 'integer', standard: '9600' });
  expect(keys.find(({ path }) => path === 'version')).toMatchObject({ required: true, values: ['1'] });
  expect(keys.some(({ path }) => path === 'readers[].framing.suffix')).toBe(true);
});

test('names come before help, and all words must be there', () => {
  const found = findKeys(keys, 'KEEPdays');
  expect(found[0]?.path).toBe('journal.keepDays');
  expect(findKeys(keys, 'baudrate serial')[0]).toMatchObject({ path: 'readers[].baudRate', form: 'serial' });
  expect(findKeys(keys, 'nothing has this word')).toEqual([]);
  expect(findKeys(keys, '')).toHaveLength(keys.length);
});

test('a schema that goes round in itself ends', () => {
  const round: { properties: Record<string, unknown> } = { properties: {} };
  round.properties['again'] = round;
  expect(schemaKeys(round as Schema).length).toBeLessThan(20);
});
