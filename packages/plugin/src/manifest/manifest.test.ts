import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PLUGIN_API } from '../define.js';
import { servesApi } from './api-range.js';
import { isPluginName } from './located.js';
import { readManifest } from './manifest.js';

const file = (plugin: object, over: object = {}): string =>
  JSON.stringify({ name: '@acme/x', version: '1.0.0', type: 'module', tillbridge: { plugin: { kind: 'adapter', api: '^1', entry: './dist/index.js', capabilities: { goods: false, best: 'sent', verify: false }, ...plugin } }, ...over });

describe('a range of the interface', () => {
  test.each([
    ['^1', '1.0.0', true],
    ['^1.0', '1.2.3', true],
    ['^1.3', '1.2.9', false],
    ['^1.2.4', '1.2.3', false],
    ['^2', '1.9.9', false],
    ['^0', '1.0.0', false],
    ['1', '1.0.0', undefined],
    ['>=1', '1.0.0', undefined],
    ['^x', '1.0.0', undefined],
  ])('%s with %s: %s', (range, served, expected) => {
    expect(servesApi(range, served)).toBe(expected);
  });

  test('a version serves the range of itself and of every smaller minor', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.nat(50), fc.nat(50), (major, minor, patch) => {
        const served = `${String(major)}.${String(minor)}.${String(patch)}`;
        expect(servesApi(`^${served}`, served)).toBe(true);
        expect(servesApi(`^${String(major)}`, served)).toBe(true);
        expect(servesApi(`^${String(major)}.${String(minor + 1)}`, served)).toBe(false);
      }),
    );
  });
});

describe('a manifest', () => {
  test('is read, its defaults filled in', () => {
    expect(readManifest(file({}))).toMatchObject({ version: '1.0.0', manifest: { kind: 'adapter', hosts: [], secrets: [], permissions: [], configSchema: { type: 'object' } } });
  });

  test.each([
    ['no JSON', '{', 'not JSON'],
    ['no manifest', JSON.stringify({ version: '1.0.0' }), 'no `tillbridge.plugin`'],
    ['no version', JSON.stringify({ tillbridge: { plugin: {} } }), 'version'],
    ['another kind', file({ kind: 'console' }), 'kind'],
    ['a key that there is not', file({ install: 'sh x' }), 'install'],
    ['an entry outside', file({ entry: './../../x.js' }), 'entry'],
    ['an entry that is absolute', file({ entry: '/etc/x.js' }), 'entry'],
    ['CommonJS', file({}, { type: 'commonjs' }), 'ES module'],
    ['a permission that there is not', file({ permissions: ['everything'] }), 'permissions'],
    ['options that are no group of keys', file({ configSchema: { type: 'string' } }), '"type": "object"'],
    ['a schema that is none', file({ configSchema: { type: 'object', properties: { a: { type: 'nope' } } } }), 'nope'],
    ['a host that is no option', file({ hosts: ['url'] }), '`url` is no property'],
    ['capabilities of another kind', file({ capabilities: { feedback: true } }), 'capabilities'],
  ])('with %s is refused, and says why', (_, text, what) => {
    const read = readManifest(text);
    expect(read).toMatchObject({ kind: 'badManifest' });
    expect('what' in read && read.what).toContain(what);
  });

  test('of another interface is told by its range', () => {
    expect(readManifest(file({ api: '^9' }))).toEqual({ kind: 'apiNotServed', range: '^9', served: PLUGIN_API });
  });

  test.each([
    ['dependencies', { dependencies: { '@tillbridge/core': '^0.1.0' } }],
    ['optional dependencies', { optionalDependencies: { '@tillbridge/plugin': '^0.1.0' } }],
    ['bundled ones', { bundleDependencies: ['@tillbridge/core'] }],
    ['bundled ones by their other name', { bundledDependencies: ['tillbridge'] }],
  ])('of a package that has us among its %s is refused', (_, over) => {
    expect(readManifest(file({}, over))).toMatchObject({ kind: 'ownCore' });
    expect(readManifest(file({}, { peerDependencies: { '@tillbridge/plugin': '^0.1.0' } }))).toHaveProperty('manifest');
  });

  test('whatever the file holds, reading it does not throw', () => {
    fc.assert(fc.property(fc.oneof(fc.string(), fc.json()), (text) => void readManifest(text)));
    fc.assert(fc.property(fc.dictionary(fc.constantFrom('kind', 'api', 'entry', 'capabilities', 'configSchema', 'hosts'), fc.jsonValue()), (plugin) => void readManifest(file(plugin))));
  });
});

test.each([
  ['@acme/tillbridge-adapter-x', true],
  ['tillbridge-reader-y', true],
  ['@acme/../../etc', false],
  ['../x', false],
  ['@acme/.hidden', false],
  ['virtual-com', false],
  ['@ACME/x', false],
  ['tillbridge', false],
  [`@acme/${'x'.repeat(300)}`, false],
])('%s names a plugin: %s', (name, expected) => {
  expect(isPluginName(name)).toBe(expected);
});
