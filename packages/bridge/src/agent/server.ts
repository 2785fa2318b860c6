import { randomBytes } from 'node:crypto';
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { asTillbridgeError, printable, TillbridgeError, type Clock, type Log } from '@tillbridge/core';
import type { AgentDesk } from './desk.js';
import { DaemonLink, type LinkEnd } from './link.js';
import { decodeAgentMessage } from './messages.js';
import type { ListenPlace } from './place.js';

/**
 * Connections that have not greeted yet. Beyond these the one that has waited longest makes room: turning the newest away would let any user
 * of the machine keep the agent out with a handful of silent connections, and ours needs no more than a moment for its greeting.
 */
const MOST_WAITING = 32;
/** A stranger that keeps knocking is told of once in this time, in ms. */
const STRANGER_MS = 60_000;

export interface AgentServerOptions {
  readonly place: ListenPlace;
  readonly key: Uint8Array;
  readonly version: string;
  readonly clock: Clock;
  readonly log: Log;
  readonly desk: AgentDesk;
  /** Opens the pipe to the cashier's user; where there are no pipes, nothing. */
  readonly grant: (path: string) => Promise<void>;
}

export interface AgentServer {
  close(): Promise<void>;
}

/**
 * Where the agent connects. One agent serves at a time, the first that comes; others are told so and come again.
 * @throws {TillbridgeError} `TB_TILL_AGENT_SOCKET`
 */
export async function startAgentServer(options: AgentServerOptions): Promise<AgentServer> {
  const { place, log, grant } = options;
  const reception = new Reception(options);
  const server = createServer((socket) => reception.receive(socket));
  const pipe = place.path.startsWith('\\\\');
  // this daemon holds the state folder's lock: a socket that lies there is the one of a daemon that died
  if (!pipe) rmSync(place.path, { force: true });
  await listen(server, place.path).catch((error: unknown) => {
    throw new TillbridgeError('TB_TILL_AGENT_SOCKET', { path: place.path, problem: error instanceof Error ? error.message : String(error) }, { cause: error });
  });
  if (pipe) {
    // without it only the same user's agent can connect: worth a word, no reason to stop
    await grant(place.path).catch((error: unknown) => log.warn('the pipe is open to this user alone', { error: asTillbridgeError(error, 'TB_TILL_AGENT_ACCESS') }));
  } else {
    chmodSync(place.path, place.mode);
  }
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          if (!pipe) rmSync(place.path, { force: true });
          resolve();
        });
        reception.close();
      }),
  };
}

/** Takes connections: greets them, hands the one that is ours to the desk. */
class Reception {
  readonly #options: AgentServerOptions;
  readonly #links = new Set<DaemonLink>();
  #strangerAt = Number.NEGATIVE_INFINITY;

  constructor(options: AgentServerOptions) {
    this.#options = options;
  }

  receive(socket: Socket): void {
    const { key, version, clock, desk } = this.#options;
    // a set keeps the order in which they came
    const waiting = [...this.#links].filter(({ state }) => state !== 'open');
    if (waiting.length >= MOST_WAITING) waiting[0]?.close();
    const state = { serving: false };
    const link: DaemonLink = new DaemonLink(
      socket,
      { key, version, clock, nonce: () => randomBytes(32).toString('hex'), admits: () => !desk.occupied },
      {
        open: () => (state.serving = this.#serve(link)),
        message: (text) => {
          const message = decodeAgentMessage(text);
          if (message === undefined) link.close();
          else desk.take(message);
        },
        over: (end) => {
          this.#links.delete(link);
          this.#over(state.serving, end);
        },
      },
    );
    this.#links.add(link);
  }

  close(): void {
    for (const link of [...this.#links]) link.close();
  }

  #serve(link: DaemonLink): boolean {
    const { log, desk } = this.#options;
    const { about } = link;
    if (about === undefined) return false;
    log.info('the agent of the cashier’s session is connected', { agentPid: about.pid, agentVersion: printable(about.version) });
    desk.attach({ about, send: (text) => link.send(text) });
    return true;
  }

  #over(serving: boolean, end: LinkEnd): void {
    const { log, desk, clock } = this.#options;
    if (serving) {
      log.warn('the agent of the cashier’s session is gone', { why: end.why });
      desk.detach();
    } else if (isStranger(end) && clock.mono() - this.#strangerAt >= STRANGER_MS) {
      this.#strangerAt = clock.mono();
      log.warn('a program that is not our agent was turned away', { why: 'reason' in end ? end.reason : end.why });
    }
  }
}

function isStranger(end: LinkEnd): boolean {
  return end.why === 'malformed' || end.why === 'greetingLate' || (end.why === 'refused' && end.reason !== 'occupied');
}

function listen(server: Server, path: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(path, () => {
      server.off('error', reject);
      resolve();
    });
  });
}
