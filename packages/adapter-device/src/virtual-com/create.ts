import type { Adapter } from '@tillbridge/core';
import type { AdapterContext, VirtualComOptions } from './options.js';
import { PortTill } from './port-adapter.js';
import { PtyTill } from './pty-adapter.js';

/** The adapter of a till that reads our numbers and goods from a serial port, as if a scanner sent them. */
export function createVirtualCom(options: VirtualComOptions, context: AdapterContext): Adapter {
  return options.transport === 'pty' ? new PtyTill(options, context) : new PortTill(options, context);
}
