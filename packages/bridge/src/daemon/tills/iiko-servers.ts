import type { Adapter } from '@tillbridge/core';
import type { CloudConnection, CloudLogin } from '@tillbridge/adapter-iiko';
import type { IikoConfig } from '../../config/index.js';
import type { PartContext } from '../parts.js';

type CloudConfig = Extract<IikoConfig, { transport: 'cloud' }>;
type PosServerConfig = Extract<IikoConfig, { transport: 'pos-server' }>;

/** Makes an iiko till behind a server: iikoCloud, or the iikoCard POS server. */
export async function iikoServerTill(config: CloudConfig | PosServerConfig, { clock, log }: PartContext): Promise<Adapter> {
  const { createCloudSight, createCloudTill, createPosServerTill } = await import('@tillbridge/adapter-iiko');
  if (config.transport === 'cloud') {
    const { nativeIdentifier, order, guestName, externalData, phone } = config;
    const choice = order === 'context' ? ({ by: 'context' } as const) : ({ by: 'tables', tables: order.tables } as const);
    const data = externalData === undefined ? {} : { dataKey: externalData.key };
    return createCloudTill({ ...connectionOf(config.id, config), ...data, nativeIdentifier, order: choice, nameless: guestName, phone }, { clock, log });
  }
  const { id, url, user, secrets, timeoutMs, nativeIdentifier, phone, readBack } = config;
  const sight = readBack === undefined ? {} : { sight: createCloudSight(connectionOf(id, readBack), { clock }) };
  return createPosServerTill({ id, url, user, password: secrets.password, timeoutMs, nativeIdentifier, phone }, { clock, log, ...sight });
}

type CloudFields = Pick<CloudConfig, 'url' | 'appId' | 'secrets' | 'organization' | 'terminalGroup' | 'timeoutMs'>;

function connectionOf(id: string, { url, organization, terminalGroup, timeoutMs, ...login }: CloudFields): CloudConnection {
  return {
    ...{ id, url, timeoutMs, login: loginOf(login) },
    ...(organization === undefined ? {} : { organization }),
    ...(terminalGroup === undefined ? {} : { terminalGroup }),
  };
}

/** The check of the configuration has seen that it is one of both. */
function loginOf({ appId, secrets: { apiLogin, clientSecret, apiKey } }: Pick<CloudFields, 'appId' | 'secrets'>): CloudLogin {
  if (apiLogin !== undefined) return { version: 'v1', apiLogin };
  if (appId === undefined || clientSecret === undefined || apiKey === undefined) throw new Error('the login is not whole');
  return { version: 'v2', appId, clientSecret, apiKey };
}
