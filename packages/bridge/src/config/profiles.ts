import { readdirSync, readFileSync, statSync } from 'node:fs';
import { extname, join } from 'node:path';
import type { Language } from '@tillbridge/core';
import type { DeviceProfile } from '@tillbridge/readers/profiles';
import { profileSchemas } from '@tillbridge/readers/profile-schema';
import { readDocument } from './document.js';
import { findingsOf, withKnownKeys } from './issues.js';
import { toProblems, type ConfigProblem, type Finding } from './problem.js';
import { say } from './texts.js';

/** A file of profiles is small, in bytes; and nobody has more files of them than this. */
const MAX_BYTES = 256 * 1024;
const MAX_FILES = 100;
const START = { line: 1, column: 1 } as const;

export interface OwnProfiles {
  readonly profiles: readonly DeviceProfile[];
  /** Every mistake, file by file. */
  readonly problems: readonly ConfigProblem[];
}

/** The user's own device profiles: every `.yaml`, `.yml` and `.json` of the folder. A folder that is not there holds none. */
export function readOwnProfiles(folder: string, language: Language): OwnProfiles {
  const names = namesIn(folder);
  const profiles: DeviceProfile[] = [];
  const problems: ConfigProblem[] = [];
  const seen = new Map<string, string>();
  for (const name of names.slice(0, MAX_FILES)) {
    const file = join(folder, name);
    const read = parseProfiles(textOf(file), file, language);
    problems.push(...read.problems);
    for (const [i, profile] of read.profiles.entries()) {
      const other = seen.get(profile.id);
      if (other === undefined) profiles.push(profile);
      else problems.push(...toProblems([{ path: ['profiles', i, 'id'], text: say('duplicateId', { name: profile.id, other }) }], file, language, () => START));
      seen.set(profile.id, file);
    }
  }
  return { profiles, problems };
}

/** `undefined`: the file could not be read. */
export function parseProfiles(text: string | undefined, file: string, language: Language): OwnProfiles {
  const refuse = (findings: readonly Finding[], positionOf: Parameters<typeof toProblems>[3]): OwnProfiles => ({
    profiles: [],
    problems: toProblems(findings, file, language, positionOf),
  });
  if (text === undefined) return refuse([{ path: [], text: say('profileUnreadable') }], () => START);
  const { document, findings } = readDocument(text);
  if (document === undefined) return refuse(findings, () => START);
  const parsed = profileSchemas().profileFile.safeParse(document.value, { error: withKnownKeys });
  const context = { document: document.value, referenced: new Map<string, unknown>() };
  const all = [
    ...findings,
    ...(parsed.error?.issues ?? []).flatMap((issue) => findingsOf(issue, context)),
    ...(parsed.data?.profiles ?? []).flatMap((profile, i) => commandsOfGuess(profile, i)),
  ];
  if (all.length > 0 || parsed.data === undefined) return refuse(all, (finding) => document.positionOf(finding.path, finding.at));
  return { profiles: parsed.data.profiles, problems: [] };
}

/** A command that is meant as a beep can switch another device off: only what a document says is sent. */
function commandsOfGuess(profile: DeviceProfile, i: number): readonly Finding[] {
  if (profile.basis === 'document') return [];
  return (['feedback', 'redirect'] as const)
    .filter((key) => profile[key] !== undefined)
    .map((key) => ({ path: ['profiles', i, key], at: 'key', text: say('commandOfGuess') }));
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => !name.startsWith('.') && ['.yaml', '.yml', '.json'].includes(extname(name)))
      .sort();
  } catch {
    return [];
  }
}

/** A device or a pipe could keep the reader waiting for ever. */
function textOf(file: string): string | undefined {
  try {
    const found = statSync(file);
    return found.isFile() && found.size <= MAX_BYTES ? readFileSync(file, 'utf8') : undefined;
  } catch {
    return undefined;
  }
}
