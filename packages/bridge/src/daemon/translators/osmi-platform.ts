import type { Clock } from '@tillbridge/core';
import type { PlatformClient } from '@tillbridge/translators/http';
import type { SyncConfig } from '../../config/index.js';

/** A page of passes: each has all its fields. In bytes. */
const MAX_PAGE_BYTES = 4_194_304;
/** One page, in ms: nobody stands at a till and waits. */
const PAGE_MS = 15_000;

interface Ports {
  readonly clock: Clock;
  readonly random: () => number;
  readonly ca: string | undefined;
}

/** The same platform as of the preset, asked for pages: more time, longer answers, one after another. */
export async function osmiPlatform({ baseUrl, secrets }: Extract<SyncConfig, { type: 'osmi' }>, { clock, random, ca }: Ports): Promise<PlatformClient> {
  const [{ compilePlatform, PlatformClient: Client, platformDefinition }, { presetOf }] = await Promise.all([import('@tillbridge/translators/http'), import('@tillbridge/translators/presets')]);
  const definition = platformDefinition.parse({ ...presetOf('osmi-pass'), limits: { totalMs: PAGE_MS, concurrent: 1, perSecond: 2, burst: 2, maxBodyBytes: MAX_PAGE_BYTES } });
  const platform = compilePlatform(definition, { baseUrl, vars: {}, secrets });
  return new Client({ platform, clock, random, ...(ca === undefined ? {} : { ca }) });
}
