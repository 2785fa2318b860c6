import { generateKeyPairSync } from 'node:crypto';
import { Secret, systemClock } from '@tillbridge/core';
import { AppleWalletPhone, ClassicCard, FaultyCard, GoogleWalletPhone, HcePhone, textMessage, Type2Tag, Type4Tag, UidCard, uriMessage } from '@tillbridge/testkit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { needs } from '../support/needs.js';
import { waitFor } from '../support/wait-for.js';
import { ACR, PATIENCE_MS, TapBench } from './support/tap-bench.js';

const UID = Uint8Array.from(Buffer.from('B2C124CB', 'hex'));
const AID = 'F054494C4C3031';
const PASS = 'pass.example.loyalty';
const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1', privateKeyEncoding: { type: 'pkcs8', format: 'pem' }, publicKeyEncoding: { type: 'spki', format: 'pem' } });
const SECTOR_KEY = 'A1B2C3D4E5F6';

const OPTIONS = {
  hce: { aids: [AID] },
  vas: { passes: [{ id: PASS, keys: [new Secret(privateKey)] }] },
  smarttap: { collectorId: 20180608, keys: [{ version: 1, key: new Secret(privateKey) }] },
  sector: { block: 4, key: new Secret(SECTOR_KEY) },
  uid: { format: 'dec10', byteOrder: 'reversed' },
} as const;

// a real PC/SC service, a real library in our real process; only cards and phones are played
needs('linux', 'pcscd', 'nfc-packages')('cards and phones through PC/SC', () => {
  describe.each(['nfc-pcsc', 'pcsc-mini'] as const)('by %s', (backend) => {
    let bench: TapBench;
    beforeAll(async () => {
      bench = await TapBench.start({ backend, ...OPTIONS });
    });
    afterAll(async () => {
      await bench.close();
    });

    test('each way to a code, one card after the other', async () => {
      expect(await bench.tap(new UidCard(UID))).toBe('3408183730');
      expect(await bench.tap(new Type2Tag(uriMessage('https://p.example/l/42')))).toBe('https://p.example/l/42');
      expect(await bench.tap(new Type4Tag(textMessage('98100000000042')))).toBe('98100000000042');
      expect(await bench.tap(new HcePhone('9800000000000042', { aid: AID }))).toBe('9800000000000042');
      const apple = new AppleWalletPhone({ passes: [{ id: PASS, key: privateKey, message: '9800000000000043' }], clock: systemClock });
      expect(await bench.tap(apple)).toBe('9800000000000043');
      const google = new GoogleWalletPhone({ collectorId: 20180608, keys: new Map([[1, privateKey]]), redemptionValue: '9800000000000044', chunk: 60 });
      expect(await bench.tap(google)).toBe('9800000000000044');
    });

    test('a number in a MIFARE Classic sector', async () => {
      const card = new ClassicCard(new Map([[4, Buffer.from('98123456789012\0\0', 'latin1')]]), { key: SECTOR_KEY });
      expect(await bench.tap(card)).toBe('98123456789012');
    });

    test('the light and the buzzer, through the card while it lies there', async () => {
      const card = new UidCard(UID);
      const slot = bench.pcscd.slot(ACR);
      const before = bench.sink.reads.length;
      await slot.insert(card);
      await bench.sink.untilReads(before + 1, PATIENCE_MS);
      await bench.reader.feedback('good');
      await waitFor('the signal', () => card.signals.length === 1, PATIENCE_MS);
      // a signal is dropped while the one before it is not answered yet, and the card knows of it earlier than we do
      await waitFor(
        'the other signal',
        async () => {
          if (card.signals.length < 2) await bench.reader.feedback('bad');
          return card.signals.length >= 2;
        },
        PATIENCE_MS,
      );
      expect(card.signals.slice(0, 2).map((apdu) => Buffer.from(apdu).toString('hex'))).toEqual(['ff0040ae0401010101', 'ff00405d0401010201']);
      await bench.remove(slot);
    });

    test('another card at once in its place', async () => {
      const slot = bench.pcscd.slot(ACR);
      const before = bench.sink.texts.length;
      await slot.insert(new UidCard(UID));
      await bench.sink.untilReads(before + 1, PATIENCE_MS);
      await slot.remove();
      await slot.insert(new UidCard(Uint8Array.from(Buffer.from('01020304', 'hex'))));
      await bench.sink.untilReads(before + 2, PATIENCE_MS);
      await bench.remove(slot);
      expect(bench.sink.texts.slice(before)).toEqual(['3408183730', '0067305985']);
    });

    test('a card pulled in the middle: no read, a hint, counted; the next one is read', async () => {
      const slot = bench.pcscd.slot(ACR);
      const before = { reads: bench.sink.reads.length, drops: bench.sink.count('dropped'), hints: bench.hints.length };
      const card = new FaultyCard(new HcePhone('9800000000000045', { aid: AID }), systemClock);
      card.faults.removeAfter = 1;
      card.onRemoved = () => void slot.remove();
      await slot.insert(card);
      await waitFor('the hint', () => bench.hints.length > before.hints, PATIENCE_MS);
      expect(bench.hints.at(-1)).toBe('holdLonger');
      expect(bench.sink.count('dropped')).toBe(before.drops + 1);
      await bench.remove(slot);
      expect(bench.sink.reads).toHaveLength(before.reads);
      expect(await bench.tap(new UidCard(UID))).toBe('3408183730');
    });

    test('a locked phone: the hint, no read', async () => {
      const apple = new AppleWalletPhone({ passes: [{ id: PASS, key: privateKey, message: '9800000000000046' }], clock: systemClock });
      apple.mood.locked = true;
      const before = bench.sink.reads.length;
      const slot = bench.pcscd.slot(ACR);
      await slot.insert(apple);
      await waitFor('the hint', () => bench.hints.at(-1) === 'unlockPhone', PATIENCE_MS);
      await bench.remove(slot);
      apple.mood.locked = false;
      expect(await bench.tap(apple)).toBe('9800000000000046');
      expect(bench.sink.reads).toHaveLength(before + 1);
    });
  });
});
