import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { VirtualClock } from '@tillbridge/testkit';
import { parseRecording, replay, type Difference, type Replayed } from '../../packages/bridge/src/flight/index.js';

/** What must come of a recording now. */
export interface Expected {
  readonly goods?: number;
  readonly outcomes?: number;
  /** Where the recording shows a fault that has been mended since: what comes now instead. */
  readonly differences: readonly Difference[];
}

export interface Case {
  readonly name: string;
  readonly expected: Expected;
  readonly played: Replayed;
}

/** Every `*.rec` of a folder: it is enough to copy one there. `NAME.expected.json` beside it says what must differ from what it recorded. */
export function casesIn(folder: string): readonly string[] {
  return readdirSync(folder).filter((file) => file.endsWith('.rec')).map((file) => file.slice(0, -'.rec'.length)).sort();
}

/** Plays one through the real pipeline, on a clock of its own. */
export async function playCase(folder: string, name: string): Promise<Case> {
  const recording = parseRecording(readFileSync(join(folder, `${name}.rec`), 'utf8'));
  const beside = join(folder, `${name}.expected.json`);
  const expected = existsSync(beside) ? (JSON.parse(readFileSync(beside, 'utf8')) as Expected) : { differences: [] };
  return { name, expected, played: await replay(recording, new VirtualClock(recording.head.wall)) };
}
