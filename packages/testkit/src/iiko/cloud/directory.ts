import type { JsonReply } from '../http/index.js';
import { correlated, refusal } from './reply.js';
import type { RequestBody } from './request.js';
import type { CloudTerminalGroup, CloudWorld } from './world.js';

export function organizations(world: CloudWorld, body: RequestBody): JsonReply {
  const wanted = body.optionalUuids('organizationIds');
  const found = world.organizations.filter(({ id }) => wanted === undefined || wanted.length === 0 || wanted.includes(id));
  return correlated({ organizations: found.map(({ id, name }) => ({ responseType: 'Simple', id, name, code: '1' })) });
}

export function terminalGroups(world: CloudWorld, body: RequestBody): JsonReply {
  const wanted = body.uuids('organizationIds');
  const known = world.organizations.map(({ id }) => id);
  if (wanted.some((id) => !known.includes(id))) return refusal(400, 'Common_OrganizationNotFound', 'Organization not found.');
  const all = body.flag('includeDisabled');
  const seen = world.terminalGroups.filter(({ organizationId, hidden }) => wanted.includes(organizationId) && (all || !hidden));
  return correlated({
    terminalGroups: byOrganization(seen.filter(({ asleep }) => !asleep)),
    terminalGroupsInSleep: byOrganization(seen.filter(({ asleep }) => asleep)),
  });
}

function byOrganization(groups: readonly CloudTerminalGroup[]): readonly object[] {
  return [...new Set(groups.map(({ organizationId }) => organizationId))].map((organizationId) => ({
    organizationId,
    items: groups
      .filter((group) => group.organizationId === organizationId)
      .map(({ id, name, posVersion }) => ({ id, organizationId, name, address: '', timeZone: 'Europe/Moscow', posVersion })),
  }));
}

export function isAlive(world: CloudWorld, body: RequestBody): JsonReply {
  const wanted = body.uuids('terminalGroupIds');
  const found = world.terminalGroups.filter(({ id }) => wanted.includes(id));
  return correlated({ isAliveStatus: found.map(({ id, organizationId, alive, asleep }) => ({ isAlive: alive && !asleep, terminalGroupId: id, organizationId })) });
}

export function awake(world: CloudWorld, body: RequestBody): JsonReply {
  const wanted = body.uuids('terminalGroupIds');
  const found = world.terminalGroups.filter(({ id }) => wanted.includes(id));
  for (const group of found) group.asleep = false;
  return { status: 200, body: { successfullyProcessed: found.map(({ id }) => id), failedProcessed: wanted.filter((id) => found.every((group) => group.id !== id)) } };
}

export function sections(world: CloudWorld, body: RequestBody): JsonReply {
  const wanted = body.uuids('terminalGroupIds');
  const found = world.terminalGroups.filter(({ id }) => wanted.includes(id));
  const tablesOf = (group: string): readonly object[] =>
    world.tables.filter(({ terminalGroupId }) => terminalGroupId === group).map(({ id, number }) => ({ id, posId: id, number, name: `Table ${String(number)}`, seatingCapacity: 4, revision: 1, isDeleted: false }));
  return correlated({ restaurantSections: found.map(({ id }) => ({ id, terminalGroupId: id, name: 'Hall', tables: tablesOf(id) })), revision: 1 });
}
