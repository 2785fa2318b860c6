import { systemClock } from '@tillbridge/core';
import { describeAdapter } from '@tillbridge/testkit/suites';
import { DEFAULT_RULES } from '../number-rules.js';
import { FarcardsTill } from './farcards-till.js';

// it only asks: every number is refused, and nothing leaves
describeAdapter('r_keeper farcards', (log) => ({
  adapter: new FarcardsTill({ id: 'hall', numbers: DEFAULT_RULES, language: 'ru', grants: {}, coupons: [], lookUpMs: 4000 }, { clock: systemClock, log }),
  takes: () => undefined,
  taken: () => new Uint8Array(0),
}));
