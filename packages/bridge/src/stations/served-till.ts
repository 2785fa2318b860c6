import { adapterAround, type Adapter } from '@tillbridge/core';
import type { StationService, StationServices } from './services.js';

/** A till whose stations ask it themselves: they reach it from its opening to its closing. */
export function servedTill(till: Adapter, service: StationService, services: StationServices): Adapter {
  return adapterAround(till, {
    open: async (inbound, signal) => {
      await till.open(inbound, signal);
      services.set(till.id, service);
    },
    close: () => {
      services.remove(till.id, service);
      return till.close();
    },
  });
}
