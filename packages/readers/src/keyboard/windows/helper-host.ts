import { spawn } from 'node:child_process';
import type { Downward, HostProcess, ProcessEvents, SpawnHost, Upward } from '@tillbridge/child-host';
import { OWN_KEYS_MARK } from '@tillbridge/core';
import type { HostCommand, HostReport, KeyboardProtocol } from '../host/protocol.js';
import { HelperLines, parseLine, startLine, STOP_LINE, type HelperLine } from './lines.js';

/** The helper as a process: what it says in lines, and a way to say something to it. A test plays one. */
export interface HelperProcess {
  /** False when it cannot be told any more. */
  write(line: string): boolean;
  /** The end of its input: it gives back what it holds and ends. */
  end(): void;
  kill(): void;
}

export interface HelperEvents {
  readonly text: (chunk: string) => void;
  /** Called exactly once, after its last text, also when it could not be started. */
  readonly exit: (problem: string) => void;
}

export type StartHelper = (events: HelperEvents) => HelperProcess;

/** The Windows helper behind the messages of any other helper process: the reader and its supervisor know no difference. */
export function helperHost(start: StartHelper): SpawnHost {
  return (events) => new HelperHost(start, events);
}

class HelperHost implements HostProcess {
  readonly #process: HelperProcess;
  readonly #events: ProcessEvents;
  readonly #lines = new HelperLines();
  /** Which attempt of the reader the helper works for. */
  #attempt = 0;

  constructor(start: StartHelper, events: ProcessEvents) {
    this.#events = events;
    this.#process = start({ text: (chunk) => this.#text(chunk), exit: events.exit });
  }

  send(message: unknown): boolean {
    const downward = message as Downward<KeyboardProtocol>;
    switch (downward.kind) {
      case 'setup':
        return true;
      case 'command':
        return this.#command(downward.command);
      case 'stop':
        this.#process.end();
        return true;
    }
  }

  kill(): void {
    this.#process.kill();
  }

  #command(command: HostCommand): boolean {
    this.#attempt = command.attempt;
    if (command.kind === 'close') return this.#process.write(STOP_LINE);
    if (command.target.access === 'hook') return this.#process.write(startLine(command.target.rule, OWN_KEYS_MARK));
    this.#report({ kind: 'failed', attempt: command.attempt, failure: 'other', problem: 'this helper takes keys by a hook only' });
    return true;
  }

  #text(chunk: string): void {
    const lines = this.#lines.push(chunk);
    if (lines === undefined) {
      this.#process.kill();
      return;
    }
    for (const text of lines) {
      const line = parseLine(text);
      // one that says what we do not understand is not ours, or of another version
      if (line === undefined) this.#up({ kind: 'fatal', problem: 'the helper is of another version' });
      else this.#line(line);
    }
  }

  #line(line: HelperLine): void {
    const attempt = this.#attempt;
    switch (line.kind) {
      case 'hello':
      case 'beat':
      case 'rehooked':
        this.#up({ kind: 'beat' });
        return;
      case 'opened':
        this.#report({ kind: 'opened', attempt });
        return;
      case 'failed':
        this.#report({ kind: 'failed', attempt, failure: line.missing ? 'missing' : 'other', problem: line.problem });
        return;
      case 'keys':
        this.#report({ kind: 'keys', attempt, seq: line.seq, news: line.keys });
        return;
      case 'gone':
        this.#report({ kind: 'gone', attempt, problem: 'the keyboard was unplugged' });
        return;
      case 'closed':
        this.#report({ kind: 'closed', attempt });
    }
  }

  #report(report: HostReport): void {
    this.#up({ kind: 'report', report });
  }

  #up(message: Upward<KeyboardProtocol>): void {
    this.#events.message(message);
  }
}

/** Starts the built helper. */
export function startHelperProgram(path: string): StartHelper {
  return ({ text, exit }) => {
    const { SystemRoot } = process.env;
    // nothing of the daemon's environment, which may hold secrets
    const child = spawn(path, [], { env: SystemRoot === undefined ? {} : { SystemRoot }, stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true });
    let over = false;
    const ended = (problem: string): void => {
      if (over) return;
      over = true;
      exit(problem);
    };
    child.stdout.setEncoding('latin1');
    child.stdout.on('data', text);
    child.stdout.on('error', () => undefined);
    child.stdin.on('error', () => undefined);
    child.on('error', (error) => {
      if (child.pid === undefined) ended(error.message);
    });
    // `close` comes after the last of its output
    child.on('close', (code, signal) => ended(`its process ended (${signal ?? `exit code ${String(code)}`})`));
    return {
      write: (line) => {
        if (!child.stdin.writable) return false;
        child.stdin.write(line);
        return true;
      },
      end: () => child.stdin.end(),
      kill: () => {
        child.kill('SIGKILL');
      },
    };
  };
}
