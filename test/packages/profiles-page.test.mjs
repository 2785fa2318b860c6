import { readdirSync, readFileSync } from 'node:fs';
import { builtInProfiles, pidMatches } from '@tillbridge/readers';
import { describe, expect, it } from 'vitest';
import { profilesPage, profilesPageFile } from '../../scripts/profiles-page.mjs';

const profiles = builtInProfiles();
const bench = new URL('../usb-bench/groups/', import.meta.url);
const recorded = new URL('../umockdev/recorded/', import.meta.url);
const textsIn = (folder, ending) => readdirSync(folder).filter((name) => name.endsWith(ending)).map((name) => readFileSync(new URL(name, folder), 'utf8'));

describe('firmware-docs/profiles.md', () => {
  it('is in step with the profiles: run node scripts/profiles-page.mjs', () => {
    expect(readFileSync(profilesPageFile, 'utf8')).toBe(profilesPage(profiles));
  });

  it('has a row for each profile, and says so where nothing was tried', () => {
    const page = profilesPage(profiles);
    for (const { id, tested } of profiles) {
      const row = page.split('\n').find((line) => line.startsWith(`| \`${id}\` |`));
      expect(row, id).toBeDefined();
      expect(row.includes('**documents only**'), id).toBe(tested.every((trial) => trial === 'unit'));
    }
  });

  it('changes with what was tried', () => {
    const changed = profiles.map((profile) => ({ ...profile, tested: ['device'] }));
    expect(profilesPage(changed)).not.toBe(profilesPage(profiles));
  });
});

describe('what is said to be tried', () => {
  /** Ids that stand together in the sources of the bench: in one line, in either order, or as the constants of a file. */
  const played = textsIn(bench, '.ts').flatMap((text) => {
    const pairs = [...text.matchAll(/vid: 0x([0-9a-f]{4}), pid: 0x([0-9a-f]{4})/g)].map(([, vid, pid]) => ({ vid, pid }));
    const turned = [...text.matchAll(/pid: 0x([0-9a-f]{4}), vid: 0x([0-9a-f]{4})/g)].map(([, pid, vid]) => ({ vid, pid }));
    const vid = /const VID = 0x([0-9a-f]{4})/.exec(text)?.[1];
    const pid = /const PID = 0x([0-9a-f]{4})/.exec(text)?.[1];
    return [...pairs, ...turned, ...(vid === undefined || pid === undefined ? [] : [{ vid, pid }])];
  });
  const records = textsIn(recorded, '.umockdev').flatMap((text) => [...text.matchAll(/^E: PRODUCT=([0-9a-f]{1,4})\/([0-9a-f]{1,4})\//gm)].map(([, vid, pid]) => ({ vid: vid.padStart(4, '0'), pid: pid.padStart(4, '0') })));
  const isIn = (list, profile) => list.some(({ vid, pid }) => vid === profile.vid && profile.pid.some((rule) => pidMatches(rule, pid)));

  it.each(profiles.filter(({ tested }) => tested.some((trial) => trial !== 'unit')).map((profile) => [profile.id, profile]))('%s: a device with these ids is played there', (_, profile) => {
    if (profile.tested.some((trial) => ['uhid', 'usbip', 'gadget'].includes(trial))) expect(isIn(played, profile)).toBe(true);
    if (profile.tested.includes('umockdev')) expect(isIn(records, profile)).toBe(true);
    // we have none
    expect(profile.tested).not.toContain('device');
  });

  it('finds ids at all', () => {
    expect(played.length).toBeGreaterThan(5);
    expect(records.length).toBeGreaterThan(3);
  });
});
