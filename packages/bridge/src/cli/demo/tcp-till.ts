import { createServer, type AddressInfo, type Socket } from 'node:net';
import { compileOutput, outcome, renderOutput, type Adapter, type PartState } from '@tillbridge/core';

/** A till behind a socket, for the demo on systems without pseudo-terminals. */
export function createTcpTill(id: string): { readonly adapter: Adapter; listen(): Promise<number> } {
  const output = compileOutput({});
  const programs = new Set<Socket>();
  const server = createServer((socket) => {
    programs.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => programs.delete(socket));
  });
  const write = (bytes: Uint8Array): void => {
    for (const socket of programs) socket.write(bytes);
  };
  const state: PartState = { status: 'ready', since: 0 };
  return {
    listen: () =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
      }),
    adapter: {
      id,
      capabilities: { goods: true, best: 'sent', verify: false },
      state,
      open: () => Promise.resolve(),
      probe: () => Promise.resolve([]),
      deliver: (delivery) => {
        const bytes = renderOutput(output, delivery.number);
        if (programs.size === 0 || bytes === undefined) return Promise.resolve(outcome('rejected', 'portNotOpen'));
        write(bytes);
        return Promise.resolve(outcome('sent'));
      },
      goods: ({ bytes, terminator }) => write(Buffer.concat([bytes, terminator])),
      close: () =>
        new Promise((resolve) => {
          for (const socket of programs) socket.destroy();
          server.close(() => resolve());
        }),
    },
  };
}
