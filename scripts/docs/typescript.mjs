// What the compiler says about the TypeScript and JavaScript of pages, against the built packages.
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../packages.mjs';
import { marksOf } from './markdown.mjs';

/** They seem to stand here: what they import is found from here, as by whoever has the packages installed. */
const FOLDER = join(root, 'docs/.vitepress/snippets');

const EXTENSIONS = { ts: 'ts', tsx: 'tsx', js: 'mjs', mjs: 'mjs' };

/** In JavaScript parameters have no types (7006, 7031, ...), indexes are written as names (4111), and what may be undefined need not be said. */
const isOpenType = ({ code, messageText }) => (code >= 7000 && code < 7100) || code === 4111 || /'undefined'/.test(ts.flattenDiagnosticMessageText(messageText, ' '));

/** @typedef {{ page: string, line: number, lang: string, info: string, text: string }} Snippet */

/** The snippets of a page that are compiled. */
export function snippetsOf(page) {
  return page.blocks
    .filter(({ lang, info }) => lang in EXTENSIONS && marksOf(info).reason === undefined)
    .map((block) => ({ page: page.path, line: block.line, lang: block.lang, info: block.info, text: block.text }));
}

/** The name in a first line such as `// src/index.ts`: other blocks of its page can import it. */
export const fileOf = (text) => /^\/\/ ((?:src|test)\/[\w.-]+\.tsx?)\n/.exec(text)?.[1];

/** @param {Snippet[]} snippets of any number of pages: in one go, as it is the libraries that take the time */
export function typeProblems(snippets) {
  const files = new Map();
  const origins = new Map();
  for (const [index, snippet] of snippets.entries()) {
    const folder = join(FOLDER, snippet.page.replaceAll(/[^\w-]/g, '-'));
    const name = join(folder, fileOf(snippet.text) ?? `snippet-${index}.${EXTENSIONS[snippet.lang]}`);
    const given = (marksOf(snippet.info).values.given ?? '').split(',').filter((each) => each !== '');
    const from = `${name.replace(/\.\w+$/, '')}-given`;
    if (given.length > 0) files.set(`${from}.d.mts`, given.map((each) => `export const ${each}: any;\nexport type ${each} = any;\n`).join(''));
    // at its end, so that lines stay; it makes the text a module, too
    files.set(name, `${snippet.text}\n${given.length > 0 ? `import { ${given.join(', ')} } from '${from}.mjs';` : 'export {};'}\n`);
    origins.set(name, snippet);
  }
  const program = ts.createProgram([...origins.keys()], settings(), host(files));
  return [...origins].flatMap(([name, snippet]) =>
    ts
      .getPreEmitDiagnostics(program, program.getSourceFile(name))
      .filter((diagnostic) => !(/js$/.test(name) && isOpenType(diagnostic)))
      .map(({ messageText, file, start }) => {
        const line = file === undefined ? 0 : file.getLineAndCharacterOfPosition(start ?? 0).line + 1;
        return `${snippet.page}:${snippet.line + line} ${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
      }),
  );
}

function settings() {
  const { config } = ts.readConfigFile(join(root, 'tsconfig.base.json'), (path) => ts.sys.readFile(path));
  const { options } = ts.parseJsonConfigFileContent({ ...config, files: [] }, ts.sys, root);
  return {
    ...options,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
    noEmit: true,
    allowJs: true,
    checkJs: true,
    isolatedModules: false,
    // what is `given` is imported for types and values alike
    verbatimModuleSyntax: false,
  };
}

function host(files) {
  const real = ts.createCompilerHost(settings());
  const { getSourceFile, fileExists, readFile } = real;
  real.fileExists = (name) => files.has(name) || fileExists(name);
  real.readFile = (name) => files.get(name) ?? readFile(name);
  // folders of names that are nowhere on the disk
  real.directoryExists = undefined;
  real.getSourceFile = (name, ...rest) =>
    files.has(name)
      ? ts.createSourceFile(name, files.get(name), { languageVersion: ts.ScriptTarget.ES2023, impliedNodeFormat: ts.ModuleKind.ESNext }, true)
      : getSourceFile(name, ...rest);
  return real;
}
