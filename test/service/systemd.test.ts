import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { startChild } from '../support/child.js';
import { runCli, startCli } from '../support/cli.js';
import { needs } from '../support/needs.js';
import { tempFolder } from '../support/temp-folder.js';
import { waitFor } from '../support/wait-for.js';

/** The highest score that the unit may have, of 10 (systemd-analyze security; 0 is tightest). */
const MAX_EXPOSURE = 2;

/** Prints each datagram that a local socket receives, as systemd would receive it, a line each. */
const RECEIVER = `
import socket, sys
receiver = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
receiver.bind(sys.argv[1])
print('bound', flush=True)
while True:
    # what is sent along (a descriptor, as a barrier) is dropped, and so closed
    data = receiver.recv(4096).decode()
    if not data.startswith('BARRIER'):
        print(' '.join(data.split()), flush=True)
`;

const CONFIG = (port: number): string => `version: 1
store: shop-1
machine: pos-1
readers: [ { id: counter, type: tcp, listen: "127.0.0.1:${String(port)}" } ]
codes: [ { name: universal, kind: card, match: "^98(?<value>[0-9]{14})$" } ]
translators: [ { type: table } ]
tills: [ { id: front, adapter: client } ]
api: off
`;

needs('linux', 'systemd')('the systemd units', () => {
  test('are what systemd takes without a word, and expose little', async () => {
    const folder = tempFolder();
    const { stdout, code, stderr } = await runCli(['--json', 'service', 'install', '--dry-run', '--agent', '--exec', '/bin/true']);
    expect(stderr).toBe('');
    expect(code).toBe(0);
    const { steps } = JSON.parse(stdout) as { steps: readonly { step: string; content?: string }[] };
    for (const name of ['tillbridge.service', 'tillbridge-agent.service']) {
      const file = join(folder, name);
      writeFileSync(file, steps.find(({ step, content }) => content !== undefined && step.endsWith(`/${name}`))?.content ?? '');
      const verified = spawnSync('systemd-analyze', [...(name.includes('agent') ? ['--user'] : []), 'verify', '--man=no', file], { encoding: 'utf8', env: { ...process.env, XDG_RUNTIME_DIR: folder } });
      expect(`${verified.stdout}${verified.stderr}`).toBe('');
    }
    const scored = spawnSync('systemd-analyze', ['security', '--offline=true', `--threshold=${String(MAX_EXPOSURE * 10)}`, join(folder, 'tillbridge.service')], { encoding: 'utf8' });
    expect(scored.status, scored.stdout.slice(-300)).toBe(0);
    expect(Number(/Overall exposure level[^:]*: ([\d.]+)/.exec(scored.stdout)?.[1])).toBeLessThanOrEqual(MAX_EXPOSURE);
  });
});

needs('linux', 'systemd', 'python3')('the daemon under a service manager', () => {
  test('tells it ready, alive, reloading and stopping over a real datagram socket', async () => {
    const folder = tempFolder();
    const socket = join(folder, 'notify');
    const config = join(folder, 'tillbridge.yaml');
    writeFileSync(config, CONFIG(0));
    const receiver = startChild('python3', ['-c', RECEIVER, socket]);
    try {
      await receiver.waitForLine(/^bound$/);
      const daemon = startCli(['--config', config, '--state', join(folder, 'state'), 'run'], { env: { NOTIFY_SOCKET: socket, WATCHDOG_USEC: '600000' } });
      try {
        await receiver.waitForLine(/^READY=1 STATUS=working$/);
        expect(daemon.stdout()).toMatch(/^READY pid=/);
        await receiver.waitForLine(/^WATCHDOG=1$/);
        daemon.child.kill('SIGHUP');
        await receiver.waitForLine(/^RELOADING=1 STATUS=reloading$/);
        await waitFor('ready again', () => receiver.stdout().split('READY=1').length === 3);
        daemon.child.kill('SIGTERM');
        await receiver.waitForLine(/^STOPPING=1 STATUS=stopping$/);
        expect(await daemon.exited).toEqual({ code: 0, signal: null });
        const said = receiver.stdout().split('\n').filter((line) => line !== '' && line !== 'bound' && line !== 'WATCHDOG=1').map((line) => line.split(' ')[0]);
        expect(said).toEqual(['READY=1', 'RELOADING=1', 'READY=1', 'STOPPING=1']);
      } finally {
        await daemon.kill();
      }
    } finally {
      await receiver.kill();
    }
  });
});
