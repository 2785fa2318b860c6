import type { Authentication, ClientRegistry } from '../api/clients/index.js';
import type { StationServices } from '../stations/services.js';

/**
 * Who may call the API: paired programs, and parts of till programs that show the secret of their till. Those are looked at first, so that a
 * plugin with an old secret locks nobody out but strangers.
 */
export function withPlugins(clients: Pick<ClientRegistry, 'authenticate'>, services: Pick<StationServices, 'ownerOf'>): Pick<ClientRegistry, 'authenticate'> {
  return {
    authenticate: (token): Authentication => {
      const till = services.ownerOf(token);
      if (till === undefined) return clients.authenticate(token);
      return { ok: true, caller: { kind: 'client', id: `plugin:${till}`, name: till, scopes: [`delivery:${till}`, `till:${till}`] } };
    },
  };
}
