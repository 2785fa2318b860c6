import type { Invitation, InvitationWish, LinkAnswer, LinkPath, TillLinkPorts } from './ports.js';

/** The till's side of the link: invitations, handshakes, sessions, messages. Bytes in, bytes out; what is kept is the ports'. */
export declare class TillLink {
  /** 16 characters: what a relay finds the till by. */
  readonly tillId: string;
  constructor(ports: TillLinkPorts);
  /** One QR code for one phone; at most 8 at a time, an older one ends. */
  invite(wish?: InvitationWish): Invitation;
  /** The screen with the QR code was closed. */
  withdraw(invitation: string): void;
  /** Never rejects; resolves at the latest when `signal` aborts, or after the wait that the message asks for. */
  answer(path: LinkPath, body: Uint8Array, signal: AbortSignal): Promise<LinkAnswer>;
  /** The digits are the same on both screens. Resolves when the phone is kept durably; false: nobody waits under this id. */
  confirm(phone: string): Promise<boolean>;
  /** Forgets a phone and ends what it has under way, at once. False: there is none. */
  revoke(phone: string): Promise<boolean>;
  /** Tells waiting phones that the card changed. */
  changed(): void;
  /** Phones that have a session now. */
  connected(): readonly string[];
  /** Ends everything; whoever waits is answered. */
  close(): void;
}
