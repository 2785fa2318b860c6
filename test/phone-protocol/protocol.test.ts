import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { silentLog, systemClock } from '@tillbridge/core';
import { keyPairOf, readPath, TillLink, type PhoneRead, type PhoneRecord } from '@tillbridge/phone-link';
import { describe, expect, it } from 'vitest';
import { nodeCurve } from '../../packages/bridge/src/phones/node-curve.js';
import { digits, IndependentPhone, invitation, type Json } from './independent-phone.js';

interface Exchange {
  readonly text: string;
  readonly request: string;
  readonly answer: string;
  readonly answerText: string;
}

interface Vectors {
  readonly till: { readonly tillId: string };
  readonly phone: { readonly secret: string; readonly dev: string };
  readonly invitation: { readonly id: string; readonly fragment: string; readonly code: string };
  readonly pair: Exchange & { readonly phoneEphemeral: string; readonly handshakeHash: string; readonly digits: string };
  readonly session: Exchange & { readonly phoneEphemeral: string; readonly phoneToTill: string; readonly tillToPhone: string };
  readonly messages: readonly (Exchange & { readonly counter: number })[];
}

const bytes = (hex: string): Uint8Array => Buffer.from(hex, 'hex');
const parsed = (text: string): Json => JSON.parse(text) as Json;

describe('the published conversation', () => {
  const vectors = JSON.parse(readFileSync(new URL('../../firmware-docs/phone-protocol.vectors.json', import.meta.url), 'utf8')) as Vectors;

  it('is what a phone says that was written from the page alone, byte for byte', async () => {
    const script = [vectors.pair, vectors.session, ...vectors.messages];
    const phone = new IndependentPhone(
      (_, body) => {
        const next = script.shift()!;
        expect(Buffer.from(body).toString('hex')).toBe(next.request);
        return Promise.resolve(bytes(next.answer));
      },
      { secret: bytes(vectors.phone.secret), pairEphemeral: bytes(vectors.pair.phoneEphemeral), sessionEphemeral: bytes(vectors.session.phoneEphemeral) },
    );
    expect(phone.dev).toBe(vectors.phone.dev);
    expect(invitation(vectors.invitation.fragment)).toMatchObject({ id: vectors.invitation.id, code: vectors.invitation.code, tillId: vectors.till.tillId });
    const paired = await phone.pair(vectors.invitation.fragment, parsed(vectors.pair.text));
    expect(paired).toEqual({ answer: parsed(vectors.pair.answerText), digits: vectors.pair.digits });
    expect(digits('digits', bytes(vectors.pair.handshakeHash), 6)).toBe(vectors.pair.digits);
    const keys = await phone.session();
    expect([keys.there.toString('hex'), keys.back.toString('hex')]).toEqual([vectors.session.phoneToTill, vectors.session.tillToPhone]);
    for (const { text: request, answerText } of vectors.messages) expect(await phone.ask(parsed(request))).toEqual(parsed(answerText));
    expect(script).toEqual([]);
  });
});

describe('a phone that shares no line with the product', () => {
  it('pairs with a till, scans, asks, and is forgotten', async () => {
    const phones = new Map<string, PhoneRecord>();
    const reads: PhoneRead[] = [];
    const arrived: string[] = [];
    const link = new TillLink({
      ...{ clock: systemClock, random: (length: number) => randomBytes(length), identity: keyPairOf(randomBytes(32), nodeCurve), curve: nodeCurve },
      phones: { get: (id) => phones.get(id), add: async (phone) => void phones.set(phone.id, phone), remove: async (id) => void phones.delete(id), seen: () => silentLog.debug('seen') },
      card: () => ({ name: 'Bar', tills: [], formats: [] }),
      scan: (read) => {
        reads.push(read);
        return { is: 'loyalty', kind: 'card', ended: Promise.resolve({ outcome: 'applied', signal: 'good', mask: '****1234' }) };
      },
      note: (event) => {
        if (event.is === 'arrived') arrived.push(event.digits);
      },
    });
    const phone = new IndependentPhone(async (path, body) => {
      const to = readPath(path);
      expect(to?.tillId).toBe(link.tillId);
      const answer = await link.answer(to!.path, body, new AbortController().signal);
      if (answer.status !== 200) throw new Error(answer.refusal);
      return answer.body;
    });
    const { fragment } = link.invite();
    const paired = await phone.pair(fragment, { v: 1, name: 'Вера', model: 'stick' });
    expect(paired.answer).toMatchObject({ dev: phone.dev, state: 'paired' });
    expect(arrived).toEqual([paired.digits]);
    await phone.session();
    const scan = { v: 1, t: 'scan', id: randomBytes(16).toString('base64url'), code: '\u001d98', sym: 'datamatrix', tick: phone.welcome['tick'] };
    expect(await phone.ask(scan)).toMatchObject({ st: 'done', outcome: 'applied', mask: '****1234' });
    // said again under a new counter: still one read
    expect(await phone.ask(scan)).toMatchObject({ st: 'done', outcome: 'applied' });
    expect(await phone.ask({ v: 1, t: 'ask', id: scan.id, run: phone.welcome['run'] })).toMatchObject({ st: 'done' });
    expect(await phone.ask({ v: 1, t: 'ask', id: randomBytes(16).toString('base64url'), run: phone.welcome['run'] })).toMatchObject({ st: 'never' });
    expect(await phone.ask({ v: 1, t: 'something new' })).toMatchObject({ st: 'refused', why: 'request' });
    expect(reads.map(({ bytes: read }) => Buffer.from(read).toString())).toEqual(['\u001d98']);
    expect(await phone.ask({ v: 1, t: 'leave' })).toMatchObject({ st: 'gone' });
    await expect(phone.session()).rejects.toThrow('notPaired');
  });
});
