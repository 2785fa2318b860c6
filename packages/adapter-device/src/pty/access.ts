import { chmodSync, chownSync, readFileSync, statSync } from 'node:fs';
import { asTillbridgeError, TillbridgeError } from '@tillbridge/core';

/** Who may open a PTY's slave. */
export interface PtyAccess {
  /** Permission bits. Default 0600: whoever can open the port can read card numbers; with a `group` 0660. */
  readonly mode?: number;
  /** Name or number of the group that the port is given to. */
  readonly group?: string | number;
}

/** @throws {TillbridgeError} `TB_TILL_PORT_ACCESS` */
export function giveAccess(slave: string, access: PtyAccess): void {
  const { group } = access;
  const mode = access.mode ?? (group === undefined ? 0o600 : 0o660);
  const params = { group: group ?? '-', mode: mode.toString(8).padStart(4, '0') };
  try {
    if (group !== undefined) {
      const gid = typeof group === 'number' ? group : groupId(group, readFileSync('/etc/group', 'utf8'));
      if (gid === undefined) throw new TillbridgeError('TB_TILL_PORT_ACCESS', { ...params, problem: 'no such group' });
      chownSync(slave, statSync(slave).uid, gid);
    }
    chmodSync(slave, mode);
  } catch (error) {
    throw asTillbridgeError(error, 'TB_TILL_PORT_ACCESS', params);
  }
}

/** The number of a group: `name` as digits, or looked up in the text of /etc/group (group(5)). */
export function groupId(name: string, file: string): number | undefined {
  if (/^\d{1,9}$/.test(name)) return Number(name);
  for (const line of file.split('\n')) {
    const [group, , gid] = line.split(':');
    if (group === name && gid !== undefined && /^\d{1,9}$/.test(gid)) return Number(gid);
  }
  return undefined;
}
