import { HcePhone, UidCard, type VirtualCard } from '@tillbridge/testkit';
import { afterEach, expect, test } from 'vitest';
import { runCli, startCli } from '../support/cli.js';
import { needs } from '../support/needs.js';
import { numberOf, TestShop, universal } from '../support/shop.js';
import { waitFor } from '../support/wait-for.js';
import { nfcPackages } from './support/packages.js';
import { PrivatePcscd } from './support/pcscd.js';
import { ACR, PATIENCE_MS, TOKEN } from './support/tap-bench.js';

const AID = 'F054494C4C3031';
const UID = Uint8Array.from(Buffer.from('B2C124CB', 'hex'));

needs('linux', 'pcscd', 'nfc-packages')('a contactless reader and the command line', () => {
  let pcscd: PrivatePcscd | undefined;
  let shop: TestShop | undefined;
  afterEach(async () => {
    await shop?.close();
    await pcscd?.close();
    pcscd = undefined;
    shop = undefined;
  });
  const service = async (...names: readonly string[]): Promise<PrivatePcscd> => (pcscd = await PrivatePcscd.start(...names));
  const env = (at: PrivatePcscd): NodeJS.ProcessEnv => ({ PCSCLITE_CSOCK_NAME: at.socket, TILLBRIDGE_NATIVE_PATH: nfcPackages() });
  const nfc = { id: 'tap', type: 'nfc', match: { name: 'acr122u' }, read: ['hce', 'ndef', 'uid'], hce: { aids: [AID] }, uid: { format: 'dec10', byteOrder: 'reversed' } };
  /** Holds a card to the reader until `seen`. */
  const hold = async (at: PrivatePcscd, card: VirtualCard, what: string, seen: () => boolean | Promise<boolean>): Promise<void> => {
    const slot = at.slot(ACR);
    await slot.insert(card);
    await waitFor(what, seen, PATIENCE_MS);
    await slot.remove();
  };

  test('a tap becomes the number of the store at the till; what no code claims is never typed', async () => {
    const at = await service(ACR, TOKEN);
    shop = new TestShop({ readers: [nfc] });
    const daemon = await shop.run([], env(at));
    const till = shop.openTill();
    const counters = async (): Promise<Readonly<Record<string, number>>> => (await shop?.part('readers', 'tap'))?.counters ?? {};
    await waitFor('the reader', async () => (await shop?.part('readers', 'tap'))?.status === 'ready', PATIENCE_MS);
    // a plain card: its UID is a number that nobody configured
    await hold(at, new UidCard(UID), 'the card to be dropped', async () => ((await counters())['dropped_unmatched'] ?? 0) === 1);
    const code = universal(1);
    await hold(at, new HcePhone(code, { aid: AID }), 'the number', () => till.text() === `${numberOf(code)}\r`);
    expect(daemon.stderr()).not.toContain(code);
    expect(daemon.stderr()).not.toContain('3408183730');
  });

  test('`nfc learn` finds the rule of a card whose number is known', async () => {
    const at = await service(ACR);
    const learning = startCli(['--json', 'nfc', 'learn', '--device', 'acr122u', '--number', '3408183730'], { env: { ...process.env, ...env(at) } });
    await learning.waitForErrorLine(/hold card 1/, PATIENCE_MS);
    await hold(at, new UidCard(UID), 'the rule', () => learning.stdout().includes('rules'));
    expect((await learning.exited).code).toBe(0);
    expect(JSON.parse(learning.stdout())).toMatchObject({ read: ['uid'], rules: expect.arrayContaining([{ format: 'dec', byteOrder: 'reversed' }]) as unknown });
  });

  test('`nfc dump` shows the way of a card, and nothing that it said', async () => {
    const at = await service(ACR);
    const dumping = startCli(['--json', 'nfc', 'dump', '--device', 'acr122u'], { env: { ...process.env, ...env(at) } });
    await dumping.waitForErrorLine(/hold the card/, PATIENCE_MS);
    await hold(at, new UidCard(UID), 'the dump', () => dumping.stdout().includes('steps'));
    expect((await dumping.exited).code).toBe(0);
    expect(JSON.parse(dumping.stdout())).toMatchObject({ reader: `${ACR} 00 00`, card: { kind: 'storage', card: 'classic1k' }, uid: '4 bytes', source: 'uid', steps: expect.arrayContaining([expect.objectContaining({ command: 'get uid', status: '9000' })]) as unknown });
    expect(dumping.stdout() + dumping.stderr()).not.toMatch(/b2c124cb/i);
  });

  test('`nfc dump` without a card ends by itself; without a service it says what to install', async () => {
    const at = await service(ACR);
    const none = await runCli(['nfc', 'dump', '--device', 'acr122u', '--timeout', '1'], { env: { ...process.env, ...env(at) } });
    expect(none.code).toBe(1);
    expect(none.stderr).toContain('TB_READER_NFC_NO_CARD');
    await at.kill('SIGKILL');
    const gone = await runCli(['nfc', 'dump'], { env: { ...process.env, ...env(at) } });
    expect(gone.code).toBe(4);
    expect(gone.stderr).toContain('TB_READER_NFC_NO_SERVICE');
  });

  test('`devices` lists them: contactless ones, and tokens that are never touched', async () => {
    const at = await service(ACR, TOKEN);
    const { stdout } = await runCli(['--json', 'devices'], { env: { ...process.env, ...env(at) } });
    const { devices } = JSON.parse(stdout) as { devices: readonly { name: string; mode: string; use: string; usable: string }[] };
    const found = devices.filter(({ mode }) => mode === 'pcsc').map(({ name, use, usable }) => `${name}: ${use} ${usable}`);
    expect(found.sort()).toEqual([`${ACR} 00 00: contactless yes`, `${ACR} 00 01: contactless yes`, `${TOKEN} 00 00: token no`, `${TOKEN} 00 01: token no`].sort());
  });

  test('`doctor` says which of driver, service and reader is missing', async () => {
    const at = await service(ACR);
    shop = new TestShop({ readers: [nfc] });
    const rows = async (more: NodeJS.ProcessEnv): Promise<readonly { level: string; id: string; text: string; remedy?: string }[]> => {
      const result = await runCli(['--json', '--config', shop?.configFile ?? '', '--state', shop?.state ?? '', 'doctor'], { env: { ...process.env, ...env(at), ...more } });
      if (result.stdout === '') throw new Error(result.stderr);
      return (JSON.parse(result.stdout) as { rows: { level: string; id: string; text: string }[] }).rows.filter(({ id }) => id.startsWith('reader tap'));
    };
    expect(await rows({})).toEqual([
      { level: 'ok', id: 'reader tap driver', text: 'nfc-pcsc' },
      { level: 'ok', id: 'reader tap', text: `${ACR} 00 00, ${ACR} 00 01` },
    ]);
    const [driver] = await rows({ TILLBRIDGE_NATIVE_PATH: '' });
    expect(driver).toMatchObject({ level: 'fail', id: 'reader tap driver' });
    expect(driver?.remedy).toContain(`npm install --prefix ${shop.state}/native pcsc-mini`);
    await at.kill('SIGKILL');
    expect((await rows({}))[1]).toMatchObject({ level: 'fail', id: 'reader tap service' });
  });
});
