/** `offered`: the agent was told what is to come and has typed nothing. `going`: it was told to type. */
export type TypingState = 'offered' | 'going' | 'over';

/** `ready` and `typed` come from the agent; `lost`: the link ended; `withdrawn`: nobody wants it any more; `late`: no answer in its time. */
export type TypingEvent = 'ready' | 'typed' | 'lost' | 'withdrawn' | 'late';

export type TypingEffect =
  /** tell the agent to type */
  | 'go'
  /** the agent's own word counts */
  | 'result'
  /** not a key went out: refused */
  | 'refuseLost'
  | 'refuseWithdrawn'
  /** it may have been typed */
  | 'uncertain'
  /** ask it to stop, and hear how far it came */
  | 'askToStop'
  | 'nothing';

export interface TypingStep {
  readonly next: TypingState;
  readonly effect: TypingEffect;
}

/**
 * One text on its way through the agent. The order decides what a lost link means: before `go` was sent not a key can have been typed,
 * after it nobody knows.
 */
export const TYPING: Readonly<Record<TypingState, Readonly<Record<TypingEvent, TypingStep>>>> = {
  offered: {
    ready: { next: 'going', effect: 'go' },
    // refused at once: no such keyboard
    typed: { next: 'over', effect: 'result' },
    lost: { next: 'over', effect: 'refuseLost' },
    withdrawn: { next: 'over', effect: 'refuseWithdrawn' },
    late: { next: 'over', effect: 'refuseLost' },
  },
  going: {
    ready: { next: 'going', effect: 'nothing' },
    typed: { next: 'over', effect: 'result' },
    lost: { next: 'over', effect: 'uncertain' },
    withdrawn: { next: 'going', effect: 'askToStop' },
    late: { next: 'over', effect: 'uncertain' },
  },
  over: {
    ready: { next: 'over', effect: 'nothing' },
    typed: { next: 'over', effect: 'nothing' },
    lost: { next: 'over', effect: 'nothing' },
    withdrawn: { next: 'over', effect: 'nothing' },
    late: { next: 'over', effect: 'nothing' },
  },
};
