/** What driver and daemon say to each other; the page is firmware-docs/1c-line-protocol.md. */
import { parseObject, type JsonObject } from './strict-json.js';

export const PROTOCOL = 1;

/** The process that 1C runs in. */
export interface DriverClient {
  readonly host: string;
  readonly pid: number;
  readonly name: string;
}

export interface Hello {
  readonly type: 'hello';
  readonly protocol: number;
  readonly token: string;
  /** Version of the driver. */
  readonly driver: string;
  /** The DeviceID, the Source of every event; may be empty for a test, which has none. */
  readonly device: string;
  /** Drawn at each Open: what the driver remembers lives as long as its instance. */
  readonly instance: string;
  readonly client: DriverClient;
  /** The equipment test of 1C: no session. */
  readonly test: boolean;
}

export const STATUS_STATES = ['waiting', 'queued', 'expired', 'refused', 'dropped', 'raising', 'none'] as const;
export type StatusState = (typeof STATUS_STATES)[number];

export interface Status {
  readonly type: 'status';
  readonly id: string;
  readonly state: StatusState;
  readonly reason: string;
}

export const CONFIRM_STATES = ['applied', 'alreadyApplied', 'rejected', 'notFound', 'blocked'] as const;
export type ConfirmState = (typeof CONFIRM_STATES)[number];

/** Its `text` is left out: it may hold what is personal, and nothing is made of it. */
export interface Confirm {
  readonly type: 'confirm';
  readonly id: string;
  readonly state: ConfirmState;
}

export type DriverMessage =
  | Hello
  | Status
  | Confirm
  | { readonly type: 'ping' | 'pong'; readonly n: number }
  | { readonly type: 'bye' }
  /** of a later version: ignored */
  | { readonly type: 'other' };

export type RefuseCode = 'token' | 'protocol' | 'busy' | 'till' | 'malformed' | 'stopping' | 'limit';

export type DaemonMessage =
  | { readonly type: 'welcome'; readonly protocol: number; readonly session: string; readonly till: string; readonly daemon: string; readonly pingMs: number }
  | { readonly type: 'refuse'; readonly code: RefuseCode; readonly text: string; readonly retryMs: number }
  | { readonly type: 'deliver'; readonly id: string; readonly seq: number; readonly event: 'barcode' | 'card'; readonly data: string; readonly expiresInMs: number }
  | { readonly type: 'query' | 'withdraw'; readonly id: string }
  | { readonly type: 'ping' | 'pong'; readonly n: number };

/** The line of a message with its LF: control characters, U+007F and lone surrogates escaped. */
export function encodeMessage(message: DaemonMessage): Buffer {
  return Buffer.from(`${JSON.stringify(message).replaceAll('\u007f', '\\u007f')}\n`);
}

const DECODERS: Readonly<Record<string, (fields: JsonObject) => DriverMessage | undefined>> = {
  hello,
  status,
  confirm,
  ping: (fields) => counted('ping', fields),
  pong: (fields) => counted('pong', fields),
  bye: () => ({ type: 'bye' }),
};

/** One line of the driver; `undefined` for a fault of the protocol, after which the connection is closed. */
export function decodeDriverLine(line: Uint8Array): DriverMessage | undefined {
  const fields = parseObject(line);
  const type = fields?.['type'];
  if (fields === undefined || typeof type !== 'string') return undefined;
  return Object.hasOwn(DECODERS, type) ? DECODERS[type]?.(fields) : { type: 'other' };
}

function hello(fields: JsonObject): Hello | undefined {
  const { protocol, token, driver, device, instance, client, test } = fields;
  if (!isWhole(protocol) || typeof test !== 'boolean' || typeof client !== 'object' || client === null) return undefined;
  const { host, pid, name } = client as JsonObject;
  if (!isText(token, 1, 256) || !isText(driver, 0, 64) || !isText(device, test ? 0 : 1, 64) || !isText(host, 0, 64) || !isText(name, 0, 64) || !isWhole(pid)) return undefined;
  if (typeof instance !== 'string' || !/^[0-9a-f]{16}$/i.test(instance)) return undefined;
  return { type: 'hello', protocol, token, driver, device, instance, client: { host, pid, name }, test };
}

function status({ id, state, reason }: JsonObject): Status | undefined {
  const known = STATUS_STATES.find((name) => name === state);
  if (!isId(id) || known === undefined || (reason !== undefined && typeof reason !== 'string')) return undefined;
  return { type: 'status', id, state: known, reason: reason ?? '' };
}

function confirm({ id, state, text }: JsonObject): Confirm | undefined {
  const known = CONFIRM_STATES.find((name) => name === state);
  return isId(id) && known !== undefined && typeof text === 'string' ? { type: 'confirm', id, state: known } : undefined;
}

function counted(type: 'ping' | 'pong', { n }: JsonObject): DriverMessage | undefined {
  return isWhole(n) ? { type, n } : undefined;
}

function isWhole(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

function isText(value: unknown, min: number, max: number): value is string {
  return typeof value === 'string' && value.length >= min && value.length <= max;
}

function isId(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9._:-]{1,64}$/.test(value);
}
