import { readFile } from 'node:fs/promises';
import { TillbridgeError } from '@tillbridge/core';
import { VirtualClock } from '@tillbridge/testkit';
import { parseRecording, replay, type Replayed } from '../../flight/index.js';
import { ExitError, type Cli } from '../cli.js';

/** So many differences are shown; the count tells of the rest. */
const SHOWN = 20;

/** Plays a recording; the exit code says whether what came out is what came out then. */
export async function replayFile(cli: Cli, path: string): Promise<void> {
  const { head, lines } = parseRecording(await textOf(path));
  const played = await replay({ head, lines }, new VirtualClock(head.wall));
  cli.result(played, () => wordsOf(played));
  if (played.differences.length > 0) throw new ExitError(1);
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    throw new TillbridgeError('TB_CONFIG_USAGE', { problem: `${path} cannot be read: ${error instanceof Error && 'code' in error ? String(error.code) : 'unknown'}` }, { cause: error });
  }
}

function wordsOf({ events, goods, outcomes, omitted, differences }: Replayed): string {
  const counts = `${String(events)} events, ${String(goods)} goods, ${String(outcomes)} outcomes${omitted === 0 ? '' : `, ${String(omitted)} omitted`}`;
  if (differences.length === 0) return `same: ${counts}`;
  const shown = differences.slice(0, SHOWN).map(({ till, place, recorded = 'nothing', replayed = 'nothing' }) => `${till} ${String(place)}: was ${recorded}, is ${replayed}`);
  return [`${String(differences.length)} differences: ${counts}`, ...shown].join('\n');
}
