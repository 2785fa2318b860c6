import { silentLog, systemClock } from '@tillbridge/core';
import { describeAdapter } from '@tillbridge/testkit/suites';
import { EventHub, grantsOf } from '../events/index.js';
import { ClientAdapter, DeliveryBoard } from './index.js';

// the till is a program that is connected, claims what it is offered, and says that it took it
describeAdapter('client', () => {
  const hub = new EventHub({ clock: systemClock, log: silentLog, version: '0' });
  const board = new DeliveryBoard();
  let taken = '';
  let takes = true;
  hub.subscribe(
    { grants: grantsOf(['scan:read', 'goods:read', 'delivery:front']) },
    {
      send: (frame) => {
        if (frame.type === 'goods') taken += Buffer.from(frame.hex + frame.terminator, 'hex').toString('latin1');
        if (frame.type !== 'delivery' || !takes) return;
        taken += board.claim(frame.deliveryId, 'program').request.number.reveal();
        board.report(frame.deliveryId, 'program', { outcome: 'applied' });
      },
      ready: () => true,
      ended: () => undefined,
    },
  );
  return {
    adapter: new ClientAdapter({ id: 'front', expireMs: 15_000, backlogMs: 2000 }, { clock: systemClock, hub, board }),
    takes: (on) => {
      takes = on;
    },
    taken: () => Buffer.from(taken, 'latin1'),
  };
});
