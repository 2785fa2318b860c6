import { fileURLToPath } from 'node:url';
import { UidCard } from '@tillbridge/testkit';
import { afterEach, describe, expect, test } from 'vitest';
import { startChild } from '../support/child.js';
import { needs } from '../support/needs.js';
import { nfcPackages } from './support/packages.js';
import { ACR, TapBench, TOKEN } from './support/tap-bench.js';

const EXCLUSIVE = fileURLToPath(new URL('./support/exclusive.mjs', import.meta.url));
const HOLDER = fileURLToPath(new URL('./support/plain-nfc-pcsc.mjs', import.meta.url));
/** The signature token is a PC/SC reader with a card that never leaves. */
const tokenCard = (): UidCard => new UidCard(Uint8Array.of(9, 9, 9, 9), Uint8Array.from(Buffer.from('3b8b015275746f6b656e20445320c1', 'hex')));

/** What a signing program does: takes the token for itself. Gives what PC/SC says to that. */
async function exclusiveConnect(socket: string, reader: string): Promise<string> {
  const child = startChild(process.execPath, [EXCLUSIVE, nfcPackages(), reader], { env: { PATH: process.env['PATH'], PCSCLITE_CSOCK_NAME: socket } });
  const [line] = await child.waitForLine(/^(taken|refused: .*)$/, 20_000);
  await child.stop();
  return line;
}

needs('linux', 'pcscd', 'nfc-packages')('signature tokens are left alone', () => {
  let bench: TapBench | undefined;
  afterEach(async () => {
    await bench?.close();
    bench = undefined;
  });

  describe.each(['nfc-pcsc', 'pcsc-mini'] as const)('by %s', (backend) => {
    test('an EXCLUSIVE connect to the token succeeds while cards are being read', async () => {
      bench = await TapBench.start({ backend, read: ['uid'] }, ACR, TOKEN);
      const token = tokenCard();
      const slot = bench.pcscd.slot(TOKEN);
      await slot.insert(token);
      expect(await bench.tap(new UidCard(Uint8Array.of(1, 2, 3, 4)))).toBe('01020304');
      // the first card after it was told of: everything that we do to readers has been done
      expect(await bench.tap(new UidCard(Uint8Array.of(1, 2, 3, 5)))).toBe('01020305');
      expect(await exclusiveConnect(bench.pcscd.socket, TOKEN)).toBe('taken');
      expect(token.commands).toBe(0);
      await slot.remove();
    });
  });

  test('the same check finds a program that does hold the token', async () => {
    bench = await TapBench.start({ read: ['uid'] }, ACR, TOKEN);
    const slot = bench.pcscd.slot(TOKEN);
    await slot.insert(tokenCard());
    const holder = startChild(process.execPath, [HOLDER, nfcPackages(), TOKEN], { env: { PATH: process.env['PATH'], PCSCLITE_CSOCK_NAME: bench.pcscd.socket } });
    await holder.waitForLine(/^holding/, 20_000);
    expect(await exclusiveConnect(bench.pcscd.socket, TOKEN)).toMatch(/^refused: .*(Sharing|8010000b)/i);
    await holder.kill();
    await slot.remove();
  });
});
