import { createServer } from 'node:net';
import { TillbridgeError, type ProbeRow } from '@tillbridge/core';
import { parseHostPort, type Config } from '../../config/index.js';
import type { Cli } from '../cli.js';

/** Whether the API could open its port; call it only while no daemon has it. */
export async function apiRow(cli: Cli, { api }: Config): Promise<ProbeRow> {
  if (api === 'off') return { level: 'ok', id: 'api', text: 'off' };
  const address = `${api.host}:${api.port}`;
  const code = await tryPort(api.host, api.port);
  if (code === undefined) return { level: 'ok', id: 'api', text: address };
  return failure(cli, 'api', new TillbridgeError('TB_API_PORT_BUSY', { address, problem: portProblem(code) }));
}

/** Whether the listener for stations could open its port and use its certificate; call it only while no daemon has it. */
export async function stationsRow(cli: Cli, { stations }: Config): Promise<ProbeRow> {
  const id = 'stations';
  if (stations === 'off') return { level: 'ok', id, text: 'off' };
  const { listen, tls } = stations;
  try {
    const { checkTls } = await import('../../stations/listener.js');
    checkTls(tls);
  } catch (error) {
    if (error instanceof TillbridgeError) return failure(cli, id, error);
    throw error;
  }
  const address = parseHostPort(listen);
  const code = address === undefined ? 'EINVAL' : await tryPort(address.host, address.port);
  if (code !== undefined) return failure(cli, id, new TillbridgeError('TB_API_STATIONS_LISTEN', { address: listen, problem: portProblem(code) }));
  return { level: 'ok', id, text: `${tls === undefined ? 'http' : 'https'}://${listen}` };
}

export const portProblem = (code: string): string => (code === 'EADDRINUSE' ? 'another program has the port' : code);

function failure(cli: Cli, id: string, error: TillbridgeError): ProbeRow {
  return { level: 'fail', id, text: `${error.code}: ${error.text(cli.lang)}`, remedy: error.remedy(cli.lang) };
}

/** Why the port cannot be listened on; undefined where it can. */
export function tryPort(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve('code' in error ? String(error.code) : error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
