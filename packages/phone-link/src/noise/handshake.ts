import { concat } from '../wire/bytes.js';
import { nobleCurve, type Curve } from './curve.js';
import { keyPairOf, type KeyPair } from './keys.js';
import type { Pattern, Token } from './patterns.js';
import { SymmetricState } from './symmetric-state.js';

const KEY_BYTES = 32;
const TAG_BYTES = 16;

export type Role = 'initiator' | 'responder';

export type HandshakeStage = 'first' | 'second' | 'complete' | 'failed';

/** Whose turn it is: what each side may do next. */
export const TURNS: Readonly<Record<HandshakeStage, Readonly<Record<Role, 'write' | 'read' | 'split' | 'nothing'>>>> = {
  first: { initiator: 'write', responder: 'read' },
  second: { initiator: 'read', responder: 'write' },
  complete: { initiator: 'split', responder: 'split' },
  failed: { initiator: 'nothing', responder: 'nothing' },
};

const NEXT: Readonly<Record<HandshakeStage, HandshakeStage>> = { first: 'second', second: 'complete', complete: 'failed', failed: 'failed' };

export interface HandshakeOptions {
  readonly pattern: Pattern;
  readonly role: Role;
  readonly prologue: Uint8Array;
  readonly own: KeyPair;
  /** The other side's static key, where it is known beforehand. */
  readonly theirs?: Uint8Array;
  /** 32 bytes; of a pattern that has one. */
  readonly psk?: Uint8Array;
  /** Fresh for each handshake, 32 random bytes. */
  readonly ephemeral: Uint8Array;
  readonly curve?: Curve;
}

/** The keys of a session, each for one direction, and what both sides agreed on. */
export interface SessionKeys {
  readonly send: Uint8Array;
  readonly receive: Uint8Array;
  readonly hash: Uint8Array;
}

/** HandshakeState (Noise, revision 34, section 5.3) for patterns of two messages, 25519, ChaChaPoly and SHA256. */
export class Handshake {
  readonly #options: HandshakeOptions;
  readonly #curve: Curve;
  readonly #state: SymmetricState;
  readonly #ephemeral: KeyPair;
  #theirs: Uint8Array | undefined;
  #theirEphemeral: Uint8Array | undefined;
  #stage: HandshakeStage = 'first';

  constructor(options: HandshakeOptions) {
    const { pattern, role, prologue, own, theirs } = options;
    this.#options = options;
    this.#curve = options.curve ?? nobleCurve;
    this.#theirs = theirs;
    this.#ephemeral = keyPairOf(options.ephemeral, this.#curve);
    this.#state = new SymmetricState(`Noise_${pattern.name}_25519_ChaChaPoly_SHA256`);
    this.#state.mixHash(prologue);
    for (const who of pattern.known) this.#state.mixHash(who === role ? own.public : this.#known(theirs));
  }

  get stage(): HandshakeStage {
    return this.#stage;
  }

  /** The other side's static key: known beforehand, or learnt from its first message. */
  get theirs(): Uint8Array | undefined {
    return this.#theirs;
  }

  /**
   * The message; undefined where the other side's key is no key to talk to: then the handshake is over.
   * @throws {Error} when it is not this side's turn, which is a mistake of the program
   */
  write(payload: Uint8Array): Uint8Array | undefined {
    const parts: Uint8Array[] = [];
    for (const token of this.#tokens('write')) {
      const part = this.#writeToken(token);
      if (part === undefined) {
        this.#stage = 'failed';
        return undefined;
      }
      parts.push(part);
    }
    parts.push(this.#state.encryptAndHash(payload));
    this.#stage = NEXT[this.#stage];
    return concat(...parts);
  }

  /** The payload; undefined where the message is not genuine: then the handshake is over. */
  read(message: Uint8Array): Uint8Array | undefined {
    const rest = { bytes: message };
    const sound = this.#tokens('read').every((token) => this.#readToken(token, rest));
    const payload = sound ? this.#state.decryptAndHash(rest.bytes) : undefined;
    this.#stage = payload === undefined ? 'failed' : NEXT[this.#stage];
    return payload;
  }

  /** @throws {Error} before both messages went well */
  split(): SessionKeys {
    if (TURNS[this.#stage][this.#options.role] !== 'split') throw new Error('the handshake is not complete');
    const [there, back] = this.#state.split();
    const initiator = this.#options.role === 'initiator';
    return { send: initiator ? there : back, receive: initiator ? back : there, hash: this.#state.hash };
  }

  #tokens(turn: 'write' | 'read'): readonly Token[] {
    const { role, pattern } = this.#options;
    if (TURNS[this.#stage][role] !== turn) throw new Error(`it is not the turn of the ${role} to ${turn}`);
    return pattern.messages[this.#stage === 'first' ? 0 : 1];
  }

  #writeToken(token: Token): Uint8Array | undefined {
    if (token === 'e') {
      this.#mixEphemeral(this.#ephemeral.public);
      return this.#ephemeral.public;
    }
    if (token === 's') return this.#state.encryptAndHash(this.#options.own.public);
    return this.#mix(token) ? new Uint8Array() : undefined;
  }

  #readToken(token: Token, rest: { bytes: Uint8Array }): boolean {
    if (token !== 'e' && token !== 's') return this.#mix(token);
    const length = token === 's' && this.#state.hasKey ? KEY_BYTES + TAG_BYTES : KEY_BYTES;
    if (rest.bytes.length < length) return false;
    const piece = rest.bytes.slice(0, length);
    rest.bytes = rest.bytes.slice(length);
    if (token === 'e') {
      this.#theirEphemeral = piece;
      this.#mixEphemeral(piece);
      return true;
    }
    this.#theirs = this.#state.decryptAndHash(piece);
    return this.#theirs !== undefined;
  }

  #mixEphemeral(key: Uint8Array): void {
    this.#state.mixHash(key);
    if (this.#options.psk !== undefined) this.#state.mixKey(key);
  }

  #mix(token: Exclude<Token, 'e' | 's'>): boolean {
    if (token === 'psk') {
      this.#state.mixKeyAndHash(this.#known(this.#options.psk));
      return true;
    }
    const initiator = this.#options.role === 'initiator';
    // the first letter is the initiator's key, the second one the responder's
    const ownIsStatic = token.charAt(initiator ? 0 : 1) === 's';
    const theirsIsStatic = token.charAt(initiator ? 1 : 0) === 's';
    const own = ownIsStatic ? this.#options.own : this.#ephemeral;
    const shared = this.#curve.shared(own.secret, this.#known(theirsIsStatic ? this.#theirs : this.#theirEphemeral));
    if (shared === undefined) return false;
    this.#state.mixKey(shared);
    return true;
  }

  #known(key: Uint8Array | undefined): Uint8Array {
    if (key?.length !== KEY_BYTES) throw new Error('a key is missing or is no key');
    return key;
  }
}
