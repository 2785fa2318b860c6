import { compileOutput, type Adapter, type OutputOptions } from '@tillbridge/core';
import type { VirtualComConfig } from '../../config/index.js';
import type { PartContext } from '../parts.js';

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;

/** What the adapter is made of: a virtual-com till without the rules of delivery. */
export type VirtualComDevice = Without<VirtualComConfig, 'expireMs' | 'duplicateMs'>;

/** Makes the adapter that plays a reader on a serial port; loads its code. */
export async function virtualCom(config: VirtualComDevice, { clock, log }: Pick<PartContext, 'clock' | 'log'>): Promise<Adapter> {
  const { createVirtualCom } = await import('@tillbridge/adapter-device');
  const { template, prefix, suffix, pad, track2 } = config;
  const output: OutputOptions = {
    ...(template === undefined ? {} : { template }),
    ...(prefix === undefined ? {} : { prefix }),
    ...(suffix === undefined ? {} : { suffix }),
    ...(pad === undefined ? {} : { pad }),
    ...(track2 === undefined ? {} : { track2 }),
  };
  const common = {
    id: config.id,
    output: compileOutput(output),
    suffix: suffix ?? 'CR',
    gapMs: config.gapMs,
    backlogMs: config.backlogMs,
  } as const;
  const context = { clock, log };
  if (config.transport === 'pty') {
    const { link, mode, group } = config;
    const rights = { ...(mode === undefined ? {} : { mode: Number.parseInt(mode, 8) }), ...(group === undefined ? {} : { group }) };
    return createVirtualCom({ ...common, transport: 'pty', link, ...rights }, context);
  }
  const { path, baudRate, dataBits, parity, stopBits, rtscts, requirePeer } = config;
  return createVirtualCom({ ...common, transport: 'port', path, baudRate, dataBits, parity, stopBits, rtscts, requirePeer }, context);
}
