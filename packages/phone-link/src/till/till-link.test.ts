import { VirtualClock } from '@tillbridge/testkit';
import { beforeEach, describe, expect, it } from 'vitest';
import { MemoryStore, World } from '../test-support.js';
import { fromBase64url, textOf, toBase64url } from '../wire/bytes.js';
import { INVITATION_MS } from '../wire/limits.js';
import { readInvitation } from '../phone/phone-client.js';
import type { LinkAnswer } from './ports.js';

const never = new AbortController().signal;
const person = { name: 'Анна', model: 'Pixel 8' };
const textOfCode = (bytes: Uint8Array | undefined): string | undefined => (bytes === undefined ? undefined : textOf(bytes));

let clock: VirtualClock;
let world: World;
beforeEach(() => {
  clock = new VirtualClock();
  world = new World(clock);
});

describe('pairing', () => {
  it('takes a phone in, with the same digits and the same code on both sides', async () => {
    const invitation = world.link.invite({ till: 'front' });
    const paired = await world.phone().pair(invitation.fragment, person, never);
    expect(readInvitation(`#${invitation.fragment}`)).toEqual({ tillId: world.link.tillId, code: invitation.code });
    expect(paired.state).toBe('paired');
    expect(paired.digits).toMatch(/^\d{6}$/);
    const arrived = world.events.find((event) => event.is === 'arrived');
    expect(arrived).toMatchObject({ digits: paired.digits, phone: { name: 'Анна', model: 'Pixel 8', till: 'front', state: 'paired' } });
    expect([...world.book.phones.values()]).toHaveLength(1);
    expect(await paired.connection.refresh(never)).toBe('ready');
    expect(world.events.filter(({ is }) => is === 'session')).toEqual([{ is: 'session', phone: [...world.book.phones.keys()][0] }]);
  });

  it('gives one QR code to one of two phones, and the other one a clear no', async () => {
    const { fragment } = world.link.invite();
    const results = await Promise.allSettled([world.phone().pair(fragment, person, never), world.phone().pair(fragment, person, never)]);
    expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    expect(results.find((result) => result.status === 'rejected')).toMatchObject({ reason: { reason: 'invitation' } });
    expect(world.book.phones.size).toBe(1);
  });

  it('answers the very same request the same, when the answer was lost', async () => {
    let lost = 0;
    world.fate = () => (lost++ === 0 ? 'answerLost' : 'arrives');
    const { fragment } = world.link.invite();
    const pairing = world.phone().pair(fragment, person, never);
    await clock.advance(1000);
    expect((await pairing).state).toBe('paired');
    expect(world.book.phones.size).toBe(1);
    expect(world.wire.map(({ path }) => path)).toEqual(['pair', 'pair']);
  });

  it.each(['too old', 'withdrawn', 'burnt by a forged message', 'of a till that was restarted'])('refuses a QR code that is %s', async (what) => {
    const { fragment, id } = world.link.invite();
    if (what === 'too old') await clock.advance(INVITATION_MS);
    else if (what === 'withdrawn') world.link.withdraw(id);
    else if (what === 'of a till that was restarted') world.restart();
    else {
      const bytes = fromBase64url(fragment)!;
      bytes[bytes.length - 1]! ^= 1;
      await expect(world.phone().pair(toBase64url(bytes), person, never)).rejects.toMatchObject({ reason: 'invitation' });
    }
    await expect(world.phone().pair(fragment, person, never)).rejects.toMatchObject({ reason: 'invitation' });
    expect(world.book.phones.size).toBe(0);
  });

  it('is nothing to a clock that is set: only time that passes ends a QR code', async () => {
    const { fragment } = world.link.invite();
    clock.sleepMachine(-86_400_000 * 365);
    expect((await world.phone().pair(fragment, person, never)).state).toBe('paired');
  });

  it('does not talk to another till than the one of the QR code', async () => {
    const other = new World(clock, 77);
    const { fragment } = world.link.invite();
    const phone = world.phone(new MemoryStore(), { post: (_, body, signal) => other.link.answer('pair', body, signal) });
    await expect(phone.pair(fragment, person, never)).rejects.toMatchObject({ reason: 'invitation' });
  });

  it('waits for a yes where it is asked for, and takes no scan before', async () => {
    const paired = await world.paired({ confirm: true });
    expect(paired.state).toBe('waiting');
    expect(world.book.phones.size).toBe(0);
    expect(await paired.connection.refresh(never)).toBe('waiting');
    expect(await paired.connection.scan({ text: '9812345678' }, never)).toEqual({ is: 'nothing', why: 'waiting' });
    expect(world.taken).toEqual([]);
    const arrived = world.events.find((event) => event.is === 'arrived')!;
    const watching = paired.connection.refresh(never, 20_000);
    await clock.advance(10);
    expect(await world.link.confirm(arrived.phone.id)).toBe(true);
    expect(await watching).toBe('ready');
    expect(await paired.connection.scan({ text: '9812345678' }, never)).toMatchObject({ is: 'done' });
    expect(await world.link.confirm(arrived.phone.id)).toBe(false);
  });

  it('forgets who waits too long, or is refused', async () => {
    const slow = await world.paired({ confirm: true });
    await clock.advance(120_001);
    expect(await slow.connection.refresh(never)).toBe('notPaired');
    const refused = await world.paired({ confirm: true });
    expect(await refused.connection.refresh(never)).toBe('waiting');
    const arrived = world.events.findLast((event) => event.is === 'arrived')!;
    expect(await world.link.revoke(arrived.phone.id)).toBe(true);
    expect(await refused.connection.refresh(never)).toBe('notPaired');
  });

  it('keeps the key of a till that is paired again: there is one phone in the list, not two', async () => {
    const store = new MemoryStore();
    await world.paired({}, store);
    await world.paired({}, store);
    expect(world.book.phones.size).toBe(1);
  });

  it('is not said to be done when the phone could not be kept, and says why', async () => {
    world.book.add = () => Promise.reject(new Error('the disk is full'));
    const pairing = world.phone().pair(world.link.invite().fragment, person, never);
    const refused = expect(pairing).rejects.toMatchObject({ reason: 'unavailable' });
    await clock.advance(10_000);
    await refused;
    expect(world.events).toContainEqual({ is: 'failed', what: 'pairing', error: new Error('the disk is full') });
  });

  it('limits how often it can be tried', async () => {
    const answers: LinkAnswer[] = [];
    for (let i = 0; i < 20; i += 1) answers.push(await world.link.answer('pair', new Uint8Array(200).fill(65).fill(1, 0, 1), never));
    expect(answers.filter(({ refusal }) => refusal === 'invitation')).toHaveLength(8);
    expect(answers.at(-1)).toMatchObject({ status: 429, refusal: 'busy' });
  });
});

describe('a scan', () => {
  it('reaches the till once, as it was read, with what the phone knows of it', async () => {
    const { connection } = await world.paired();
    const result = await connection.scan({ text: '\u001d0104600\u001d', symbology: 'datamatrix', till: 'front' }, never);
    expect(result).toEqual({ is: 'done', kind: 'card', outcome: 'applied', signal: 'good' });
    expect(world.taken).toHaveLength(1);
    expect(world.taken[0]).toMatchObject({ symbology: 'datamatrix', till: 'front', phone: { name: 'Анна' } });
    expect(textOfCode(world.taken[0]?.bytes)).toBe('\u001d0104600\u001d');
    expect(world.taken[0]?.phoneTime).toBe(clock.wall());
  });

  it('takes bytes that are no text, and what was typed in by hand', async () => {
    const { connection } = await world.paired();
    await connection.scan({ bytes: Uint8Array.of(0, 255, 13), symbology: 'qr' }, never);
    await connection.scan({ text: '79161234567', kind: 'phone' }, never);
    expect(world.taken.map(({ bytes, kind }) => ({ bytes: [...bytes].slice(0, 3), kind }))).toEqual([
      { bytes: [0, 255, 13], kind: undefined },
      { bytes: [55, 57, 49], kind: 'phone' },
    ]);
  });

  it('goes to the till that the phone is for where it names none', async () => {
    const { connection } = await world.paired({ till: 'bar' });
    await connection.scan({ text: '1' }, never);
    expect(world.taken[0]?.till).toBe('bar');
  });

  it.each([
    ['goods', { is: 'goods', handled: true }, { is: 'goods', handled: true }],
    ['refused', { is: 'refused', why: 'till' }, { is: 'nothing', why: 'till' }],
  ] as const)('is told what it was: %s', async (_, taken, result) => {
    world.take = () => taken;
    const { connection } = await world.paired();
    expect(await connection.scan({ text: '4600' }, never)).toEqual(result);
  });

  it('that the daemon fails on is taken once, and nobody says that nothing happened', async () => {
    world.take = () => {
      throw new Error('half-way');
    };
    const { connection } = await world.paired();
    const scanned = connection.scan({ text: '98' }, never);
    await clock.advance(15_000);
    expect(await scanned).toEqual({ is: 'unknown', why: 'away' });
    world.take = () => ({ is: 'goods', handled: true });
    expect(await connection.settle(never)).toEqual({ is: 'unknown', why: 'lost' });
    expect(world.taken).toHaveLength(1);
    expect(world.events).toContainEqual(expect.objectContaining({ is: 'failed', what: 'request' }));
  });

  it('of nothing, or of too much, is refused', async () => {
    const { connection } = await world.paired();
    for (const text of ['', 'x'.repeat(3073), '\ud800']) {
      const scanned = connection.scan({ text }, never);
      await clock.advance(1000);
      expect(await scanned).toEqual({ is: 'nothing', why: 'code' });
    }
    expect(await connection.scan({ text: 'я'.repeat(1536) }, never)).toMatchObject({ is: 'done' });
    expect(world.taken).toHaveLength(1);
  });

  it('that takes long is asked for until it has its outcome', async () => {
    let ended: (end: { outcome: 'notFound'; signal: 'bad' }) => void = () => undefined;
    world.take = () => ({ is: 'loyalty', kind: 'card', ended: new Promise((resolve) => (ended = resolve)) });
    const { connection } = await world.paired();
    const scanned = connection.scan({ text: '98' }, never);
    await clock.advance(6000);
    ended({ outcome: 'notFound', signal: 'bad' });
    expect(await scanned).toMatchObject({ is: 'done', outcome: 'notFound', signal: 'bad' });
    expect(world.taken).toHaveLength(1);
    expect(connection.stored.open).toBeUndefined();
  });

  it('that takes too long stays open, and is asked for before the next one', async () => {
    let ended: (end: { outcome: 'applied'; signal: 'good' }) => void = () => undefined;
    world.take = () => ({ is: 'loyalty', kind: 'card', ended: new Promise((resolve) => (ended = resolve)) });
    const { connection } = await world.paired();
    const scanned = connection.scan({ text: '98' }, never);
    await clock.advance(13_000);
    expect(await scanned).toEqual({ is: 'unknown', why: 'slow' });
    expect(connection.stored.open).toBeDefined();
    ended({ outcome: 'applied', signal: 'good' });
    expect(await connection.settle(never)).toMatchObject({ is: 'done', outcome: 'applied' });
    expect(world.taken).toHaveLength(1);
  });

  it('is one at a time, and five a second', async () => {
    const { connection } = await world.paired();
    const [first, second] = await Promise.all([connection.scan({ text: '1' }, never), connection.scan({ text: '2' }, never)]);
    expect([first, second]).toMatchObject([{ is: 'done' }, { is: 'nothing', why: 'busy' }]);
    const results = [];
    for (let i = 0; i < 12; i += 1) results.push(await connection.scan({ text: '3' }, never));
    expect(results.filter((result) => result.is === 'nothing' && result.why === 'rate')).toHaveLength(3);
  });
});

describe('revoking', () => {
  it('ends the phone at once: its sessions, and no new one', async () => {
    const { connection } = await world.paired();
    await connection.refresh(never);
    const [phone] = world.book.phones.keys();
    expect(world.link.connected()).toEqual([phone]);
    expect(await world.link.revoke(phone!)).toBe(true);
    expect(world.link.connected()).toEqual([]);
    expect(await connection.scan({ text: '98' }, never)).toEqual({ is: 'notPaired' });
    expect(world.taken).toEqual([]);
    expect(await world.link.revoke(phone!)).toBe(false);
  });

  it('in the middle of a scan is told at once', async () => {
    world.take = () => ({ is: 'loyalty', kind: 'card', ended: new Promise(() => undefined) });
    const { connection } = await world.paired();
    const scanned = connection.scan({ text: '98' }, never);
    await clock.settle();
    await world.link.revoke([...world.book.phones.keys()][0]!);
    // no time passes: this would hang
    expect(await scanned).toEqual({ is: 'notPaired' });
    expect(connection.state).toBe('notPaired');
    expect(await connection.refresh(never)).toBe('notPaired');
  });

  it('by the phone itself', async () => {
    const store = new MemoryStore();
    const { connection } = await world.paired({}, store);
    await connection.leave(never);
    expect(world.book.phones.size).toBe(0);
    expect(store.tills.size).toBe(0);
  });
});

describe('a daemon that ends', () => {
  it('answers who waits, and nobody after', async () => {
    const { connection } = await world.paired();
    await connection.refresh(never);
    const waiting = connection.refresh(never, 15_000);
    await clock.settle();
    world.link.close();
    // no time passes: this would hang
    expect(await waiting).toBe('ready');
    expect(await world.link.answer('msg', new Uint8Array(60), never)).toMatchObject({ status: 503, refusal: 'unavailable' });
  });
});
