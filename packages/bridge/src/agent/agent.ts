import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { sleep, TillbridgeError, type Clock } from '@tillbridge/core';
import type { AboutAgent } from './greeting.js';
import { AgentLink, type LinkEnd } from './link.js';
import { decodeDaemonMessage, encode, type AgentMessage } from './messages.js';
import { AgentServices, type ServicePorts } from './services.js';

const CONNECT_MS = 2000;
/** The longest pause between two attempts, in ms: a cashier that logs on is not kept waiting when the service comes up. */
const LONGEST_PAUSE_MS = 10_000;
const FIRST_PAUSE_MS = 250;

export interface AgentOptions {
  /** Where a daemon may be, in order. */
  readonly places: readonly string[];
  /** Reads the key anew for each attempt: it may be given later. @throws {TillbridgeError} */
  readonly key: () => Uint8Array;
  readonly version: string;
  readonly about: AboutAgent;
  readonly clock: Clock;
  /** 0 <= x < 1. */
  readonly random: () => number;
  readonly services: Omit<ServicePorts, 'send' | 'clock'>;
  /** The daemon is found, or why it is not; called when that changes. */
  readonly onState: (state: { readonly connected: string; readonly daemonVersion: string } | TillbridgeError) => void;
}

/** Serves the daemon for as long as `signal` lasts: connects, and connects again with growing pauses of random length, for ever. */
export async function runAgent(options: AgentOptions, signal: AbortSignal): Promise<void> {
  const { clock, random, onState } = options;
  let attempt = 0;
  let said = '';
  const tell = (state: Parameters<AgentOptions['onState']>[0]): void => {
    const now = state instanceof TillbridgeError ? `${state.code} ${state.message}` : `connected ${state.connected}`;
    if (now !== said) onState(state);
    said = now;
  };
  while (!signal.aborted) {
    const served = await oneConnection(options, tell, signal);
    attempt = served ? 0 : attempt + 1;
    // full jitter: agents of many tills that lost one server do not come back as one
    await sleep(clock, random() * Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** Math.min(attempt, 10)), signal);
  }
}

/** True when a daemon was served. */
async function oneConnection(options: AgentOptions, tell: AgentOptions['onState'], signal: AbortSignal): Promise<boolean> {
  let key: Uint8Array;
  try {
    key = options.key();
  } catch (error) {
    if (!(error instanceof TillbridgeError)) throw error;
    tell(error);
    return false;
  }
  for (const place of options.places) {
    const socket = await reach(place, options.clock, signal);
    if (socket !== undefined) return serve(socket, place, key, options, tell, signal);
  }
  tell(new TillbridgeError('TB_TILL_AGENT_NO_DAEMON', { places: options.places.join(', ') }));
  return false;
}

/** A connection, or nothing where nobody listens. */
function reach(place: string, clock: Clock, signal: AbortSignal): Promise<Socket | undefined> {
  return new Promise((resolve) => {
    const socket = connect(place);
    const done = (result: Socket | undefined): void => {
      cancel();
      signal.removeEventListener('abort', giveUp);
      if (result === undefined) socket.destroy();
      socket.off('error', failed);
      resolve(result);
    };
    const failed = (): void => done(undefined);
    const giveUp = (): void => done(undefined);
    const cancel = clock.timer(CONNECT_MS, giveUp);
    socket.once('error', failed);
    // a destroyed socket may still tell of an error
    socket.on('error', () => undefined);
    socket.once('connect', () => done(socket));
    signal.addEventListener('abort', giveUp, { once: true });
    if (signal.aborted) giveUp();
  });
}

async function serve(socket: Socket, place: string, key: Uint8Array, options: AgentOptions, tell: AgentOptions['onState'], signal: AbortSignal): Promise<boolean> {
  const { clock, version, about } = options;
  let opened = false;
  let services: AgentServices | undefined;
  const end = await new Promise<LinkEnd>((resolve) => {
    const link: AgentLink = new AgentLink(socket, { clock, key, version, nonce: () => randomBytes(32).toString('hex') }, about, {
      open: () => {
        opened = true;
        const send = (message: AgentMessage): boolean => link.send(encode(message));
        services = new AgentServices({ ...options.services, clock, send });
        tell({ connected: place, daemonVersion: link.daemonVersion });
      },
      message: (text) => {
        const message = decodeDaemonMessage(text);
        if (message === undefined) link.close();
        else services?.take(message);
      },
      over: resolve,
    });
    const stop = (): void => link.close();
    if (signal.aborted) stop();
    signal.addEventListener('abort', stop, { once: true });
    socket.once('close', () => signal.removeEventListener('abort', stop));
  });
  await services?.close();
  if (!signal.aborted) tell(reasonOf(end, place));
  return opened;
}

function reasonOf(end: LinkEnd, place: string): TillbridgeError {
  if (end.why === 'refusedByPeer' && end.reason === 'occupied') return new TillbridgeError('TB_TILL_AGENT_OCCUPIED');
  if (end.why === 'stranger' || end.why === 'malformed' || end.why === 'greetingLate') return new TillbridgeError('TB_TILL_AGENT_STRANGER', { path: place, why: end.why });
  if (end.why === 'refusedByPeer') return new TillbridgeError('TB_TILL_AGENT_STRANGER', { path: place, why: end.reason });
  return new TillbridgeError('TB_TILL_AGENT_NO_DAEMON', { places: place });
}
