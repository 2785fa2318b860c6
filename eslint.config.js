import js from '@eslint/js';
import tseslint from 'typescript-eslint';

// Imports go one way (CONTRIBUTING.md, "The map of the house"). For each package: what its sources may import beside its own files.
const ways = {
  core: ['zod'],
  testkit: ['@tillbridge/core', 'saxes', 'koffi', 'vitest', 'node:'],
  'child-host': ['@tillbridge/core', 'node:'],
  plugin: ['@tillbridge/core', '@tillbridge/child-host', 'zod', 'node:'],
  'create-tillbridge-plugin': ['node:'],
  'phone-link': ['@tillbridge/core', '@noble/'],
  readers: ['@tillbridge/core', '@tillbridge/child-host', 'zod', 'serialport', '@serialport/', 'node-hid', 'usb', 'koffi', 'node:'],
  translators: ['@tillbridge/core', 'undici', 'saxes', 'zod', 'node:'],
  store: ['@tillbridge/core', 'node:'],
  'adapter-device': ['@tillbridge/core', '@tillbridge/child-host', 'koffi', 'serialport', 'x11', 'vitest', 'node:'],
  'adapter-webhook': ['@tillbridge/core', 'undici', 'node:'],
  'adapter-iiko': ['@tillbridge/core', 'undici', 'zod', 'node:'],
  'adapter-rkeeper': ['@tillbridge/core', 'undici', 'saxes', 'node:'],
  'adapter-1c': ['@tillbridge/core', 'undici', 'node:'],
  sdk: ['@tillbridge/core', 'tillbridge/embed', 'node:'],
  bridge: ['@tillbridge/(?!testkit)', 'commander', 'fastify', 'prom-client', 'ws', 'pino', 'yaml', 'zod', 'fastest-levenshtein', 'koffi', 'serialport', 'node-hid', 'usb', 'uqr', 'fflate', 'jsbarcode', '@peculiar/x509', 'reflect-metadata', 'node:'],
};

const escape = (text) => (text.includes('(') ? text : text.replace(/[/.]/g, '\\$&'));
const only = (allowed, extra = []) => [
  'error',
  {
    patterns: [
      {
        regex: `^(?!\\.{1,2}/|${[...allowed, ...extra].map(escape).join('|')})`,
        message: 'Imports go one way: this package may not import that. See CONTRIBUTING.md.',
      },
      { regex: '(^|/)\\.\\./\\.\\./[a-z-]+/src/', message: 'Import another package by its name.' },
    ],
  },
];

export default tseslint.config(
  { ignores: ['**/dist/**', '**/.types/**', '**/node_modules/**', 'coverage/**', 'docs/api-reference/**', 'docs/.vitepress/{cache,pages,.temp}/**', 'docs/.vitepress/*.timestamp-*'] },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx}'],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { project: ['packages/*/tsconfig.json', 'tsconfig.tests.json'], tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-explicit-any': 'error',
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true, allowBoolean: true }],
      '@typescript-eslint/switch-exhaustiveness-check': ['error', { considerDefaultExhaustiveForUnions: true }],
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unnecessary-condition': ['error', { allowConstantLoopConditions: true }],
      'no-restricted-globals': [
        'error',
        ...['setTimeout', 'setInterval', 'setImmediate'].map((name) => ({ name, message: 'Time comes through the Clock port.' })),
        { name: 'Date', message: 'Time comes through the Clock port.' },
      ],
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 70, skipBlankLines: true, skipComments: true }],
    },
  },
  ...Object.entries(ways).map(([name, allowed]) => ({
    files: [`packages/${name}/src/**/*.ts`],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-imports': only(allowed) },
  })),
  // in a browser there is no Node.js: a program of its own, which sees the sources of core as well, with other globals
  { files: ['packages/bridge/console/src/**/*.{ts,tsx}'], languageOptions: { parserOptions: { project: ['packages/bridge/console/tsconfig.json', 'packages/bridge/console/tsconfig.tests.json'] } } },
  { files: ['packages/bridge/phone-page/src/**/*.ts'], languageOptions: { parserOptions: { project: ['packages/bridge/phone-page/tsconfig.json', 'tsconfig.tests.json'] } } },
  // the page that phones load: it runs in browsers
  {
    files: ['packages/bridge/phone-page/src/**/*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-imports': only(['@tillbridge/core', '@tillbridge/phone-link', 'zxing-wasm/reader']) },
  },
  // the only two places where the daemon may use the simulators
  {
    files: ['packages/bridge/src/cli/{demo,sim,replay}/**/*.ts', 'packages/bridge/src/cli/{demo,sim}*.ts'],
    ignores: ['**/*.test.ts'],
    rules: { 'no-restricted-imports': only(ways.bridge, ['@tillbridge/testkit']) },
  },
  // the page: in a browser, and of ours it takes types alone
  {
    files: ['packages/bridge/console/src/**/*.{ts,tsx}'],
    ignores: ['**/*.test.ts'],
    rules: {
      'no-restricted-imports': 'off',
      '@typescript-eslint/no-restricted-imports': ['error', { patterns: [{ regex: '^(?!\\.{1,2}/|preact(/|$)|@preact/signals$|@tillbridge/core$|uqr$)', message: 'The page is built of Preact, a maker of QR codes and its own files.' }, { group: ['@tillbridge/core'], allowTypeImports: true, message: 'Types only: the page carries nothing of the daemon.' }] }],
    },
  },
  // the real clock lives here; tests and scripts drive real time only by waiting for events
  { files: ['packages/core/src/{system-clock,page-clock,iso-time}.ts', 'packages/bridge/console/src/clock.ts'], rules: { 'no-restricted-globals': 'off' } },
  {
    files: ['**/*.test.ts', 'test/**/*.ts', '**/suites/**/*.ts', 'packages/create-tillbridge-plugin/template/**/*.ts'],
    rules: {
      'max-lines-per-function': 'off',
      'no-restricted-globals': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/require-await': 'off',
    },
  },
  { files: ['**/*.{js,mjs,cjs}'], extends: [tseslint.configs.disableTypeChecked], languageOptions: { globals: { AbortSignal: 'readonly', process: 'readonly', console: 'readonly', performance: 'readonly', Buffer: 'readonly', URL: 'readonly', setTimeout: 'readonly', clearTimeout: 'readonly', setImmediate: 'readonly', require: 'readonly', module: 'writable', structuredClone: 'readonly', fetch: 'readonly' } }, rules: { 'no-var': 'off', '@typescript-eslint/no-require-imports': 'off' } },
);
