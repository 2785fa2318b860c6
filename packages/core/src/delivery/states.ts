/**
 * The life of one loyalty scan on its way to one till, as a total table: every state has a cell for every event, so a new one does not
 * compile until somebody has thought about each of them.
 */

export type DeliveryState =
  /** captured; the translators are being asked */
  | 'translating'
  /** its number is known; it waits for its turn at the till */
  | 'waiting'
  /** the intent is being made durable; no byte has left */
  | 'intending'
  /** taken back while the intent was being written; no byte has left and none will */
  | 'cancelling'
  /** the adapter has it */
  | 'delivering'
  /** the adapter was asked to take it back and has not answered yet */
  | 'withdrawing'
  /** it has its outcome */
  | 'done';

export type DeliveryEvent =
  | 'translated'
  | 'refused'
  | 'turn'
  | 'recorded'
  | 'recordFailed'
  | 'answered'
  | 'expired'
  | 'superseded'
  | 'orderChanged'
  | 'shutdown';

/** What is to be done on a transition. `ignore`: the event came too late to matter. */
export type DeliveryEffect = 'none' | 'ignore' | 'record' | 'deliver' | 'withdraw' | 'finish';

export interface Transition {
  readonly to: DeliveryState;
  readonly effect: DeliveryEffect;
}

type Row = Readonly<Record<DeliveryEvent, Transition>>;

const stay = (to: DeliveryState): Row => {
  const ignore: Transition = { to, effect: 'ignore' };
  return {
    translated: ignore,
    refused: ignore,
    turn: ignore,
    recorded: ignore,
    recordFailed: ignore,
    answered: ignore,
    expired: ignore,
    superseded: ignore,
    orderChanged: ignore,
    shutdown: ignore,
  };
};

const takenBack = (transition: Transition): Pick<Row, 'expired' | 'superseded' | 'orderChanged' | 'shutdown'> => ({
  expired: transition,
  superseded: transition,
  orderChanged: transition,
  shutdown: transition,
});

const finish: Transition = { to: 'done', effect: 'finish' };

export const TRANSITIONS: Readonly<Record<DeliveryState, Row>> = {
  translating: {
    ...stay('translating'),
    ...takenBack(finish),
    translated: { to: 'waiting', effect: 'none' },
    refused: finish,
  },
  waiting: {
    ...stay('waiting'),
    ...takenBack(finish),
    turn: { to: 'intending', effect: 'record' },
  },
  intending: {
    ...stay('intending'),
    ...takenBack({ to: 'cancelling', effect: 'none' }),
    recorded: { to: 'delivering', effect: 'deliver' },
    recordFailed: finish,
  },
  cancelling: {
    ...stay('cancelling'),
    recorded: finish,
    recordFailed: finish,
  },
  delivering: {
    ...stay('delivering'),
    ...takenBack({ to: 'withdrawing', effect: 'withdraw' }),
    answered: finish,
  },
  withdrawing: {
    ...stay('withdrawing'),
    answered: finish,
  },
  done: stay('done'),
};
