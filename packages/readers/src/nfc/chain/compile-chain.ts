import { createHash, createPrivateKey, type KeyObject } from 'node:crypto';
import { TillbridgeError, type Clock, type Secret } from '@tillbridge/core';
import type { ChainOptions, CompiledSector, CompiledSmartTap, CompiledVas, VasKey } from './options.js';
import { serviceCode } from './smart-tap/messages.js';
import { READ_WAYS, type ChainConfig, type SectorOptions, type SmartTapOptions, type VasOptions, type VasPass } from './types.js';
import { UID_FORMATS, type UidOptions } from './uid/uid-options.js';
import { vasKeyId } from './vas/cryptogram.js';
import { ReplayGuard } from './vas/replay-guard.js';
import { MAX_SIGNUP_URL } from './vas/request.js';
import { ascii, fromHex } from './wire/bytes.js';
import { isTrailer, sectorStart } from './ways/sector.js';

export const DEFAULT_TIMEOUT_MS = 2000;
export const DEFAULT_BUDGET_MS = 5000;
/** Wide enough for a till whose clock nobody looks after. */
export const DEFAULT_WINDOW_MS = 15 * 60_000;
const MAX_PASSES = 6;
const MAX_AIDS = 8;
const MAX_KEYS = 6;
const CLASSIC_BLOCKS = 256;
/** Fewer bytes of an AID would match what other cards have. ISO 7816-4, 8.2.1.2: 5 to 16. */
const AID_BYTES = { min: 5, max: 16 };

/**
 * Checks a configuration and prepares it for `readCard`. Keys are parsed here, once.
 * @throws {TillbridgeError} `TB_READER_NFC_KEY` for a key that is none, `TB_READER_NFC_SETTING` for any other value that cannot work
 */
export function compileChain(config: ChainConfig, clock: Clock): ChainOptions {
  return {
    clock,
    read: config.read ?? READ_WAYS,
    timeoutMs: positive('timeoutMs', config.timeoutMs ?? DEFAULT_TIMEOUT_MS),
    budgetMs: positive('budgetMs', config.budgetMs ?? DEFAULT_BUDGET_MS),
    hce: compileAids(config.hce?.aids ?? []),
    vas: config.vas === undefined ? undefined : compileVas(config.vas),
    smarttap: config.smarttap === undefined ? undefined : compileSmartTap(config.smarttap),
    ndef: config.ndef?.records ?? ['uri', 'text'],
    sector: config.sector === undefined ? undefined : compileSector(config.sector),
    uid: checkUid(config.uid ?? {}),
  };
}

const wrong = (setting: string, problem: string): TillbridgeError => new TillbridgeError('TB_READER_NFC_SETTING', { setting, problem });

function positive(setting: string, value: number): number {
  if (!(value > 0 && value <= 60_000)) throw wrong(setting, 'it is a number of milliseconds from 1 to 60000');
  return value;
}

function hexOf(setting: string, text: string): Uint8Array {
  try {
    return fromHex(text);
  } catch {
    throw wrong(setting, 'it is not hexadecimal');
  }
}

function compileAids(aids: readonly string[]): Uint8Array[] {
  if (aids.length > MAX_AIDS) throw wrong('hce.aids', `at most ${MAX_AIDS}`);
  return aids.map((text, at) => {
    const aid = hexOf(`hce.aids[${at}]`, text);
    if (aid.length < AID_BYTES.min || aid.length > AID_BYTES.max) throw wrong(`hce.aids[${at}]`, 'an application id has 5 to 16 bytes');
    return aid;
  });
}

function compileVas({ passes, windowMs = DEFAULT_WINDOW_MS }: VasOptions): CompiledVas {
  if (passes.length === 0 || passes.length > MAX_PASSES) throw wrong('vas.passes', `1 to ${MAX_PASSES} passes`);
  if (windowMs !== 'off' && !(windowMs > 0)) throw wrong('vas.windowMs', 'it is a number of milliseconds above 0, or `off`');
  const window = windowMs === 'off' ? undefined : windowMs;
  return { windowMs: window, replays: new ReplayGuard(window), passes: passes.map((pass, at) => compilePass(pass, `vas.passes[${at}]`)) };
}

function compilePass({ id, keys, signupUrl }: VasPass, setting: string): CompiledVas['passes'][number] {
  // the phone hashes the ASCII text
  if (!/^[\x21-\x7e]{3,255}$/.test(id)) throw wrong(`${setting}.id`, 'it is a pass type identifier such as pass.com.example.loyalty');
  if (keys.length === 0 || keys.length > MAX_KEYS) throw wrong(`${setting}.secrets.keys`, `1 to ${MAX_KEYS} keys`);
  if (signupUrl !== undefined && !(signupUrl.length <= MAX_SIGNUP_URL && /^https:\/\/[\x21-\x7e]+$/.test(signupUrl))) {
    throw wrong(`${setting}.signupUrl`, `it is an https address of at most ${MAX_SIGNUP_URL} characters`);
  }
  const merchant = new Uint8Array(createHash('sha256').update(ascii(id)).digest());
  return { id, merchant, signupUrl, keys: keys.map((key, at) => vasKey(key, `${setting}.secrets.keys[${at}]`)) };
}

function compileSmartTap({ collectorId, keys, services = ['loyalty'] }: SmartTapOptions): CompiledSmartTap {
  if (!Number.isInteger(collectorId) || collectorId < 1 || collectorId > 0xffffffff) throw wrong('smarttap.collectorId', 'it is a whole number from 1 to 4294967295');
  if (keys.length === 0 || keys.length > MAX_KEYS) throw wrong('smarttap.keys', `1 to ${MAX_KEYS} keys`);
  if (services.length === 0 || new Set(services).size !== services.length) throw wrong('smarttap.services', 'each kind of pass at most once, at least one');
  return { collectorId, services: services.map(serviceCode), keys: keys.map(({ version, key }, at) => ({ version, key: privateKey(key, `smarttap.keys[${at}].secrets.key`) })) };
}

function compileSector(sector: SectorOptions): CompiledSector {
  const { block, blocks = 1, keyType = 'A', offset = 0, length, encoding = 'ascii' } = sector;
  if (!Number.isInteger(block) || block < 0 || block >= CLASSIC_BLOCKS) throw wrong('sector.block', 'it is a whole number from 0 to 255');
  const last = block + blocks - 1;
  if (![1, 2, 3].includes(blocks) || sectorStart(last) !== sectorStart(block)) throw wrong('sector.blocks', '1 to 3 blocks of one sector');
  if (isTrailer(block) || isTrailer(last)) throw wrong('sector.block', 'the last block of a sector holds its keys');
  const { key } = sector;
  if (hexOf('sector.secrets.key', key.reveal()).length !== 6) throw wrong('sector.secrets.key', 'a key has 6 bytes');
  const room = blocks * 16;
  if (!Number.isInteger(offset) || offset < 0 || offset >= room) throw wrong('sector.offset', `it is a whole number from 0 to ${room - 1}`);
  if (length !== undefined && !(Number.isInteger(length) && length > 0 && offset + length <= room)) throw wrong('sector.length', `it ends within ${room} bytes`);
  return { block, blocks, keyType, offset, length, encoding, key };
}

/** @throws {TillbridgeError} `TB_READER_NFC_SETTING` for a rule that can give no number */
export function checkUid(uid: UidOptions): UidOptions {
  if (uid.format !== undefined && !UID_FORMATS.includes(uid.format)) throw wrong('uid.format', `it is one of ${UID_FORMATS.join(', ')}`);
  if (uid.take !== undefined && !(Number.isInteger(uid.take) && Math.abs(uid.take) >= 1 && Math.abs(uid.take) <= 10)) throw wrong('uid.take', '1 to 10 bytes, or -1 to -10 from the end');
  if (uid.format === '3+5' && uid.take !== undefined && Math.abs(uid.take) !== 3) throw wrong('uid.take', '`3+5` is made of 3 bytes');
  if (uid.pad !== undefined && !(Number.isInteger(uid.pad) && uid.pad >= 0 && uid.pad <= 32)) throw wrong('uid.pad', 'it is a whole number from 0 to 32');
  if (uid.mask !== undefined && hexOf('uid.mask', uid.mask).length > 10) throw wrong('uid.mask', 'it has at most 10 bytes');
  if (uid.extract !== undefined) {
    try {
      new RegExp(uid.extract);
    } catch {
      throw wrong('uid.extract', 'it is not a regular expression');
    }
  }
  return uid;
}

/** An EC private key on P-256. The text of the key appears in no error. @throws {TillbridgeError} `TB_READER_NFC_KEY` */
function privateKey(pem: Secret, setting: string): KeyObject {
  const unusable = (problem: string): TillbridgeError => new TillbridgeError('TB_READER_NFC_KEY', { setting, problem });
  let key: KeyObject;
  try {
    key = createPrivateKey(pem.reveal());
  } catch (error) {
    const locked = pem.reveal().includes('ENCRYPTED') || (error instanceof Error && /passphrase/i.test(error.message));
    throw unusable(locked ? 'it is locked by a password' : 'it is not a private key in PEM');
  }
  if (key.asymmetricKeyType !== 'ec') throw unusable(`it is an ${key.asymmetricKeyType ?? 'unknown'} key`);
  if (key.asymmetricKeyDetails?.namedCurve !== 'prime256v1') throw unusable(`its curve is ${key.asymmetricKeyDetails?.namedCurve ?? 'unknown'}`);
  return key;
}

function vasKey(pem: Secret, setting: string): VasKey {
  const key = privateKey(pem, setting);
  const { x = '' } = key.export({ format: 'jwk' });
  return { id: vasKeyId(Buffer.from(x, 'base64url')), key };
}
