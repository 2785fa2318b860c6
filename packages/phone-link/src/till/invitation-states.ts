/** The life of one QR code at the till, as a total table. */

export type InvitationState =
  /** shown on a screen; nobody has used it */
  | 'open'
  /** a phone's genuine message came: nobody else can use it, the same message is answered the same */
  | 'used'
  /** of no more use: a message that was not genuine, its time, or the screen was closed */
  | 'burnt';

export type InvitationEvent = 'genuine' | 'forged' | 'repeated' | 'expired' | 'withdrawn';

/** `pair` the phone; `repeat` the answer; `refuse`. */
export type InvitationEffect = 'pair' | 'repeat' | 'refuse' | 'nothing';

export interface InvitationTransition {
  readonly to: InvitationState;
  readonly effect: InvitationEffect;
}

const burnt = (effect: InvitationEffect): InvitationTransition => ({ to: 'burnt', effect });
const used = (effect: InvitationEffect): InvitationTransition => ({ to: 'used', effect });

export const INVITATION_TRANSITIONS: Readonly<Record<InvitationState, Readonly<Record<InvitationEvent, InvitationTransition>>>> = {
  // whoever has seen the QR code has one try: a wrong one burns it
  open: { genuine: used('pair'), forged: burnt('refuse'), repeated: burnt('refuse'), expired: burnt('nothing'), withdrawn: burnt('nothing') },
  used: { genuine: used('refuse'), forged: used('refuse'), repeated: used('repeat'), expired: burnt('nothing'), withdrawn: used('nothing') },
  burnt: { genuine: burnt('refuse'), forged: burnt('refuse'), repeated: burnt('refuse'), expired: burnt('nothing'), withdrawn: burnt('nothing') },
};
