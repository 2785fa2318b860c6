import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { VirtualClock } from '../virtual-clock.js';
import { hex } from './bytes.js';
import { ClassicCard, HcePhone, Type4Tag, UidCard, uriMessage } from './cards.js';
import { FaultyCard } from './fault-dial.js';
import { GoogleWalletPhone } from './google-phone.js';
import { parseCommand, type VirtualCard } from './virtual-card.js';
import { VpcdFrames, vpcdFrame } from './vpcd-frames.js';
import { VpcdSlot } from './vpcd-slot.js';

const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
const ask = async (card: VirtualCard, apdu: string): Promise<string> => text(await card.respond(hex(apdu)));

describe('a command', () => {
  it('is taken apart by its length', () => {
    expect(parseCommand(hex('00A4040002F00100'))).toEqual({ cla: 0, ins: 0xa4, p1: 4, p2: 0, data: hex('F001'), le: 0 });
    expect(parseCommand(hex('00A40400'))).toMatchObject({ data: new Uint8Array(0), le: undefined });
    expect(parseCommand(hex('FFCA000000'))).toMatchObject({ le: 0 });
    for (const bad of ['00A404', '00A4040003F001', '00A404000003F001']) expect(parseCommand(hex(bad))).toBeUndefined();
  });
});

describe('virtual cards', () => {
  it('answer the reader commands that every card has behind a reader', async () => {
    const card = new UidCard(hex('B2C124CB'));
    expect(await ask(card, 'FFCA000000')).toBe('b2c124cb9000');
    expect(await ask(card, 'FF00400E0402010101')).toBe('9002');
    expect(card.signals.map(text)).toEqual(['ff00400e0402010101']);
    expect(await ask(card, '00A4')).toBe('6700');
    expect(card.commands).toBe(3);
  });

  it('forget what was selected or opened when they leave the field', async () => {
    const classic = new ClassicCard(new Map([[4, hex('31')]]), { key: 'A0A1A2A3A4A5' });
    expect(await ask(classic, 'FFB0000410')).toBe('6300');
    expect(await ask(classic, 'FF82000006A0A1A2A3A4A5')).toBe('9000');
    expect(await ask(classic, 'FF860000050100046000')).toBe('9000');
    expect(await ask(classic, 'FFB0000410')).toMatch(/^31.*9000$/);
    // another sector is not open
    expect(await ask(classic, 'FFB0000810')).toBe('6300');
    classic.reset();
    expect(await ask(classic, 'FFB0000410')).toBe('6300');

    const phone = new HcePhone('98');
    expect(await ask(phone, '80CA010000')).toBe('6985');
    expect(await ask(phone, '00A4040007F054494C4C303100')).toBe('6f108407f054494c4c3031a5059f210201009000');
    expect(await ask(phone, '80CA010000')).toBe('df010239389000');
    phone.reset();
    expect(await ask(phone, '80CA010000')).toBe('6985');

    const tag = new Type4Tag(uriMessage('98'));
    expect(await ask(tag, '00A4000C02E103')).toBe('6a82');
    expect(await ask(tag, '00A4040007D276000085010100')).toBe('9000');
    expect(await ask(tag, '00A4000C02E103')).toBe('9000');
  });

  it('answer any bytes with a status word, and never throw', async () => {
    const phone = new GoogleWalletPhone({ collectorId: 1, keys: new Map(), redemptionValue: '1' });
    const cards = [phone, new HcePhone('98'), new Type4Tag(uriMessage('98')), new ClassicCard(new Map(), { key: 'A0A1A2A3A4A5' })];
    const apdu = fc.oneof(fc.uint8Array({ maxLength: 40 }), fc.tuple(fc.constantFrom('00A4040007D276000085010100', '00A404000A4F53452E5641532E303100', '905300000503010203ff00', '905000000503010203ff00', '90C0000000')).map(([one]) => hex(one)));
    await fc.assert(
      fc.asyncProperty(fc.array(apdu, { maxLength: 10 }), async (commands) => {
        for (const card of cards) for (const command of commands) expect(card.respond(command).length).toBeGreaterThanOrEqual(2);
      }),
    );
  });
});

describe('the dial of faults', () => {
  it('takes the card away, once, and puts it back with the next insertion', async () => {
    const card = new FaultyCard(new UidCard(hex('B2C124CB')), new VirtualClock());
    let removals = 0;
    card.onRemoved = () => (removals += 1);
    card.faults.removeAfter = 1;
    expect(await ask(card, 'FFCA000000')).toBe('b2c124cb9000');
    expect(await ask(card, 'FFCA000000')).toBe('');
    expect(await ask(card, 'FFCA000000')).toBe('');
    expect(removals).toBe(1);
    card.reset();
    expect(await ask(card, 'FFCA000000')).toBe('b2c124cb9000');
  });

  it('delays on the given clock, corrupts, cuts off, refuses so many times', async () => {
    const clock = new VirtualClock();
    const card = new FaultyCard(new UidCard(hex('B2C124CB')), clock);
    card.faults.delayMs = 500;
    let answer = '';
    void ask(card, 'FFCA000000').then((got) => (answer = got));
    await clock.advance(499);
    expect(answer).toBe('');
    await clock.advance(1);
    expect(answer).toBe('b2c124cb9000');
    card.faults.delayMs = 0;
    card.faults.corrupt = true;
    expect(await ask(card, 'FFCA000000')).toBe('b3c124cb9000');
    card.faults.corrupt = false;
    card.faults.truncateTo = 3;
    expect(await ask(card, 'FFCA000000')).toBe('b2c124');
    card.faults.truncateTo = undefined;
    card.faults.refuse = { status: 0x6a82, ins: 0xca, times: 1 };
    expect(await ask(card, 'FFCA000000')).toBe('6a82');
    expect(await ask(card, 'FFCA000000')).toBe('b2c124cb9000');
    card.faults.endless = 0x61ff;
    expect(await ask(card, 'FFCA000000')).toBe('0061ff');
  });
});

describe('frames of the virtual reader driver', () => {
  it('come out the same however the bytes are cut', () => {
    const apdu = fc.uint8Array({ minLength: 2, maxLength: 300 });
    fc.assert(
      fc.property(fc.array(apdu, { maxLength: 10 }), fc.integer({ min: 1, max: 50 }), (apdus, size) => {
        const stream = Buffer.concat([...apdus.map(vpcdFrame), vpcdFrame(Uint8Array.of(0x04))]);
        const frames = new VpcdFrames();
        const seen = [];
        for (let at = 0; at < stream.length; at += size) seen.push(...frames.push(stream.subarray(at, at + size)));
        expect(seen.map((one) => (one.kind === 'apdu' ? text(one.apdu) : one.kind))).toEqual([...apdus.map(text), 'atr']);
      }),
    );
  });

  it('with unknown or empty contents ask nothing', () => {
    expect(new VpcdFrames().push(hex('000109 0000 000101'))).toEqual([{ kind: 'powerOn' }]);
    expect(() => vpcdFrame(new Uint8Array(0x10000))).toThrow(RangeError);
  });
});

describe('a slot of the virtual reader', () => {
  const servers: Server[] = [];
  afterEach(() => {
    for (const server of servers.splice(0)) server.close();
  });

  /** The driver's end: waits for a card, asks, gives the answers back. */
  async function driver(): Promise<{ port: number; card: Promise<Socket> }> {
    let arrived: (socket: Socket) => void = () => undefined;
    const card = new Promise<Socket>((resolve) => (arrived = resolve));
    const server = createServer((socket) => {
      socket.on('error', () => undefined);
      arrived(socket);
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return { port: (server.address() as AddressInfo).port, card };
  }

  function answers(socket: Socket, length: number): Promise<string> {
    return new Promise((resolve) => {
      let seen = '';
      socket.on('data', (bytes) => {
        seen += bytes.toString('hex');
        if (seen.length >= length * 2) resolve(seen);
      });
    });
  }

  it('gives the ATR and answers commands in their order, until the card is taken out', async () => {
    const { port, card } = await driver();
    const slot = new VpcdSlot({ port });
    const uid = new UidCard(hex('B2C124CB'));
    await slot.insert(uid);
    expect(slot.occupied).toBe(true);
    await expect(slot.insert(uid)).rejects.toThrow('already');
    const socket = await card;
    const expected = `0014${text(uid.atr)}0006b2c124cb90000002` + '6a81';
    const got = answers(socket, expected.length / 2);
    // power on, ATR, UID and something it does not know, in one packet
    socket.write(hex('000101 000104 0005FFCA000000 000400B00000'));
    expect(await got).toBe(expected);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await slot.remove();
    await closed;
    expect(slot.occupied).toBe(false);
    await slot.remove();
  });

  it('is empty again when the driver goes away, and says so when there is none', async () => {
    const { port, card } = await driver();
    const slot = new VpcdSlot({ port });
    await slot.insert(new UidCard(hex('B2C124CB')));
    (await card).destroy();
    await expect.poll(() => slot.occupied, { timeout: 10_000 }).toBe(false);
    for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
    await expect(slot.insert(new UidCard(hex('B2C124CB')))).rejects.toThrow(/ECONNREFUSED/);
    await expect.poll(() => slot.occupied, { timeout: 10_000 }).toBe(false);
  });
});
