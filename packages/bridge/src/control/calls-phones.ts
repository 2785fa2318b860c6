import { isoTime, TillbridgeError } from '@tillbridge/core';
import { z } from 'zod';
import type { PhoneService } from '../phones/phone-service.js';
import { defineCall, ok, type Call } from './http.js';

/** Shown in lists and on phones: one line, no control characters. */
const phoneName = z.string().regex(/^[^\p{C}\p{Zl}\p{Zp}]{1,40}$/u, '1 to 40 printable characters');
const tillId = z.string().min(1).max(64);
const phone = z.object({
  id: z.string(),
  name: z.string(),
  model: z.string().describe('What kind of phone, as it says itself.'),
  till: z.string().nullable().describe('The till that its scans go to; null: the default.'),
  created: z.iso.datetime(),
  lastSeen: z.iso.datetime().nullable(),
  connected: z.boolean().describe('Whether it has a session now.'),
});
const address = z.object({ url: z.string(), address: z.string(), adapter: z.string(), virtual: z.boolean().describe('Leads into this machine or a tunnel, not to the phones.') });
const offered = z.object({
  id: z.string().describe('Names this pairing.'),
  url: z.string().describe('What the QR code shows. Secret until it is used.'),
  urls: z.array(address).describe('The same for each address that phones may reach this machine by, best first.'),
  code: z.string().describe('Four digits that the page on the phone shows too.'),
  expiresAt: z.iso.datetime(),
});
const pairing = z.object({
  id: z.string(),
  state: z.enum(['open', 'arrived', 'paired', 'over']),
  phone: z.object({ id: z.string(), name: z.string(), model: z.string(), digits: z.string().describe('Six digits that both screens show.') }).optional(),
});
const pairBody = z.strictObject({
  name: phoneName.optional().describe('How the phone is listed, whatever its user calls it.'),
  till: tillId.optional().describe('The till that its scans go to.'),
  confirm: z.boolean().optional().describe('true: the phone waits until somebody has compared the digits and confirmed it.'),
});
const changeBody = z.strictObject({ name: phoneName.optional(), till: tillId.nullable().optional().describe('null: the default.') });

/** Phones as scanners: who is paired, and pairing. */
export function phoneCalls(phones: PhoneService): readonly Call[] {
  return [
    defineCall({
      method: 'GET',
      path: '/v1/phones',
      summary: 'The paired phones.',
      access: 'phones:admin',
      answers: { 200: z.object({ phones: z.array(phone), tillId: z.string().describe('What a daemon that carries messages to this one knows it by (its `relay`).') }) },
      handler: async () => {
        const desk = await phones.desk();
        return ok({ phones: desk.list(), tillId: desk.link.tillId });
      },
    }),
    ...pairingCalls(phones),
    defineCall({
      method: 'PATCH',
      path: '/v1/phones/:id',
      summary: 'Renames a phone, or sends its scans to another till.',
      access: 'phones:admin',
      body: changeBody,
      answers: { 200: phone },
      handler: async ({ params: { id = '' }, body: { name, till } }) => {
        const change = { ...(name === undefined ? {} : { name }), ...(till === undefined ? {} : { till }) };
        return ok(await (await phones.desk()).change(id, change));
      },
    }),
    defineCall({
      method: 'DELETE',
      path: '/v1/phones/:id',
      summary: 'Forgets a phone, at once.',
      access: 'phones:admin',
      answers: { 200: z.object({ id: z.string(), revoked: z.literal(true) }) },
      handler: async ({ params: { id = '' } }) => {
        await (await phones.desk()).revoke(id);
        return ok({ id, revoked: true });
      },
    }),
    defineCall({
      method: 'POST',
      path: '/v1/phones/look',
      summary: 'Looks at the addresses of this machine and the certificate at once, as after `tillbridge ca create`.',
      access: 'control',
      answers: { 200: z.object({ looked: z.literal(true) }) },
      handler: async () => {
        await phones.current?.look();
        return ok({ looked: true });
      },
    }),
  ];
}

function pairingCalls(phones: PhoneService): readonly Call[] {
  return [
    defineCall({
      method: 'POST',
      path: '/v1/phones/pair',
      summary: 'Opens a pairing: one QR code for one phone, for two minutes and once.',
      access: 'phones:admin',
      body: pairBody,
      answers: { 200: offered },
      handler: async ({ body: { name, till, confirm } }) => {
        const wish = { ...(name === undefined ? {} : { name }), ...(till === undefined ? {} : { till }), ...(confirm === undefined ? {} : { confirm }) };
        const { expiresAt, ...made } = (await phones.desk()).pair(wish);
        return ok({ ...made, expiresAt: isoTime(expiresAt) });
      },
    }),
    defineCall({
      method: 'GET',
      path: '/v1/phones/pairings/:id',
      summary: 'How a pairing is doing.',
      access: 'phones:admin',
      answers: { 200: pairing },
      handler: async ({ params: { id = '' } }) => {
        const found = (await phones.desk()).pairing(id);
        if (found === undefined) throw new TillbridgeError('TB_API_NOT_FOUND', { what: 'pairing' });
        return ok(found);
      },
    }),
    defineCall({
      method: 'DELETE',
      path: '/v1/phones/pairings/:id',
      summary: 'Ends a pairing that nobody has used.',
      access: 'phones:admin',
      answers: { 200: z.object({ id: z.string() }) },
      handler: async ({ params: { id = '' } }) => {
        (await phones.desk()).withdraw(id);
        return ok({ id });
      },
    }),
    defineCall({
      method: 'POST',
      path: '/v1/phones/:id/confirm',
      summary: 'Lets a phone in that waits: both screens show the same digits.',
      access: 'phones:admin',
      answers: { 200: z.object({ id: z.string(), paired: z.literal(true) }) },
      handler: async ({ params: { id = '' } }) => {
        await (await phones.desk()).confirm(id);
        return ok({ id, paired: true });
      },
    }),
  ];
}
