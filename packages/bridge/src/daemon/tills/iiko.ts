import { createHash, randomUUID } from 'node:crypto';
import { TillbridgeError, type Adapter, type Secret } from '@tillbridge/core';
import type { FrontBoard, FrontOptions, FrontPorts, FrontTill, TakenScan } from '@tillbridge/adapter-iiko';
import { offerDelivery } from '../../client-adapter/index.js';
import type { IikoConfig } from '../../config/index.js';
import { ok, type ApiResponse } from '../../control/http.js';
import { servedTill } from '../../stations/served-till.js';
import type { LocalPart, StationService } from '../../stations/services.js';
import { productVersion } from '../../version.js';
import type { PartContext } from '../parts.js';
import { iikoServerTill } from './iiko-servers.js';
import { nestedDevice } from './device.js';

/** A request of the plugin may have this many bytes: a scan of 4096 characters with its tracks. */
const MAX_BODY = 32 * 1024;

/** Makes an iiko till of its configuration; loads the adapter's code. */
export async function iikoTill(config: IikoConfig, context: PartContext): Promise<Adapter> {
  const { createDeviceTill } = await import('@tillbridge/adapter-iiko');
  if (config.transport === 'device') {
    const { device, nativeIdentifier, ...writing } = config;
    return createDeviceTill(nativeIdentifier, await nestedDevice(device, writing, context));
  }
  if (config.transport === 'cloud' || config.transport === 'pos-server') return iikoServerTill(config, context);
  return frontTill(config, context);
}

type FrontConfig = Extract<IikoConfig, { transport: 'front' | 'externalData' }>;

async function frontTill(config: FrontConfig, context: PartContext): Promise<Adapter> {
  const { createGuestAuthorizer, FrontTill, isPluginCall } = await import('@tillbridge/adapter-iiko');
  const server = config.transport === 'front' ? config.posServer : undefined;
  const guests = server === undefined ? {} : { guests: createGuestAuthorizer({ id: config.id, ...connection(server) }, context) };
  const till = new FrontTill(optionsOf(config), { ...portsOf(config, context), ...guests });
  const answer: LocalPart['answer'] = async (call, body, signal) => {
    if (!isPluginCall(call)) throw new TillbridgeError('TB_API_NOT_FOUND', { what: `POST ${call}` });
    return ok(await till.answer(call, body, signal));
  };
  return servedTill(till, serviceOf(till, answer, isPluginCall, config.secrets?.token), context.services);
}

/** How the iikoCard POS server is reached. */
function connection({ url, user, secrets, timeoutMs }: NonNullable<Extract<FrontConfig, { transport: 'front' }>['posServer']>) {
  return { url, user, password: secrets.password, timeoutMs };
}

function serviceOf(till: FrontTill, answer: LocalPart['answer'], isCall: (name: string) => boolean, token: Secret | undefined): StationService {
  const digest = token === undefined ? undefined : sha256(token.reveal());
  return {
    takes: (call) => isCall(call.slice(1)),
    answer: async (call, chunks, _contentType, signal): Promise<ApiResponse> => answer(call.slice(1), await readJson(chunks), signal),
    wrongSecret: () => till.wrongSecret(),
    local: { digest, answer },
  };
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

/** @throws {TillbridgeError} `TB_API_TOO_LARGE`, `TB_API_BAD_REQUEST` */
async function readJson(chunks: AsyncIterable<Uint8Array>): Promise<unknown> {
  const read: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > MAX_BODY) throw new TillbridgeError('TB_API_TOO_LARGE', { max: MAX_BODY });
    read.push(chunk);
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(read)));
  } catch {
    throw new TillbridgeError('TB_API_BAD_REQUEST', { problem: 'the body is not JSON in UTF-8' });
  }
}

function optionsOf(config: FrontConfig): FrontOptions {
  const { id, expireMs, cashierMessage, watchKey, gtin, dataFolder } = config;
  const common = {
    ...{ id, expireMs, cashierMessage, gtin },
    ...(watchKey === null ? {} : { watchKey }),
    ...(dataFolder === undefined ? {} : { dataFolder }),
  };
  if (config.transport === 'externalData') {
    const { key, isPublic } = config;
    const identifiers = { card: 'externalData', coupon: 'externalData', phone: 'externalData' } as const;
    return { ...common, identifiers, externalData: { key, isPublic }, conflict: 'reject', phone: 'asIs' };
  }
  const { nativeIdentifier, externalData, conflict, createGuest, phone } = config;
  return {
    ...common,
    ...{ identifiers: nativeIdentifier, conflict, phone },
    ...(externalData === undefined ? {} : { externalData }),
    ...(createGuest === undefined ? {} : { createGuest }),
  };
}

function portsOf(config: FrontConfig, context: PartContext): FrontPorts {
  const { clock, log, live } = context;
  return {
    ...{ clock, log, version: productVersion(), newId: () => randomUUID(), board: boardOf(context) },
    scans: () => live?.readerOf(config.id) !== undefined,
    take: (text, orderId) => take(config.id, live, text, orderId),
  };
}

function boardOf(context: PartContext): FrontBoard {
  const { board, live } = context;
  const offered = new Set<string>();
  return {
    offer: (request, expiresAt, signal) => offerDelivery(context, request, expiresAt, signal, offered),
    claim: (id, owner) => void board.claim(id, owner),
    report: async (id, owner, ended) => live?.report(id, owner, ended),
    giveUp: () => {
      for (const id of [...offered]) board.giveUp(id);
    },
  };
}

function take(till: string, live: PartContext['live'], text: string, orderId: string | undefined): TakenScan {
  const reader = live?.readerOf(till);
  if (live === undefined || reader === undefined) return { handled: false };
  const injected = live.inject({ bytes: new TextEncoder().encode(text), reader, ...(orderId === undefined ? {} : { orderId }) });
  return 'ticket' in injected ? { handled: true, scanId: injected.ticket.scanId, outcome: injected.ticket.outcome } : { handled: false };
}
