import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { dirname, isAbsolute, sep } from 'node:path';
import type { Duplex } from 'node:stream';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bareEnvironment, hostEntry, type SpawnHost } from '@tillbridge/child-host';
import { TokenBucket, type Clock } from '@tillbridge/core';
import type { PluginPermission } from '../manifest/manifest.js';
import { LineFrames, MAX_MESSAGE_BYTES } from '../wire/line-frames.js';
import { readUpward } from '../wire/read-report.js';
import { namedOptions } from '../manifest/check-options.js';
import type { LocatedPlugin } from '../manifest/located.js';

/** Heap of a plugin, MiB. */
const HEAP_MB = 64;
/** All of its process, bytes. */
export const MEMORY_BYTES = 192 * 1024 * 1024;
/** Messages that a plugin may send: a scanner's noise fits many times. */
const RATE = { perSecond: 2000, burst: 6000 } as const;
/** Bytes that may wait for a plugin that does not read. */
const MOST_UNREAD = 4 * MAX_MESSAGE_BYTES;
/** A pipe whose other end was inherited by somebody is not waited for longer, ms. */
const DRAIN_MS = 1000;

export interface Launch {
  readonly plugin: LocatedPlugin;
  readonly options: unknown;
  readonly grant: readonly PluginPermission[];
  readonly clock: Clock;
  /** What it prints is shown: for its author. In a store it goes nowhere. */
  readonly prints?: boolean;
  /** Makes a text of the plugin fit for a log. */
  readonly clean: (text: string) => string;
}

export const childEntry = (): URL => hostEntry(import.meta.url, 'plugin-child');

/** What our packages are inside the process. */
export function providedModules(): Readonly<Record<string, string>> {
  const url = (name: string): string => pathToFileURL(realpathSync(fileURLToPath(hostEntry(import.meta.url, name)))).href;
  return { '@tillbridge/plugin': url('plugin-api'), '@tillbridge/core': url('plugin-core') };
}

/** Node.js's flags for one plugin: its memory, and, where this Node.js has the permission model, what it may touch. */
export function launchFlags({ plugin, options, grant }: Pick<Launch, 'plugin' | 'options' | 'grant'>, known: ReadonlySet<string> = process.allowedNodeEnvironmentFlags): readonly string[] {
  const limits = ['--disable-warning=ExperimentalWarning', '--disable-warning=SecurityWarning', `--max-old-space-size=${String(HEAP_MB)}`, '--max-semi-space-size=2'];
  if (!known.has('--permission')) return limits;
  // to the letter: Node.js takes a star for everything that begins so
  const files = namedOptions(plugin.manifest.files, options).filter((file) => isAbsolute(file) && !file.includes('*'));
  const folders = [plugin.folder, plugin.modules, packageFolder(realpathSync(fileURLToPath(childEntry())))];
  return [
    ...limits,
    '--permission',
    ...folders.map((folder) => `--allow-fs-read=${folder}${sep}*`),
    ...files.flatMap((file) => [`--allow-fs-read=${file}`, `--allow-fs-write=${file}`]),
    // newer ones can forbid the network too: a till, a platform and a network scanner are reached through it
    ...(known.has('--allow-net') ? ['--allow-net'] : []),
    ...grant.filter((name) => plugin.manifest.permissions.includes(name)).map((name) => `--allow-${name}`),
  ];
}

/** The folder of our own code that the process loads: nothing outside it is needed. */
const packageFolder = (file: string): string => (dirname(file).endsWith(`${sep}dist`) ? dirname(dirname(file)) : dirname(file));

/** Starts the process; what it says is read line by line, and what is no message of ours ends it. */
export function spawnPlugin(launch: Launch): SpawnHost {
  return ({ message, exit }) => {
    const child = spawn(process.execPath, [...launchFlags(launch), fileURLToPath(childEntry())], {
      cwd: launch.plugin.folder,
      env: bareEnvironment(),
      // what it prints goes nowhere: stdout is the daemon's own
      stdio: ['ignore', ...(launch.prints === true ? (['inherit', 'inherit'] as const) : (['ignore', 'ignore'] as const)), 'pipe'],
      windowsHide: true,
    });
    const channel = child.stdio[3] as Duplex | undefined;
    let over = false;
    const ended = (problem: string): void => {
      if (over) return;
      over = true;
      channel?.destroy();
      exit(problem);
    };
    child.on('error', (error) => {
      if (child.pid === undefined) ended(error.message);
    });
    child.on('exit', (code, signal) => {
      const problem = `its process ended (${signal ?? `exit code ${String(code)}`})`;
      // what it sent before is still on its way
      if (channel === undefined || channel.readableEnded || channel.destroyed) ended(problem);
      else channel.once('close', () => ended(problem));
      launch.clock.timer(DRAIN_MS, () => ended(problem), { ref: false });
    });
    if (channel !== undefined) {
      receive(channel, launch, message, (problem) => {
        message({ kind: 'fatal', problem });
        channel.destroy();
        child.kill('SIGKILL');
      });
    }
    return {
      send: (value) => {
        if (channel === undefined || channel.destroyed || channel.writableLength > MOST_UNREAD) return false;
        channel.write(`${JSON.stringify(value)}\n`);
        return true;
      },
      kill: () => {
        child.kill('SIGKILL');
      },
    };
  };
}

function receive(channel: Duplex, { clock, clean }: Launch, message: (message: unknown) => void, violate: (problem: string) => void): void {
  const frames = new LineFrames();
  const rate = new TokenBucket(RATE, clock.mono());
  channel.on('error', () => undefined);
  channel.on('data', (chunk: Buffer) => {
    for (const line of frames.push(chunk)) {
      const upward = readUpward(line);
      const problem = upward === undefined ? 'it sent something that is no message' : rate.take(clock.mono()) > 0 ? 'it sent too many messages' : undefined;
      if (problem !== undefined) {
        violate(problem);
        return;
      }
      message(upward?.kind === 'fatal' ? { ...upward, problem: clean(upward.problem) } : upward);
    }
    if (frames.broken) violate('it sent a message that is too long');
  });
}
