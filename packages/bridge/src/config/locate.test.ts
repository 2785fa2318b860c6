import { describe, expect, it } from 'vitest';
import { configCandidates, defaultLink, defaultStateFolder, locateConfig, type Surroundings } from './index.js';

const linux: Surroundings = { env: {}, platform: 'linux', uid: 1000, cwd: '/srv/till', home: '/home/anna' };
const windows: Surroundings = { env: { ProgramData: 'D:\\Data' }, platform: 'win32', uid: undefined, cwd: 'C:\\till', home: 'C:\\Users\\anna' };

describe('where things are by default', () => {
  it('the configuration', () => {
    expect(configCandidates(linux)).toEqual(['/srv/till/tillbridge.yaml', '/etc/tillbridge/tillbridge.yaml', '/home/anna/.config/tillbridge/tillbridge.yaml']);
    expect(configCandidates(windows)).toEqual([
      'C:\\till\\tillbridge.yaml',
      'C:\\Users\\anna\\.config\\tillbridge\\tillbridge.yaml',
      'D:\\Data\\Tillbridge\\tillbridge.yaml',
    ]);
  });

  it('the first configuration that exists', () => {
    const [here, etc, home] = configCandidates(linux);
    expect(locateConfig(linux, () => true)).toBe(here);
    expect(locateConfig(linux, (path) => path === home || path === etc)).toBe(etc);
    expect(locateConfig(linux, () => false)).toBeUndefined();
  });

  it('the state folder', () => {
    expect(defaultStateFolder({ TILLBRIDGE_STATE: '/x' }, 'linux', 0)).toBe('/x');
    expect(defaultStateFolder({ TILLBRIDGE_STATE: '' }, 'linux', 0)).toBe('/var/lib/tillbridge');
    expect(defaultStateFolder({ HOME: '/home/anna' }, 'linux', 1000)).toBe('/home/anna/.local/state/tillbridge');
    expect(defaultStateFolder({ ProgramData: 'D:\\Data' }, 'win32', undefined)).toBe('D:\\Data\\Tillbridge\\state');
    expect(defaultStateFolder({}, 'win32', undefined)).toBe('C:\\ProgramData\\Tillbridge\\state');
  });

  it('the port of a till', () => {
    expect(defaultLink({ ...linux, uid: 0 }, 'front')).toBe('/run/tillbridge/front');
    expect(defaultLink({ ...linux, env: { XDG_RUNTIME_DIR: '/run/user/1000' } }, 'front')).toBe('/run/user/1000/tillbridge/front');
    expect(defaultLink(linux, 'front')).toBe('/home/anna/.local/state/tillbridge/front');
  });
});
