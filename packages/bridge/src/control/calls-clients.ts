import { isoTime, TillbridgeError } from '@tillbridge/core';
import { z } from 'zod';
import type { ClientRegistry } from '../api/clients/index.js';
import { defineCall, ok, type Call } from './http.js';
import { mayGrant, type Caller } from './scope.js';
import { scopeSchema } from './scope-schema.js';

/** Shown in lists and logs: one line, no control characters. */
const clientName = z.string().regex(/^[^\p{C}\p{Zl}\p{Zp}]{1,64}$/u, '1 to 64 printable characters');
const scopes = z.array(scopeSchema).min(1).max(64);
const offerBody = z.strictObject({ name: clientName, scopes });
const pairBody = z.strictObject({
  code: z.string().regex(/^\d{8}$/, '8 digits').describe('What `tillbridge clients pair` shows.'),
  name: clientName.optional().describe('How the client is listed; default the name given to `clients pair`.'),
});
const client = z.object({
  id: z.string(),
  name: z.string(),
  scopes: z.array(z.string()),
  created: z.iso.datetime(),
  lastSeen: z.iso.datetime().nullable(),
});

/** Pairing, and who is paired. */
export function clientCalls(clients: ClientRegistry): readonly Call[] {
  return [
    defineCall({
      method: 'POST',
      path: '/v1/pair',
      summary: 'Exchanges a pairing code for a token, once.',
      access: 'public',
      body: pairBody,
      answers: { 200: z.object({ token: z.string().describe('Shown this once.'), scopes: z.array(z.string()), clientId: z.string() }) },
      handler: async ({ body }) => {
        const { token, ...paired } = await clients.pair(body.code, body.name);
        return ok({ token: token.reveal(), ...paired });
      },
    }),
    defineCall({
      method: 'POST',
      path: '/v1/clients/pair',
      summary: 'Opens a pairing: a code of 8 digits, for two minutes and once. A client gives no more than it has itself.',
      access: 'clients:admin',
      body: offerBody,
      answers: { 200: z.object({ code: z.string(), expiresAt: z.iso.datetime() }) },
      handler: ({ body, caller }) => {
        const scope = body.scopes.find((wanted) => !mayGrant(caller, wanted));
        if (scope !== undefined) throw new TillbridgeError('TB_API_SCOPE', { scope });
        const { code, expiresAt } = clients.offer(body.name, body.scopes);
        return ok({ code, expiresAt: isoTime(expiresAt) });
      },
    }),
    ...selfCalls(clients),
    defineCall({
      method: 'GET',
      path: '/v1/clients',
      summary: 'The paired clients.',
      access: 'clients:admin',
      answers: { 200: z.object({ clients: z.array(client) }) },
      handler: () => ok({ clients: clients.list() }),
    }),
    defineCall({
      method: 'POST',
      path: '/v1/clients/:id/revoke',
      summary: 'Takes the rights of a client, at once.',
      access: 'clients:admin',
      answers: { 200: z.object({ id: z.string(), revoked: z.literal(true) }) },
      handler: async ({ params: { id = '' } }) => {
        await clients.revoke(id);
        return ok({ id, revoked: true });
      },
    }),
  ];
}

/** What a client may do about itself, whatever its scopes. Before the calls with an id in their path: `self` is no id. */
function selfCalls(clients: ClientRegistry): readonly Call[] {
  return [
    defineCall({
      method: 'GET',
      path: '/v1/clients/self',
      summary: 'Who asks, and what it may do.',
      access: 'client',
      answers: { 200: z.object({ id: z.string(), name: z.string(), scopes: z.array(z.string()) }) },
      handler: ({ caller }) => {
        const { id, name, scopes: granted } = clientOf(caller);
        return ok({ id, name, scopes: granted });
      },
    }),
    defineCall({
      method: 'POST',
      path: '/v1/clients/self/revoke',
      summary: 'Gives up the rights of whoever asks, at once: signing out.',
      access: 'client',
      answers: { 200: z.object({ id: z.string(), revoked: z.literal(true) }) },
      handler: async ({ caller }) => {
        const { id } = clientOf(caller);
        await clients.revoke(id);
        return ok({ id, revoked: true });
      },
    }),
  ];
}

/** @throws {TillbridgeError} `TB_API_NOT_FOUND`: the owner of the machine is no client */
function clientOf(caller: Caller): Caller & { readonly kind: 'client' } {
  if (caller.kind !== 'client') throw new TillbridgeError('TB_API_NOT_FOUND', { what: 'client' });
  return caller;
}
