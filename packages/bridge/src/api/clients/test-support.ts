import { silentLog, type Clock } from '@tillbridge/core';
import type { ClientChange, ClientRecord, ClientWriter } from '@tillbridge/store';
import { LockOut } from '../limits/index.js';
import { ClientRegistry } from './registry.js';

/** A register that writes into a list instead of a file. */
export function testRegistry(clock: Clock, clients: readonly ClientRecord[] = []): { readonly registry: ClientRegistry; readonly changes: ClientChange[] } {
  const changes: ClientChange[] = [];
  const writer: ClientWriter = {
    change: (change) => {
      changes.push(change);
      return Promise.resolve(true);
    },
  };
  return { registry: new ClientRegistry({ clients, writer, lockOut: new LockOut(clock), clock, log: silentLog }), changes };
}
