import { describe, expect, test } from 'vitest';
import type { LocatedPlugin } from '../manifest/located.js';
import { launchFlags } from './launch.js';

const plugin = { folder: '/p/x', modules: '/p', manifest: { files: ['device'], permissions: ['addons', 'worker'] } } as unknown as LocatedPlugin;
const flags = (over: object = {}, known: readonly string[] = ['--permission']) => launchFlags({ plugin, options: { device: '/dev/ttyX', other: '/etc' }, grant: [], ...over }, new Set(known));

describe('the flags of a plugin\'s process', () => {
  test('grant its own folder, the one that it stands in, and the files that its manifest names', () => {
    expect(flags()).toEqual(expect.arrayContaining(['--permission', '--allow-fs-read=/p/x/*', '--allow-fs-read=/dev/ttyX', '--allow-fs-write=/dev/ttyX']));
    expect(flags().filter((flag) => flag.includes('/etc'))).toEqual([]);
  });

  test('grant files to the letter: nothing that begins so, nothing that depends on a folder', () => {
    for (const device of ['*', '/*', '/dev/tty*', '../x', 'x']) expect(flags({ options: { device } }).filter((flag) => /^--allow-fs-(?:read|write)=/.test(flag) && !/=\/p|plugin/.test(flag)), device).toEqual([]);
  });

  test('grant nothing that the configuration does not, nor what was not asked for', () => {
    expect(flags().filter((flag) => /--allow-(?!fs)/.test(flag))).toEqual([]);
    expect(flags({ grant: ['addons', 'child-process'] }).filter((flag) => /--allow-(?!fs)/.test(flag))).toEqual(['--allow-addons']);
  });

  test('without the permission model bound the memory alone; where it forbids the network too, that is granted', () => {
    expect(flags({}, []).some((flag) => flag.startsWith('--allow') || flag === '--permission')).toBe(false);
    expect(flags({}, []).some((flag) => flag.startsWith('--max-old-space-size='))).toBe(true);
    expect(flags({}, ['--permission', '--allow-net'])).toContain('--allow-net');
  });
});
