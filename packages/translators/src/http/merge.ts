import type { PlatformInput } from './definition.js';

/** What a configuration says beside, or instead of, a preset. */
export type PlatformOverrides = Partial<Omit<PlatformInput, 'id' | 'title' | 'contract' | 'sources' | 'doubts' | 'settings'>>;

/** Parts whose members are changed one by one; of the others the whole part is taken. */
const BY_MEMBER = ['limits', 'cache', 'retry', 'calls', 'responses'] as const;

/** A platform that the configuration describes on its own begins as this. */
const OWN = {
  title: { en: 'A platform of the configuration', ru: 'Платформа из настроек' },
  contract: 'vendor',
  sources: ['the configuration'],
} as const;

/**
 * The description that a configuration means, not yet checked. `response` is put together of its own members: rules, fields and check of
 * the configuration replace those of the preset.
 */
export function mergePlatform(id: string, preset: PlatformInput | undefined, overrides: PlatformOverrides): unknown {
  const given = Object.fromEntries(Object.entries(overrides).filter(([, value]) => value !== undefined));
  const base: Readonly<Record<string, unknown>> = preset ?? { id, ...OWN };
  const merged: Record<string, unknown> = { ...base, ...given };
  for (const key of [...BY_MEMBER, 'response'] as const) {
    const [before, after] = [base[key], given[key]];
    if (isObject(before) && isObject(after)) merged[key] = { ...before, ...after };
  }
  return merged;
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null && !Array.isArray(value);
