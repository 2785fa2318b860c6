/** What a message does, in its order (Noise, revision 34, section 5.3; psk: section 9). */
export type Token = 'e' | 's' | 'ee' | 'es' | 'se' | 'ss' | 'psk';

export interface Pattern {
  readonly name: 'IKpsk1' | 'KK';
  /** Whose static key the other side knows beforehand. */
  readonly known: readonly ('initiator' | 'responder')[];
  readonly messages: readonly [readonly Token[], readonly Token[]];
}

/** Pairing: the phone knows the till's key and a secret by the QR code, and shows its own key (Noise, revision 34, sections 7.5 and 9.4). */
export const IK_PSK1: Pattern = {
  name: 'IKpsk1',
  known: ['responder'],
  messages: [
    ['e', 'es', 's', 'ss', 'psk'],
    ['e', 'ee', 'se'],
  ],
};

/** A session: both know each other's key. */
export const KK: Pattern = {
  name: 'KK',
  known: ['initiator', 'responder'],
  messages: [
    ['e', 'es', 'ss'],
    ['e', 'ee', 'se'],
  ],
};
