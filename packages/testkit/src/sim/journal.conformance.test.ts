import { describeJournal } from '../suites/journal.js';
import { VirtualClock } from '../virtual-clock.js';
import { MemoryJournal } from './journal.js';

describeJournal('in memory', () => {
  const clock = new VirtualClock();
  const journal = new MemoryJournal(clock);
  return {
    journal,
    durable: () => journal.durable.map(({ type, scanId }) => `${type} ${scanId}`),
    crash: () => Promise.resolve(new MemoryJournal(clock, { left: journal.crash() })),
    dispose: () => undefined,
  };
});
