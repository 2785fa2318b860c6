import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { raceAbort, type ProbeRow, TillbridgeError } from '@tillbridge/core';

/** Names in iikoFront's data folder, from vendor staff's answers in the public tracker of its plugin SDK. */
export const DEVICES_FILE = 'readerDevicesConfig.xml';
export const DEVICES_LOG = 'readerDevices.log';
/** Of a file at most so much is read, in bytes: of a log its end. */
const MAX_BYTES = 512 * 1024;

/** Words that name what iikoFront takes a device for; the schema of the file is published nowhere. */
const SCANNER_WORDS = /^(?:barcode|barcodescanner|scanner|barcodereader)$/i;
const CARD_WORDS = /^(?:msr|card|cardreader|magneticcardreader|magneticcard|magneticstripe)$/i;
const TYPE_VALUE = /\b(?:[A-Za-z]*type|kind|class)\b\s*(?:=\s*"([^"<>]{1,64})"|>\s*([^<>]{1,64}?)\s*<)/gi;

export interface KnownDevices {
  readonly scanners: number;
  readonly cardReaders: number;
}

/** What the devices file says, as far as it can be understood; undefined where nothing in it is a word that we know. */
export function parseDevices(xml: string): KnownDevices | undefined {
  const words = [...xml.matchAll(TYPE_VALUE)].map(([, quoted, inner]) => (quoted ?? inner ?? '').split('.').at(-1) ?? '');
  const scanners = words.filter((word) => SCANNER_WORDS.test(word)).length;
  const cardReaders = words.filter((word) => CARD_WORDS.test(word)).length;
  return scanners + cardReaders === 0 ? undefined : { scanners, cardReaders };
}

export interface LoggedReads {
  /** Reads that went the way of barcodes. */
  readonly barcodes: number;
  /** Reads that went the way of cards and look like a magnetic track. */
  readonly cards: number;
  /** Reads that went the way of cards and have nothing of a track: a scanner that is taken for a card reader. */
  readonly suspicious: number;
}

/** `Card slided 1:…, 2:…, 3:…`: of a scanner, 1 is `<barcode …/>` and 3 is `barcode`; of a card reader both are empty. */
const SLIDED = /Card slided 1:(.*?),\s*2:(.*?),\s*3:(.*)$/;

/** Counts the reads of a log; what was read is looked at and not kept. */
export function parseReads(log: string): LoggedReads {
  const counts = { barcodes: 0, cards: 0, suspicious: 0 };
  for (const line of log.split(/\r?\n/)) {
    const [, first = '', second = '', third = ''] = SLIDED.exec(line) ?? [];
    if (first === '' && second === '' && third === '') continue;
    if (/<barcode\b/i.test(first) || /^\s*barcode\b/i.test(third)) counts.barcodes += 1;
    // a track 2 has its separator; plain digits or a link have none
    else if (/[=^]/.test(second) || first.trim() !== '') counts.cards += 1;
    else counts.suspicious += 1;
  }
  return counts;
}

/** Rows of `doctor` about what iikoFront takes its readers for. */
export async function readerFileRows(till: string, folder: string, signal: AbortSignal): Promise<readonly ProbeRow[]> {
  const id = `till.${till}.readers`;
  const late = (): never => {
    throw new Error('timeout');
  };
  try {
    const [xml, log] = await raceAbort(Promise.all([readText(join(folder, DEVICES_FILE)), readText(join(folder, DEVICES_LOG)).catch(noFile)]), signal, late);
    return [devicesRow(id, parseDevices(xml)), ...(log === undefined ? [] : [readsRow(id, parseReads(log))])];
  } catch (error) {
    const problem = error instanceof Error && 'code' in error ? String(error.code) : 'timeout';
    const known = new TillbridgeError('TB_TILL_IIKO_READER_FILES', { path: folder, problem });
    return [{ level: 'warn', id, text: known.text('en'), remedy: known.remedy('en') }];
  }
}

function noFile(error: unknown): undefined {
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
  throw error;
}

const REMEDY = 'on the login screen of iikoFront click the iiko logo, remove the device and add it by hand as a barcode scanner; scan a product first, not a card';

function devicesRow(id: string, devices: KnownDevices | undefined): ProbeRow {
  if (devices === undefined) return { level: 'ok', id, text: `${DEVICES_FILE} is there; its form is not known to this version, so nothing can be said about its devices` };
  const { scanners, cardReaders } = devices;
  const text = `iikoFront knows ${String(scanners)} barcode scanner(s) and ${String(cardReaders)} card reader(s)`;
  return scanners === 0 ? { level: 'warn', id, text: `${text}: a scanner may be taken for a card reader`, remedy: REMEDY } : { level: 'ok', id, text };
}

function readsRow(id: string, { barcodes, cards, suspicious }: LoggedReads): ProbeRow {
  const text = `${DEVICES_LOG}: ${String(barcodes)} read(s) taken for barcodes, ${String(cards + suspicious)} for cards`;
  if (suspicious === 0) return { level: 'ok', id, text };
  return { level: 'warn', id, text: `${text}, ${String(suspicious)} of them with nothing of a magnetic track`, remedy: REMEDY };
}

/** The end of a file as text, UTF-8 or, by its mark, UTF-16. */
async function readText(path: string): Promise<string> {
  const file = await open(path, 'r');
  try {
    const { size } = await file.stat();
    const start = Math.max(0, size - MAX_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(Math.min(size, MAX_BYTES)), 0, Math.min(size, MAX_BYTES), start);
    const bytes = buffer.subarray(0, bytesRead);
    return new TextDecoder(bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8').decode(bytes);
  } finally {
    await file.close();
  }
}
