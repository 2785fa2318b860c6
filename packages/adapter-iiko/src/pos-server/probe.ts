import { type ProbeRow } from '@tillbridge/core';
import { failRow } from '../probe-row.js';
import type { PosServerClient } from './client.js';
import { errorOfPos, type PosServerName } from './errors.js';

/** Whether the POS server is there and knows us; asks for a guest that nobody is, changes nothing. */
export async function probePosServer(client: Pick<PosServerClient, 'login' | 'guest'>, name: PosServerName, signal: AbortSignal): Promise<readonly ProbeRow[]> {
  const id = `till.${name.till}.posServer`;
  const login = await client.login(signal);
  if (!login.ok) return [failRow(errorOfPos(login.problem, name), id)];
  const ready: ProbeRow = { level: 'ok', id, text: `the iikoCard POS server at ${name.host} takes this user` };
  const asked = await client.guest('0', 'cardNumber', signal);
  if (asked.ok || asked.problem === 'notFound') return [ready, { level: 'ok', id, text: 'it looks guests up' }];
  const fault = asked.fault === undefined ? '' : ` (fault ${String(asked.fault)})`;
  return [ready, { level: 'warn', id, text: `it does not look guests up: ${asked.problem}${fault}`, remedy: 'check that iikoCard is switched on for this restaurant and that the POS server has synchronised' }];
}
