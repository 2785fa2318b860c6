import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openStateFolder } from '@tillbridge/store/state';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { Cli } from '../cli.js';
import { listPhones } from './mobile.js';

let state: string;
beforeEach(() => {
  state = mkdtempSync(join(tmpdir(), 'tillbridge-mobile-'));
});
afterEach(() => {
  rmSync(state, { recursive: true, force: true });
});

async function listed(lang: 'en' | 'ru'): Promise<string> {
  let said = '';
  const cli = new (class extends Cli {
    override out(text: string): void {
      said += text;
    }
  })({ state, lang });
  await listPhones(cli);
  return said;
}

test.each([
  ['en', 'no name for `relay`', 'first `run`'],
  ['ru', 'имени для `relay`', 'при первом `run`'],
] as const)('a till that never had phones says where its name for `relay` comes from (%s)', async (lang, what, how) => {
  const text = await listed(lang);
  expect(text).toContain(what);
  expect(text).toContain(how);
});

test('a till with a key names itself', async () => {
  openStateFolder(state).key('phone-till');
  expect(await listed('en')).toMatch(/this till for `relay` of another machine: [\w-]{16}$/);
});
