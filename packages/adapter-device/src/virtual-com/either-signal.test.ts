import { describe, expect, it } from 'vitest';
import { EitherSignal } from './either-signal.js';

const both = (): { readonly controllers: readonly AbortController[]; readonly either: EitherSignal } => {
  const one = new AbortController();
  const other = new AbortController();
  return { controllers: [one, other], either: new EitherSignal(one.signal, other.signal) };
};

describe('EitherSignal', () => {
  it.each([
    [0, 'waits'],
    [1, 'waits'],
    [0, 'does not wait'],
    [1, 'does not wait'],
  ] as const)('aborts with signal %i and its reason where somebody %s', (which, how) => {
    const { controllers, either } = both();
    expect(either.aborted).toBe(false);
    if (how === 'waits') expect(either.signal.aborted).toBe(false);
    controllers[which]?.abort('gone');
    expect([either.aborted, either.signal.aborted, either.signal.reason]).toEqual([true, true, 'gone']);
  });

  it('is one signal, however often it is asked for', () => {
    const { either } = both();
    expect(either.signal).toBe(either.signal);
  });
});
