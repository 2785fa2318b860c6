import { createServer } from 'node:net';
import { TillbridgeError, type ProbeRow } from '@tillbridge/core';

/** Whether the port can be had; nobody is let in meanwhile. */
export async function probeListen(id: string, till: string, { host, port }: { readonly host: string; readonly port: number }): Promise<ProbeRow> {
  const address = `${host}:${String(port)}`;
  const problem = await new Promise<NodeJS.ErrnoException | undefined>((resolve) => {
    const server = createServer((socket) => void socket.destroy());
    server.once('error', resolve);
    server.listen({ host, port, exclusive: true }, () => void server.close(() => resolve(undefined)));
  });
  if (problem === undefined) return { level: 'ok', id, text: `will wait on ${address} for the driver in 1C; whether it connects shows while the daemon runs` };
  const error = new TillbridgeError('TB_TILL_ONEC_PORT', { till, address, problem: problem.code ?? problem.message });
  return { level: 'fail', id, text: error.text('en'), remedy: error.remedy('en') };
}
