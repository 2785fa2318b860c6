import { TillbridgeError } from '@tillbridge/core';
import type * as serialport from 'serialport';

export type Serialport = typeof serialport;

/** The one place that loads serialport, when a port is opened. @throws TillbridgeError TB_NATIVE_MISSING */
export async function loadSerialport(): Promise<Serialport> {
  try {
    return await import('serialport');
  } catch (cause) {
    throw new TillbridgeError('TB_NATIVE_MISSING', { package: 'serialport', purpose: '`type: serial`' }, { cause });
  }
}
