import { TillbridgeError } from '@tillbridge/core';
import { PlatformSimulator, type PlatformOptions } from './simulator.js';
import type { PlatformSpec } from './spec.js';

/** Simulated platforms by the preset that speaks to them; each is loaded when it is asked for. */
const PLATFORMS = {
  maxma: async () => (await import('./presets/maxma.js')).maxma,
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
