import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '@tillbridge/core';
import { startPlatform, type PlatformFaults, type PlatformSimulator, type SimulatedPreset } from '@tillbridge/testkit/platform';
import { afterEach, expect, test } from 'vitest';
import { needs } from '../support/needs.js';
import { TestShop } from '../support/shop.js';
import { waitFor } from '../support/wait-for.js';

const linux = needs('linux');

/** A code that is found, one that is not, and a telephone, for each platform. */
const CODES: Readonly<Record<string, { readonly known?: string; readonly unknown?: string; readonly phone?: string }>> = {
  bonusplus: { phone: '+79990006611' },
  manzana: { known: '0000901000026', unknown: '9010000009999', phone: '+79990007711' },
  maxma: { known: '9007199254740993', unknown: '2999999999999', phone: '+79990001122' },
  'mindbox-v3-card': { known: '2000001234567', unknown: '2000009999999' },
  'mindbox-v3-customer': { phone: '+79990008811' },
  premiumbonus: { known: '7000000000716', unknown: '7000000009999', phone: '+79990005511' },
  'rarus-lms': { known: '2900000000513', unknown: '2900000009999', phone: '+79990003311' },
  'rarus-v1': { known: '2800000000613', unknown: '2800000009999', phone: '+79990004411' },
  uds: { known: 'ONETIME-00000000000077', unknown: 'ONETIME-00000000000099', phone: '+79990002211' },
};
const PRESETS = Object.keys(CODES) as SimulatedPreset[];
const FAULTS: readonly Partial<PlatformFaults>[] = [{}, { answer: 'echo' }, { failures: 9 }, { answer: 'garbage' }, { unauthorised: 9 }, { dropAfterWork: 9 }, { answer: 'truncated' }];

linux('a day with platforms that answer, fail and repeat what they were asked', () => {
  const simulators: PlatformSimulator[] = [];
  let shop: TestShop | undefined;
  afterEach(async () => {
    await shop?.close();
    for (const simulator of simulators.splice(0)) await simulator.close();
  });

  test('no code, number, telephone or key stands in a log, the journal, a metric or a file, and no one-time code anywhere', async () => {
    for (const preset of PRESETS) simulators.push(await startPlatform(preset, { clock: systemClock }));
    const uds = simulators.find(({ spec }) => spec.preset === 'uds');
    uds?.world.issueCode('1099511876531', 'app', 'ONETIME-00000000000077', 3_600_000);
    shop = new TestShop();
    const env: Record<string, string> = {};
    const secretName = (preset: string, name: string): string => `T_${preset}_${name}`.toUpperCase().replace(/\W/g, '_');
    for (const { spec } of simulators) for (const [name, value] of Object.entries(spec.secrets)) env[secretName(spec.preset, name)] = value;
    shop.writeConfig({
      codes: PRESETS.flatMap((preset) => [
        { name: `${preset}-phone`, kind: 'phone', match: `^${preset}/tel:(?<value>.+)$` },
        { name: preset, kind: 'card', match: `^${preset}/(?<value>.+)$`, oneTime: preset === 'uds' },
      ]),
      translators: simulators.map(({ spec: { preset, secrets }, site: { baseUrl, vars } }) => ({
        type: 'http',
        preset,
        enabled: true,
        codes: [preset, `${preset}-phone`],
        baseUrl,
        vars,
        secrets: Object.fromEntries(Object.keys(secrets).map((name) => [name, `\${env:${secretName(preset, name)}}`])),
        timeoutMs: 30_000,
        limits: { connectMs: 30_000 },
        retry: { times: 0 },
        // asked each time; what was found is still kept for the time without the platform
        cache: { foundMs: 0, phoneMs: 0, notFoundMs: 0 },
        ...sampleOf(preset),
      })),
    });
    const daemon = await shop.run(['--log-level', 'debug'], env);
    const till = shop.openTill();
    const shown: string[] = [];
    for (const faults of FAULTS) {
      for (const simulator of simulators) Object.assign(simulator.faults, { answer: 'normal', failures: 0, unauthorised: 0, dropAfterWork: 0 }, faults);
      for (const preset of PRESETS) {
        const { known, unknown, phone } = CODES[preset] ?? {};
        for (const text of [known, unknown, phone === undefined ? undefined : `tel:${phone}`]) {
          if (text === undefined) continue;
          const { body: translated } = await shop.call('POST', '/v1/translate', { code: `${preset}/${text}` });
          const { body: scanned } = await shop.call('POST', '/v1/scans?wait=1', { code: `${preset}/${text}` });
          shown.push(JSON.stringify(translated), JSON.stringify(scanned));
        }
      }
    }
    for (const args of [['journal', '--json'], ['status', '--json'], ['doctor', '--json'], ['config', 'show']]) {
      const { stdout, stderr } = await shop.cli(args, { env });
      shown.push(stdout, stderr);
    }
    // a product goes to the till, and to no platform
    await shop.call('POST', '/v1/scans', { code: '4601234567893' });
    await waitFor('the product at the till', () => till.text().includes('4601234567893'));
    for (const { exchanges } of simulators) for (const { call } of exchanges) expect(`${call.target} ${call.text}`).not.toContain('4601234567893');
    // it did see them: every platform was asked, and the till has numbers
    for (const { requests } of simulators) expect(requests).toBeGreaterThan(3);
    expect(till.text()).toContain('2900000000513');
    expect(daemon.stderr().length).toBeGreaterThan(100);
    const files = readdirSync(shop.state, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name));
    expect(files.length).toBeGreaterThan(3);
    const places = [['standard output', shown.join('\n')], ['log', daemon.stderr()], ...files.map((file) => [file, readFileSync(file, 'latin1')] as const)] as const;
    for (const identifier of identifiersOf(simulators)) {
      for (const [place, text] of places) expect(text.includes(identifier), `${identifier} in ${place}`).toBe(false);
    }
  }, 120_000);
});

function sampleOf(preset: string): object {
  const code = CODES[preset]?.known;
  return code === undefined ? {} : { sample: { code, kind: 'card' } };
}

/** Eight characters and more: fewer digits are found in any hash. */
function identifiersOf(simulators: readonly PlatformSimulator[]): readonly string[] {
  const texts = simulators.flatMap(({ spec, world }) => [
    ...Object.values(spec.secrets),
    ...world.guests.flatMap(({ card, phone, uid }) => [card, phone, uid]),
    ...world.codes.keys(),
  ]);
  return [...texts, ...Object.values(CODES).flatMap((codes) => [codes.known, codes.unknown, codes.phone])].filter((text) => text !== undefined && text.length >= 8) as string[];
}
