import type { HostedPart, HostPort } from '@tillbridge/child-host';
import { asTillbridgeError, type Cancel, type Clock, type Log, type LogFields, type LogLevel } from '@tillbridge/core';
import { EventHub } from '../../events/index.js';
import { consoleFolder } from '../../console-folder.js';
import { readConsole } from '../console/index.js';
import { LockOut } from '../limits/index.js';
import { startApiServer, type ApiServer } from '../server.js';
import { EventSockets } from '../websocket.js';
import { Bunches } from './bunches.js';
import { describeError } from './describe.js';
import { EventMirror } from './event-mirror.js';
import { Notes } from './notes.js';
import type { ApiCommand, ApiReport, OpenCommand } from './protocol.js';
import { RemoteCalls } from './remote-calls.js';
import { TrustTable } from './trust-table.js';

/** What there is once the daemon has said what to serve. */
interface Opened {
  readonly setup: OpenCommand;
  readonly hub: EventHub;
  readonly sockets: EventSockets;
  readonly mirror: EventMirror;
  readonly trust: TrustTable;
  readonly locks: LockOut;
  origins: readonly string[];
  console: boolean;
  server: ApiServer | undefined;
}

export interface ServedApiPorts {
  readonly port: Pick<HostPort<ApiReport>, 'send'>;
  readonly clock: Clock;
  /** Bytes that the daemon has not taken yet. */
  readonly unsent: () => number;
}

/** The process's side of the API: the server, its guards and its events, as the daemon says. */
export class ServedApi implements HostedPart<ApiCommand> {
  readonly #clock: Clock;
  readonly #calls: RemoteCalls;
  readonly #notes: Notes;
  readonly #send: (report: ApiReport) => void;
  #opened: Opened | undefined;
  #starting: Promise<void> | undefined;
  #telling = false;

  constructor({ port, clock, unsent }: ServedApiPorts) {
    this.#clock = clock;
    const send = (report: ApiReport): void => port.send(report);
    this.#send = send;
    this.#notes = new Notes(clock, send);
    const bunches = new Bunches(clock);
    const told = (report: ApiReport): void => {
      // what it asks about may be what has just been counted
      if (report.say === 'call') this.#notes.flush();
      send(report);
    };
    this.#calls = new RemoteCalls({ send: (report, looks) => bunches.add(() => told(report), !looks), unsent });
  }

  command(command: ApiCommand): void {
    if (command.do === 'open') this.#open(command);
    else if (command.do === 'answer') this.#calls.answered(command.id, command.status, command.contentType, command.bytes);
    else if (command.do === 'refuse') this.#calls.refused(command.id, command.error);
    else if (this.#opened !== undefined) this.#change(this.#opened, command);
  }

  async close(): Promise<void> {
    const opened = this.#opened;
    if (opened === undefined) return;
    opened.sockets.close();
    await this.#starting;
    const { server } = opened;
    opened.server = undefined;
    await server?.close();
    this.#notes.flush();
  }

  #change(opened: Opened, command: Exclude<ApiCommand, { do: 'open' | 'answer' | 'refuse' }>): void {
    const { hub, sockets, mirror, trust, locks } = opened;
    switch (command.do) {
      case 'event':
        mirror.put(command);
        return;
      case 'over':
        mirror.over(command.seqs);
        return;
      case 'lost':
        hub.forget(command.seq);
        return;
      case 'listen':
        hub.skipTo(command.seq);
        this.#starting = this.#listen(opened);
        return;
      case 'trust':
        for (const id of trust.replace(command.trust)) sockets.revoke(id);
        this.#send({ say: 'done', ack: command.ack });
        return;
      case 'origins':
        opened.origins = command.origins;
        opened.console = command.console;
        this.#send({ say: 'done', ack: command.ack });
        return;
      case 'attempt':
        locks.apply(command.key, command.right);
        return;
      case 'closing':
        hub.close();
        return;
      case 'finish':
        void this.close().then(() => this.#send({ say: 'done', ack: command.ack }));
    }
  }

  #open(setup: OpenCommand): void {
    const clock = this.#clock;
    const hub = new EventHub({ clock, log: this.#log(), version: setup.version, origin: setup.events, roundMs: 0 });
    const locks = new LockOut(clock, (key, right) => this.#send({ say: 'attempt', key, right }));
    locks.restore(setup.locks);
    const trust = new TrustTable(locks, (client) => this.#notes.seen(client));
    trust.replace(setup.trust);
    // not with the notes: what the daemon does not know of, the next process would give again
    const mirror = new EventMirror(hub, clock, (seq) => this.#send({ say: 'taken', seqs: [seq] }));
    hub.onListeners(() => {
      // a hundred that are let go are one message
      if (this.#telling) return;
      this.#telling = true;
      clock.afterInput(() => {
        this.#telling = false;
        this.#send({ say: 'listeners', counts: Object.fromEntries(hub.granted()) });
      });
    });
    const { origins, console } = setup;
    this.#opened = { setup, hub, sockets: new EventSockets({ hub, clock }), mirror, trust, locks, origins, console, server: undefined };
  }

  async #listen(opened: Opened): Promise<void> {
    const { setup, sockets, trust } = opened;
    const { host, port, calls } = setup;
    try {
      opened.server = await startApiServer({
        host,
        port,
        calls: this.#calls.served(calls),
        bodies: 'text',
        origins: () => opened.origins,
        console: { files: readConsole(consoleFolder()), on: () => opened.console },
        clients: trust,
        sockets,
        clock: this.#clock,
        // there is nothing here that a request would have to let pass: the daemon takes calls in its own time
        turn: atOnce,
        refused: (reason) => this.#notes.refused(reason),
        strange: (route) => this.#send({ say: 'strange', route }),
        log: this.#log(),
      });
      this.#send({ say: 'listening', url: opened.server.url });
    } catch (error) {
      this.#send({ say: 'notListening', error: describeError(asTillbridgeError(error, 'TB_API_INTERNAL')) });
    }
  }

  /** What there is to log, the daemon logs. */
  #log(): Log {
    const write = (level: LogLevel) => (text: string, fields: LogFields = {}): void => {
      const { error } = fields;
      this.#send({ say: 'log', level, text, ...(error instanceof Error ? { problem: error.message, stack: error.stack ?? '' } : {}) });
    };
    const log: Log = { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error'), child: () => log };
    return log;
  }
}

function atOnce(go: () => void): Cancel {
  go();
  return () => undefined;
}
