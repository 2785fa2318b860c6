// npm run docs:api: the API reference of what others build on, as HTML under docs/api-reference (not committed). A name that is shown and not
// documented, a link to nowhere, a type that is used and cannot be had: each is an error.
//   node scripts/build.mjs --quiet && node scripts/api-reference.mjs [--check]   (--check writes nothing)
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Application, LogLevel } from 'typedoc';
import { root } from './packages.mjs';

/** The entry points that integrators import, by their sources. */
const ENTRIES = {
  '@tillbridge/plugin': 'plugin/src/index.ts',
  '@tillbridge/plugin/host': 'plugin/src/host/index.ts',
  '@tillbridge/core': 'core/src/index.ts',
  '@tillbridge/sdk': 'sdk/src/index.ts',
  '@tillbridge/sdk/browser': 'sdk/src/browser/index.ts',
  '@tillbridge/testkit': 'testkit/src/index.ts',
  '@tillbridge/testkit/suites': 'testkit/src/suites/index.ts',
};

/** Makes the reference; gives what is wrong with it. */
export async function apiReference({ write }) {
  const app = await Application.bootstrap({
    name: 'Tillbridge',
    entryPoints: Object.values(ENTRIES).map((path) => join(root, 'packages', path)),
    tsconfig: join(root, 'tsconfig.reference.json'),
    skipErrorChecking: true,
    out: join(root, 'docs/api-reference'),
    readme: 'none',
    excludePrivate: true,
    excludeExternals: true,
    excludeInternal: true,
    disableSources: true,
    githubPages: false,
    validation: { invalidLink: true, notExported: true, notDocumented: false, rewrittenLink: true, unusedMergeModuleWith: true },
    logLevel: LogLevel.Error,
  });
  const problems = [];
  const { logger } = app;
  const log = logger.log.bind(logger);
  logger.log = (message, level) => {
    if (level >= LogLevel.Warn) problems.push(message);
    log(message, level);
  };
  const project = await app.convert();
  if (project === undefined) return ['the sources could not be read', ...problems];
  for (const module of project.children ?? []) {
    const path = Object.keys(ENTRIES).find((name) => ENTRIES[name].replace(/\/index\.ts$/, '').replace('/src', '') === module.name.replace('/src', '').replace(/\/index$/, ''));
    if (path !== undefined) module.name = path;
  }
  app.validate(project);
  if (write) await app.generateOutputs(project);
  return problems;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const problems = await apiReference({ write: !process.argv.includes('--check') });
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
  else console.log('the API reference is in docs/api-reference');
}
