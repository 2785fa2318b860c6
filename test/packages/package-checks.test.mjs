import { describe, expect, test } from 'vitest';
import { anyTypes, bundledPackages, entryPoints, installScriptProblems, licenceProblems, lockfileProblems, machinePaths, strayFiles } from '../../scripts/package-checks/files.mjs';

describe('what must not be published', () => {
  test('any is found as a type, and only as a type', () => {
    const bad = 'export declare const a: any;\nexport type B = Map<string, any[]>;\nexport declare function c<T = any>(): T;\n';
    expect(anyTypes('x.d.ts', bad)).toHaveLength(3);
    expect(anyTypes('x.d.ts', bad)[1]).toMatch(/^x\.d\.ts:2 says any/);
    const good = '/** any: any */\nexport declare const any: "any";\nexport interface I { any?: unknown }\n';
    expect(anyTypes('x.d.ts', good)).toEqual([]);
  });

  test('files that do not belong in a tarball', () => {
    expect(strayFiles(['package.json', 'LICENSE', 'README.md', 'dist/index.js', 'dist/chunk-1.js', 'bin/x.cjs'])).toEqual([]);
    expect(strayFiles(['src/index.ts', 'dist/a.test.js', 'dist/.stamp', 'tsconfig.json', 'dist/fixtures/a.json'])).toHaveLength(5);
  });

  test('paths of the machine that built it', () => {
    expect(machinePaths('dist/a.js', 'open("/home/me/till/x")', ['/home/me/till', '/tmp/'])).toEqual(['dist/a.js contains /home/me/till']);
  });

  test('other packages bundled in', () => {
    const text = '// ../../node_modules/tsup/assets/cjs_shims.js\nvar a;\n// ../../node_modules/@serialport/stream/dist/index.js\nvar b;\n// src/x.ts\n';
    expect(bundledPackages('dist/index.js', text)).toEqual(['dist/index.js contains @serialport/stream']);
  });
});

test('the lockfile names no address and no package that is not to be had everywhere', () => {
  const lock = {
    packages: {
      '': {},
      'packages/core': { version: '0.1.0' },
      'node_modules/@tillbridge/core': { resolved: 'packages/core', link: true },
      'node_modules/good': { version: '1.0.0', integrity: 'sha512-x' },
      'node_modules/addressed': { version: '1.0.0', integrity: 'sha512-x', resolved: 'https://registry.example/a.tgz' },
      'node_modules/unproven': { version: '1.0.0' },
      'packages/readers/node_modules/pcsc-mini': { version: '1.0.0', integrity: 'sha512-x' },
    },
  };
  expect(lockfileProblems(lock).map((problem) => problem.split(' ')[0])).toEqual([
    'node_modules/addressed',
    'node_modules/unproven',
    'packages/readers/node_modules/pcsc-mini',
  ]);
});

test('entry points are the exported paths without the manifest', () => {
  expect(entryPoints({ name: '@a/b', exports: { '.': {}, './suites': {}, './package.json': '' } })).toEqual(['@a/b', '@a/b/suites']);
});

test('licences: those of the list, told by every package', () => {
  const packages = { '': {}, 'node_modules/a': { license: 'MIT' }, 'node_modules/b': { license: 'GPL-3.0-only' }, 'node_modules/c': {}, 'node_modules/@tillbridge/core': { link: true } };
  expect(licenceProblems({ packages })).toEqual(['node_modules/b has the licence GPL-3.0-only', 'node_modules/c has the licence (none told)']);
});

test('a script at installation must be a known one', () => {
  const packages = { 'node_modules/koffi': { hasInstallScript: true }, 'node_modules/x/node_modules/evil': { hasInstallScript: true }, 'node_modules/good': {} };
  expect(installScriptProblems({ packages }, { koffi: 'x' })).toEqual([expect.stringContaining('node_modules/x/node_modules/evil runs a script')]);
  expect(installScriptProblems({ packages: {} }, { koffi: 'x' })).toEqual(['koffi runs no script any more: take it off the list']);
});
