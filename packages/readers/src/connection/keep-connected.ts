import { asTillbridgeError, keepConnected as keep, type ConnectionContext, type Connector, type Link, type TillbridgeError } from '@tillbridge/core';

export type { Connector, Link } from '@tillbridge/core';

export interface KeepConnectedContext extends Pick<ConnectionContext, 'clock' | 'log' | 'state' | 'random'> {
  /** The reader's id and its device as configured: for error texts. */
  readonly reader: string;
  readonly device: string;
}

/** Keeps a reader connected; see core. */
export function keepConnected<L extends Link>(connector: Connector<L>, context: KeepConnectedContext, signal: AbortSignal, settled: (fatal?: TillbridgeError) => void): Promise<void> {
  const { reader, device, ...rest } = context;
  const problem = (error: unknown): TillbridgeError => asTillbridgeError(error, 'TB_READER_OPEN_FAILED', { reader, path: device });
  return keep(connector, { ...rest, what: 'reader', problem }, signal, settled);
}
