import type { Language } from '@tillbridge/core';
import type { DeviceProfile } from '@tillbridge/readers/profiles';
import { checkCodes } from './check/codes.js';
import { checkIiko } from './check/iiko.js';
import { checkIikoCloud } from './check/iiko-cloud.js';
import { checkKeyboard } from './check/keyboard.js';
import { checkNames } from './check/names.js';
import { checkMobile } from './check/mobile.js';
import { checkNfc } from './check/nfc.js';
import { outlineOf } from './check/outline.js';
import { checkOnec } from './check/onec.js';
import { checkPlaces } from './check/places.js';
import { checkPlatforms } from './check/platforms.js';
import { checkReceipts } from './check/receipts.js';
import { checkRkeeper } from './check/rkeeper.js';
import { checkRoutes } from './check/routes.js';
import { checkStations } from './check/stations.js';
import { checkSync } from './check/sync.js';
import { warningsOf } from './check/warnings.js';
import { discreet } from './discretion.js';
import { MAX_CONFIG_BYTES, positionIn, readDocument } from './document.js';
import { findingsOf, withKnownKeys } from './issues.js';
import { resolvePlugins, type FindPlugin } from './plugins.js';
import { migrate } from './migrate.js';
import { formatKeyPath, toProblems, type ConfigProblem, type Finding } from './problem.js';
import { resolveReferences, type ReferenceSources } from './references.js';
import { configSchema, type Config } from './schema.js';
import { say } from './texts.js';

export interface ParseOptions extends ReferenceSources {
  /** The file's name, as problems show it. */
  readonly path: string;
  /** Language of the problems; default English. */
  readonly language?: Language;
  /** Looks for the packages that are named; default: none is there. */
  readonly findPlugin?: FindPlugin;
}

/** A configuration that can be started. */
export interface LoadedConfig {
  readonly ok: true;
  readonly config: Config;
  /** Key paths whose values came from `${env:}` or `${file:}`: not to be shown. */
  readonly referenced: readonly string[];
  /** What works and is probably not meant. */
  readonly warnings: readonly ConfigProblem[];
  /** Device profiles of the user, from beside the file. */
  readonly profiles: readonly DeviceProfile[];
  /** Set when the file was of an older version of the format. */
  readonly migratedFrom?: number;
}

export interface RefusedConfig {
  readonly ok: false;
  /** Every mistake, in the order of the file. Never empty. */
  readonly problems: readonly ConfigProblem[];
}

/**
 * Reads a configuration file: all its mistakes at once, or the configuration with every default filled in. Never throws.
 *
 * @param source the file's text, or its bytes: those are checked to be UTF-8.
 */
export function parseConfig(source: string | Uint8Array, options: ParseOptions): LoadedConfig | RefusedConfig {
  const { path: file, language = 'en' } = options;
  const refuse = (finding: Finding): RefusedConfig => ({ ok: false, problems: toProblems([finding], file, language, () => START) });
  const size = typeof source === 'string' ? source.length : source.byteLength;
  if (size > MAX_CONFIG_BYTES) return refuse({ path: [], position: START, text: say('tooLarge', { max: MAX_CONFIG_BYTES }) });
  const text = typeof source === 'string' ? source : new TextDecoder().decode(source);
  const bad = typeof source === 'string' ? undefined : badByte(source, text);
  if (bad !== undefined) return refuse({ path: [], position: positionIn(text, bad), text: say('notUtf8') });

  const { document, findings: syntax } = readDocument(text);
  if (document === undefined) return { ok: false, problems: toProblems(syntax, file, language, () => START) };
  const migrated = migrate(document.value);
  const resolved = resolveReferences(migrated.value, options);
  const plugins = resolvePlugins(resolved.value, options.findPlugin ?? (() => ({ kind: 'notFound', places: [] })), resolved);
  const parsed = configSchema.safeParse(plugins.value, { error: withKnownKeys });
  const context = { document: resolved.value, referenced: resolved.referenced };
  const outline = outlineOf(plugins.value);
  // what a reference did not give is not judged as well
  const absent = new Set(resolved.findings.map(({ path }) => formatKeyPath(path)));
  const findings = [
    ...syntax,
    ...migrated.findings,
    ...resolved.findings,
    ...plugins.findings.filter(({ path }) => !absent.has(formatKeyPath(path))),
    ...(parsed.error?.issues ?? []).flatMap((issue) => findingsOf(issue, context)).filter(({ path }) => !absent.has(formatKeyPath(path))),
    ...discreet([checkNames, checkPlaces, checkPlatforms, checkCodes, checkNfc, checkMobile, checkIiko, checkIikoCloud, checkOnec, checkReceipts, checkRkeeper, checkKeyboard, checkRoutes, checkStations, checkSync].flatMap((check) => check(outline)), resolved.referenced),
  ];
  const shown = (all: readonly Finding[]): readonly ConfigProblem[] =>
    toProblems(all, file, language, (finding) => document.positionOf(finding.path, finding.at));
  if (findings.length > 0 || parsed.data === undefined) return { ok: false, problems: shown(findings) };
  return {
    ok: true,
    config: parsed.data,
    profiles: [],
    referenced: [...resolved.referenced.keys()],
    warnings: shown(discreet(warningsOf(outline), resolved.referenced)),
    ...(migrated.migratedFrom === undefined ? {} : { migratedFrom: migrated.migratedFrom }),
  };
}

const START = { line: 1, column: 1 } as const;

/** Offset in the text of the first byte that is not UTF-8. */
function badByte(bytes: Uint8Array, text: string): number | undefined {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return undefined;
  } catch {
    return Math.max(0, text.indexOf('\uFFFD'));
  }
}
