import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { after, decodes, EVENTS, keepsCamera, STATES, TABLE, type Event, type State } from './states.js';

const events = fc.array(fc.constantFrom(...EVENTS), { maxLength: 60 });
const run = (from: State, all: readonly Event[]): State => all.reduce(after, from);

describe('the states of the page', () => {
  it('have a cell for every event', () => {
    for (const state of STATES) expect(Object.keys(TABLE[state]).sort()).toEqual([...EVENTS].sort());
  });

  it('can all be reached, and all be left', () => {
    const reached = new Set<State>(['starting']);
    for (const state of reached) for (const event of EVENTS) reached.add(after(state, event));
    expect(reached).toEqual(new Set(STATES));
    for (const state of STATES) expect(EVENTS.some((event) => after(state, event) !== state)).toBe(true);
  });

  it('send only by a code, a typed number or a yes to the same code', () => {
    for (const state of STATES) for (const event of EVENTS) if (state !== 'sending' && after(state, event) === 'sending') expect([event, state]).toSatisfy(([e, s]: [Event, State]) => e === 'code' || (e === 'confirm' && s === 'asking'));
  });

  it('leave sending only by an answer, or because the till does not know the phone', () => {
    fc.assert(fc.property(events, (all) => run('sending', all.filter((event) => event !== 'answer' && event !== 'revoked')) === 'sending'));
  });

  it('come back to the camera from wherever the phone is in use', () => {
    const back: readonly Event[] = ['answer', 'cancel', 'done', 'show', 'cameraReady'];
    for (const state of ['opening', 'noCamera', 'typing', 'asking', 'sending', 'answered', 'hidden'] as const) expect(run(state, [...back, ...back])).toBe('scanning');
  });

  it('never look at frames while something is under way or was just answered, and never without the camera', () => {
    for (const state of STATES) if (decodes(state)) expect(keepsCamera(state)).toBe(true);
    expect((['sending', 'answered', 'typing', 'hidden'] as const).some(decodes)).toBe(false);
  });

  it('give the camera back when the page leaves the screen, and in all states before pairing', () => {
    expect((['hidden', 'unpaired', 'naming', 'pairing', 'confirming', 'forgotten', 'noCamera'] as const).some(keepsCamera)).toBe(false);
  });

  it('hear of a revocation in every state of use', () => {
    for (const state of ['opening', 'scanning', 'noCamera', 'typing', 'asking', 'sending', 'answered', 'hidden'] as const) expect(after(state, 'revoked')).toBe('forgotten');
  });
});
