import { chmodSync, chownSync, lstatSync, mkdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { openStateFolder } from '@tillbridge/store';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeTempFolder } from '../../../../test/support/temp-folder.js';
import { levelOf } from './about.js';
import { giveKey, userOf } from './give-key.js';
import { copiedKey, daemonPlaces, keyPlaces, listenPlace, throughAgent, withoutDesktop, type Machine } from './place.js';
import { wordsFor } from './words.js';

const linux = (env: NodeJS.ProcessEnv = {}): Machine => ({ platform: 'linux', env, home: '/home/kassa' });
const windows = (env: NodeJS.ProcessEnv = {}): Machine => ({ platform: 'win32', env, home: 'C:\\Users\\kassa' });

describe('where daemon and agent meet', () => {
  it('Linux: beside the control socket for its user alone; a service’s own folder for everybody, since the key decides', () => {
    expect(listenPlace('/srv/state', linux())).toEqual({ path: '/srv/state/agent.sock', mode: 0o600 });
    expect(listenPlace('/srv/state', linux({ RUNTIME_DIRECTORY: '/run/tillbridge' }))).toEqual({ path: '/run/tillbridge/agent.sock', mode: 0o666 });
    expect(daemonPlaces('/srv/state', linux())).toEqual(['/srv/state/agent.sock', '/run/tillbridge/agent.sock']);
  });

  it('Windows: one pipe a state folder, however its path is written', () => {
    const { path } = listenPlace('C:\\ProgramData\\Tillbridge\\state', windows());
    expect(path).toMatch(/^\\\\\.\\pipe\\tillbridge-agent-[0-9a-f]{16}$/);
    expect(daemonPlaces('c:\\programdata\\tillbridge\\STATE', windows())).toEqual([path]);
    expect(daemonPlaces('C:\\other', windows())).not.toEqual([path]);
  });

  it('the key: that of the state folder, else the copy that was made for the user', () => {
    expect(keyPlaces('/srv/state', linux())).toEqual(['/srv/state/keys/agent.key', '/home/kassa/.config/tillbridge/agent.key']);
    expect(copiedKey(windows({ ProgramData: 'D:\\Data' }))).toMatch(/^D:\\Data.Tillbridge.agent.agent\.key$/);
  });

  it('a service has no desktop: it goes through the agent unless told otherwise', () => {
    expect([linux(), linux({ DISPLAY: ':0' }), windows(), windows({ SESSIONNAME: 'Services' }), windows({ SESSIONNAME: 'Console' }), windows({ SESSIONNAME: 'RDP-Tcp#3' })].map(withoutDesktop)).toEqual([true, false, true, true, false, false]);
    expect([throughAgent('auto', linux()), throughAgent(true, linux({ DISPLAY: ':0' })), throughAgent(false, windows())]).toEqual([true, true, false]);
  });
});

describe('giving the key', () => {
  let folder: { readonly path: string; readonly remove: () => void };
  beforeEach(() => (folder = makeTempFolder()));
  afterEach(() => folder.remove());

  it('finds users as the system lists them', () => {
    const passwd = 'root:x:0:0:root:/root:/bin/bash\nkassa:x:1001:1002:,,,:/home/kassa:/bin/sh\nbroken\n';
    expect(userOf(passwd, 'kassa')).toEqual({ uid: 1001, gid: 1002, home: '/home/kassa' });
    expect(userOf(passwd, 'broken')).toBeUndefined();
    expect(userOf(passwd, 'nobody')).toBeUndefined();
  });

  it('an unknown user is refused in words', async () => {
    await expect(giveKey(openStateFolder(join(folder.path, 'state')), 'nobody-of-this-name', linux())).rejects.toMatchObject({ code: 'TB_TILL_AGENT_USER' });
  });

  it.runIf(process.platform === 'linux')('Windows: a second cashier is let in beside the first; a file that somebody else made gives way', async () => {
    const state = openStateFolder(join(folder.path, 'state'));
    const told = join(folder.path, 'told');
    const icacls = join(folder.path, 'System32/icacls.exe');
    mkdirSync(dirname(icacls));
    writeFileSync(icacls, `#!/bin/sh\nshift\nprintf '%s %s\\n' "$*" "$(wc -c < '${folder.path}/Tillbridge/agent/agent.key')" >> '${told}'\n`, { mode: 0o755 });
    const machine = windows({ SystemRoot: folder.path, ProgramData: folder.path });
    const copy = copiedKey(machine);
    mkdirSync(dirname(copy), { recursive: true });
    writeFileSync(copy, 'made before us');
    for (const user of ['kassa', 'SHOP\\kassa2']) expect(await giveKey(state, user, machine)).toBe(copy);
    const size = String(statSync(copy).size);
    expect(readFileSync(told, 'utf8').trim().split('\n')).toEqual([
      // empty while others may still read it
      '/inheritance:r /grant:r *S-1-5-18:F *S-1-5-32-544:F kassa:R 0',
      `/grant SHOP\\kassa2:R ${size}`,
    ]);
    expect(readFileSync(copy, 'utf8')).toBe(readFileSync(state.keyFile('agent.key'), 'utf8'));
    // a link to the daemon's own key is no copy
    rmSync(copy);
    symlinkSync(state.keyFile('agent.key'), copy);
    await giveKey(state, 'kassa', machine);
    expect(lstatSync(copy).isSymbolicLink()).toBe(false);
    expect(readFileSync(told, 'utf8').trim().split('\n').at(-1)).toContain('/inheritance:r');
  });

  describe.runIf(process.getuid?.() === 0)('as root', () => {
    const passwd = (): string => `kassa:x:12345:12346::${folder.path}/home/kassa:/bin/sh\n`;
    beforeEach(() => {
      chmodSync(folder.path, 0o755);
      mkdirSync(join(folder.path, 'home/kassa'), { recursive: true });
      chownSync(join(folder.path, 'home/kassa'), 12_345, 12_346);
    });

    it('the copy is the user’s alone, and a second one takes its place', async () => {
      const state = openStateFolder(join(folder.path, 'state'));
      for (let i = 0; i < 2; i += 1) {
        const copy = await giveKey(state, 'kassa', linux(), passwd());
        expect(copy).toBe(join(folder.path, 'home/kassa/.config/tillbridge/agent.key'));
        expect(statSync(copy)).toMatchObject({ uid: 12_345, gid: 12_346 });
        expect([statSync(copy).mode & 0o777, statSync(dirname(copy)).mode & 0o777]).toEqual([0o600, 0o700]);
        expect(readFileSync(copy, 'utf8')).toBe(readFileSync(state.keyFile('agent.key'), 'utf8'));
        expect([process.getuid?.(), process.geteuid?.(), process.getegid?.()]).toEqual([0, 0, process.getgid?.()]);
      }
    });

    it('a home that leads elsewhere leads nowhere that its user may not write', async () => {
      const elsewhere = join(folder.path, 'etc');
      mkdirSync(elsewhere, { mode: 0o755 });
      writeFileSync(join(elsewhere, 'agent.key'), 'precious');
      mkdirSync(join(folder.path, 'home/kassa/.config'));
      symlinkSync(elsewhere, join(folder.path, 'home/kassa/.config/tillbridge'));
      await expect(giveKey(openStateFolder(join(folder.path, 'state')), 'kassa', linux(), passwd())).rejects.toMatchObject({ code: 'TB_TILL_AGENT_USER' });
      expect(readFileSync(join(elsewhere, 'agent.key'), 'utf8')).toBe('precious');
      expect(process.geteuid?.()).toBe(0);
    });
  });
});

describe('words', () => {
  it('are for what did not arrive, in the language of the desk, with what to do where that is known', () => {
    expect(wordsFor('sent', '', 'en')).toBeUndefined();
    expect(wordsFor('superseded', '', 'ru')).toBeUndefined();
    expect(wordsFor('expired', 'windowNotInFront', 'en')).toBe('Card not entered in time, scan it again: bring the cashier program to the front');
    expect(wordsFor('notFound', 'constructor', 'ru')).toBe('Карта не найдена');
  });
});

describe('what an agent says of itself', () => {
  it('its integrity level by SID, whatever the language of Windows', () => {
    expect(levelOf('"Обязательная метка\\Средний","Метка","S-1-16-8192",""')).toBe('medium');
    expect(levelOf('S-1-16-12288')).toBe('high');
    expect(levelOf('S-1-16-77')).toBe('77');
    expect(levelOf('')).toBe('unknown');
  });
});
