// A contactless reader with an ACR122U's identity through the stock pcscd and libccid: what a private service with virtual readers cannot
// show, namely readers that come and go, and commands to the reader itself.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { silentLog, systemClock, type Log, type Reader } from '@tillbridge/core';
import { createNfcReader } from '@tillbridge/readers/nfc';
import { group, until } from '../guest/group.ts';
import { listen, untilRetrying, type Listening } from '../guest/listen.ts';

const SOCKET = '/run/pcscd/pcscd.comm';
const DRIVER_OPTIONS = '/etc/libccid_Info.plist';
const packages = join(process.env['TILLBRIDGE_CACHE'] ?? '', nameOfPackages());
// firmware 2.14: libccid refuses 1.00, which had a fault
const ACR122U = { vid: 0x072f, pid: 0x2200, release: 0x0214, manufacturer: 'ACS', product: 'ACR122U PICC Interface' };
const UID = 'ffca000000';
const card = (uid: string): Record<string, string> => ({ [UID]: `${uid}9000`, ff0040: '9002' });

function nameOfPackages(): string {
  return `nfc-0.8.1-0.1.3-node${process.versions.modules}-${process.platform}-${process.arch}`;
}

/** How often PC/SC has seen a card leave: one that comes before that is taken for the one that went. */
const seen = { left: 0 };
const log: Log = { ...silentLog, child: () => log, debug: (event) => void (seen.left += event === 'a card left' ? 1 : 0) };

const nfcReader = (backend: 'nfc-pcsc' | 'pcsc-mini'): Reader =>
  createNfcReader({ id: 'tap', backend, read: ['uid'], debounceMs: 0 }, { clock: systemClock, log, folders: [packages] });

const noReader = async ({ reader, sink }: Listening): Promise<void> => {
  await until('the reader to be missed', () => reader.state.reason?.code === 'TB_READER_NFC_NO_READER').catch((error: unknown) => {
    throw new Error(`${String(error)}; states: ${sink.calls.flatMap((call) => (call.call === 'state' ? [`${call.state.status} ${call.state.reason?.message ?? ''}`] : [])).join(', ')}`);
  });
};

/** What the reader said, and what the service and the reader's process wait for. */
function whereItHangs({ sink }: Listening): string {
  const said = sink.calls.flatMap((call) => (call.call === 'state' ? [`${call.state.status} ${call.state.reason?.message ?? ''}`] : []));
  const lines: string[] = [];
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
      if (!/pcscd|nfc-host/.test(command)) continue;
      for (const task of readdirSync(`/proc/${pid}/task`)) {
        const of = (file: string): string => readFileSync(`/proc/${pid}/task/${task}/${file}`, 'utf8').trim();
        // the service keeps a thread for each client, most of them waiting for nothing
        if (command.includes('pcscd') && of('wchan') === 'do_sys_poll') continue;
        lines.push(`${command.includes('pcscd') ? 'pcscd' : 'ours'} ${task} ${of('comm')} ${of('wchan')} ${of('syscall').slice(0, 60)}`);
      }
    } catch {
      // ended meanwhile
    }
  }
  return `states: ${said.slice(-3).join(', ')}; tasks:\n${lines.join('\n')}`;
}

/** Debian's pcscd 1.9.9 can die of an assertion of libusb when a reader is unplugged; a till's systemd starts it again, and so does this. */
function keepService(atEnd: (stop: () => void) => void): void {
  let over = false;
  const start = (): void => {
    const service = spawn('pcscd', ['--foreground', '--critical'], { stdio: ['ignore', 'inherit', 'inherit'] });
    service.once('exit', (code, signal) => {
      if (over) return;
      console.error(`pcscd ended (${String(code ?? signal)}) and is started again`);
      start();
    });
    atEnd(() => {
      over = true;
      service.kill('SIGKILL');
    });
  };
  start();
}

await group('nfc', async (bench) => {
  const device = await bench.rig.make('usb', { ...ACR122U, functions: [{ kind: 'ccid', apdus: card('b2c124cb') }] });

  await bench.must('the stock service and driver, escape commands allowed', async () => {
    assert.ok(existsSync(join(packages, 'node_modules/nfc-pcsc')), `no packages in ${packages}: node test/setup-nfc.mjs`);
    // libccid hands escape commands on only where its owner says so (Info.plist, ifdDriverOptions)
    writeFileSync(DRIVER_OPTIONS, readFileSync(DRIVER_OPTIONS, 'utf8').replace(/(ifdDriverOptions<\/key>\s*<string>)0x0000/, '$10x0001'));
    keepService((stop) => bench.after(stop));
    await until('the service', () => existsSync(SOCKET));
  });

  for (const backend of ['nfc-pcsc', 'pcsc-mini'] as const) {
    let tap: Listening;
    /** Holds a card to the reader until it is read, and takes it away. */
    const read = async (uid: string): Promise<void> => {
      const before = tap.sink.reads.length;
      await device.card(true, card(uid));
      assert.equal((await tap.reads(before + 1))[before], uid.toUpperCase());
      await takeAway();
    };
    const takeAway = async (): Promise<void> => {
      const { left } = seen;
      await device.card(false);
      await until('the card to be missed', () => seen.left > left);
    };

    await bench.must(`${backend}: no reader yet; one that is plugged in is found, and reads`, async () => {
      tap = await listen(bench, nfcReader(backend));
      // in emulation the process may need a second start
      await noReader(tap);
      await device.plug();
      await tap.ready();
      await read('b2c124cb');
    });

    await bench.check(`${backend}: light and buzzer, through the card`, async () => {
      const before = tap.sink.reads.length;
      device.forget();
      await device.card(true, card('b2c124cc'));
      await tap.reads(before + 1);
      await tap.reader.feedback('good');
      await device.saw('a signal', ({ name, data }) => name === 'apdu' && Buffer.from(data).toString('hex') === 'ff0040ae0401010101');
      await takeAway();
    });

    await bench.check(`${backend}: and through the reader once the card is gone`, async () => {
      await read('b2c124cd');
      device.forget();
      await tap.reader.feedback('bad');
      await device.saw('a signal by escape', ({ name, data }) => name === 'escape' && Buffer.from(data).toString('hex') === 'ff00405d0401010201');
      await read('b2c124ce');
    });

    await bench.check(`${backend}: unplugged and plugged in again, with the next card`, async () => {
      const took: number[] = [];
      for (const uid of ['01020301', '01020302', '01020303']) {
        await device.unplug();
        await untilRetrying(tap).catch((error: unknown) => {
          throw new Error(`${String(error)}; ${whereItHangs(tap)}`);
        });
        await noReader(tap);
        const start = performance.now();
        await device.plug();
        await tap.ready();
        took.push(Math.round(performance.now() - start));
        await read(uid);
      }
      return `ready after ${took.join(', ')} ms of emulation`;
    });

    // pcsc-mini has four connections, and such an unplug may cost it one
    const times = backend === 'pcsc-mini' ? 5 : 1;
    await bench.check(`${backend}: unplugged in the middle of a command, ${times > 1 ? 'five times' : 'once'}: no read, and the next card is read`, async () => {
      for (let time = 0; time < times; time += 1) {
        const before = tap.sink.reads.length;
        device.forget();
        await device.card(true, { [UID]: 'never' });
        await device.saw('the command', ({ name, data }) => name === 'apdu' && Buffer.from(data).toString('hex') === UID);
        await device.unplug();
        await untilRetrying(tap);
        await device.card(false);
        await device.plug();
        await tap.ready();
        await read(`0102030${String(time)}`);
        assert.equal(tap.sink.reads.length, before + 1);
      }
    });

    await bench.check(`${backend}: closed`, async () => {
      await tap.reader.close();
      await device.unplug();
    });
  }
});
