import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { createPlugin } from 'create-tillbridge-plugin';
import { transformSync } from 'esbuild';
import { loadPlugin } from '@tillbridge/plugin/host';
import { describeAdapter } from '@tillbridge/testkit/suites';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runCli } from '../support/cli.js';
import { makeTempFolder } from '../support/temp-folder.js';

// docs/authoring/adapter.md, followed step by step with the files as they stand there.
const page = readFileSync(fileURLToPath(new URL('../../docs/authoring/adapter.md', import.meta.url)), 'utf8');
const blocks = [...page.matchAll(/^```(\w+)(?: [\w-]+)?\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({ language, text }));
const temp = makeTempFolder();
const NAME = '@acme/tillbridge-adapter-corner';
const folder = join(temp.path, 'node_modules', NAME);

/** The simulator of the page; its types are checked where its snippets are compiled. */
interface Simulator {
  readonly url: string;
  readonly taken: Uint8Array;
  takes(on: boolean): void;
  close(): Promise<void>;
}
let startSimulator: () => Promise<Simulator>;

beforeAll(async () => {
  createPlugin({ kind: 'adapter', name: NAME, folder });
  const file = join(folder, 'package.json');
  const json = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const manifest = JSON.parse(blocks.find(({ language }) => language === 'json')?.text ?? '') as unknown;
  writeFileSync(file, JSON.stringify({ ...json, tillbridge: { plugin: manifest } }));
  for (const { language, text } of blocks) {
    const path = /^\/\/ (src\/[\w.-]+\.ts)\n/.exec(text)?.[1];
    if (language === 'ts' && path !== undefined) writeFileSync(join(folder, path), text);
  }
  for (const name of ['line-till.ts', 'till-link.ts']) rmSync(join(folder, 'src', name));
  for (const name of ['index', 'corner-till', 'simulator']) {
    const out = join(folder, 'dist', `${name}.js`);
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, transformSync(readFileSync(join(folder, 'src', `${name}.ts`), 'utf8'), { loader: 'ts', format: 'esm' }).code);
  }
  const { CornerSimulator } = (await import(pathToFileURL(join(folder, 'dist/simulator.js')).href)) as { CornerSimulator: { start(): Promise<Simulator> } };
  startSimulator = () => CornerSimulator.start();
});
afterAll(() => temp.remove());

describeAdapter('of the page', async (log) => {
  const till = await startSimulator();
  return {
    adapter: loadPlugin(folder).adapter({ options: { url: till.url }, log }),
    takes: (on) => till.takes(on),
    taken: () => till.taken,
    dispose: () => till.close(),
  };
});

test('the configuration of the page is right for it', async () => {
  const config = join(temp.path, 'tillbridge.yaml');
  writeFileSync(config, blocks.find(({ language }) => language === 'yaml')?.text ?? '');
  const { code, stdout, stderr } = await runCli(['--config', config, '--state', join(temp.path, 'state'), 'config', 'check']);
  expect(`${stdout}${stderr}`).toContain(`ok ${config}`);
  expect(code).toBe(0);
});
