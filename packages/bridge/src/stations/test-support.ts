import { instant, NativeNumber, Secret, silentLog, type Clock, type DeliveryRequest } from '@tillbridge/core';
import { DeliveryBoard, type OfferEnd } from '../client-adapter/index.js';
import type { StationsConfig } from '../config/index.js';
import { EventHub } from '../events/index.js';
import type { LeasePorts } from './leases.js';
import { StationServices } from './services.js';

export const EXPIRE_MS = 15_000;

/** A till's deliveries, without a pipeline in front of them. */
export class Offers<C extends Clock> {
  readonly clock: C;
  readonly hub: EventHub;
  readonly board = new DeliveryBoard();
  readonly services = new StationServices();
  readonly ended = new Map<string, OfferEnd>();

  constructor(clock: C) {
    this.clock = clock;
    this.hub = new EventHub({ clock, log: silentLog, version: '0' });
  }

  get ports(): LeasePorts {
    const report: LeasePorts['report'] = (id, owner, ended) => Promise.resolve().then(() => this.board.report(id, owner, ended));
    return { clock: this.clock, hub: this.hub, board: this.board, report };
  }

  offer(id: string, till = 'front', orderId?: string): void {
    const at = instant(this.clock);
    const expired = (): boolean => this.clock.mono() - at.mono >= EXPIRE_MS;
    const number = new NativeNumber('card', `29000000${id.padStart(5, '0')}`);
    const request: DeliveryRequest = { id, scanId: `scan-${id}`, till, number, at, expired, ...(orderId === undefined ? {} : { orderId }) };
    this.board.offer(request, at.wall + EXPIRE_MS, (end) => this.ended.set(id, end));
    this.hub.publish({
      scope: `delivery:${till}`,
      weight: 100,
      body: () => ({ type: 'delivery', deliveryId: id, scanId: request.scanId, till, kind: 'card', expiresAt: '2030-01-01T00:00:00.000Z' }),
      alive: () => this.board.claimable(id),
      owed: () => true,
    });
  }
}

export const SECRETS = { kitchen: 'secret-of-the-kitchen', hall: 'secret-of-the-hall-x', far: 'secret-of-a-far-one' } as const;

/** Two stations of one till on this machine, a third one elsewhere. */
export const PEERS: StationsConfig['peers'] = [
  { id: 'kitchen', till: 'front', allow: ['127.0.0.0/8', '::1'], secrets: { token: new Secret(SECRETS.kitchen) } },
  { id: 'hall', till: 'front', allow: ['127.0.0.1'], secrets: { token: new Secret(SECRETS.hall) } },
  { id: 'far', till: 'front', allow: ['10.1.0.0/16', 'fd00::/8'], secrets: { token: new Secret(SECRETS.far) } },
];
