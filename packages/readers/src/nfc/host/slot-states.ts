/** `empty`: no card. `reading`: a card is being read. `settled`: the card there was read, or given up, and stays so until it leaves. */
export type SlotState = 'empty' | 'reading' | 'settled';

/** `came`: a card, or another one. `left`: it went away. `done`: reading it ended. */
export type SlotEvent = 'came' | 'left' | 'done';

/** `read`: read the card now; `stop`: give up the reading under way; `restart`: both, for the card that took the place of another. */
export type SlotAction = 'none' | 'read' | 'stop' | 'restart';

interface Step {
  readonly next: SlotState;
  readonly act: SlotAction;
}

const step = (next: SlotState, act: SlotAction = 'none'): Step => ({ next, act });

/** The life of a card in the field of one reader: it is read once for each time that it comes. */
export const SLOT_STATES: Readonly<Record<SlotState, Readonly<Record<SlotEvent, Step>>>> = {
  empty: { came: step('reading', 'read'), left: step('empty'), done: step('empty') },
  reading: { came: step('reading', 'restart'), left: step('empty', 'stop'), done: step('settled') },
  settled: { came: step('reading', 'read'), left: step('empty'), done: step('settled') },
};
