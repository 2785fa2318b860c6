import { TillbridgeError, type Language } from '@tillbridge/core';
import { lockHolder, openJournalReader, stateFolderAt } from '@tillbridge/store';
import { formatProblem, readConfig, showAsYaml, type LoadedConfig, type RefusedConfig } from '../config/index.js';
import { logTail } from './log-tail.js';
import { machineFacts } from './machine.js';
import { scrub, scrubSecrets, secretsOf } from './scrub.js';

/** Rows of the journal, newest ones. */
const JOURNAL_ROWS = 1000;
/** Of the end of the log, in bytes. */
const LOG_BYTES = 2 * 1024 * 1024;
/** No file of the bundle is longer, in characters. */
const MAX_FILE = 4 * 1024 * 1024;

export interface SupportFile {
  readonly name: string;
  readonly text: string;
}

export interface SupportSources {
  /** Absolute path of the state folder. */
  readonly state: string;
  /** Path of the configuration file; undefined where none was found. */
  readonly config: string | undefined;
  readonly language: Language;
  /** Asks the running daemon. @throws {TillbridgeError} where there is none */
  readonly ask: (path: string) => Promise<unknown>;
  readonly doctor: () => Promise<unknown>;
}

const ABOUT = `What this is: what somebody needs who is to find out why a Tillbridge does not do what it should.
Что это: сведения, по которым можно понять, почему Tillbridge работает не так, как должен.

machine.json   versions, system, memory, disk, names and sizes of the files in the state folder
config.yaml    the effective configuration; secrets are hidden
doctor.json    what the doctor found
status.json    what the running daemon says of itself and its parts
metrics.txt    its counters
journal.jsonl  the last scans with their outcomes; codes and numbers are masked
log.jsonl      the last lines of the log, where it is written to a file

Nothing in here is a secret, a card number, a code or a telephone number: they are masked, and what looks like one is masked once more.
Секретов, номеров карт, кодов и телефонов здесь нет: они скрыты масками, а похожее на них скрыто ещё раз.
`;

/** Everything that the bundle has; a part that cannot be had says why in its place. Never rejects. */
export async function collectSupport(sources: SupportSources): Promise<readonly SupportFile[]> {
  const loaded = configOf(sources);
  const secrets = loaded?.ok === true ? secretsOf(loaded.config) : [];
  const clean = (text: string): string => scrub(text, secrets).slice(0, MAX_FILE);
  const json = async (name: string, get: () => unknown): Promise<SupportFile> => ({ name, text: clean(`${JSON.stringify(await orProblem(get, sources.language), null, 2)}\n`) });
  const metrics = await orProblem(() => sources.ask('/metrics'), sources.language);
  return [
    { name: 'about.txt', text: ABOUT },
    // sizes and times of files are no card numbers, however many digits they have
    { name: 'machine.json', text: scrubSecrets(`${JSON.stringify({ ...machineFacts(sources.state), running: runningPid(sources.state) }, null, 2)}\n`, secrets) },
    { name: 'config.yaml', text: clean(configText(sources, loaded)) },
    await json('doctor.json', sources.doctor),
    await json('status.json', () => sources.ask('/v1/daemon')),
    { name: 'metrics.txt', text: scrubSecrets(typeof metrics === 'string' ? metrics : JSON.stringify(metrics), secrets).slice(0, MAX_FILE) },
    { name: 'journal.jsonl', text: clean(journalText(sources)) },
    { name: 'log.jsonl', text: clean(logText(loaded)) },
  ];
}

async function orProblem(get: () => unknown, language: Language): Promise<unknown> {
  try {
    return await get();
  } catch (error) {
    return { problem: error instanceof TillbridgeError ? `${error.code}: ${error.text(language)}` : error instanceof Error ? error.message : 'unknown' };
  }
}

function runningPid(state: string): number | null {
  try {
    return lockHolder(stateFolderAt(state))?.pid ?? null;
  } catch {
    return null;
  }
}

function configOf({ config, language, state }: SupportSources): LoadedConfig | RefusedConfig | undefined {
  try {
    return config === undefined ? undefined : readConfig(config, { env: process.env, language, state });
  } catch {
    return undefined;
  }
}

/** The text of a file that is not valid stays where it is: a secret may stand in it. */
function configText({ config }: SupportSources, loaded: LoadedConfig | RefusedConfig | undefined): string {
  if (loaded === undefined) return `# no configuration could be read${config === undefined ? '' : ` (${config})`}\n`;
  if (!loaded.ok) return ['# the configuration is not valid:', ...loaded.problems.map((problem) => `# ${formatProblem(problem)}`), ''].join('\n');
  return `# ${config ?? ''}\n${loaded.warnings.map((warning) => `# ${formatProblem(warning)}\n`).join('')}${showAsYaml(loaded)}`;
}

function journalText({ state, language }: SupportSources): string {
  const reader = openJournalReader(stateFolderAt(state));
  try {
    return reader.rows({ limit: JOURNAL_ROWS }).map((row) => `${JSON.stringify(row)}\n`).join('');
  } catch (error) {
    return `${error instanceof TillbridgeError ? `${error.code}: ${error.text(language)}` : 'it cannot be read'}\n`;
  } finally {
    reader.close();
  }
}

function logText(loaded: LoadedConfig | RefusedConfig | undefined): string {
  const file = loaded?.ok === true ? loaded.config.log.file : null;
  if (file === null) return 'the log goes to the console or the system (journalctl -u tillbridge); set log.file to have it in this bundle\n';
  return logTail(file, LOG_BYTES) ?? `${file} cannot be read\n`;
}
