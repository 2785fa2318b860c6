import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { systemClock } from '@tillbridge/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openStateFolder, type StateFolder } from '../state/state-folder.js';
import { changePhones, phoneListOf, readPhones, type KeptPhone } from './index.js';

let folder: string;
let state: StateFolder;
let file: string;
const key = new Uint8Array(32).fill(9);
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'tb-phones-'));
  state = openStateFolder(join(folder, 'state'));
  file = state.file('phones.db');
});
afterEach(() => rmSync(folder, { recursive: true }));

const phone = (id: string, created = 1, change: Partial<KeptPhone> = {}): KeptPhone => ({ id, key: new Uint8Array(32).fill(3), name: 'Светлана-Телефон', model: 'Pixel 8', created, ...change });
const unreadable = expect.objectContaining({ code: 'TB_READER_MOBILE_PHONES' }) as unknown;

describe('the list of phones', () => {
  it('is empty without a file, and reading makes none', () => {
    const list = phoneListOf(state, systemClock);
    expect(list.read()).toEqual([]);
    expect(readPhones(file, key)).toEqual([]);
    expect(changePhones(file, key, { do: 'remove', id: 'x' })).toBe(false);
    expect(readdirSync(state.path)).toEqual(['keys']);
    expect(readdirSync(join(state.path, 'keys'))).toEqual([]);
  });

  it('keeps what was put, in the order of pairing, and shows nothing of people', () => {
    changePhones(file, key, { do: 'put', phone: phone('b', 2, { till: 'front', lastSeen: 7 }) });
    changePhones(file, key, { do: 'put', phone: phone('a', 3) });
    expect(readPhones(file, key)).toEqual([phone('b', 2, { till: 'front', lastSeen: 7 }), phone('a', 3)]);
    for (const name of readdirSync(state.path).filter((each) => each.startsWith('phones'))) {
      const bytes = readFileSync(join(state.path, name));
      for (const word of ['Светлана', 'Pixel', 'front']) expect(bytes.includes(word)).toBe(false);
      if (process.platform !== 'win32') expect(statSync(join(state.path, name)).mode & 0o777).toBe(0o600);
    }
  });

  it('changes, forgets and remembers when somebody was seen', () => {
    changePhones(file, key, { do: 'put', phone: phone('a') });
    changePhones(file, key, { do: 'put', phone: phone('a', 1, { name: 'Bar' }) });
    changePhones(file, key, { do: 'seen', seen: [['a', 99], ['gone', 98]] });
    expect(readPhones(file, key)).toEqual([phone('a', 1, { name: 'Bar', lastSeen: 99 })]);
    expect(changePhones(file, key, { do: 'remove', id: 'b' })).toBe(false);
    expect(changePhones(file, key, { do: 'remove', id: 'a' })).toBe(true);
    expect(readPhones(file, key)).toEqual([]);
  });

  it('does not open with another key, nor a row in another place', () => {
    changePhones(file, key, { do: 'put', phone: phone('a') });
    expect(() => readPhones(file, new Uint8Array(32).fill(8))).toThrow(unreadable);
    const db = new DatabaseSync(file);
    db.exec("UPDATE phones SET id = 'b'");
    db.close();
    expect(() => readPhones(file, key)).toThrow(unreadable);
  });

  it('refuses what is not its file, or of a newer version, and leaves it alone', () => {
    const db = new DatabaseSync(file);
    db.exec('CREATE TABLE t(x)');
    db.close();
    expect(() => readPhones(file, key)).toThrow(unreadable);
    rmSync(file);
    changePhones(file, key, { do: 'put', phone: phone('a') });
    const newer = new DatabaseSync(file);
    newer.exec('PRAGMA user_version = 2');
    newer.close();
    expect(() => changePhones(file, key, { do: 'put', phone: phone('b') })).toThrow(unreadable);
    rmSync(file);
    writeFileSync(file, 'no database at all, but long enough to be taken for one'.repeat(100));
    expect(() => readPhones(file, key)).toThrow(unreadable);
  });

  it('writes on another thread, in the order asked for, and says where its key is gone', async () => {
    const list = phoneListOf(state, systemClock);
    const answers = await Promise.all([
      list.change({ do: 'put', phone: phone('a') }),
      list.change({ do: 'remove', id: 'a' }),
      list.change({ do: 'remove', id: 'a' }),
      list.change({ do: 'put', phone: phone('b') }),
    ]);
    expect(answers).toEqual([true, true, false, true]);
    expect(list.read()).toEqual([phone('b')]);
    rmSync(state.keyFile('phones'));
    expect(() => list.read()).toThrow(unreadable);
  });
});
