import { spawn } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { InjectorSource } from '@tillbridge/adapter-device/keyboard';
import { isoTime, printable, silentLog, systemClock, TillbridgeError, type Language, type Log } from '@tillbridge/core';
import { helperHost, helperPath, startHelperProgram } from '@tillbridge/readers/windows-keys';
import { readKeyFile } from '@tillbridge/store/state';
import { aboutThisAgent } from '../../agent/about.js';
import { runAgent, type AgentOptions } from '../../agent/agent.js';
import type { DaemonMessage, KeyboardWish } from '../../agent/messages.js';
import { daemonPlaces, keyPlaces } from '../../agent/place.js';
import { wordsFor } from '../../agent/words.js';
import { productVersion } from '../../version.js';
import { compileHotCode } from '../compilers.js';
import type { Cli } from '../cli.js';
import type { AgentCommandOptions } from '../register-agent.js';

const STARTED_MS = 10_000;
/** A message that is still being shown after this is ended, in ms. */
const SHOWN_MS = 15_000;

/** Serves the daemon from the cashier's session until the session ends. */
export async function agent(cli: Cli, { socket, key }: AgentCommandOptions): Promise<void> {
  cli.outlivesItsOutput();
  const stop = new AbortController();
  const end = (): void => stop.abort();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.on(signal, end);
  const about = await aboutThisAgent();
  const log = await logOf(cli);
  const keys = key === undefined ? keyPlaces(cli.statePath) : [key];
  systemClock.timer(STARTED_MS, compileHotCode, { ref: false });
  tell(cli, { event: 'started', pid: process.pid }, `agent pid=${process.pid}`);
  await runAgent(
    {
      places: socket === undefined ? daemonPlaces(cli.statePath) : [socket],
      key: () => sharedKey(keys),
      version: productVersion(),
      about,
      clock: systemClock,
      random: () => randomInt(2 ** 32) / 2 ** 32,
      services: {
        keyboard: (wish) => keyboardOf(wish, log),
        capture: (events) => {
          const path = helperPath();
          if (path === undefined) throw new Error('tillbridge-keyboard.exe is missing');
          return helperHost(startHelperProgram(path))(events);
        },
        say: (said) => sayToCashier(cli, said),
      },
      onState: (state) => tellState(cli, state),
    },
    stop.signal,
  );
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) process.off(signal, end);
}

/** The first key that is there and may be read. @throws {TillbridgeError} */
function sharedKey(places: readonly string[]): Uint8Array {
  for (const path of places) {
    if (!existsSync(path)) continue;
    try {
      const key = readKeyFile(path);
      if (key !== undefined) return key;
    } catch (error) {
      // that of the daemon's own folder need not be for this user; a copy that cannot be read is worth a word
      if (path === places.at(-1)) throw error;
    }
  }
  throw new TillbridgeError('TB_TILL_AGENT_NO_KEY', { places: places.join(', ') });
}

/** Where it is asked for: the log costs memory that an idle agent need not have. */
async function logOf(cli: Cli): Promise<Log> {
  if (cli.options.logLevel === undefined) return silentLog;
  const { createLog } = await import('../../log/logger.js');
  return createLog({ level: cli.options.logLevel, file: null });
}

async function keyboardOf({ transport, options }: KeyboardWish, log: Log): Promise<InjectorSource> {
  const { platform, env } = process;
  if ((transport === 'sendinput') !== (platform === 'win32')) throw new TillbridgeError('TB_TILL_AGENT_TRANSPORT', { transport, platform });
  const { sendInputSource, xtestSource } = await import('@tillbridge/adapter-device/keyboard');
  const till = typeof options['till'] === 'string' ? options['till'] : '';
  if (transport === 'sendinput') return sendInputSource({ till, clock: systemClock, log });
  const text = (name: string): string | undefined => (typeof options[name] === 'string' ? options[name] : undefined);
  return xtestSource({ till, display: text('display') ?? env['DISPLAY'] ?? '', xauthority: text('xauthority') }, systemClock);
}

type State = Parameters<AgentOptions['onState']>[0];

function tellState(cli: Cli, state: State): void {
  if (state instanceof TillbridgeError) {
    tell(cli, { event: 'waiting', code: state.code, problem: state.text(cli.lang), remedy: state.remedy(cli.lang) }, `${state.code}: ${state.text(cli.lang)}\n${state.remedy(cli.lang)}`);
    return;
  }
  const { connected, daemonVersion } = state;
  tell(cli, { event: 'connected', place: connected, daemon: daemonVersion }, cli.say({ en: `connected to the daemon at ${connected}`, ru: `подключён к демону: ${connected}` }));
}

/** A line on the console, and where the desktop has a place for such things, there. */
function sayToCashier(cli: Cli, { till, outcome, reason }: Extract<DaemonMessage, { t: 'say' }>): void {
  const words = wordsFor(outcome, reason, deskLanguage(cli));
  if (words === undefined) return;
  tell(cli, { event: 'message', till: printable(till, 100), outcome, text: words }, words);
  showOnDesktop(words);
}

/** Most desktops have it; where it cannot be shown there is the line on the console. */
function showOnDesktop(words: string): void {
  const helper = process.platform === 'win32' ? helperPath() : undefined;
  const [program, args] = helper === undefined ? ['notify-send', ['--app-name=Tillbridge', '--expire-time=7000', 'Tillbridge', words]] : [helper, ['message']];
  if (helper === undefined && process.platform !== 'linux') return;
  const shown = spawn(program, args, { stdio: [helper === undefined ? 'ignore' : 'pipe', 'ignore', 'ignore'], windowsHide: true });
  // not spawn's own time limit: its timer stays when the program is not there, and holds this process
  const late = systemClock.timer(SHOWN_MS, () => shown.kill(), { ref: false });
  shown.on('close', late);
  shown.on('error', late);
  shown.stdin?.on('error', () => undefined);
  shown.stdin?.end(words);
  shown.unref();
}

/** What the cashier reads. Windows has its language elsewhere than in the environment. */
function deskLanguage(cli: Cli): Language {
  const { LC_ALL, LANG } = process.env;
  if (cli.options.lang !== undefined || process.platform !== 'win32' || (LC_ALL ?? LANG ?? '') !== '') return cli.lang;
  return new Intl.DateTimeFormat().resolvedOptions().locale.startsWith('ru') ? 'ru' : 'en';
}

function tell(cli: Cli, document: Readonly<Record<string, unknown>>, text: string): void {
  cli.out(cli.json ? JSON.stringify({ time: isoTime(systemClock.wall()), ...document }) : text);
}
