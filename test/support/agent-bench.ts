import { createHash } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { join } from 'node:path';
import type { Injector, Stroke } from '@tillbridge/adapter-device/keyboard';
import type { ProcessEvents } from '@tillbridge/child-host';
import { silentLog, systemClock, type Clock, type LogFields } from '@tillbridge/core';
import { SimulatedDesktop, type SimulatedWindow } from '../../packages/adapter-device/src/keyboard/testing/simulated-injector.js';
import { makeTempFolder } from './temp-folder.js';
import { waitFor } from './wait-for.js';
import { runAgent, type AgentOptions } from '../../packages/bridge/src/agent/agent.js';
import { AgentDesk } from '../../packages/bridge/src/agent/desk.js';
import { framed, FrameSplitter, MAX_FRAME } from '../../packages/bridge/src/agent/frames.js';
import type { AboutAgent } from '../../packages/bridge/src/agent/greeting.js';
import type { DaemonMessage } from '../../packages/bridge/src/agent/messages.js';
import { startAgentServer, type AgentServer } from '../../packages/bridge/src/agent/server.js';

export const KEY = createHash('sha256').update('shared').digest();
export const ABOUT: AboutAgent = { version: '1.2.3', pid: 42, platform: 'test', session: 'Console', integrity: 'medium' };
export const never: AbortSignal = new AbortController().signal;
export const STROKE: Stroke = { parts: [{ text: '2900000000001' }, { key: 'Enter' }], guard: { title: 'Cashier' }, keyDelayMs: 0, mode: 'unicode', withinMs: 5000 };

/** A daemon's side and, where it is started, an agent's, over a real socket. */
export class Bench {
  readonly folder = makeTempFolder();
  readonly place = join(this.folder.path, 'agent.sock');
  readonly warned: LogFields[] = [];
  readonly desk: AgentDesk;
  readonly desktop = new SimulatedDesktop(systemClock);
  readonly till: SimulatedWindow;
  readonly states: Parameters<AgentOptions['onState']>[0][] = [];
  readonly said: Extract<DaemonMessage, { t: 'say' }>[] = [];
  readonly captures: { readonly events: ProcessEvents; readonly sent: unknown[]; killed: boolean }[] = [];
  server: AgentServer | undefined;
  readonly #agents: { readonly stop: AbortController; readonly done: Promise<void> }[] = [];

  constructor(readonly clock: Clock = systemClock) {
    this.desk = new AgentDesk(clock, '1.2.3');
    this.till = this.desktop.window('Cashier');
    this.desktop.front = this.till;
  }

  async listen(place = this.place): Promise<void> {
    const log = { ...silentLog, warn: (_: string, fields: LogFields = {}) => void this.warned.push(fields) };
    this.server = await startAgentServer({ place: { path: place, mode: 0o600 }, key: KEY, version: '1.2.3', clock: this.clock, log, desk: this.desk, grant: () => Promise.resolve() });
  }

  agent(over: Partial<AgentOptions> = {}): AbortController {
    const stop = new AbortController();
    const done = runAgent(
      {
        ...{ places: [this.place], key: () => KEY, version: '1.2.3', about: ABOUT, clock: systemClock, random: () => 0, onState: (state) => this.states.push(state) },
        services: {
          keyboard: () => Promise.resolve(this.desktop),
          capture: (events) => {
            const capture = { events, sent: [] as unknown[], killed: false };
            this.captures.push(capture);
            return { send: (message) => capture.sent.push(message) > 0, kill: () => (capture.killed = true) };
          },
          say: (said) => this.said.push(said),
        },
        ...over,
      },
      stop.signal,
    );
    this.#agents.push({ stop, done });
    return stop;
  }

  async close(): Promise<void> {
    for (const { stop } of this.#agents) stop.abort();
    await Promise.all(this.#agents.map(({ done }) => done));
    await this.server?.close();
    this.folder.remove();
  }

  async keyboard(): Promise<Injector> {
    await waitFor('the agent', () => this.desk.occupied);
    return this.desk.keyboard({ transport: 'xtest', options: {} }).open(AbortSignal.timeout(10_000));
  }
}

/** Somebody at the other end of a socket who speaks frames. */
export class Peer {
  readonly frames: Buffer[] = [];
  readonly closed: Promise<void>;
  readonly #splitter = new FrameSplitter(MAX_FRAME);
  constructor(readonly socket: Socket) {
    socket.on('error', () => undefined).on('data', (chunk: Buffer) => this.#splitter.push(chunk, (frame) => this.frames.push(Buffer.from(frame)) > 0));
    this.closed = new Promise((resolve) => socket.once('close', () => resolve()));
  }
  static async to(place: string): Promise<Peer> {
    const socket = connect(place);
    const peer = new Peer(socket);
    await new Promise((resolve) => socket.once('connect', resolve));
    return peer;
  }
  async frame(index: number): Promise<Buffer> {
    await waitFor('a frame', () => this.frames.length > index);
    return this.frames[index]!;
  }
  send(body: Uint8Array): void {
    this.socket.write(framed(body));
  }
}
