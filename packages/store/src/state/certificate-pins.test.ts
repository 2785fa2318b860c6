import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CertificatePinFile, openStateFolder, type StateFolder } from './index.js';

let folder: string;
let state: StateFolder;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pins-'));
  state = openStateFolder(folder);
});

afterEach(() => rmSync(folder, { recursive: true }));

test('a pin is there for whoever comes after', async () => {
  const pins = new CertificatePinFile(state);
  expect(pins.get('host:1')).toBeUndefined();
  await pins.put('host:1', 'AA');
  await pins.put('host:2', 'BB');
  const later = new CertificatePinFile(state);
  expect([later.get('host:1'), later.get('host:2'), later.get('__proto__')]).toEqual(['AA', 'BB', undefined]);
  expect(statSync(state.file('pins.json')).mode & 0o777).toBe(0o600);
});

test('a damaged file forgets nothing silently', async () => {
  writeFileSync(state.file('pins.json'), '{"host:1": ');
  const pins = new CertificatePinFile(state);
  expect(() => pins.get('host:1')).toThrow(SyntaxError);
  await expect(new Promise((resolve) => resolve(pins.put('host:2', 'BB')))).rejects.toThrow(SyntaxError);
});
