import { isoTime } from '@tillbridge/core';
import type { PlatformView } from '@tillbridge/translators/http';

/** What `status` shows of a platform: how it is, never what was asked. */
export function platformView({ id, preset, host, breaker, results, cacheHits, staleHits, remembered, lastAnswer }: PlatformView): Record<string, unknown> {
  return { id, preset, host, breaker, results, cacheHits, staleHits, remembered, lastAnswer: lastAnswer === undefined ? null : isoTime(lastAnswer) };
}
