import { randomBytes } from 'node:crypto';
import { asTillbridgeError, TillbridgeError, type Clock, type Log, type Taken } from '@tillbridge/core';
import {
  keyPairOf,
  MAX_ENVELOPE,
  readPath,
  refuse,
  TillLink,
  type InvitationWish,
  type LinkAnswer,
  type LinkEvent,
  type LinkPath,
  type PhoneRead,
  type PhoneTaken,
  type ScanEnd,
} from '@tillbridge/phone-link';
import type { PhoneHost, PhoneScan } from '@tillbridge/readers/mobile';
import type { StateFolder } from '@tillbridge/store/state';
import type { MobileReaderConfig } from '../config/index.js';
import { cardFor, tillFor } from './card.js';
import { PhoneListening, type ListeningOptions, type OpenPlace, type RunningListener } from './listening.js';
import { originOf } from './network/wanted.js';
import { nodeCurve } from './node-curve.js';
import { pageFolder } from './page-folder.js';
import { Pairings, type PairingView } from './pairings.js';
import type { PhoneChange, PhoneStore } from './phone-store.js';
import { phoneView, type PhoneView } from './phone-view.js';
import { Relay } from './relay/relay.js';
import type { Shop } from './shop.js';
import { siteFiles } from './site/files.js';

export interface PhoneDeskOptions {
  readonly folder: StateFolder;
  readonly phones: PhoneStore;
  readonly clock: Clock;
  readonly log: Log;
  /** Of the built page; replaced in tests. */
  readonly pageFolder?: string;
  /** See {@link ListeningOptions.wanted}. */
  readonly wanted?: ListeningOptions['wanted'];
}

/** A QR code for a phone, at each address that it may reach us by. */
export interface Offered {
  readonly id: string;
  /** What the QR code of the best address shows. Secret until it is used. */
  readonly url: string;
  readonly urls: readonly { readonly url: string; readonly address: string; readonly adapter: string; readonly virtual: boolean }[];
  /** Four digits that the page shows too: this QR code is this till's. */
  readonly code: string;
  /** Unix time in milliseconds. */
  readonly expiresAt: number;
}

/** The reader that phones scan through now. */
interface Attached {
  readonly config: MobileReaderConfig;
  /** Asked for each time: a reload may change it without changing the reader. */
  readonly shop: () => Shop;
  readonly take: (scan: PhoneScan) => Taken | undefined;
  readonly listening: PhoneListening;
  /** Carries sealed messages to the tills of other daemons. */
  readonly relay: Relay;
}

const CLOSED: Shop = { name: '', tills: [], routed: undefined };

/** Joins listener, protocol, paired phones and reader. Outlives a change of the configuration: sessions of phones go on. */
export class PhoneDesk {
  readonly #options: PhoneDeskOptions;
  readonly #pairings: Pairings;
  readonly #refusals = new Map<string, number>();
  #link: TillLink | undefined;
  #attached: Attached | undefined;
  /** Why a reader that is configured cannot serve phones now. */
  #problem: TillbridgeError | undefined;

  constructor(options: PhoneDeskOptions) {
    this.#options = options;
    this.#pairings = new Pairings(options.clock);
  }

  /** What the reader of phones is fed by. */
  hostFor(config: MobileReaderConfig, shop: () => Shop): PhoneHost {
    const { folder, clock, log, wanted } = this.#options;
    const listening = new PhoneListening({
      ...{ config, folder, clock, log, wanted, maxBody: MAX_ENVELOPE },
      files: siteFiles(this.#options.pageFolder ?? pageFolder()),
      message: (path, body, signal) => this.#message(path, body, signal),
      refused: (reason) => this.#count(reason),
    });
    return {
      connect: async (take, signal) => {
        // a damaged key ends the start here, before anybody is served
        const link = this.link;
        const running = await this.#opened(listening, signal);
        const relay = new Relay({ tills: config.relay, clock: this.#options.clock });
        const attached = { config, shop, take, listening, relay };
        this.#attached = attached;
        link.changed();
        const close = async (): Promise<void> => {
          if (this.#attached === attached) this.#attached = undefined;
          relay.close();
          await running.close();
        };
        return { ended: running.ended, close };
      },
      arrival: (signal) => listening.arrival(signal),
    };
  }

  /** Our side of the protocol. @throws {TillbridgeError} `TB_JOURNAL_STATE_KEY` where our key is damaged */
  get link(): TillLink {
    const { folder, phones, clock } = this.#options;
    this.#link ??= new TillLink({
      ...{ clock, phones, random: (length) => new Uint8Array(randomBytes(length)), identity: keyPairOf(new Uint8Array(folder.key('phone-till')), nodeCurve), curve: nodeCurve },
      card: (phone) => cardFor(this.#attached?.shop() ?? CLOSED, phone),
      scan: (read) => this.#scan(read),
      note: (event) => this.#note(event),
    });
    return this.#link;
  }

  /** Where phones can connect to now, best first; undefined where no reader of phones is open. */
  get places(): readonly OpenPlace[] | undefined {
    return this.#attached?.listening.places;
  }

  /** Opens a pairing. @throws {TillbridgeError} `TB_READER_MOBILE_OFF`, `TB_READER_MOBILE_TILL` */
  pair(wish: InvitationWish): Offered {
    const attached = this.#served();
    const { tills } = attached.shop();
    if (wish.till !== undefined && !tills.includes(wish.till)) throw new TillbridgeError('TB_READER_MOBILE_TILL', { till: wish.till, known: tills.join(', ') });
    const places = attached.listening.places;
    if (places.length === 0) throw new TillbridgeError('TB_READER_MOBILE_NO_ADDRESS');
    const invitation = this.link.invite(wish);
    this.#pairings.add(invitation);
    const urls = offeredAt(places, attached.config).map(({ origin, ...place }) => ({ url: `${origin}/#${invitation.fragment}`, ...place }));
    return { id: invitation.id, url: urls[0]?.url ?? '', urls, code: invitation.code, expiresAt: this.#options.clock.wall() + invitation.expiresInMs };
  }

  /** How a pairing is doing; undefined where there is none of this id. */
  pairing(id: string): PairingView | undefined {
    return this.#pairings.view(id);
  }

  /** The screen with the QR code was closed. */
  withdraw(id: string): void {
    this.#link?.withdraw(id);
    this.#pairings.withdraw(id);
  }

  /** Both screens show the same digits. @throws {TillbridgeError} `TB_API_NOT_FOUND` */
  async confirm(id: string): Promise<void> {
    if (!((await this.#link?.confirm(id)) ?? false)) throw unknownPhone(id);
  }

  list(): readonly PhoneView[] {
    const connected = new Set(this.#link?.connected());
    return this.#options.phones.list().map((phone) => phoneView(phone, connected.has(phone.id)));
  }

  /** @throws {TillbridgeError} `TB_API_NOT_FOUND`, `TB_READER_MOBILE_TILL` */
  async change(id: string, change: PhoneChange): Promise<PhoneView> {
    const tills = this.#attached?.shop().tills;
    if (typeof change.till === 'string' && tills !== undefined && !tills.includes(change.till)) throw new TillbridgeError('TB_READER_MOBILE_TILL', { till: change.till, known: tills.join(', ') });
    const phone = await this.#options.phones.change(id, change);
    if (phone === undefined) throw unknownPhone(id);
    this.#link?.changed();
    return phoneView(phone, this.#link?.connected().includes(id) === true);
  }

  /** Forgets a phone, also one that waits to be confirmed, at once. @throws {TillbridgeError} `TB_API_NOT_FOUND` */
  async revoke(id: string): Promise<void> {
    const { phones, log } = this.#options;
    const known = phones.get(id) !== undefined;
    this.#pairings.refuse(id);
    const revoked = this.#link === undefined ? known : await this.#link.revoke(id);
    if (this.#link === undefined) await phones.remove(id);
    if (!revoked) throw unknownPhone(id);
    log.info('a phone was revoked', { phone: id });
  }

  /** Addresses and certificate are looked at now. @throws {TillbridgeError} area READER */
  async look(): Promise<void> {
    await this.#attached?.listening.look();
  }

  /** For status, metrics and `doctor`. */
  view(): PhonesSummary | undefined {
    const attached = this.#attached;
    if (attached === undefined) return undefined;
    const { places, certificate } = attached.listening;
    const paired = this.#options.phones.list().length;
    return { tillId: this.link.tillId, places, certificate: certificate && { voucher: certificate.voucher, notAfter: certificate.facts.notAfter, fingerprint: certificate.facts.fingerprint }, paired, connected: this.#link?.connected().length ?? 0, refusals: Object.fromEntries(this.#refusals) };
  }

  /** What phones are told may have changed. */
  changed(): void {
    this.#link?.changed();
    // a certificate of the store's own may have been renewed
    this.look().catch((error: unknown) => this.#options.log.warn('the listener for phones could not follow a change', error instanceof Error ? { error } : {}));
  }

  close(): void {
    this.#link?.close();
  }

  #served(): Attached {
    if (this.#attached === undefined) throw this.#problem ?? new TillbridgeError('TB_READER_MOBILE_OFF');
    return this.#attached;
  }

  async #opened(listening: PhoneListening, signal: AbortSignal): Promise<RunningListener> {
    const forget = (): void => {
      this.#problem = undefined;
    };
    signal.addEventListener('abort', forget, { once: true });
    try {
      const running = await listening.connect(signal);
      forget();
      return running;
    } catch (error) {
      if (!signal.aborted) this.#problem = asTillbridgeError(error, 'TB_API_INTERNAL', { problem: 'see the log of the daemon' });
      throw error;
    }
  }

  #message(path: string, body: Uint8Array, signal: AbortSignal): Promise<LinkAnswer> | undefined {
    const to = readPath(path);
    if (to === undefined) return undefined;
    if (to.tillId === this.link.tillId) return this.link.answer(to.path, body, signal);
    return to.mayRelay ? this.#carry(to, body, signal) : Promise.resolve(refuse('noSuchTill'));
  }

  async #carry({ tillId, path }: { readonly tillId: string; readonly path: LinkPath }, body: Uint8Array, signal: AbortSignal): Promise<LinkAnswer> {
    const answer = (await this.#attached?.relay.carry(tillId, path, body, signal)) ?? refuse('unavailable');
    // what the other till refuses it counts itself
    if (answer.refusal === 'noSuchTill' || answer.refusal === 'tillAway') this.#count(answer.refusal);
    return answer;
  }

  #scan(read: PhoneRead): PhoneTaken {
    const attached = this.#attached;
    if (attached === undefined) return { is: 'refused', why: 'shutdown' };
    const { take, config } = attached;
    const shop = attached.shop();
    const till = tillFor(shop, read.phone, read.till);
    if (till === undefined) return { is: 'refused', why: 'till' };
    const { bytes, symbology, kind, ageMs } = read;
    const taken = take({ bytes, ageMs, ...(symbology === undefined ? {} : { symbology }), ...(kind === undefined ? {} : { kind }), ...(till === shop.routed ? {} : { till }) });
    if (taken === undefined) return { is: 'refused', why: 'code' };
    if (taken.kind === 'goods') return { is: 'goods', handled: taken.handled };
    const ended = taken.outcome.then(({ outcome, reason }): ScanEnd => ({ outcome, signal: config.feedback[outcome], ...(reason === undefined ? {} : { reason }) }));
    return { is: 'loyalty', kind: taken.kind, ended };
  }

  #note(event: LinkEvent): void {
    const { log } = this.#options;
    this.#pairings.note(event);
    if (event.is === 'refused') this.#count(event.refusal);
    else if (event.is === 'turnedDown') this.#count(event.why);
    else if (event.is === 'paired') log.info('a phone was paired', { phone: event.phone.id });
    else if (event.is === 'failed') log.error('a phone was answered with an error of ours', { what: event.what, ...(event.error instanceof Error ? { error: event.error } : {}) });
    else if (event.is === 'left') log.info('a phone left', { phone: event.phone });
    else log.debug('a phone came', { what: event.is });
  }

  /** Reasons are words of ours: their number is bounded. */
  #count(reason: string): void {
    this.#refusals.set(reason, (this.#refusals.get(reason) ?? 0) + 1);
  }
}

/** Where the page can be opened: at the store's daemon that has it for all, or here: at the names that the store's own certificate is for, at each address. */
function offeredAt(places: readonly OpenPlace[], { hub, tls, names }: MobileReaderConfig): readonly (Omit<Offered['urls'][number], 'url'> & { readonly origin: string })[] {
  if (hub !== undefined) {
    const { origin, host } = new URL(hub);
    return [{ origin, address: host, adapter: 'hub', virtual: false }];
  }
  const port = places[0]?.https ?? 443;
  const named = tls === undefined ? [] : names.map((name) => ({ origin: originOf('https', name, port), address: name, adapter: 'tls', virtual: false }));
  return [...named, ...places.map(({ address, adapter, virtual, https }) => ({ origin: originOf('https', address, https), address, adapter, virtual }))];
}

export interface PhonesSummary {
  /** What a daemon that carries messages to this one knows it by. */
  readonly tillId: string;
  readonly places: readonly OpenPlace[];
  readonly certificate: { readonly voucher: string; readonly notAfter: number; readonly fingerprint: string } | undefined;
  readonly paired: number;
  readonly connected: number;
  /** Refused requests and messages by reason, since the start. */
  readonly refusals: Readonly<Record<string, number>>;
}

function unknownPhone(id: string): TillbridgeError {
  return new TillbridgeError('TB_API_NOT_FOUND', { what: `phone ${id.slice(0, 16)}` });
}
