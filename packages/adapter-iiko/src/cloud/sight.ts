import { isTillbridgeError } from '@tillbridge/core';
import { Remembered, samePhone } from '../memory/index.js';
import type { OrderSight } from '../pos-server/options.js';
import { serverUrl } from '../server-url.js';
import { CloudClient } from './client.js';
import { findOrder } from './find-order.js';
import type { CloudConnection, CloudContext } from './options.js';
import { findPlace, type FoundPlace } from './place.js';

/** Reads orders back through iikoCloud, for what cannot show them itself. @throws {TillbridgeError} `TB_TILL_BAD_URL` */
export function createCloudSight(connection: CloudConnection, { clock, random = Math.random }: Pick<CloudContext, 'clock' | 'random'>): OrderSight {
  const url = serverUrl(connection);
  const { id, login, timeoutMs } = connection;
  const client = new CloudClient({ url, login, clock, random, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
  const misses = new Remembered(clock, 1);
  let place: FoundPlace | undefined;
  return {
    shows: async (orderId, { phone }, signal) => {
      try {
        place ??= await findPlace(client, connection, { till: id, host: url.host }, signal);
      } catch (error) {
        if (isTillbridgeError(error)) return undefined;
        throw error;
      }
      const { organizationId, terminalGroupId } = place;
      const found = await findOrder({ organizationId, terminalGroupId, client, clock, misses }, { posOrderId: orderId }, [], signal);
      return 'order' in found ? samePhone(found.order.phone ?? '', phone) : undefined;
    },
    close: () => client.close(),
  };
}
