import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/packages.mjs';

const page = readFileSync(join(root, 'docs/sdk.md'), 'utf8');
const snippets = [...page.matchAll(/```ts\n([\s\S]*?)```/g)].map((match) => match[1]);
const source = (path) => join(root, 'packages', path);

/** What the compiler says about the snippets, as programs of their own beside the sources of the SDK. */
function problems(texts) {
  const names = texts.map((_, i) => join(root, `test/packages/snippet-${i}.ts`));
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, root);
  const settings = {
    ...options,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    noEmit: true,
    isolatedModules: false,
    paths: {
      '@tillbridge/sdk': [source('sdk/src/index.ts')],
      '@tillbridge/sdk/browser': [source('sdk/src/browser/index.ts')],
      'tillbridge/embed': [source('bridge/src/embed.ts')],
      '@tillbridge/readers/*': [source('readers/src/*/index.ts')],
      '@tillbridge/store/*': [source('store/src/*/index.ts')],
      '@tillbridge/*': [source('*/src/index.ts')],
    },
  };
  const host = ts.createCompilerHost(settings);
  const { getSourceFile, fileExists } = host;
  const text = (name) => texts[names.indexOf(name)];
  host.fileExists = (name) => names.includes(name) || fileExists(name);
  host.getSourceFile = (name, ...rest) => (names.includes(name) ? ts.createSourceFile(name, text(name), ts.ScriptTarget.ES2023, true) : getSourceFile(name, ...rest));
  const program = ts.createProgram(names, settings, host);
  return names
    .flatMap((name) => ts.getPreEmitDiagnostics(program, program.getSourceFile(name)))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
}

describe('the page of the SDK', () => {
  test('has snippets that compile, and one that would not is seen', { timeout: 120_000 }, () => {
    expect(snippets.length).toBeGreaterThanOrEqual(4);
    expect(problems(snippets)).toEqual([]);
    expect(problems(["import { connect } from '@tillbridge/sdk';\n(await connect({ token: '' })).nothing();\nexport {};"])).toHaveLength(1);
  });

  test('names examples and pages that exist', () => {
    const named = [...page.matchAll(/`node (examples\/\S+?\.mjs)`/g), ...page.matchAll(/\]\(([a-z.]+\.md)\)/g)].map((match) => match[1]);
    expect(named.length).toBeGreaterThanOrEqual(4);
    for (const path of named) expect(existsSync(join(root, path.startsWith('examples') ? path : `docs/${path}`)), path).toBe(true);
  });
});
