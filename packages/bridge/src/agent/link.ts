import type { Socket } from 'node:net';
import type { Cancel, Clock } from '@tillbridge/core';
import { Channel } from './channel.js';
import {
  agentProof,
  daemonProof,
  decodeGreeting,
  encodeGreeting,
  sameProof,
  WIRE,
  type AboutAgent,
  type Challenge,
  type Greeting,
  type Hello,
  type Refusal,
  type RefusalReason,
  type Welcome,
} from './greeting.js';
import { directionKey, Opener, Sealer } from './sealed.js';

/** Greetings must be over within this time of the connection, in ms. */
export const GREETING_MS = 3000;
/** The daemon asks this often whether the agent lives, and gives up after so long without a word; the agent likewise. In ms. */
export const PING_MS = 2000;
export const SILENCE_MS = 8000;

/** `waitsHello` is the daemon's side; `waitsChallenge` and `waitsWelcome` the agent's. */
export type LinkState = 'waitsHello' | 'waitsChallenge' | 'waitsWelcome' | 'open' | 'over';

/** What each greeting means in each state. A greeting that is not expected ends the connection. */
export const GREETINGS: Readonly<Record<LinkState, Readonly<Record<Greeting['kind'], 'answer' | 'fault'>>>> = {
  waitsHello: { challenge: 'fault', hello: 'answer', welcome: 'fault', refused: 'fault' },
  waitsChallenge: { challenge: 'answer', hello: 'fault', welcome: 'fault', refused: 'answer' },
  waitsWelcome: { challenge: 'fault', hello: 'fault', welcome: 'answer', refused: 'answer' },
  open: { challenge: 'fault', hello: 'fault', welcome: 'fault', refused: 'fault' },
  over: { challenge: 'fault', hello: 'fault', welcome: 'fault', refused: 'fault' },
};

/** Why a connection ended. `refusedByPeer`: it said so; `stranger`: it does not have the key; `silent`: it gave no sign of life. */
export type LinkEnd = { readonly why: 'closed' | 'malformed' | 'stranger' | 'silent' | 'greetingLate' } | { readonly why: 'refusedByPeer' | 'refused'; readonly reason: RefusalReason };

export interface LinkEvents {
  /** Both sides have shown that they know the key. */
  open(): void;
  /** One sealed message, as text. */
  message(text: string): void;
  /** Called exactly once. */
  over(end: LinkEnd): void;
}

export interface LinkPorts {
  readonly clock: Clock;
  readonly key: Uint8Array;
  /** 64 hexadecimal digits, never the same twice. */
  readonly nonce: () => string;
  readonly version: string;
}

const BEAT = '';

/** One connection between daemon and agent, from its greeting to its end. Sealed messages in order; a heartbeat both ways. */
abstract class Link {
  protected readonly channel: Channel;
  protected readonly ports: LinkPorts;
  protected readonly events: LinkEvents;
  #state: LinkState;
  #end: LinkEnd = { why: 'closed' };
  #sealer: Sealer | undefined;
  #opener: Opener | undefined;
  #silence: Cancel;
  #beat: Cancel = () => undefined;

  constructor(socket: Socket, ports: LinkPorts, events: LinkEvents, first: LinkState) {
    this.ports = ports;
    this.events = events;
    this.#state = first;
    this.channel = new Channel(socket, ports.clock, (broken) => this.#over(broken));
    this.channel.listen((frame) => this.#greeting(frame));
    this.#silence = ports.clock.timer(GREETING_MS, () => this.fail({ why: 'greetingLate' }));
  }

  get state(): LinkState {
    return this.#state;
  }

  /** False when it cannot leave any more. Whether it arrived is for the other side to say. */
  send(text: string): boolean {
    if (this.#state !== 'open' || this.#sealer === undefined) return false;
    return this.channel.send(this.#sealer.seal(Buffer.from(text, 'utf8')));
  }

  close(): void {
    this.fail({ why: 'closed' });
  }

  /** What a greeting that is expected now leads to. */
  protected abstract answer(greeting: Greeting): void;

  protected become(state: LinkState): void {
    this.#state = state;
  }

  /** Both are known: what follows is sealed. */
  protected unlock(sealer: Sealer, opener: Opener): void {
    this.#state = 'open';
    this.#sealer = sealer;
    this.#opener = opener;
    this.channel.trust();
    this.channel.listen((frame) => this.#sealed(frame));
    this.#expect();
    this.#beats();
    this.events.open();
  }

  protected refuse(reason: RefusalReason): void {
    this.#end = { why: 'refused', reason };
    this.channel.endWith(encodeGreeting({ kind: 'refused', reason }));
  }

  protected fail(end: LinkEnd): void {
    if (this.#state === 'over') return;
    this.#end = end;
    this.channel.destroy();
  }

  #greeting(frame: Buffer): void {
    const greeting = decodeGreeting(frame);
    if (greeting === undefined || GREETINGS[this.#state][greeting.kind] === 'fault') this.fail({ why: 'malformed' });
    else this.answer(greeting);
  }

  #sealed(frame: Buffer): void {
    const plain = this.#opener?.open(frame);
    if (plain === undefined) {
      this.fail({ why: 'stranger' });
      return;
    }
    this.#expect();
    if (plain.length > 0) this.events.message(plain.toString('utf8'));
  }

  #expect(): void {
    this.#silence();
    this.#silence = this.ports.clock.timer(SILENCE_MS, () => this.fail({ why: 'silent' }));
  }

  #beats(): void {
    this.#beat = this.ports.clock.timer(PING_MS, () => {
      this.send(BEAT);
      if (this.#state === 'open') this.#beats();
    });
  }

  #over(broken: boolean): void {
    if (this.#state === 'over') return;
    this.#state = 'over';
    if (broken) this.#end = { why: 'malformed' };
    this.#silence();
    this.#beat();
    this.events.over(this.#end);
  }
}

export interface DaemonLinkPorts extends LinkPorts {
  /** Whether an agent that knows the key may serve now. */
  readonly admits: () => boolean;
}

/** The daemon's side: challenges whoever connects. */
export class DaemonLink extends Link {
  readonly #admits: () => boolean;
  readonly #nonce: string;
  #about: AboutAgent | undefined;

  constructor(socket: Socket, ports: DaemonLinkPorts, events: LinkEvents) {
    super(socket, ports, events, 'waitsHello');
    this.#admits = ports.admits;
    this.#nonce = ports.nonce();
    this.channel.send(encodeGreeting({ kind: 'challenge', wire: WIRE, nonce: this.#nonce } satisfies Challenge));
  }

  /** What the agent said of itself; undefined until it is known. */
  get about(): AboutAgent | undefined {
    return this.#about;
  }

  protected answer(greeting: Greeting): void {
    if (greeting.kind !== 'hello') return;
    const { key, version } = this.ports;
    if (greeting.wire !== WIRE) {
      this.refuse('wire');
    } else if (!sameProof(greeting.proof, agentProof(key, this.#nonce, greeting.nonce, greeting.about))) {
      this.refuse('key');
    } else if (!this.#admits()) {
      this.refuse('occupied');
    } else {
      this.#about = greeting.about;
      this.channel.send(encodeGreeting({ kind: 'welcome', version, proof: daemonProof(key, this.#nonce, greeting.nonce, version) } satisfies Welcome));
      const key2 = (direction: 'toAgent' | 'toDaemon'): Buffer => directionKey(key, this.#nonce, greeting.nonce, direction);
      this.unlock(new Sealer(key2('toAgent')), new Opener(key2('toDaemon')));
    }
  }
}

/** The agent's side: answers a challenge, and wants to see that the daemon has the key too before it hears a word. */
export class AgentLink extends Link {
  readonly #about: AboutAgent;
  readonly #nonce: string;
  #daemonNonce = '';
  #daemonVersion = '';

  constructor(socket: Socket, ports: LinkPorts, about: AboutAgent, events: LinkEvents) {
    super(socket, ports, events, 'waitsChallenge');
    this.#about = about;
    this.#nonce = ports.nonce();
  }

  get daemonVersion(): string {
    return this.#daemonVersion;
  }

  protected answer(greeting: Greeting): void {
    if (greeting.kind === 'challenge') this.#challenged(greeting);
    else if (greeting.kind === 'welcome') this.#welcomed(greeting);
    else if (greeting.kind === 'refused') this.fail({ why: 'refusedByPeer', reason: (greeting satisfies Refusal).reason });
  }

  #challenged({ nonce, wire }: Challenge): void {
    this.#daemonNonce = nonce;
    const proof = agentProof(this.ports.key, nonce, this.#nonce, this.#about);
    // one of another version says so itself, and in words that this one knows
    this.become(wire === WIRE ? 'waitsWelcome' : 'waitsChallenge');
    this.channel.send(encodeGreeting({ kind: 'hello', wire: WIRE, nonce: this.#nonce, about: this.#about, proof } satisfies Hello));
  }

  #welcomed({ version, proof }: Welcome): void {
    const { key } = this.ports;
    if (!sameProof(proof, daemonProof(key, this.#daemonNonce, this.#nonce, version))) {
      this.fail({ why: 'stranger' });
      return;
    }
    this.#daemonVersion = version;
    const key2 = (direction: 'toAgent' | 'toDaemon'): Buffer => directionKey(key, this.#daemonNonce, this.#nonce, direction);
    this.unlock(new Sealer(key2('toDaemon')), new Opener(key2('toAgent')));
  }
}
