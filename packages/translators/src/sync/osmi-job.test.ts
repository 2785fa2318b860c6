import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Secret, systemClock } from '@tillbridge/core';
import { startPlatform, type PlatformSimulator } from '@tillbridge/testkit/platform';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { tempFolder } from '../../../../test/support/temp-folder.js';
import { compilePath, parseJson } from '../http/answer-tree.js';
import { PlatformClient } from '../http/client.js';
import { compilePlatform } from '../http/compile.js';
import { platformDefinition } from '../http/definition.js';
import { preset } from '../presets/osmi-pass.js';
import type { FeedImport, FeedTable } from './card-import.js';
import { osmiJob, type OsmiJobOptions } from './osmi-job.js';
import { readPassPage } from './osmi-pages.js';

let osmi: PlatformSimulator;
let client: PlatformClient;
let imports: { readonly mode: string; readonly rows: unknown[] }[];
let table: FeedTable;
const never = new AbortController().signal;

beforeEach(async () => {
  osmi = await startPlatform('osmi-pass', { clock: systemClock });
  const { baseUrl, secrets } = osmi.site;
  const definition = platformDefinition.parse({ ...preset, limits: { totalMs: 20_000, concurrent: 1 } });
  const platform = compilePlatform(definition, { baseUrl, vars: {}, secrets: Object.fromEntries(Object.entries(secrets).map(([name, text]) => [name, new Secret(text)])) });
  client = new PlatformClient({ platform, clock: systemClock, random: () => 0.5 });
  imports = [];
  const file = join(tempFolder(), 'osmi.part');
  table = {
    import: ({ file: path, mode }: FeedImport) => {
      const rows = readFileSync(path, 'utf8').trimEnd().split('\n').map((line): unknown => JSON.parse(line));
      imports.push({ mode, rows });
      return Promise.resolve({ own: rows.length, foreign: 0, skipped: 0, badLines: [] });
    },
    note: () => '',
    temporary: () => file,
  };
});
afterEach(async () => {
  await client.close();
  await osmi.close();
});

const job = (more: Partial<OsmiJobOptions> = {}) => osmiJob({ id: 'osmi', client, table, numberPath: 'values[label=Номер карты].value', keepShare: 0, maxPages: 10, ...more });

describe('the index of passes', () => {
  it('is every page, barcode to number, empty fields left out, with nonces that wear out on the way', async () => {
    osmi.faults.staleNonces = 1;
    expect(await job().run(true, never)).toMatchObject({ rows: 3, skipped: 1 });
    expect(imports).toEqual([
      { mode: 'replace', rows: [{ code: 'BC-900001', card: '0045000001' }, { code: 'BC-900002', card: '0045000002' }, { code: 'BC-900004', card: '0045000004' }] },
    ]);
    await job().run(false, never);
    expect(imports[1]?.mode).toBe('upsert');
  });

  it('takes the serial number where no field is named', async () => {
    expect(await job({ numberPath: 'serialNo' }).run(true, never)).toMatchObject({ rows: 4, skipped: 0 });
    expect(imports[0]?.rows[2]).toEqual({ code: 'SER0003', card: 'SER0003' });
  });

  it('is none where a page cannot be had: nothing is imported', async () => {
    osmi.faults.failures = 50;
    await expect(job().run(true, never)).rejects.toMatchObject({ code: 'TB_TRANSLATE_SYNC_DOWNLOAD' });
    Object.assign(osmi.faults, { failures: 0, answer: 'otherShape' });
    await expect(job().run(true, never)).rejects.toMatchObject({ code: 'TB_TRANSLATE_SYNC_SHAPE' });
    expect(imports).toEqual([]);
  });

  it('ends at its bound of pages', async () => {
    await expect(job({ maxPages: 1 }).run(true, never)).rejects.toMatchObject({ code: 'TB_TRANSLATE_SYNC_TOO_LARGE' });
  });
});

it('reads whatever a page may be without breaking', () => {
  const number = compilePath('serialNo');
  if (number === undefined) throw new Error('no path');
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (text) => {
      const page = readPassPage(parseJson(text), number);
      if (page !== undefined) expect(page.rows.length + page.skipped).toBe(page.passes);
    }),
    { numRuns: 300 },
  );
});
