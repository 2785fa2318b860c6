import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Secret, systemClock } from '@tillbridge/core';
import { describeAdapter } from '@tillbridge/testkit/suites';
import { createWebhook } from './index.js';

describeAdapter('webhook', async (log) => {
  let answers = true;
  let taken = '';
  const server = createServer((request, response) => {
    request.setEncoding('utf8').on('data', (chunk: string) => (taken += chunk));
    request.on('end', () => {
      if (answers) response.end('{"outcome":"applied"}');
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`;
  return {
    adapter: createWebhook({ id: 'front', url, key: new Secret('key') }, { clock: systemClock, log }),
    takes: (on) => {
      answers = on;
    },
    taken: () => Buffer.from(taken),
    dispose: () => {
      server.closeAllConnections();
      server.close();
    },
  };
});
