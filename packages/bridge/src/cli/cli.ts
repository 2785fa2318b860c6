import { isTillbridgeError, TillbridgeError, type Language, type LogLevel } from '@tillbridge/core';
import type { ControlAnswer } from '../control/client.js';
import type { Method } from '../control/http.js';
import { controlSocketPath, stateFolderAt } from '@tillbridge/store/state';
import type { LoadedConfig } from '../config/index.js';
import { defaultStateFolder } from '../config/locate.js';
import { RefusedConfigError } from '../daemon/refused-config.js';
import { exitCodeOf } from './exit-codes.js';
import { existingConfig, findConfig } from './find-config.js';

/** The options that every command has. */
export interface GlobalOptions {
  readonly config?: string;
  readonly state?: string;
  readonly json?: boolean;
  readonly logLevel?: LogLevel;
  readonly lang?: Language;
}

/** A text in the two languages of the command line. */
export interface Text {
  readonly en: string;
  readonly ru: string;
}

/** Ends a command with an exit code; what was to be said has been printed. */
export class ExitError extends Error {
  readonly exitCode: number;

  constructor(exitCode: number) {
    super(`exit ${exitCode}`);
    this.exitCode = exitCode;
  }
}

/** How long a call that the daemon answers at once may take, in ms. */
const CALL_MS = 10_000;

/** What a command has to do with the world: its options, its two output streams, the daemon. */
export class Cli {
  readonly options: GlobalOptions;
  readonly lang: Language;

  constructor(options: GlobalOptions) {
    this.options = options;
    this.lang = options.lang ?? systemLanguage();
  }

  get json(): boolean {
    return this.options.json === true;
  }

  /** Results. */
  out(text: string): void {
    process.stdout.write(`${text}\n`);
  }

  /** From now on nobody needs to read our output: a closed pipe ends nothing. */
  outlivesItsOutput(): void {
    process.stdout.removeAllListeners('error').on('error', () => undefined);
  }

  /** Everything that is not a result. */
  err(text: string): void {
    process.stderr.write(`${text}\n`);
  }

  /** One JSON document with `--json`, else the text for people. */
  result(document: unknown, text: () => string): void {
    this.out(this.json ? JSON.stringify(document, null, 2) : text());
  }

  say(text: Text): string {
    return text[this.lang];
  }

  /** Prints an error as the contract has it and gives its exit code. */
  fail(error: unknown): number {
    if (error instanceof ExitError) return error.exitCode;
    const known = isTillbridgeError(error) ? error : unexpected(error);
    const problems = known instanceof RefusedConfigError ? known.problems : [];
    if (this.json) this.err(JSON.stringify(known.body(this.lang)));
    else this.err([...problems, `${known.code}: ${known.text(this.lang)}`, known.remedy(this.lang)].join('\n'));
    if (this.options.logLevel === 'debug' && error instanceof Error) this.err(String(error.stack));
    return exitCodeOf(known.code);
  }

  get statePath(): string {
    return stateFolderAt(this.options.state ?? defaultStateFolder(process.env, process.platform, process.getuid?.())).path;
  }

  /** @throws {TillbridgeError} `TB_CONFIG_NOT_FOUND` */
  get configPath(): string {
    return findConfig(this.options.config);
  }

  /** Reads and checks the configuration. @throws {TillbridgeError} area CONFIG */
  async loadConfig(): Promise<LoadedConfig> {
    // what reads and checks a configuration is most of this program: commands that need none start without it
    const { loadConfigFile } = await import('./config-file.js');
    return loadConfigFile(this.configPath, this.lang, this.statePath);
  }

  /** The configuration, where there is a valid one: for commands that also work without. A file that was named has to be valid. */
  async optionalConfig(): Promise<LoadedConfig | undefined> {
    if (existingConfig(this.options.config) === undefined) return undefined;
    const { optionalConfig } = await import('./config-file.js');
    return optionalConfig(this.options.config, this.lang, this.statePath);
  }

  /** Calls the daemon of the state folder. @throws {TillbridgeError} `TB_API_NO_DAEMON`, and what the daemon answers */
  async call(method: Method, path: string, body?: unknown, timeoutMs = CALL_MS): Promise<ControlAnswer> {
    const { callDaemon, errorOf } = await import('../control/client.js');
    const state = stateFolderAt(this.statePath);
    const answer = await callDaemon(controlSocketPath(state), state.path, { method, path, timeoutMs, language: this.lang, ...(body === undefined ? {} : { body }) });
    const refused = errorOf(answer);
    if (refused === undefined) return answer;
    if (this.json) this.err(JSON.stringify(answer.body));
    else this.err([...refused.problems, `${refused.code}: ${refused.message}`, refused.remedy].join('\n'));
    throw new ExitError(exitCodeOf(refused.code, 3));
  }
}

function unexpected(error: unknown): TillbridgeError {
  const problem = error instanceof Error ? error.message : String(error);
  return new TillbridgeError('TB_API_INTERNAL', { problem }, { cause: error });
}

/** Russian where the system speaks it. */
export function systemLanguage(env: NodeJS.ProcessEnv = process.env): Language {
  // an empty variable counts as one that is not set (POSIX, 8.2)
  const locale = [env['LC_ALL'], env['LANG']].find((value) => value !== undefined && value !== '');
  return locale !== undefined && /^ru/i.test(locale) ? 'ru' : 'en';
}
