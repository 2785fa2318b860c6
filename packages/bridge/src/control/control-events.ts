import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { asTillbridgeError, TillbridgeError, type Clock } from '@tillbridge/core';
import { eventWishOf, refuseUpgrade, upgradeUrl } from '../api/upgrade.js';
import type { EventSockets } from '../api/websocket.js';
import { ALL_GRANTS, type EventHub } from '../events/index.js';

export interface ControlEvents {
  /** Takes over a connection that asks for a WebSocket. */
  readonly upgrade: (request: IncomingMessage, socket: Duplex, head: Buffer) => void;
  /** Takes leave of who is connected. */
  close(): void;
}

/** `GET /v1/events` on the control socket: its owner sees everything. The WebSocket code is loaded for the first who asks. */
export function controlEvents(hub: EventHub, clock: Clock): ControlEvents {
  let sockets: Promise<EventSockets> | undefined;
  let loaded: EventSockets | undefined;
  const upgrade: ControlEvents['upgrade'] = (request, socket, head) => {
    sockets ??= import('../api/websocket.js').then(({ EventSockets }) => (loaded = new EventSockets({ hub, clock })));
    sockets
      .then((server) => {
        const { pathname, searchParams } = upgradeUrl(request);
        if (pathname !== '/v1/events') throw new TillbridgeError('TB_API_NOT_FOUND', { what: `${request.method ?? 'GET'} ${pathname}` });
        const wish = eventWishOf(searchParams);
        server.accept(request, socket, head, { client: 'control', grants: ALL_GRANTS, ...wish });
      })
      .catch((error: unknown) => refuseUpgrade(socket, asTillbridgeError(error, 'TB_API_BAD_REQUEST', { problem: 'not an address' })));
  };
  return { upgrade, close: () => loaded?.close() };
}
