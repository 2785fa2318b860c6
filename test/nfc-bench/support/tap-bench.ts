import { readdirSync, readFileSync } from 'node:fs';
import { silentLog, systemClock, type Log, type Reader } from '@tillbridge/core';
import { createNfcReader, systemService, type NfcReaderOptions } from '@tillbridge/readers';
import type { VirtualCard, VpcdSlot } from '@tillbridge/testkit';
import { RecordingSink } from '@tillbridge/testkit/suites';
import { waitFor } from '../../support/wait-for.js';
import { nfcPackages } from './packages.js';
import { PrivatePcscd } from './pcscd.js';

/** What a real till's contactless reader is called. */
export const ACR = 'ACS ACR122U PICC Interface';
/** A signature token, as its PC/SC name begins. */
export const TOKEN = 'Aktiv Rutoken ECP';
/** pcscd looks at virtual readers every 400 ms, and machines can be busy. */
export const PATIENCE_MS = 20_000;

/** Our reader in front of a real PC/SC service. Only one in a process at a time: the service is named by an environment variable. */
export class TapBench {
  readonly pcscd: PrivatePcscd;
  readonly sink = new RecordingSink();
  readonly hints: string[] = [];
  /** Of each card: our share of the time from its event to its code, in ms; the rest was the card's own. */
  readonly ownMs: number[] = [];
  readonly reader: Reader;
  #left = 0;

  private constructor(pcscd: PrivatePcscd, options: Partial<NfcReaderOptions>) {
    this.pcscd = pcscd;
    // the native library reads it in the child, which gets it from here
    process.env['PCSCLITE_CSOCK_NAME'] = pcscd.socket;
    const service = systemService(process.platform, pcscd.socket);
    const context = { clock: systemClock, log: this.#log(), folders: [nfcPackages()], service };
    this.reader = createNfcReader({ id: 'tap', match: { name: ACR }, debounceMs: 0, ...options }, context);
  }

  static async start(options: Partial<NfcReaderOptions> = {}, ...names: readonly string[]): Promise<TapBench> {
    const bench = new TapBench(await PrivatePcscd.start(...(names.length === 0 ? [ACR] : names)), options);
    const sink = Object.assign(bench.sink, { hint: (hint: string) => void bench.hints.push(hint) });
    await bench.reader.open(sink, new AbortController().signal);
    await bench.sink.untilStatus('ready', PATIENCE_MS);
    return bench;
  }

  /** Presents a card until it was read, and takes it away. Gives what was read. */
  async tap(card: VirtualCard): Promise<string> {
    const slot = this.pcscd.slot(ACR);
    const before = this.sink.reads.length;
    await slot.insert(card);
    await this.sink.untilReads(before + 1, PATIENCE_MS);
    await this.remove(slot);
    return Buffer.from(this.sink.reads[before]?.bytes ?? []).toString('utf8');
  }

  /**
   * Presents a card again and again until it is read, as a guest does: after a service or process was replaced, pcscd may be behind what
   * lies on the reader, and nobody can say by how much.
   */
  async tapAgain(card: VirtualCard): Promise<string> {
    const slot = this.pcscd.slot(ACR);
    const before = this.sink.reads.length;
    for (let taps = 0; this.sink.reads.length === before; taps += 1) {
      if (taps === 10) throw new Error('ten taps, and none was read');
      await slot.insert(card);
      await this.sink.untilReads(before + 1, 2000).catch(() => undefined);
      await slot.remove();
    }
    return Buffer.from(this.sink.reads[before]?.bytes ?? []).toString('utf8');
  }

  /** Takes the card away and waits until PC/SC knows: between two of its looks, 400 ms, a card that comes is taken for the one that went. */
  async remove(slot: VpcdSlot): Promise<void> {
    const before = this.#left;
    await slot.remove();
    await waitFor('PC/SC to see that the card left', () => this.#left > before, PATIENCE_MS);
  }

  /** Keeps how often a card left; with TAP_BENCH_LOG set it prints, too. */
  #log(): Log {
    const keep = (event: string, fields?: object): void => {
      if (event === 'a card left') this.#left += 1;
      if (event === 'a card was read' && fields !== undefined && 'ownMs' in fields) this.ownMs.push(Number(fields.ownMs));
      if (process.env['TAP_BENCH_LOG'] !== undefined) console.log(event, JSON.stringify(fields ?? {}));
    };
    const log: Log = { ...silentLog, debug: keep, info: keep, warn: keep, error: keep, child: () => log };
    return log;
  }

  /** Our child processes. */
  get children(): readonly number[] {
    return readdirSync('/proc/self/task').flatMap((task) => readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number)).filter(isNfcHost);
  }

  async untilChild(): Promise<number> {
    return waitFor('the NFC process', () => this.children[0], PATIENCE_MS);
  }

  async close(): Promise<void> {
    await this.reader.close();
    await this.pcscd.close();
    delete process.env['PCSCLITE_CSOCK_NAME'];
  }
}

function isNfcHost(pid: number): boolean {
  try {
    return readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').includes('nfc-host');
  } catch {
    return false;
  }
}
