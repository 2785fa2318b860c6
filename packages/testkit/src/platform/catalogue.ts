import { TillbridgeError } from '@tillbridge/core';
import { PlatformSimulator, type PlatformOptions } from './simulator.js';
import type { PlatformSpec } from './spec.js';

/** Simulated platforms by the preset that speaks to them; each is loaded when it is asked for. */
const PLATFORMS = {
  'alias-json': async () => (await import('./presets/alias-json.js')).aliasJson,
  'artix-online': async () => (await import('./presets/artix-online.js')).artixOnline,
  bonusplus: async () => (await import('./presets/bonusplus.js')).bonusplus,
  'iiko-cloud': async () => (await import('./presets/iiko-cloud.js')).iikoCloud,
  'iiko-cloud-login': async () => (await import('./presets/iiko-cloud.js')).iikoCloudLogin,
  'iikocard-pos': async () => (await import('./presets/iikocard-pos.js')).iikocardPos,
  incust: async () => (await import('./presets/incust.js')).incust,
  'koshelek-partner': async () => (await import('./presets/koshelek-partner.js')).koshelekPartner,
  loyalclient: async () => (await import('./presets/loyalclient.js')).loyalclient,
  manzana: async () => (await import('./presets/manzana.js')).manzana,
  maxma: async () => (await import('./presets/maxma.js')).maxma,
  'mindbox-v21': async () => (await import('./presets/mindbox-v21.js')).mindboxV21,
  'mindbox-v3-card': async () => (await import('./presets/mindbox.js')).mindboxV3Card,
  'mindbox-v3-customer': async () => (await import('./presets/mindbox.js')).mindboxV3Customer,
  'osmi-pass': async () => (await import('./presets/osmi-pass.js')).osmiPass,
  premiumbonus: async () => (await import('./presets/premiumbonus.js')).premiumbonus,
  'rarus-lms': async () => (await import('./presets/rarus-lms.js')).rarusLms,
  'rarus-v1': async () => (await import('./presets/rarus-v1.js')).rarusV1,
  'rkeeper-crm': async () => (await import('./presets/rkeeper-crm.js')).rkeeperCrm,
  sailplay: async () => (await import('./presets/sailplay.js')).sailplay,
  uds: async () => (await import('./presets/uds.js')).uds,
  universal: async () => (await import('./presets/universal.js')).universal,
} as const satisfies Readonly<Record<string, () => Promise<PlatformSpec>>>;

export type SimulatedPreset = keyof typeof PLATFORMS;

export const SIMULATED_PRESETS = Object.keys(PLATFORMS) as readonly SimulatedPreset[];

export function isSimulatedPreset(text: string): text is SimulatedPreset {
  return Object.hasOwn(PLATFORMS, text);
}

export function platformOf(preset: SimulatedPreset): Promise<PlatformSpec> {
  return PLATFORMS[preset]();
}

/** Runs a platform on a free loopback port. @throws {TillbridgeError} `TB_CONFIG_USAGE` when it cannot listen there */
export async function startPlatform(preset: SimulatedPreset | PlatformSpec, options: PlatformOptions): Promise<PlatformSimulator> {
  const spec = typeof preset === 'string' ? await platformOf(preset) : preset;
  try {
    return await PlatformSimulator.start(spec, options);
  } catch (error) {
    throw new TillbridgeError('TB_CONFIG_USAGE', { problem: `${options.host ?? '127.0.0.1'}:${options.port ?? 0}: ${error instanceof Error ? error.message : String(error)}` });
  }
}
