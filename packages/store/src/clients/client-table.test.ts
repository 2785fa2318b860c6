import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '@tillbridge/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { changeClients, createClientWriter, readClients, type ClientRecord } from './index.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tb-clients-'));
  file = join(folder, 'state', 'clients.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const record = (id: string, created = 1): ClientRecord => ({
  id, name: `name of ${id}`, scopes: ['status:read', 'delivery:front'], tokenHash: new Uint8Array(32).fill(7), created,
});

describe('the list of clients', () => {
  it('is empty without a file, and reading makes none', () => {
    expect(readClients(file)).toEqual([]);
    expect(changeClients(file, { do: 'remove', id: 'x' })).toBe(false);
    expect(() => statSync(file)).toThrow();
  });

  it('keeps what was added, in the order of pairing, readable by its owner alone', () => {
    changeClients(file, { do: 'add', client: record('b', 2) });
    changeClients(file, { do: 'add', client: record('a', 3) });
    expect(readClients(file)).toEqual([record('b', 2), record('a', 3)]);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('forgets whom it should, and says whether there was anybody', () => {
    changeClients(file, { do: 'add', client: record('a') });
    expect(changeClients(file, { do: 'remove', id: 'b' })).toBe(false);
    expect(changeClients(file, { do: 'remove', id: 'a' })).toBe(true);
    expect(readClients(file)).toEqual([]);
  });

  it('remembers when a client was last seen', () => {
    changeClients(file, { do: 'add', client: record('a') });
    changeClients(file, { do: 'seen', seen: [['a', 99], ['gone', 98]] });
    expect(readClients(file)).toEqual([{ ...record('a'), lastSeen: 99 }]);
  });

  it('refuses what is not its file, and leaves it alone', () => {
    const other = join(folder, 'other.db');
    const db = new DatabaseSync(other);
    db.exec('CREATE TABLE t(x)');
    db.close();
    expect(() => readClients(other)).toThrow(expect.objectContaining({ code: 'TB_API_CLIENTS_UNREADABLE' }));
    expect(() => changeClients(other, { do: 'add', client: record('a') })).toThrow(expect.objectContaining({ code: 'TB_API_CLIENTS_UNREADABLE' }));
    writeFileSync(other, 'no database at all, but long enough to be taken for one'.repeat(100));
    expect(() => readClients(other)).toThrow(expect.objectContaining({ code: 'TB_API_CLIENTS_UNREADABLE' }));
  });

  it('writes on another thread, in the order asked for', async () => {
    const writer = createClientWriter(file, systemClock);
    const answers = await Promise.all([
      writer.change({ do: 'add', client: record('a') }),
      writer.change({ do: 'remove', id: 'a' }),
      writer.change({ do: 'remove', id: 'a' }),
      writer.change({ do: 'add', client: record('b') }),
    ]);
    expect(answers).toEqual([true, true, false, true]);
    expect(readClients(file).map(({ id }) => id)).toEqual(['b']);
    await expect(writer.change({ do: 'add', client: record('b') })).rejects.toMatchObject({ code: 'TB_API_CLIENTS_UNREADABLE' });
    expect(await writer.change({ do: 'remove', id: 'b' })).toBe(true);
  });
});
