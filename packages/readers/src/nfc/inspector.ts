import { TillbridgeError } from '@tillbridge/core';
import { chainOf } from './chain-of.js';
import type { ChainConfig } from './chain/types.js';
import { HostLink } from './host/host-link.js';
import type { BackendChoice, ReadReport, UnreadReport } from './host/protocol.js';
import { toWire } from './host/wire-secrets.js';
import type { NfcReaderContext } from './options.js';
import { systemService } from './service/pcsc-service.js';

/** One card, as `nfc learn` and `nfc dump` see it. `uid` and the code are personal data. */
export interface InspectedCard {
  readonly reader: string;
  readonly atr: Uint8Array;
  /** As PC/SC gives it: in the order of transmission. */
  readonly uid?: Uint8Array;
  readonly outcome: ReadReport | UnreadReport;
}

export interface InspectOptions extends ChainConfig {
  /** Names the reader in errors. */
  readonly id: string;
  readonly match?: { readonly name: string };
  readonly backend?: BackendChoice;
}

/** Looks at cards one by one, beside the daemon or without it. */
export interface Inspector {
  /** Readers in use. */
  readonly readers: readonly string[];
  /** The next card that is presented. @throws {TillbridgeError} area READER or NATIVE; `TB_READER_NFC_NO_CARD` when `signal` aborts first */
  next(signal: AbortSignal, seconds: number): Promise<InspectedCard>;
  close(): Promise<void>;
}

const LIST_MS = 1500;
const START_MS = 10_000;

/** @throws {TillbridgeError} what stands in the way: service, driver or reader */
export async function openInspector(options: InspectOptions, context: NfcReaderContext): Promise<Inspector> {
  const { id, match, backend = 'auto' } = options;
  const { clock, log, folders = [], spawn, random = Math.random, service = systemService() } = context;
  if (!(await service.runs())) throw new TillbridgeError('TB_READER_NFC_NO_SERVICE', { reader: id });
  const socket = process.env['PCSCLITE_CSOCK_NAME'];
  const cards: InspectedCard[] = [];
  const begun = new Map<string, { readonly atr: Uint8Array; readonly uid?: Uint8Array }>();
  const host = new HostLink({
    reader: id,
    setup: { backend, folders, chain: toWire(chainOf(options)), skip: [], inspect: true, ...(match === undefined ? {} : { name: match.name }), ...(socket === undefined ? {} : { socket }) },
    clock,
    log,
    random,
    ...(spawn === undefined ? {} : { spawn }),
    onReport: (report) => {
      if (report.kind === 'inspected') begun.set(report.reader, report);
      if (report.kind !== 'read' && report.kind !== 'unread') return;
      const { atr = new Uint8Array(), uid } = begun.get(report.reader) ?? {};
      cards.push({ reader: report.reader, atr, ...(uid === undefined ? {} : { uid }), outcome: report });
    },
  });
  const check = async (problem: TillbridgeError | undefined): Promise<void> => {
    if (problem === undefined) return;
    await host.stop();
    throw problem;
  };
  await host.within(START_MS, () => host.started);
  await check(host.fault ?? (host.started ? undefined : new TillbridgeError('TB_READER_NFC_STOPPED', { reader: id, problem: 'it did not start in time' })));
  await host.within(LIST_MS, () => host.wanted.length > 0);
  const found = host.present.join(', ') || '-';
  await check(host.fault ?? (host.wanted.length > 0 ? undefined : new TillbridgeError('TB_READER_NFC_NO_READER', { reader: id, match: match?.name ?? 'any', found })));
  return {
    get readers() {
      return host.wanted;
    },
    next: async (signal, seconds) => {
      await host.until(() => cards.length > 0, signal);
      const card = cards.shift();
      if (card !== undefined) return card;
      throw host.fault ?? new TillbridgeError('TB_READER_NFC_NO_CARD', { seconds });
    },
    close: () => host.stop(),
  };
}
