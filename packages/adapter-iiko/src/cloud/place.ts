import { printable, TillbridgeError } from '@tillbridge/core';
import { organizationsAnswer, terminalGroupsAnswer, type Organization, type TerminalGroup } from './answers.js';
import type { CloudClient } from './client.js';
import type { CloudPlace } from './desk.js';
import { errorOfCloud, type CloudName } from './errors.js';
import type { CloudConnection } from './options.js';

type Client = Pick<CloudClient, 'call'>;
type Wanted = Pick<CloudConnection, 'organization' | 'terminalGroup'>;

export interface FoundPlace extends CloudPlace {
  readonly organization: Organization;
  readonly group: TerminalGroup & { readonly asleep: boolean };
}

/** Finds the configured organisation and terminal group among what the login sees. @throws {TillbridgeError} */
export async function findPlace(client: Client, wanted: Wanted, name: CloudName, signal: AbortSignal): Promise<FoundPlace> {
  const organizations = await client.call('organizations', { organizationIds: null, returnAdditionalInfo: false, includeDisabled: false }, organizationsAnswer, signal);
  if (!organizations.ok) throw errorOfCloud(organizations, name, 'organizations');
  const organization = choose(organizations.value.organizations, wanted.organization, 'organization', name);
  const groups = await client.call('terminalGroups', { organizationIds: [organization.id], includeDisabled: false }, terminalGroupsAnswer, signal);
  if (!groups.ok) throw errorOfCloud(groups, name, 'terminalGroups');
  const { terminalGroups, terminalGroupsInSleep = [] } = groups.value;
  const seen = [
    ...terminalGroups.flatMap(({ items }) => items.map((group) => ({ ...group, asleep: false }))),
    ...terminalGroupsInSleep.flatMap(({ items }) => items.map((group) => ({ ...group, asleep: true }))),
  ];
  const group = choose(seen, wanted.terminalGroup, 'terminalGroup', name);
  return { organizationId: organization.id, terminalGroupId: group.id, organization, group };
}

/** The one that is named, or the only one. */
function choose<T extends { readonly id: string; readonly name?: string | undefined }>(seen: readonly T[], wanted: string | undefined, key: keyof Wanted, name: CloudName): T {
  const [only, second] = seen.filter((one) => wanted === undefined || one.id.toLowerCase() === wanted.toLowerCase() || one.name === wanted);
  if (only !== undefined && second === undefined) return only;
  const there = seen.slice(0, 20).map((one) => `${printable(one.name ?? '', 60)} (${one.id})`).join(', ');
  throw new TillbridgeError('TB_TILL_IIKO_CLOUD_REFERENCE', { ...name, key, wanted: wanted ?? '-', there: there === '' ? '-' : there });
}
