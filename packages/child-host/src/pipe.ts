import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { environment } from './environment.js';
import { encodeFrame, FrameSplitter } from './frames.js';
import type { HostProcess, SpawnHost } from './spawn.js';
import { together } from './together.js';

/** A process that is talked to over its standard input and output. */
export interface PipeProcess extends HostProcess {
  readonly pid: number | undefined;
  /** Bytes that it has not taken yet. */
  readonly pending: number;
}

export interface PipeHostOptions {
  /** Of Node.js. */
  readonly flags: readonly string[];
  /** A process was made: what {@link PipeProcess} says of it beyond what its supervisor needs. */
  readonly made?: (process: PipeProcess) => void;
  /** The process took all that waited for it. */
  readonly drained?: () => void;
}

/**
 * Starts the built entry in a Node.js process of its own, and talks to it in frames (`encodeFrame`) over pipes: for hosts that much is said
 * to. Bytes go through as they are, and what is said in one turn is one write: messages in bunches cost little more than half of what they do
 * over the channel of `forkHost`.
 * `pipeChannel` is the other end.
 */
export function pipeHost(entry: URL, { flags, made, drained }: PipeHostOptions): SpawnHost {
  return ({ message, exit }) => {
    // nothing of the daemon's environment, which may hold secrets
    const child = spawn(process.execPath, [...flags, fileURLToPath(entry)], { env: environment(), stdio: ['pipe', 'pipe', 'ignore'], windowsHide: true });
    const { stdin, stdout } = child;
    const splitter = new FrameSplitter();
    let over = false;
    const ended = (problem: string): void => {
      if (over) return;
      over = true;
      exit(problem);
    };
    stdout.on('data', (chunk: Buffer) => {
      let messages: unknown[];
      try {
        messages = splitter.push(chunk);
      } catch {
        // not what a host of ours writes: it is started anew
        child.kill('SIGKILL');
        return;
      }
      for (const each of messages) message(each);
    });
    stdin.on('drain', () => drained?.());
    // a pipe that breaks is a process that ends: its exit tells
    for (const pipe of [stdin, stdout]) pipe.on('error', () => undefined);
    // one that could not be started has no exit
    child.on('error', (error) => {
      if (child.pid === undefined) ended(error.message);
    });
    // not `exit`: what it sent before it died is still in the pipe then
    child.on('close', (code, signal) => ended(`its process ended (${signal ?? `exit code ${String(code)}`})`));
    const send = together(stdin);
    const handle: PipeProcess = {
      pid: child.pid,
      get pending() {
        return stdin.writableLength;
      },
      send: (value) => {
        if (!stdin.writable) return false;
        send(encodeFrame(value as object));
        return true;
      },
      kill: () => {
        child.kill('SIGKILL');
      },
    };
    made?.(handle);
    return handle;
  };
}
