import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { environment } from './environment.js';

/** What the supervisor is told of a process. */
export interface ProcessEvents {
  readonly message: (message: unknown) => void;
  /** Called exactly once, after its last message, also when the process could not be started. */
  readonly exit: (problem: string) => void;
}

/** A running process; a test plays one. */
export interface HostProcess {
  /** False when it cannot be told any more. */
  send(message: unknown): boolean;
  /** SIGKILL, by handle. */
  kill(): void;
}

export type SpawnHost = (events: ProcessEvents) => HostProcess;

// A native driver's host holds a few reports at a time: it needs no more, and a defect must not take the till's memory.
const FLAGS = ['--disable-warning=ExperimentalWarning', '--max-old-space-size=48', '--max-semi-space-size=1', '--no-opt', '--no-maglev'];

/** Starts the built entry in a Node.js process of its own. */
export function forkHost(entry: URL, flags: readonly string[] = FLAGS): SpawnHost {
  return ({ message, exit }) => {
    // nothing of the daemon's environment, which may hold secrets
    const child = fork(entry, [], { env: environment(), execArgv: [...flags], stdio: ['ignore', 'ignore', 'ignore', 'ipc'], serialization: 'advanced' });
    let over = false;
    const ended = (problem: string): void => {
      if (over) return;
      over = true;
      exit(problem);
    };
    child.on('message', message);
    // one that could not be started has no exit
    child.on('error', (error) => {
      if (child.pid === undefined) ended(error.message);
    });
    child.on('exit', (code, signal) => {
      const problem = `its process ended (${signal ?? `exit code ${String(code)}`})`;
      // what it sent before it died is still on its way: the channel ends behind it
      if (child.connected) child.once('disconnect', () => ended(problem));
      else ended(problem);
    });
    return {
      send: (value) => {
        if (!child.connected) return false;
        // one that cannot be sent any more is told of by `exit`
        child.send(value as object, () => undefined);
        return true;
      },
      kill: () => {
        child.kill('SIGKILL');
      },
    };
  };
}

/** Where a built entry of a package is whose module is `from` (`import.meta.url`): beside that, or, when it runs from its sources (tests), in its `dist`. */
export function hostEntry(from: string, name: string): URL {
  const beside = new URL(`./${name}.js`, from);
  const sources = from.lastIndexOf('/src/');
  return existsSync(beside) || sources < 0 ? beside : new URL(`dist/${name}.js`, from.slice(0, sources + 1));
}
