import type { Adapter } from '@tillbridge/core';
import type { OnecConfig, VirtualComConfig } from '../../config/index.js';
import type { PartContext } from '../parts.js';
import { keyboardTill, type KeyboardDevice } from './keyboard.js';
import { virtualCom, type VirtualComDevice } from './virtual-com.js';

type Nested = Extract<OnecConfig, { transport: 'device' }>['device'];

/** How the outer till writes, and for how long. */
export type DeviceWriting = Pick<VirtualComConfig, 'id' | 'template' | 'prefix' | 'suffix' | 'pad' | 'track2' | 'gapMs' | 'backlogMs' | 'expireMs'>;

/** The reader that another adapter's `transport: device` plays: on a port, or typing. */
export function nestedDevice(device: Nested, { expireMs, ...writing }: DeviceWriting, context: Pick<PartContext, 'clock' | 'log' | 'keyboardTurn' | 'agents'>): Promise<Adapter> {
  if (device.adapter === 'keyboard') {
    const typing: KeyboardDevice = { ...writing, ...device, expireMs };
    return keyboardTill(typing, context);
  }
  const port: VirtualComDevice = { ...writing, ...device };
  return virtualCom(port, context);
}
