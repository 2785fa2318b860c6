import { posix } from 'node:path';
import { known, tillProfile } from '@tillbridge/adapter-device/till-profiles';
import { TillbridgeError, type Language } from '@tillbridge/core';
import { stringify } from 'yaml';
import { isLoopback, parseHostPort } from './host-port.js';
import { defaultLink, type Surroundings } from './locate.js';
import type { Text } from './texts.js';
import { CODES, HEAD, INDENT, READER_EXTRAS, ROUTES, SERVICE, TILL_EXTRAS, TITLES, TRANSLATORS } from './template-texts.js';

/** A scanner found on this machine. */
export interface DetectedDevice {
  /** The type of reader that opens it; default serial. */
  readonly type?: 'serial' | 'hid' | 'keyboard';
  readonly path: string;
  readonly vid?: string;
  readonly pid?: string;
  readonly serial?: string;
  /** The USB socket, where another of its kind is there. */
  readonly port?: string;
  readonly name?: string;
}

export interface InitialOptions {
  /** `virtual-com`, `virtual-com:LINK` (a port name such as COM11 on Windows), `1c` (our driver), `1c:LINK` (as a scanner of the stock driver), `rkeeper` and `rkeeper:LINK` (as a reader of the station), `iiko:MEANING` (what a card is to iiko), `keyboard:PROGRAM` (typed into the window of that program, or of a till profile), `client`, `webhook:URL`. */
  readonly till: string;
  /** `serial`, `serial:PATH`, the same with `hid` and `keyboard`, `mobile` (paired phones), `tcp:HOST:PORT`. */
  readonly reader: string;
  /** Used for its type of reader without a path. */
  readonly device?: DetectedDevice;
  readonly language: Language;
  readonly around: Omit<Surroundings, 'cwd'>;
}

/** Name of the variable that the configuration of a webhook till takes its key from. */
export const WEBHOOK_KEY = 'TILLBRIDGE_WEBHOOK_KEY';
/** Name of the variable that the configuration of an iiko till takes the secret of its plugin from. */
export const IIKO_TOKEN = 'TILLBRIDGE_IIKO_TOKEN';
/** What a card can be to iiko without anything else to set up: it cannot be guessed, so it must be said. */
const IIKO_CARDS: readonly string[] = ['rmsDiscountCard', 'iikoCardNumber', 'guestCardNumber'];

/** The same for the token that the driver of 1C shows. */
export const ONEC_TOKEN = 'TILLBRIDGE_1C_TOKEN';

/**
 * A commented `tillbridge.yaml` to start from. Lines that begin with `#` and no space are examples that work as soon as the `#` is deleted.
 *
 * @throws {TillbridgeError} `TB_CONFIG_USAGE` for a till or reader that it does not know.
 */
export function initialConfig(options: InitialOptions): string {
  const say = (text: Text): string => text[options.language];
  const till = tillLines(options);
  const routes = options.till.startsWith('webhook') ? ROUTES.webhook : options.till.startsWith('iiko') ? ROUTES.iiko : ROUTES.virtualCom;
  const parts = [
    say(HEAD),
    'version: 1\nstore: shop-1\nmachine: pos-1',
    `${say(TITLES.readers)}\nreaders:\n${block(readerLines(options))}\n${say(READER_EXTRAS[readerExtrasOf(options.reader)])}`,
    `${say(TITLES.codes)}\n${say(CODES)}`,
    `${say(TITLES.translators)}\n${say(TRANSLATORS)}`,
    `${say(TITLES.tills)}\ntills:\n${block(till)}\n${say(TILL_EXTRAS[extrasOf(options.till)])}`,
    `${say(TITLES.routes)}\n${say(routes)}`,
    `${say(TITLES.service)}\n${say(SERVICE)}`,
  ];
  const text = `${parts.join('\n\n')}\n`;
  // the examples of routes name the reader
  return options.reader === 'mobile' ? text.replaceAll('[counter]', '[waiter]') : text;
}

function isDevice(kind: string): kind is 'serial' | 'hid' | 'keyboard' {
  return kind === 'serial' || kind === 'hid' || kind === 'keyboard';
}

function readerExtrasOf(reader: string): keyof typeof READER_EXTRAS {
  const { kind } = split(reader);
  return kind === 'hid' || kind === 'keyboard' || kind === 'mobile' ? kind : 'stream';
}

function extrasOf(till: string): keyof typeof TILL_EXTRAS {
  if (till === 'client') return 'client';
  if (till === '1c') return 'onec';
  if (till.startsWith('1c:')) return 'onecDevice';
  if (till.startsWith('rkeeper')) return 'rkeeper';
  if (till.startsWith('iiko')) return 'iiko';
  if (till.startsWith('keyboard')) return 'keyboard';
  return till.startsWith('webhook') ? 'webhook' : 'virtualCom';
}

/** One entry of a list. */
function block(lines: readonly string[]): string {
  return lines.map((line, i) => `${i === 0 ? '  - ' : INDENT}${line}`).join('\n');
}

function readerLines({ reader, device }: InitialOptions): readonly string[] {
  const { kind, rest } = split(reader);
  if (reader === 'mobile') return ['id: waiter', 'type: mobile'];
  if (isDevice(kind)) return ['id: counter', `type: ${kind}`, ...devicePlace(rest, (device?.type ?? 'serial') === kind ? device : undefined)];
  const address = rest === undefined ? undefined : parseHostPort(rest);
  if (kind !== 'tcp' || rest === undefined || address === undefined) throw usage('--reader', reader, 'serial, serial:PATH, hid, hid:PATH, keyboard, keyboard:PATH, mobile, tcp:HOST:PORT');
  return ['id: counter', 'type: tcp', `${isLoopback(address.host) ? 'listen' : 'connect'}: ${scalar(rest)}`];
}

function devicePlace(path: string | undefined, device: DetectedDevice | undefined): readonly string[] {
  if (path !== undefined) return [`path: ${scalar(path)}`];
  if (device === undefined) return ['auto: true'];
  const name = device.name === undefined ? '' : `   # ${device.name.replace(/[^\p{L}\p{N} ._()/-]/gu, '')}`;
  if (device.vid === undefined || device.pid === undefined) return [`path: ${scalar(device.path)}${name}`];
  const serial = device.serial === undefined ? '' : `, serial: ${JSON.stringify(device.serial)}`;
  const port = device.port === undefined ? '' : `, port: "${device.port}"`;
  return [`match: { vid: "${device.vid}", pid: "${device.pid}"${serial}${port} }${name}`];
}

function tillLines({ till, around }: InitialOptions): readonly string[] {
  const { kind, rest } = split(till);
  if (kind === 'webhook' && rest !== undefined) {
    return ['id: front', 'adapter: webhook', `url: ${scalar(rest)}`, `secrets: { key: "\${env:${WEBHOOK_KEY}}" }`];
  }
  if (till === 'client') return ['id: front', 'adapter: client'];
  if (till === '1c') return ['id: front', 'adapter: 1c', 'transport: addin', 'listen: 127.0.0.1:7844', `secrets: { token: "\${env:${ONEC_TOKEN}}" }`];
  if (kind === 'iiko' && rest !== undefined && IIKO_CARDS.includes(rest)) {
    return ['id: front', 'adapter: iiko', 'transport: front', `nativeIdentifier: { card: ${rest}, coupon: iikoCardCoupon, phone: iikoCardPhone }`, `secrets: { token: "\${env:${IIKO_TOKEN}}" }`];
  }
  if (kind === 'keyboard' && rest !== undefined) return keyboardLines(rest, around.platform);
  const choices = 'virtual-com, virtual-com:LINK, keyboard:PROGRAM, 1c, 1c:LINK, rkeeper, rkeeper:LINK, iiko:rmsDiscountCard, iiko:iikoCardNumber, iiko:guestCardNumber, client, webhook:URL';
  if (kind !== 'virtual-com' && kind !== '1c' && kind !== 'rkeeper') throw usage('--till', till, choices);
  const place = portPlace(rest, around);
  if (kind === 'virtual-com') return ['id: front', ...place, 'suffix: CR'];
  if (kind === '1c') return ['id: front', 'adapter: 1c', 'transport: device', 'device:', ...place.map((line) => `  ${line}`), 'suffix: CR'];
  return ['id: front', 'adapter: rkeeper', 'transport: device', 'device:', ...place.map((line) => `  ${line}`), String.raw`template: { card: ";778=000012885={number}\r", coupon: "{number}\r" }`];
}

/** A program by its file, or by its profile; what a profile only guesses is written down, to be looked at. */
function keyboardLines(program: string, platform: string): readonly string[] {
  const profile = tillProfile(program);
  const window = profile === undefined ? { process: program } : known(profile.window) === undefined ? (profile.window?.value ?? { process: program }) : undefined;
  const guard = window === undefined ? [] : [`window: { ${Object.entries(window).map(([key, value]) => `${key}: ${JSON.stringify(value)}`).join(', ')} }`];
  const transport = platform === 'win32' ? 'sendinput' : 'xtest';
  return ['id: front', 'adapter: keyboard', `transport: ${transport}`, ...(profile === undefined ? [] : [`profile: ${program}`]), ...guard];
}

/** The port that the cashier program reads. */
function portPlace(rest: string | undefined, around: InitialOptions['around']): readonly string[] {
  if (around.platform === 'win32') return ['adapter: virtual-com', 'transport: port', `path: ${scalar(rest ?? 'COM11')}`];
  const link = rest === undefined ? defaultLink(around, 'front') : posix.normalize(rest);
  return ['adapter: virtual-com', 'transport: pty', `link: ${scalar(link)}`];
}

function split(choice: string): { readonly kind: string; readonly rest?: string } {
  const colon = choice.indexOf(':');
  if (colon < 0) return { kind: choice };
  const rest = choice.slice(colon + 1);
  return rest === '' ? { kind: choice } : { kind: choice.slice(0, colon), rest };
}

/** A text as YAML writes it on one line: in quotes where it needs them. */
function scalar(text: string): string {
  return stringify(text, { lineWidth: 0, defaultStringType: 'PLAIN', blockQuote: false }).trimEnd();
}

function usage(option: string, given: string, known: string): TillbridgeError {
  return new TillbridgeError('TB_CONFIG_USAGE', { problem: `${option} ${given} (${known})` });
}
