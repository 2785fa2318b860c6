import { spawnSync } from 'node:child_process';
import { statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { bin } from '../support/cli.js';
import { TestShop } from '../support/shop.js';

// Made-up codes: they belong to nobody.
describe.each([false, true])('cards, with a daemon: %s', (withDaemon) => {
  let shop: TestShop;

  beforeAll(async () => {
    shop = new TestShop();
    if (withDaemon) {
      await shop.scanner();
      await shop.run();
    }
  });
  afterAll(() => shop.close());

  test('add, get, change, remove', async () => {
    expect(await shop.cli(['cards', 'add', '7700000001', '2900000000018'])).toEqual({ code: 0, stdout: 'added\n', stderr: '' });
    expect(await shop.json(['cards', 'get', '7700000001'])).toEqual({ code: '7700000001', card: '2900000000018', kind: 'card', state: 'active' });
    expect((await shop.cli(['cards', 'add', '7700000001', '29000', '--kind', 'coupon', '--card-state', 'blocked', '--expires', '2099-01-01T00:00:00Z'])).stdout).toBe('updated\n');
    expect(await shop.json(['cards', 'get', '7700000001'])).toMatchObject({ card: '29000', kind: 'coupon', state: 'blocked', expires: '2099-01-01T00:00:00.000Z' });
    expect(await shop.cli(['cards', 'remove', '7700000001'])).toMatchObject({ code: 0 });
    expect(await shop.cli(['cards', 'remove', '7700000001'])).toMatchObject({ code: 1, stderr: '' });
    expect(await shop.cli(['cards', 'get', '7700000001'])).toMatchObject({ code: 1, stdout: 'no such card\n' });
    if (process.platform !== 'win32') expect(statSync(join(shop.state, 'cards.db')).mode & 0o077).toBe(0);
  });

  test('import: upsert, replace, strict; bad lines are named and skipped; quotes, semicolons, BOM', async () => {
    const file = shop.write('cards.csv', '\uFEFFcode;card;state\r\n0077;"0001;2";active\r\nbad\r\n7700000003;3;inactive\r\n7700000003;4;blocked\r\n');
    const first = await shop.cli(['cards', 'import', file]);
    expect(first).toMatchObject({ code: 0, stdout: 'imported 2, updated 0, skipped 1\n' });
    expect(first.stderr).toMatch(/cards\.csv:3: /);
    expect(await shop.json(['cards', 'get', '0077'])).toMatchObject({ card: '0001;2' });
    expect(await shop.json(['cards', 'get', '7700000003'])).toMatchObject({ card: '4', state: 'blocked' });
    expect(await shop.json(['cards', 'stats'])).toEqual({ total: 2, active: 1, inactive: 0, blocked: 1 });
    expect((await shop.cli(['cards', 'import', file])).stdout).toBe('imported 0, updated 2, skipped 1\n');

    const strict = await shop.cli(['cards', 'import', '--strict', '--replace', file]);
    expect(strict.code).toBe(1);
    expect(strict.stderr).toMatch(/TB_TRANSLATE_\w+: .*\n.+\n$/);
    expect(await shop.json(['cards', 'stats'])).toMatchObject({ total: 2 });

    const lines = shop.write('cards.jsonl', '{"code":"7700000009","card":"9"}\n');
    expect(await shop.json(['cards', 'import', '--replace', lines])).toMatchObject({ imported: 1, skipped: 0, total: 1 });
    expect((await shop.cli(['cards', 'export'])).stdout).toBe('code,card,kind,state,expires\n7700000009,9,card,active,\n');
    expect((await shop.cli(['cards', 'export', '--json'])).stdout).toBe('{"code":"7700000009","card":"9","kind":"card","state":"active"}\n');
  });

  test('a file that is not there: exit 1, and what to do', async () => {
    const { code, stdout, stderr } = await shop.cli(['cards', 'import', 'nowhere.csv']);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^TB_TRANSLATE_IMPORT_FILE: .*nowhere\.csv.*\n.+\n$/);
  });
});

test('without a table yet: empty answers, nothing created', async () => {
  const shop = new TestShop();
  try {
    expect(await shop.json(['cards', 'stats'])).toEqual({ total: 0, active: 0, inactive: 0, blocked: 0 });
    expect((await shop.cli(['cards', 'export'])).stdout).toBe('code,card,kind,state,expires\n');
    expect((await shop.cli(['cards', 'get', '1'])).code).toBe(1);
    expect((await shop.cli(['cards', 'remove', '1'])).code).toBe(1);
    expect(() => statSync(shop.state)).toThrow('ENOENT');
  } finally {
    await shop.close();
  }
});

test('an export that nobody reads to its end is no error', async () => {
  const shop = new TestShop();
  try {
    writeFileSync(shop.path('many.csv'), `code,card\n${Array.from({ length: 20_000 }, (_, i) => `77${String(i).padStart(8, '0')},${String(i)}`).join('\n')}\n`);
    expect((await shop.cli(['cards', 'import', shop.path('many.csv')])).code).toBe(0);
    const script = '"$1" "$2" cards export --state "$3" 2>"$4" | head -n 1; echo "${PIPESTATUS[0]}"';
    const { stdout } = spawnSync('bash', ['-c', script, '-', process.execPath, bin, shop.state, shop.path('err')], { encoding: 'utf8', timeout: 20_000 });
    expect(stdout).toBe('code,card,kind,state,expires\n0\n');
    expect(statSync(shop.path('err')).size).toBe(0);
  } finally {
    await shop.close();
  }
});
