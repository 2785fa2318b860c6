/**
 * What the page shows, as a total table: every state has a cell for every event, so a new one does not compile until somebody has thought
 * about each of them. The connection is apart from it: it is shown in every state.
 */
export type State =
  /** keys and settings are being read */
  | 'starting'
  /** this phone belongs to no till */
  | 'unpaired'
  /** came by a QR of a till: what is the phone to be called? */
  | 'naming'
  /** the till is being asked */
  | 'pairing'
  /** both screens show digits; somebody at the till has to allow it */
  | 'confirming'
  | 'pairFailed'
  /** the camera is being started */
  | 'opening'
  | 'scanning'
  /** no camera: denied, absent, in use, or not allowed on this page */
  | 'noCamera'
  /** typing a card or phone number */
  | 'typing'
  /** a code that was seen moments ago is still in sight: is it meant again? */
  | 'asking'
  | 'sending'
  | 'answered'
  /** the till does not know this phone any more */
  | 'forgotten'
  /** the page is not on the screen: the camera is given back */
  | 'hidden';

export type Event =
  | 'noTills'
  | 'tillsKnown'
  | 'invited'
  | 'named'
  | 'digits'
  | 'paired'
  | 'pairRefused'
  | 'cameraReady'
  | 'cameraFailed'
  | 'code'
  | 'repeated'
  | 'typeIt'
  | 'confirm'
  | 'cancel'
  | 'answer'
  /** what became of an earlier scan, whose answer had been lost */
  | 'news'
  | 'done'
  | 'revoked'
  | 'hide'
  | 'show';

export const EVENTS: readonly Event[] = [
  'noTills', 'tillsKnown', 'invited', 'named', 'digits', 'paired', 'pairRefused', 'cameraReady', 'cameraFailed', 'code', 'repeated', 'typeIt', 'confirm', 'cancel', 'answer', 'news', 'done',
  'revoked', 'hide', 'show',
];

/** Where an event leads; undefined: it came too late or too early to matter. */
type Row = Readonly<Record<Event, State | undefined>>;

const IGNORED: Row = {
  noTills: undefined,
  tillsKnown: undefined,
  invited: undefined,
  named: undefined,
  digits: undefined,
  paired: undefined,
  pairRefused: undefined,
  cameraReady: undefined,
  cameraFailed: undefined,
  code: undefined,
  repeated: undefined,
  typeIt: undefined,
  confirm: undefined,
  cancel: undefined,
  answer: undefined,
  news: undefined,
  done: undefined,
  revoked: undefined,
  hide: undefined,
  show: undefined,
};

/** Where the phone is in use: a QR of another till, or the till's word that it knows this phone no more, is heard. */
const IN_USE = { ...IGNORED, noTills: 'unpaired', invited: 'naming', revoked: 'forgotten', news: 'answered' } satisfies Row;

export const TABLE: Readonly<Record<State, Row>> = {
  starting: { ...IGNORED, noTills: 'unpaired', tillsKnown: 'opening', invited: 'naming', revoked: 'forgotten' },
  unpaired: { ...IGNORED, invited: 'naming', tillsKnown: 'opening' },
  // leaving without a till known comes back through starting, which looks what there is
  naming: { ...IGNORED, named: 'pairing', cancel: 'starting', invited: 'naming' },
  pairing: { ...IGNORED, digits: 'confirming', paired: 'opening', pairRefused: 'pairFailed', cancel: 'starting' },
  confirming: { ...IGNORED, paired: 'opening', pairRefused: 'pairFailed', cancel: 'starting' },
  pairFailed: { ...IGNORED, invited: 'naming', cancel: 'starting', confirm: 'starting' },
  opening: { ...IN_USE, cameraReady: 'scanning', cameraFailed: 'noCamera', typeIt: 'typing', hide: 'hidden' },
  scanning: { ...IN_USE, cameraFailed: 'noCamera', code: 'sending', repeated: 'asking', typeIt: 'typing', tillsKnown: 'scanning', hide: 'hidden' },
  // `code`: from a photo
  noCamera: { ...IN_USE, cameraReady: 'scanning', code: 'sending', typeIt: 'typing', confirm: 'opening', show: 'opening' },
  // a number half typed stays while the phone is put down, and whatever comes in
  typing: { ...IN_USE, news: undefined, code: 'sending', cancel: 'opening' },
  // `done`: it went out of sight
  asking: { ...IN_USE, confirm: 'sending', code: 'sending', cancel: 'opening', done: 'opening', typeIt: 'typing', cameraFailed: 'noCamera', hide: 'hidden' },
  // what is under way is waited for, whatever else happens: its answer is the only way to know
  sending: { ...IGNORED, answer: 'answered', revoked: 'forgotten' },
  answered: { ...IN_USE, done: 'opening', typeIt: 'typing', hide: 'hidden' },
  forgotten: { ...IGNORED, invited: 'naming', confirm: 'starting', cancel: 'starting' },
  hidden: { ...IN_USE, news: undefined, show: 'opening' },
};

export const STATES = Object.keys(TABLE) as readonly State[];

/** The state after an event: the same one where the event does not matter. */
export function after(state: State, event: Event): State {
  return TABLE[state][event] ?? state;
}

/** Whether an event means something in a state. */
export function matters(state: State, event: Event): boolean {
  return TABLE[state][event] !== undefined;
}

/** Frames are looked at in these states only: after a hit nothing is read until the answer was seen. */
export function decodes(state: State): boolean {
  return state === 'scanning' || state === 'asking';
}

/** The camera stays open: asked for once in a page's life and given back only when the page leaves the screen (some phones ask each time). */
export function keepsCamera(state: State): boolean {
  return state === 'opening' || state === 'scanning' || state === 'typing' || state === 'asking' || state === 'sending' || state === 'answered';
}
