/** The life of one event on its way to 1C, as a total table. */

export type ItemState =
  /** with us: its turn has not come */
  | 'here'
  /** written to the driver; no final state yet */
  | 'given'
  /** written, and the connection broke: the driver must be asked */
  | 'adrift'
  /** the driver was asked to take it back */
  | 'recalled'
  /** its end is known */
  | 'over';

export type ItemEvent =
  /** the line was written */
  | 'sent'
  /** 1C took it */
  | 'raised'
  /** the driver says that it was not raised, and will not be */
  | 'notRaised'
  /** this instance of the driver was never given it */
  | 'unseen'
  /** the connection broke */
  | 'lost'
  /** a connection of the same instance */
  | 'found'
  /** another instance of the driver: the memory is gone */
  | 'forgotten'
  /** the bridge wants it back */
  | 'recall'
  /** too old, or no answer within its time */
  | 'timeUp';

/** `end…`: it is over, and this is what is known of it. `ask`, `takeBack`: said to the driver. `again`: back to its place in the queue. */
export type ItemEffect = 'endRaised' | 'endNotRaised' | 'endNever' | 'endUnclear' | 'ask' | 'takeBack' | 'again' | 'nothing';

export interface ItemTransition {
  readonly to: ItemState;
  readonly effect: ItemEffect;
}

const nothing = (to: ItemState): ItemTransition => ({ to, effect: 'nothing' });
const end = (effect: ItemEffect): ItemTransition => ({ to: 'over', effect });

const ANSWERS = { raised: end('endRaised'), notRaised: end('endNotRaised') } as const;

export const ITEM_TRANSITIONS: Readonly<Record<ItemState, Readonly<Record<ItemEvent, ItemTransition>>>> = {
  here: {
    sent: nothing('given'),
    // of an earlier life of the same id: nobody else can know it, so it counts
    ...ANSWERS,
    unseen: nothing('here'),
    lost: nothing('here'),
    found: nothing('here'),
    forgotten: nothing('here'),
    recall: end('endNever'),
    timeUp: end('endNever'),
  },
  given: {
    sent: nothing('given'),
    ...ANSWERS,
    unseen: { to: 'here', effect: 'again' },
    lost: nothing('adrift'),
    found: { to: 'given', effect: 'ask' },
    forgotten: end('endUnclear'),
    recall: { to: 'recalled', effect: 'takeBack' },
    timeUp: end('endUnclear'),
  },
  adrift: {
    sent: nothing('adrift'),
    ...ANSWERS,
    unseen: { to: 'here', effect: 'again' },
    lost: nothing('adrift'),
    found: { to: 'given', effect: 'ask' },
    forgotten: end('endUnclear'),
    // wanted back as soon as the driver can be asked
    recall: nothing('recalled'),
    timeUp: end('endUnclear'),
  },
  recalled: {
    sent: nothing('recalled'),
    ...ANSWERS,
    unseen: end('endNever'),
    lost: nothing('recalled'),
    found: { to: 'recalled', effect: 'takeBack' },
    forgotten: end('endUnclear'),
    recall: nothing('recalled'),
    timeUp: end('endUnclear'),
  },
  over: {
    sent: nothing('over'),
    raised: nothing('over'),
    notRaised: nothing('over'),
    unseen: nothing('over'),
    lost: nothing('over'),
    found: nothing('over'),
    forgotten: nothing('over'),
    recall: nothing('over'),
    timeUp: nothing('over'),
  },
};
