import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { installedCommand, parseHostStatus, parseSteps } from './windows-host.js';

describe('what the Windows service host says', () => {
  it('is read, line ends of Windows included', () => {
    expect(parseSteps('done\tservice Tillbridge\r\nalready\tevent source\r\nnoise\r\n')).toEqual({ reports: [{ step: 'service Tillbridge', result: 'done' }, { step: 'event source', result: 'already' }] });
    expect(parseSteps('done\ta\r\nerror\tstart Tillbridge\tWindows error 1053\r\n')).toEqual({ reports: [{ step: 'a', result: 'done' }], failed: { step: 'start Tillbridge', problem: 'Windows error 1053' } });
    expect(parseHostStatus('state\trunning\r\npid\t312\r\nstart\tauto\r\n')).toEqual({ manager: 'windows', installed: true, enabled: true, running: true, pid: 312, state: 'running' });
    expect(parseHostStatus('state\tabsent\r\n')).toEqual({ manager: 'windows', installed: false, enabled: false, running: false, state: 'absent' });
  });

  it('names the account by the SID that Windows makes of its name', () => {
    const digest = createHash('sha1').update(Buffer.from('TILLBRIDGE', 'utf16le')).digest();
    const sid = `S-1-5-80-${[0, 4, 8, 12, 16].map((at) => String(digest.readUInt32LE(at))).join('-')}`;
    expect(readFileSync(new URL('../../windows/src/service.h', import.meta.url), 'utf8')).toContain(`L"${sid}"`);
  });
});

describe('what a service starts', () => {
  it('is the launcher that started this program, else Node.js with the command', () => {
    expect(installedCommand({ env: { TILLBRIDGE_LAUNCHER: '/opt/tillbridge/bin/tillbridge' }, execPath: '/usr/bin/node', argv: ['/usr/bin/node', '/x.cjs', 'service'] })).toEqual(['/opt/tillbridge/bin/tillbridge']);
    expect(installedCommand({ env: {}, execPath: '/usr/bin/node', argv: ['/usr/bin/node', '/x.cjs', 'service', 'install'] })).toEqual(['/usr/bin/node', '/x.cjs']);
  });
});
