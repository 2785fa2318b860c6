import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { builtInProfiles } from './built-in.js';
import { mergeProfiles, profileOf } from './match.js';
import { profileSchemas, type DeviceProfile } from './schema.js';
import type { DeviceMode } from './names.js';
import { GENERAL_VENDORS, normalUsbId, pidMatches } from './usb-id.js';

const { deviceProfile, profileFile } = profileSchemas();

const all = builtInProfiles();
const folder = join(import.meta.dirname, 'data');

describe('the data', () => {
  test('every file is part of the product, and holds one vendor', () => {
    const files = readdirSync(folder);
    const inFiles = files.flatMap((name) => profileFile.parse(JSON.parse(readFileSync(join(folder, name), 'utf8'))).profiles);
    expect(new Set(inFiles.map(({ id }) => id))).toEqual(new Set(all.map(({ id }) => id)));
    expect(inFiles).toHaveLength(all.length);
  });

  test('ids are unique', () => {
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  test.each(all.map((profile) => [profile.id, profile] as const))('%s', (_, profile) => {
    expect(GENERAL_VENDORS).not.toContain(profile.vid);
    expect(profile.source.length).toBeGreaterThan(4);
    expect(profile.serial).toBeUndefined();
    if (profile.feedback !== undefined || profile.redirect !== undefined) expect(['document', 'publicSource']).toContain(profile.basis);
    if (profile.feedback !== undefined) expect(profile.basis).toBe('document');
    if (profile.mode === 'hidPos') expect(profile.layout).toBeDefined();
    if (profile.layout !== undefined) expect(['hidPos', 'vendor']).toContain(profile.mode);
    for (const { to } of profile.switching) expect(to).not.toBe(profile.mode);
    // whoever cannot be read as it is has to be told a way out, or that there is none known
    if (profile.mode === 'oem' || (profile.mode === 'vendor' && profile.layout === undefined)) expect(profile.switching).not.toEqual([]);
  });

  test('no product id is in two modes that the eye cannot tell apart', () => {
    const pids = ['0b6a', '0cd4', '1014', '0b61', '0b67', '0ccf', '0ca1', '0c82', '1200', '1300', '1701', '1900', '0600', '4204', '2206', '1206', '8206', '8203', '8210'];
    for (const { vid } of all) {
      for (const pid of pids) {
        const modes = all.filter((profile) => profile.vid === vid && profile.pid.some((rule) => pidMatches(rule, pid))).map(({ mode }) => mode);
        expect(new Set(modes).size).toBe(modes.length);
      }
    }
  });
});

describe('profileOf', () => {
  test.each<[string, string, DeviceMode, string | undefined]>([
    ['0c2e', '0b6a', 'serial', 'honeywell-serial'],
    ['0c2e', '1014', 'serial', 'honeywell-serial'],
    ['0c2e', '0cd4', 'serial', 'honeywell-serial'],
    ['0c2e', '0ca1', 'serial', 'honeywell-serial'],
    ['0c2e', '0b61', 'serial', undefined],
    ['0c2e', '0b61', 'keyboard', 'honeywell-keyboard'],
    ['0c2e', '0ccf', 'keyboard', 'honeywell-keyboard'],
    ['0c2e', '0b67', 'hidPos', 'honeywell-hidpos'],
    ['0c2e', '0cd3', 'hidPos', 'honeywell-hidpos'],
    ['05e0', '1701', 'serial', 'zebra-serial'],
    ['05e0', '1200', 'serial', undefined],
    ['05e0', '1900', 'vendor', 'zebra-snapi'],
    ['05f9', '4204', 'serial', 'datalogic-serial'],
    ['05f9', '2206', 'serial', undefined],
    ['1eab', '8206', 'serial', 'newland-serial'],
    ['1eab', '8203', 'keyboard', 'newland-keyboard'],
    ['1eab', '0c10', 'hidPos', 'newland-hidpos'],
    ['1a86', '7523', 'serial', undefined],
  ])('%s:%s as %s is %s', (vid, pid, mode, id) => {
    expect(profileOf(all, { vid, pid }, [mode])?.id).toBe(id);
  });

  const own = (extra: Partial<DeviceProfile>): DeviceProfile =>
    deviceProfile.parse({ id: 'mine', name: 'Mine', vid: '0c2e', pid: ['0b6a'], mode: 'serial', switching: [], basis: 'learned', source: 'learned here', tested: [], ...extra });

  test('own profiles win; one with the same id takes the place of the shipped one', () => {
    const merged = mergeProfiles([own({})], all);
    expect(profileOf(merged, { vid: '0c2e', pid: '0b6a' })?.id).toBe('mine');
    expect(mergeProfiles([own({ id: 'zebra-serial' })], all)).toHaveLength(all.length);
  });

  test('one for this serial number wins, and holds for no other', () => {
    const merged = mergeProfiles([own({}), own({ id: 'that', serial: 'A1' })], all);
    expect(profileOf(merged, { vid: '0c2e', pid: '0b6a', serial: 'A1' })?.id).toBe('that');
    expect(profileOf(merged, { vid: '0c2e', pid: '0b6a', serial: 'A2' })?.id).toBe('mine');
    expect(profileOf(merged, { vid: '0c2e', pid: '0b6a' })?.id).toBe('mine');
  });

  test('no ids, no profile', () => {
    expect(profileOf(all, {})).toBeUndefined();
    expect(profileOf(all, { vid: '0c2e' })).toBeUndefined();
  });
});

describe('ids', () => {
  test('in any usual spelling', () => {
    expect(['1EAB', '0x1eab', 'C2E', ' 5 '].map(normalUsbId)).toEqual(['1eab', '1eab', '0c2e', '0005']);
    expect(['', '12345', 'xyz', '0x'].map(normalUsbId)).toEqual([undefined, undefined, undefined, undefined]);
  });

  test('a rule is for four digits', () => {
    expect(pidMatches('????', '0c10')).toBe(true);
    expect(pidMatches('????', '0c1')).toBe(false);
    expect(pidMatches('???', '0c10')).toBe(false);
  });

  test('a rule matches what a digit-wise reading says', () => {
    const digit = fc.integer({ min: 0, max: 15 }).map((value) => value.toString(16));
    const cell = fc.oneof(digit, fc.constant('?'), fc.uniqueArray(digit, { minLength: 2, maxLength: 8 }).map((set) => `[${set.join('')}]`));
    fc.assert(
      fc.property(fc.tuple(cell, cell, cell, cell), fc.tuple(digit, digit, digit, digit), (rule, pid) => {
        const expected = rule.every((part, i) => part === '?' || part.includes(pid[i]!));
        expect(pidMatches(rule.join(''), pid.join(''))).toBe(expected);
      }),
    );
  });
});
