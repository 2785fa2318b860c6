import { dirname, join, sep } from 'node:path';
import { arrivalOf, type ArrivalContext, type Attempt } from '../connection/arrival.js';
import { identity } from '../serial/presence.js';
import { listHidNodes } from './hidraw.js';
import { listKeyboardNodes } from './inputs.js';
import type { DeviceWhere } from './locate-node.js';
import type { SystemRoots } from './roots.js';

/** What there is to see of the wanted device now; what it changes to something else is worth an attempt. Linux. */
export async function lookForNode(kind: 'hid' | 'keyboard', where: DeviceWhere, roots: SystemRoots): Promise<string | undefined> {
  if ('path' in where) return identity(where.path);
  const nodes = await (kind === 'hid' ? listHidNodes(roots) : listKeyboardNodes(roots));
  const seen = await Promise.all(nodes.map(async (node) => `${node.path} ${node.device} ${(await identity(node.path)) ?? ''}`));
  return seen.join('\n');
}

/** Resolves when a device that may be the wanted one appeared or changed; when `signal` aborts at the latest. Never rejects. Linux. */
export function nodeArrival(
  kind: 'hid' | 'keyboard',
  where: DeviceWhere,
  last: Attempt,
  context: ArrivalContext,
  roots: SystemRoots,
  signal: AbortSignal,
): Promise<void> {
  const path = 'path' in where ? where.path : undefined;
  const prefix = kind === 'hid' ? 'hidraw' : 'event';
  return arrivalOf(
    {
      look: () => lookForNode(kind, where, roots),
      folder: path === undefined ? (kind === 'hid' ? roots.dev : join(roots.dev, 'input')) : dirname(path),
      concerns: (name) => (path === undefined ? name.startsWith(prefix) || name === 'input' : path.split(sep).includes(name)),
    },
    last,
    context,
    signal,
  );
}
