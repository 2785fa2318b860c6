import type { Clock } from '@tillbridge/core';
import type { Remembered } from '../memory/index.js';
import type { CloudClient } from './client.js';

/** Where numbers of one till go: one terminal group of one organisation. */
export interface CloudPlace {
  readonly organizationId: string;
  readonly terminalGroupId: string;
}

/** What the work on a number needs. */
export interface CloudDesk extends CloudPlace {
  readonly client: Pick<CloudClient, 'call'>;
  readonly clock: Clock;
  /** Numbers that no guest had a moment ago: asking again at once would only look like a flood. */
  readonly misses: Remembered;
}
