import { readFileSync } from 'node:fs';
import { asTillbridgeError, compileOutput, NUMBER_KINDS, type Adapter, type NumberKind } from '@tillbridge/core';
import type { NumberRules, OrderChoiceOption, Rk7Ref, Trust, XmlTillOptions } from '@tillbridge/adapter-rkeeper';
import type { RkeeperConfig } from '../../config/index.js';
import { ScriptTill } from '../../client-adapter/index.js';
import type { PartContext } from '../parts.js';
import { farcardsTill } from './rkeeper-farcards.js';
import { keeper, orderReceipt } from './rkeeper-receipts.js';
import { nestedDevice } from './device.js';

/** Makes an r_keeper till of its configuration; loads the adapter's code. */
export async function rkeeperTill(config: RkeeperConfig, context: PartContext): Promise<Adapter> {
  const { clock, log, pins } = context;
  if (config.transport === 'farcards') return farcardsTill(config, context);
  const { createDeviceTill, createXmlTill, fitNumber } = await import('@tillbridge/adapter-rkeeper');
  if (config.transport === 'xml') {
    const store = keeper(config.id, config.keepReceipts, context, orderReceipt);
    return createXmlTill(xmlOptions(config), { clock, log, pins, ...(store === undefined ? {} : { store }) });
  }
  if (config.transport === 'station-script') {
    const { id, expireMs, template } = config;
    const numbers = rkeeperRules(config.numbers);
    return new ScriptTill({ id, expireMs, fit: (number) => fitNumber(number, numbers), output: compileOutput({ template }) }, context);
  }
  const { device, numbers, ...writing } = config;
  return createDeviceTill(rkeeperRules(numbers), await nestedDevice(device, writing, context));
}

type XmlConfig = Extract<RkeeperConfig, { transport: 'xml' }>;

function xmlOptions(config: XmlConfig): XmlTillOptions {
  const { id, url, user, secrets, tls, station, cashier, conflict, sample, waiterMessage, timeoutMs, readTimeoutMs } = config;
  return {
    ...{ id, url, user, password: secrets.password, legacy: tls.legacy, station, conflict, readTimeoutMs, changeTimeoutMs: timeoutMs },
    trust: trust(config),
    interfaces: interfaces(config),
    order: order(config),
    numbers: rkeeperRules(config.numbers),
    ...(cashier === undefined ? {} : { cashier }),
    ...(sample === undefined ? {} : { sample }),
    ...(waiterMessage === 'off' ? {} : { waiterMessage }),
  };
}

function trust({ id, tls }: XmlConfig): Trust {
  if (tls.mode === 'pin') return { mode: 'pin', ...(tls.fingerprint === undefined ? {} : { fingerprint: tls.fingerprint }) };
  if (tls.ca === undefined) return { mode: 'ca' };
  try {
    return { mode: 'ca', ca: readFileSync(tls.ca, 'utf8') };
  } catch (error) {
    throw asTillbridgeError(error, 'TB_TILL_RK_CA', { till: id, path: tls.ca });
  }
}

/** One interface for all kinds, or one each. */
function interfaces({ interface: given }: XmlConfig): Partial<Record<NumberKind, Rk7Ref>> {
  if ('id' in given || 'code' in given || 'guid' in given) return Object.fromEntries(NUMBER_KINDS.map((kind) => [kind, given]));
  return given;
}

function order({ order: given }: XmlConfig): OrderChoiceOption {
  if (typeof given === 'string') return { by: given };
  return 'table' in given ? { by: 'table', object: given.table } : { by: 'waiter', object: given.waiter };
}

export function rkeeperRules({ length, numericInt64, reserved, phonePrefix }: RkeeperConfig['numbers']): NumberRules {
  return { numericInt64, phonePrefix, reserved: reserved.map((pattern) => new RegExp(pattern)), ...(length === undefined ? {} : { length }) };
}
