import type { InjectorCapabilities, Look, Stroke, TypeResult, WindowGuard } from '@tillbridge/adapter-device/keyboard';
import { CATALOGUE, isTillbridgeError, Masked, TillbridgeError, type ErrorCode, type KeyEvent, type OutcomeName } from '@tillbridge/core';

// What daemon and agent say to each other once they know each other. Both ends are of one product, and nobody else can have sealed it:
// what is checked here is that the parts are there, so that a version that differs ends the connection and not the process.

/** A keyboard that the agent opens for a till. */
export interface KeyboardWish {
  readonly transport: 'sendinput' | 'xtest';
  /** Which characters below 0x20 may be typed, and the like: what the transport is made with. Plain data. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** What is to be typed: a number with its guard, or the keys of goods. */
export type Typing = { readonly stroke: Stroke } | { readonly keys: readonly KeyEvent[] };

/** From the daemon. `n` names a keyboard, a question or a capture; each kind counts for itself. */
export type DaemonMessage =
  | { readonly t: 'open'; readonly n: number; readonly wish: KeyboardWish }
  | { readonly t: 'close'; readonly n: number }
  /** Get ready to type; nothing is typed yet. */
  | { readonly t: 'offer'; readonly n: number; readonly keyboard: number; readonly typing: Typing }
  /** Type it, if less than `leftMs` have passed when it is its turn. */
  | { readonly t: 'go'; readonly n: number; readonly leftMs: number }
  | { readonly t: 'withdraw'; readonly n: number }
  | { readonly t: 'look'; readonly n: number; readonly keyboard: number; readonly guard: WindowGuard | null }
  /** For the process that reads a scanner in keyboard mode. */
  | { readonly t: 'capture'; readonly n: number; readonly message: unknown }
  | { readonly t: 'captureEnd'; readonly n: number }
  /** Something that the cashier should know: how a number for a till ended. The agent has the words. */
  | { readonly t: 'say'; readonly till: string; readonly outcome: OutcomeName; readonly reason: string };

/** From the agent. */
export type AgentMessage =
  | { readonly t: 'opened'; readonly n: number; readonly capabilities: InjectorCapabilities }
  | { readonly t: 'notOpened'; readonly n: number; readonly error: WireError }
  /** A keyboard is gone: its screen, or its process. */
  | { readonly t: 'ended'; readonly n: number; readonly error: WireError }
  | { readonly t: 'ready'; readonly n: number }
  | { readonly t: 'typed'; readonly n: number; readonly result: TypeResult }
  | { readonly t: 'looked'; readonly n: number; readonly look: Look }
  | { readonly t: 'captured'; readonly n: number; readonly message: unknown }
  | { readonly t: 'captureOver'; readonly n: number; readonly problem: string };

/** An error of the catalogue on its way. */
export interface WireError {
  readonly code: string;
  readonly params: Readonly<Record<string, string | number | boolean>>;
}

export function wireError(error: unknown): WireError {
  if (!isTillbridgeError(error)) return { code: 'TB_TILL_AGENT_FAILED', params: { problem: error instanceof Error ? error.message.slice(0, 300) : 'unknown' } };
  const params: Record<string, string | number | boolean> = {};
  for (const [name, value] of Object.entries(error.params)) if (value !== undefined) params[name] = value instanceof Masked ? value.masked : value;
  return { code: error.code, params };
}

/** An agent of another version may say something else: that is told, and ends nothing. */
export function errorOfWire({ code, params }: Partial<Record<keyof WireError, unknown>>): TillbridgeError {
  const name = typeof code === 'string' ? code : 'no code';
  const known = typeof params === 'object' && params !== null && !Array.isArray(params) ? plain(params) : {};
  if (Object.hasOwn(CATALOGUE, name)) return new TillbridgeError(name as ErrorCode, known);
  return new TillbridgeError('TB_TILL_AGENT_FAILED', { problem: name.slice(0, 100) });
}

function plain(params: object): WireError['params'] {
  return Object.fromEntries(Object.entries(params).filter((entry): entry is [string, string | number | boolean] => ['string', 'number', 'boolean'].includes(typeof entry[1])));
}

export function encode(message: DaemonMessage | AgentMessage): string {
  return JSON.stringify(message);
}

type Shape = Readonly<Record<string, 'number' | 'string' | 'object' | 'any'>>;

const FROM_DAEMON: Readonly<Record<DaemonMessage['t'], Shape>> = {
  open: { n: 'number', wish: 'object' },
  close: { n: 'number' },
  offer: { n: 'number', keyboard: 'number', typing: 'object' },
  go: { n: 'number', leftMs: 'number' },
  withdraw: { n: 'number' },
  look: { n: 'number', keyboard: 'number', guard: 'any' },
  capture: { n: 'number', message: 'object' },
  captureEnd: { n: 'number' },
  say: { till: 'string', outcome: 'string', reason: 'string' },
};

const FROM_AGENT: Readonly<Record<AgentMessage['t'], Shape>> = {
  opened: { n: 'number', capabilities: 'object' },
  notOpened: { n: 'number', error: 'object' },
  ended: { n: 'number', error: 'object' },
  ready: { n: 'number' },
  typed: { n: 'number', result: 'object' },
  looked: { n: 'number', look: 'object' },
  captured: { n: 'number', message: 'object' },
  captureOver: { n: 'number', problem: 'string' },
};

export function decodeDaemonMessage(text: string): DaemonMessage | undefined {
  return decode(text, FROM_DAEMON) as DaemonMessage | undefined;
}

export function decodeAgentMessage(text: string): AgentMessage | undefined {
  return decode(text, FROM_AGENT) as AgentMessage | undefined;
}

function decode(text: string, shapes: Readonly<Record<string, Shape>>): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const message = value as Readonly<Record<string, unknown>>;
  const { t } = message;
  if (typeof t !== 'string' || !Object.hasOwn(shapes, t)) return undefined;
  const whole = Object.entries(shapes[t] ?? {}).every(([name, type]) => {
    const field = message[name];
    return type === 'any' ? field !== undefined : typeof field === type && field !== null;
  });
  return whole ? message : undefined;
}
