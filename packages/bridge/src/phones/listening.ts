import { networkInterfaces } from 'node:os';
import { asTillbridgeError, sleep, TillbridgeError, type Clock, type Log } from '@tillbridge/core';
import type { StateFolder } from '@tillbridge/store/state';
import type { MobileReaderConfig } from '../config/index.js';
import { CertificateKeeper, type ServedCertificate } from './certificate/keeper.js';
import { PhoneListener, type OpenAddress } from './listener/phone-listener.js';
import { PhoneRequests, type RequestOptions } from './listener/requests.js';
import type { Candidate } from './network/candidates.js';
import { wantedAddresses } from './network/wanted.js';
import type { SiteRefusal } from './site/guard.js';
import type { SiteFile } from './site/files.js';

/** Addresses are looked at this often, in ms: a phone that lost its till comes back within seconds. */
const LOOK_MS = 3000;
/** While there is no address at all, in ms. */
const WAIT_MS = 1000;
/** The certificate is looked at this often, in ms, and whenever the addresses changed. */
const CERTIFICATE_MS = 60_000;

export interface ListeningOptions {
  readonly config: Pick<MobileReaderConfig, 'host' | 'port' | 'httpPort' | 'names' | 'tls'>;
  readonly folder: StateFolder;
  /** The files of the page. */
  readonly files: ReadonlyMap<string, SiteFile>;
  readonly maxBody: number;
  readonly message: RequestOptions['message'];
  readonly refused: (reason: SiteRefusal) => void;
  readonly clock: Clock;
  readonly log: Log;
  /** Where to listen now, best first; default what `host` means on this machine. */
  readonly wanted?: (() => readonly Candidate[]) | undefined;
}

/** Where phones can connect to now. */
export type OpenPlace = Candidate & OpenAddress;

/** A running listener, as the reader holds it. */
export interface RunningListener {
  /** Settles when phones cannot be served any more, with why; never rejects. */
  readonly ended: Promise<TillbridgeError>;
  close(): Promise<void>;
}

/** Keeps the listener on the addresses of this machine, and its certificate fitting them, for as long as the reader wants it. */
export class PhoneListening {
  readonly #options: ListeningOptions;
  readonly #keeper: CertificateKeeper;
  readonly #wanted: () => readonly Candidate[];
  #listener: PhoneListener | undefined;
  #certificate: ServedCertificate | undefined;
  #candidates: readonly Candidate[] = [];
  /** One look after the other. */
  #turn: Promise<unknown> = Promise.resolve();

  constructor(options: ListeningOptions) {
    const { folder, config, clock, log } = options;
    this.#options = options;
    this.#wanted = options.wanted ?? (() => wantedAddresses(config.host, networkInterfaces));
    this.#keeper = new CertificateKeeper({ folder, own: config.tls, names: config.names, clock, log });
  }

  /** Best first. */
  get places(): readonly OpenPlace[] {
    const open = this.#listener?.addresses ?? [];
    return this.#candidates.flatMap((candidate) => {
      const place = open.find(({ address }) => address === candidate.address);
      return place === undefined ? [] : [{ ...candidate, ...place }];
    });
  }

  /** What is served now. */
  get certificate(): ServedCertificate | undefined {
    return this.#certificate;
  }

  /** Resolves when phones can connect. @throws {TillbridgeError} area READER */
  async connect(signal: AbortSignal): Promise<RunningListener> {
    const candidates = this.#wanted();
    if (candidates.length === 0) throw new TillbridgeError('TB_READER_MOBILE_NO_ADDRESS');
    const addresses = candidates.map(({ address }) => address);
    this.#certificate = await this.#keeper.ensure(addresses);
    const listener = this.#createListener();
    try {
      await listener.move(addresses, this.#certificate.pair);
    } catch (error) {
      await listener.close();
      throw error;
    }
    this.#listener = listener;
    this.#candidates = candidates;
    const stop = new AbortController();
    const ended = this.#watch(AbortSignal.any([signal, stop.signal]));
    let closing: Promise<void> | undefined;
    const close = async (): Promise<void> => {
      stop.abort();
      if (this.#listener === listener) this.#listener = undefined;
      await listener.close();
    };
    return { ended, close: () => (closing ??= close()) };
  }

  /** Resolves when the addresses of this machine are others than now; with `signal` at the latest. */
  async arrival(signal: AbortSignal): Promise<void> {
    const seen = (): string => this.#wanted().map(({ address }) => address).join(' ');
    const before = seen();
    while (!signal.aborted && seen() === before) await sleep(this.#options.clock, WAIT_MS, signal);
  }

  /** Looks at once whether addresses or certificate have changed. @throws {TillbridgeError} what keeps it from following; what was served is served on */
  look(): Promise<void> {
    return this.#inTurn(true);
  }

  #inTurn(certificateToo: boolean): Promise<void> {
    const looked = this.#turn.then(() => this.#look(certificateToo));
    this.#turn = looked.catch(() => undefined);
    return looked;
  }

  #createListener(): PhoneListener {
    const { config, files, maxBody, message, refused, clock, log } = this.#options;
    const addresses = (): readonly OpenAddress[] => this.#listener?.addresses ?? [];
    const requests = new PhoneRequests({ site: { files, certificate: () => this.#certificate, addresses }, maxBody, message, refused, clock, log });
    return new PhoneListener({ port: config.port, httpPort: config.httpPort, names: config.names, serve: (request, response, own) => requests.serve(request, response, own), refused, clock, log });
  }

  /** Follows addresses and certificate; resolves with why phones cannot be served any more. */
  async #watch(signal: AbortSignal): Promise<TillbridgeError> {
    const { clock, log } = this.#options;
    const gone = (): TillbridgeError => new TillbridgeError('TB_READER_MOBILE_NO_ADDRESS');
    let checked = clock.mono();
    for (;;) {
      await sleep(clock, LOOK_MS, signal);
      if (signal.aborted) return gone();
      const due = clock.mono() - checked >= CERTIFICATE_MS;
      if (due) checked = clock.mono();
      try {
        await this.#inTurn(due);
      } catch (error) {
        const problem = asTillbridgeError(error, 'TB_READER_MOBILE_CERTIFICATE', { problem: 'see the log' });
        if (this.#listener?.addresses.length === 0) return problem;
        log.warn('the listener for phones could not follow a change', { error: problem });
      }
    }
  }

  async #look(certificateToo: boolean): Promise<void> {
    const listener = this.#listener;
    if (listener === undefined) return;
    const candidates = this.#wanted();
    const addresses = candidates.map(({ address }) => address);
    const open = listener.addresses.map(({ address }) => address);
    const moved = addresses.length !== open.length || addresses.some((address) => !open.includes(address));
    if (!moved && !certificateToo) return;
    if (addresses.length === 0) {
      await listener.close();
      throw new TillbridgeError('TB_READER_MOBILE_NO_ADDRESS');
    }
    const before = this.#certificate?.facts.fingerprint;
    const certificate = await this.#keeper.ensure(addresses);
    this.#certificate = certificate;
    if (!moved && certificate.facts.fingerprint === before) return;
    await listener.move(addresses, certificate.pair);
    this.#candidates = candidates;
    this.#options.log.info('phones are served at other addresses or with another certificate', { addresses, fingerprint: certificate.facts.fingerprint });
  }
}
