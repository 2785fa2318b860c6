import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { INVITATION_TRANSITIONS, type InvitationEvent, type InvitationState } from './invitation-states.js';

const events = Object.keys(INVITATION_TRANSITIONS.open) as InvitationEvent[];

describe('a QR code', () => {
  it('pairs one phone at most, and none after anything else came first', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...events), { maxLength: 12 }), (sequence) => {
        let state: InvitationState = 'open';
        const effects = sequence.map((event) => {
          const { to, effect } = INVITATION_TRANSITIONS[state][event];
          state = to;
          return effect;
        });
        const paired = effects.filter((effect) => effect === 'pair').length;
        expect(paired).toBe(sequence[0] === 'genuine' ? 1 : 0);
        // an answer is repeated only where there is one
        if (paired === 0) expect(effects).not.toContain('repeat');
      }),
    );
  });
});
