import { chmodSync, closeSync, constants, openSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { silentLog, systemClock, type Reader } from '@tillbridge/core';
import { createSerialReader, probeSerialPath } from '@tillbridge/readers';
import { RecordingSink } from '@tillbridge/testkit/suites';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startChild } from '../support/child.js';
import { needs } from '../support/needs.js';
import { startTtyPair, type TtyPair } from '../support/socat.js';
import { tempFolder } from '../support/temp-folder.js';

/** Holds an exclusive flock on a port, as pyserial does with `exclusive=True`, until its input ends. */
const LOCKER = `
import fcntl, os, sys
fd = os.open(sys.argv[1], os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK)
fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
print("locked", flush=True)
sys.stdin.read()
`;

/** Opens a reader in a process of another user and prints why it is not ready. */
const AS_SOMEBODY_ELSE = `
const { createSerialReader } = await import(process.argv[1]);
const { systemClock, silentLog } = await import(process.argv[2]);
const reader = createSerialReader({ id: 'counter', where: { path: process.argv[3] } }, { clock: systemClock, log: silentLog });
const nothing = () => undefined;
const sink = { read: nothing, tail: nothing, quiet: nothing, resumed: nothing, dropped: nothing, state: nothing };
await reader.open(sink, new AbortController().signal);
console.log(reader.state.status, reader.state.reason?.code, reader.state.reason?.remedy('en'));
await reader.close();
`;

const built = (name: string): string => fileURLToPath(new URL(`../../packages/${name}/dist/index.js`, import.meta.url));

needs('linux', 'socat', 'python3')('serial reader on the ttys of socat', () => {
  let folder: string;
  let pair: TtyPair;
  let sink: RecordingSink;
  let reader: Reader;
  let scanner = -1;

  const plugIn = async (): Promise<void> => {
    pair = await startTtyPair(folder, 'scanner');
    scanner = openSync(pair.b, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK);
  };
  const pullOut = async (): Promise<void> => {
    if (scanner >= 0) closeSync(scanner);
    scanner = -1;
    await pair.unplug();
  };
  const type = (text: string): void => {
    writeSync(scanner, Buffer.from(text, 'latin1'));
  };

  beforeEach(async () => {
    folder = tempFolder();
    sink = new RecordingSink();
    await plugIn();
    reader = createSerialReader({ id: 'counter', where: { path: pair.a } }, { clock: systemClock, log: silentLog });
  });
  afterEach(async () => {
    await reader.close();
    await pullOut();
  });

  const open = (): Promise<void> => reader.open(sink, new AbortController().signal);

  test('reads what the other end sends, unchanged', async () => {
    await open();
    type('0104600000000000215\u001d93dGVz\u0000\u00e9\u00ff\r');
    await sink.untilReads(1);
    expect(sink.texts).toEqual(['0104600000000000215\u001d93dGVz\u0000\u00e9\u00ff']);
  });

  test('socat dies in the middle of data and comes back under the same link', async () => {
    await open();
    for (let round = 1; round <= 3; round += 1) {
      const before = sink.reads.length;
      for (let burst = 0; burst < 50; burst += 1) type('4600000000000\r');
      await sink.untilReads(before + 1);
      type('half');
      process.kill(pair.pid, 'SIGKILL');
      await sink.untilStatus('retrying');
      const cpu = process.cpuUsage();
      await pullOut();
      await plugIn();
      await sink.untilStatus('ready');
      const used = process.cpuUsage(cpu);
      expect((used.user + used.system) / 1000).toBeLessThan(700);
      const reads = sink.reads.length;
      type(`NEXT${String(round)}\r`);
      await sink.untilReads(reads + 1);
      expect(sink.texts.at(-1)).toBe(`NEXT${String(round)}`);
    }
  });

  test('a port that another program locked: says busy, reads when it is free', async () => {
    const locker = startChild('python3', ['-c', LOCKER, pair.a]);
    await locker.waitForLine(/^locked$/);
    expect(await probeSerialPath(pair.a)).toBe('busy');
    await open();
    expect(reader.state).toMatchObject({ status: 'retrying', reason: { code: 'TB_READER_BUSY' } });
    locker.child.stdin.end();
    await locker.exited;
    await sink.untilStatus('ready');
    type('A\r');
    await sink.untilReads(1);
  });
});

needs('linux', 'socat', 'root')('serial reader without rights', () => {
  test('says so, and what to do', async () => {
    const folder = tempFolder();
    chmodSync(folder, 0o755);
    const pair = await startTtyPair(folder, 'scanner');
    chmodSync(pair.a, 0);
    const script = ['--input-type=module', '-e', AS_SOMEBODY_ELSE, built('readers'), built('core'), pair.a];
    const nobody = ['--reuid=65534', '--regid=65534', '--clear-groups'];
    const child = startChild('setpriv', [...nobody, process.execPath, ...script], { cwd: '/' });
    try {
      await child.waitForLine(/^retrying TB_READER_NO_PERMISSION .*dialout/);
    } finally {
      await child.kill();
      await pair.unplug();
    }
  });
});
