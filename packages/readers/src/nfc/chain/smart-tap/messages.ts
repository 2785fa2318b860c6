import { command } from '../wire/apdu.js';
import { concat, uint32 } from '../wire/bytes.js';
import { encodeNdef, parseNdef, TNF, type NdefRecord } from '../wire/ndef.js';
import type { SmartTapService } from '../types.js';
import type { SmartTapSession } from './session.js';

// Records and commands: google-pay/smart-tap-sample-app, kormax/google-smart-tap.

/** Version 0.1 of the negotiation and of the request: what Smart Tap 2.1 speaks. */
export const VERSION = 0x0001;
const VERSION_BYTES = Uint8Array.of(0x00, 0x01);
const BINARY = 0x04;
const LIVE = 0x01;
const STATUS_OK = 0x01;

/** Byte 0: stand-alone terminal (01) that unpacks zlib (40). Byte 4: it takes the pass only (01). */
const CAPABILITIES = Uint8Array.of(0x41, 0x00, 0x00, 0x00, 0x01);

const SERVICES: Readonly<Record<SmartTapService, number>> = { all: 0x00, loyalty: 0x03, offer: 0x04, giftCard: 0x05, eventTicket: 0x07, generic: 0x12 };
/** The records of a pass: loyalty, offer, gift card, private label, event, transit, flight, generic. */
const PASSES = new Set(['ly', 'of', 'gc', 'pl', 'et', 'tr', 'fl', 'gr']);

export const GET_MORE = command([0x90, 0xc0, 0x00, 0x00], undefined, 0x00);

export function serviceCode(service: SmartTapService): number {
  return SERVICES[service];
}

const external = (type: string, payload: Uint8Array): NdefRecord => ({ tnf: TNF.external, type, id: '', payload });
const session = (id: Uint8Array, sequence: number): NdefRecord => external('ses', concat(id, Uint8Array.of(sequence & 0xff, STATUS_OK)));
const collector = (id: number): NdefRecord => external('cld', concat(Uint8Array.of(BINARY), uint32(id)));

/** NEGOTIATE SECURE SESSION: who we are, signed together with the phone's nonce. About 190 bytes of data. */
export function negotiateCommand(own: SmartTapSession, collectorId: number, keyVersion: number, sequence: number): Uint8Array {
  const proof = encodeNdef([external('sig', concat(Uint8Array.of(BINARY), own.signature)), collector(collectorId)]);
  const crypto = external('cpr', concat(own.nonce, Uint8Array.of(LIVE), own.publicKey, uint32(keyVersion), proof));
  const request = external('ngr', concat(VERSION_BYTES, encodeNdef([session(own.sessionId, sequence), crypto])));
  return command([0x90, 0x53, 0x00, 0x00], encodeNdef([request]), 0x00);
}

/** GET SMART TAP DATA for these kinds of passes. */
export function getDataCommand(sessionId: Uint8Array, sequence: number, collectorId: number, services: readonly number[]): Uint8Array {
  const parts = [
    session(sessionId, sequence),
    external('mer', encodeNdef([collector(collectorId)])),
    external('slr', encodeNdef(services.map((service) => external('str', Uint8Array.of(service))))),
    external('pcr', CAPABILITIES),
  ];
  return command([0x90, 0x50, 0x00, 0x00], encodeNdef([external('srq', concat(VERSION_BYTES, encodeNdef(parts)))]), 0x00);
}

/** A record by its name, which external records carry as type and well-known ones as id. */
export function named(records: readonly NdefRecord[], name: string): NdefRecord | undefined {
  return records.find(({ tnf, type, id }) => (tnf === TNF.wellKnown ? id : type) === name || id === name);
}

export interface Negotiated {
  readonly sessionId: Uint8Array;
  readonly sequence: number;
  /** The phone's ephemeral key, compressed. */
  readonly deviceKey: Uint8Array;
}

/** The phone's answer to NEGOTIATE; `undefined` where a part is missing. @throws {NdefError} */
export function parseNegotiated(data: Uint8Array): Negotiated | undefined {
  const response = named(parseNdef(data), 'nrs');
  if (response === undefined) return undefined;
  const inner = parseNdef(response.payload);
  const ses = named(inner, 'ses')?.payload;
  const deviceKey = named(inner, 'dpk')?.payload;
  const sequence = ses?.[8];
  if (ses === undefined || sequence === undefined || deviceKey === undefined) return undefined;
  return { sessionId: ses.subarray(0, 8), sequence, deviceKey };
}

export interface Bundle {
  readonly encrypted: boolean;
  readonly compressed: boolean;
  readonly bytes: Uint8Array;
}

/** The bundle in the whole answer to GET DATA; `undefined` where there is none. @throws {NdefError} */
export function parseBundle(data: Uint8Array): Bundle | undefined {
  const response = named(parseNdef(data), 'srs');
  const bundle = response === undefined ? undefined : named(parseNdef(response.payload), 'reb')?.payload;
  const flags = bundle?.[0];
  if (bundle === undefined || flags === undefined) return undefined;
  return { encrypted: (flags & 0x01) !== 0, compressed: (flags & 0x02) !== 0, bytes: bundle.subarray(1) };
}

/** The redemption value of the first pass in an opened bundle, without its format byte. @throws {NdefError} */
export function redemptionValue(bundle: Uint8Array): Uint8Array | undefined {
  for (const service of parseNdef(bundle)) {
    if (service.type !== 'asv' && service.id !== 'asv') continue;
    for (const object of parseNdef(service.payload)) {
      if (!PASSES.has(object.type) && !PASSES.has(object.id)) continue;
      const value = named(parseNdef(object.payload), 'n')?.payload;
      if (value !== undefined && value.length > 1) return value.subarray(1);
    }
  }
  return undefined;
}

export interface Handset {
  readonly nonce: Uint8Array | undefined;
  /** Versions that it speaks, where it says so. */
  readonly min: number | undefined;
  readonly max: number | undefined;
}

/** The answer to SELECT SMART TAP 2: two versions, then a record with the nonce. @throws {NdefError} */
export function parseHandset(data: Uint8Array): Handset {
  const [minHigh, minLow, maxHigh, maxLow] = data;
  const nonce = named(parseNdef(data.subarray(4)), 'mdn')?.payload.subarray(1);
  return {
    nonce,
    min: minHigh === undefined || minLow === undefined ? undefined : minHigh * 256 + minLow,
    max: maxHigh === undefined || maxLow === undefined ? undefined : maxHigh * 256 + maxLow,
  };
}
