import { isTillbridgeError, type ProbeRow } from '@tillbridge/core';
import { z } from 'zod';
import { failRow } from '../probe-row.js';
import { isAliveAnswer } from './answers.js';
import type { CloudClient } from './client.js';
import { errorOfCloud, type CloudName } from './errors.js';
import type { CloudOperationName } from './operations.js';
import type { CloudTillOptions } from './options.js';
import { findPlace, type FoundPlace } from './place.js';
import type { CloudLogin } from './token-keeper.js';

type Client = Pick<CloudClient, 'call'>;
type Options = Pick<CloudTillOptions, 'id' | 'login' | 'organization' | 'terminalGroup' | 'nativeIdentifier'>;

/** An id and a number that nobody has: what is asked about them is answered with "not found", or with "you may not". */
const NOBODY = '00000000-0000-4000-8000-000000000000';
const anything = z.unknown();

/** Asks the cloud everything that decides whether numbers will land; changes nothing. */
export async function probeCloud(client: Client, options: Options, name: CloudName, signal: AbortSignal): Promise<readonly ProbeRow[]> {
  const id = `till.${name.till}.cloud`;
  try {
    const place = await findPlace(client, options, name, signal);
    return [...loginRows(options.login, name, id), placeRow(place, id), await aliveRow(client, place, name, id, signal), ...(await rightRows(client, options, place, name, id, signal))];
  } catch (error) {
    if (!isTillbridgeError(error)) throw error;
    return [failRow(error, id)];
  }
}

function loginRows({ version }: CloudLogin, { host }: CloudName, id: string): readonly ProbeRow[] {
  const ready: ProbeRow = { level: 'ok', id, text: `iikoCloud at ${host} takes this login` };
  if (version === 'v2') return [ready];
  return [ready, { level: 'warn', id, text: 'the way of this login (`apiLogin`) is deprecated by the vendor', remedy: 'register the integration in the developer portal and use `appId`, `clientSecret` and `apiKey`' }];
}

function placeRow({ organization, group }: FoundPlace, id: string): ProbeRow {
  const version = group.posVersion === undefined ? '' : `, version ${group.posVersion}`;
  return { level: 'ok', id, text: `organization ${organization.name ?? ''} (${organization.id}), terminal group ${group.name} (${group.id}${version})` };
}

async function aliveRow(client: Client, place: FoundPlace, name: CloudName, id: string, signal: AbortSignal): Promise<ProbeRow> {
  const body = { organizationIds: [place.organizationId], terminalGroupIds: [place.terminalGroupId] };
  const asked = await client.call('isAlive', body, isAliveAnswer, signal);
  if (!asked.ok) return failRow(errorOfCloud(asked, name, 'isAlive'), id, asked.problem === 'noRight' ? 'warn' : 'fail');
  const alive = asked.value.isAliveStatus.some(({ terminalGroupId, isAlive }) => isAlive && terminalGroupId === place.terminalGroupId);
  if (alive && !place.group.asleep) return { level: 'ok', id, text: 'the terminal group is alive' };
  return { level: 'fail', id, text: place.group.asleep ? 'the terminal group is asleep' : 'the terminal group is not alive', remedy: 'start the main till of the group; check its internet connection and its iikoCloud (transport) licence' };
}

/** Rights of what changes orders cannot be tried without changing one. */
async function rightRows(client: Client, { nativeIdentifier }: Options, { organizationId }: FoundPlace, name: CloudName, id: string, signal: AbortSignal): Promise<readonly ProbeRow[]> {
  const kinds = Object.values(nativeIdentifier);
  const tries: (readonly [CloudOperationName, object])[] = [
    ['orderById', { organizationIds: [organizationId], posOrderIds: [NOBODY] }],
    ['commandStatus', { organizationId, correlationId: NOBODY }],
  ];
  if (kinds.some((kind) => kind !== 'externalData' && kind !== 'iikoCardCoupon')) tries.push(['customerInfo', { type: 'id', id: NOBODY, organizationId }]);
  if (kinds.includes('iikoCardCoupon')) tries.push(['couponInfo', { number: '0', organizationId }]);
  const rows: ProbeRow[] = [];
  for (const [operation, body] of tries) {
    const asked = await client.call(operation, body, anything, signal);
    if (asked.ok || asked.problem === 'gone') continue;
    if (asked.problem !== 'declined') rows.push(failRow(errorOfCloud(asked, name, operation), id));
    else if (asked.codes.some((code) => code === 'Common_OrganizationNotFound' || code === 'Transport_WrongCrmId')) {
      rows.push({ level: 'fail', id, text: 'this organization has no iikoCard guests in the cloud', remedy: 'switch iikoCard on for the organization, and connect it to the login' });
    }
  }
  return rows.length > 0 ? rows : [{ level: 'ok', id, text: 'the login may read what is needed; the right to change orders ("Orders: changing") shows at the first number' }];
}
