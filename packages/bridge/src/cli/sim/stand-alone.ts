import { TillbridgeError } from '@tillbridge/core';
import { parseHostPort, type HostPort } from '../../config/host-port.js';

export function usage(problem: string): TillbridgeError {
  return new TillbridgeError('TB_CONFIG_USAGE', { problem });
}

/** @throws {TillbridgeError} `TB_CONFIG_USAGE` */
export function addressOf(option: string, text: string): HostPort {
  const address = parseHostPort(text);
  if (address === undefined) throw usage(`${option}: it is HOST:PORT`);
  return address;
}

export function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
}
