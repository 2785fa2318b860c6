// What the compiler says about the TypeScript of a page, against the sources.
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../../scripts/packages.mjs';

const source = (path) => join(root, 'packages', path);

/** The fenced blocks of a language; `info` is what stands behind its name. */
export function blocks(page, language) {
  return [...page.matchAll(/^```(\w+)(?: ([\w-]+))?\n([\s\S]*?)^```$/gm)].filter(([, name]) => name === language).map(([, , info, text]) => ({ info, text }));
}

/** The name in a first line such as `// src/index.ts`. */
export const fileOf = (text) => /^\/\/ (src\/[\w.-]+\.ts)\n/.exec(text)?.[1];

/**
 * Problems of the texts as programs of their own in one folder. One that names its file in its first line can be imported by the others.
 *
 * @param folder where they seem to stand, below the repository: what they import is found from there
 */
export function problems(texts, folder = 'test/packages/snippets') {
  const names = texts.map((text, i) => join(root, folder, fileOf(text) ?? `snippet-${i}.ts`));
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
      '@tillbridge/translators/*': [source('translators/src/*/index.ts')],
      '@tillbridge/plugin/*': [source('plugin/src/*/index.ts')],
      '@tillbridge/testkit/*': [source('testkit/src/*/index.ts')],
      '@tillbridge/*': [source('*/src/index.ts')],
    },
  };
  const host = ts.createCompilerHost(settings);
  const { getSourceFile, fileExists } = host;
  const text = (name) => texts[names.indexOf(name)];
  host.fileExists = (name) => names.includes(name) || fileExists(name);
  host.directoryExists = undefined;
  host.getSourceFile = (name, ...rest) => (names.includes(name) ? ts.createSourceFile(name, text(name), { languageVersion: ts.ScriptTarget.ES2023, impliedNodeFormat: ts.ModuleKind.ESNext }, true) : getSourceFile(name, ...rest));
  const program = ts.createProgram(names, settings, host);
  return names
    .flatMap((name) => ts.getPreEmitDiagnostics(program, program.getSourceFile(name)))
    .map(({ messageText, file, start }) => `${file === undefined ? '' : `${file.fileName.slice(root.length + 1)}:${file.getLineAndCharacterOfPosition(start ?? 0).line + 1} `}${ts.flattenDiagnosticMessageText(messageText, '\n')}`);
}
