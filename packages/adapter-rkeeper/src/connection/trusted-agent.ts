import { Agent as HttpAgent, type AgentOptions } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { fingerprint, judge, tlsOptions, type CertificatePins, type Trust } from './trust.js';

export interface TrustOptions {
  readonly trust: Trust;
  readonly legacy: boolean;
  readonly pins: CertificatePins;
  /** A server was seen for the first time and its certificate pinned. */
  readonly pinned: (server: string) => void;
}

/** The server shows another certificate than the one that it is known by. */
export class PinChanged extends Error {
  constructor() {
    super('the certificate is not the pinned one');
    this.name = 'PinChanged';
  }
}

/** A look that the server does not answer must not hold up the card that comes after it: looks, one card, a message. */
const KEEP: AgentOptions = { keepAlive: true, maxSockets: 6, maxFreeSockets: 1, timeout: 30_000 };

/** An agent for an `http:` server: nothing to trust there. */
export function plainAgent(): HttpAgent {
  return new HttpAgent(KEEP);
}

type Connected = (error: Error | null, socket: Duplex) => void;

/** Hands a connection out only when its certificate is the right one: before that no header and no number leaves. */
export class TrustedAgent extends HttpsAgent {
  readonly #trust: TrustOptions;

  constructor(trust: TrustOptions) {
    // a resumed session would show no certificate
    super({ ...KEEP, maxCachedSessions: 0 });
    this.#trust = trust;
  }

  override createConnection(options: ConnectionOptions, callback?: Connected): Duplex | null | undefined {
    const { host, port } = options;
    const name = host ?? '';
    const server = `${name}:${String(port ?? 443)}`;
    const socket = connect({ ...tlsOptions(this.#trust.trust, this.#trust.legacy), host: name, port: port ?? 443, ...(isName(name) ? { servername: name } : {}) });
    const failed = (error: Error): void => {
      socket.destroy();
      callback?.(error, socket);
    };
    socket.once('error', failed);
    socket.once('secureConnect', () => {
      this.#check(server, socket).then(
        () => {
          socket.off('error', failed);
          callback?.(null, socket);
        },
        (error: unknown) => failed(error instanceof Error ? error : new Error('not trusted')),
      );
    });
    return undefined;
  }

  async #check(server: string, socket: TLSSocket): Promise<void> {
    const { trust, pins, pinned } = this.#trust;
    if (trust.mode === 'ca') return;
    const certificate = socket.getPeerCertificate();
    const verdict = judge(trust.fingerprint ?? pins.get(server), certificate);
    if (verdict === 'trusted') return;
    if (verdict !== 'first') throw new PinChanged();
    // durable before it counts: after a power cut the same server must not be new again
    await pins.put(server, fingerprint(certificate.fingerprint256) ?? '');
    pinned(server);
  }
}

/** An address is no server name (RFC 6066). */
function isName(host: string): boolean {
  return !/^[\d.]+$/.test(host) && !host.includes(':');
}

export type AnyAgent = HttpAgent | TrustedAgent;
export type { Socket };
