import { createServer } from 'node:net';
import { TillbridgeError, type ProbeRow } from '@tillbridge/core';
import type { Config } from '../../config/index.js';
import type { Cli } from '../cli.js';

/** Whether the API could open its port; call it only while no daemon has it. */
export async function apiRow(cli: Cli, { api }: Config): Promise<ProbeRow> {
  if (api === 'off') return { level: 'ok', id: 'api', text: 'off' };
  const address = `${api.host}:${api.port}`;
  const code = await tryPort(api.host, api.port);
  if (code === undefined) return { level: 'ok', id: 'api', text: address };
  const problem = code === 'EADDRINUSE' ? 'another program has the port' : code;
  const error = new TillbridgeError('TB_API_PORT_BUSY', { address, problem });
  return { level: 'fail', id: 'api', text: `${error.code}: ${error.text(cli.lang)}`, remedy: error.remedy(cli.lang) };
}

/** Why the port cannot be listened on; undefined where it can. */
function tryPort(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', (error) => resolve('code' in error ? String(error.code) : error.message));
    server.listen({ host, port, exclusive: true }, () => server.close(() => resolve(undefined)));
  });
}
