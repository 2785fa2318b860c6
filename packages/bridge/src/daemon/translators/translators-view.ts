import { isoTime, TillbridgeError, type ErrorCode, type Health, type Language } from '@tillbridge/core';
import type { PlatformCondition, PlatformView } from '@tillbridge/translators/http';
import type { Config } from '../../config/index.js';
import { translatorId } from '../parts.js';

/** A translator as the API shows it: how it is, never what was asked. */
export interface TranslatorView {
  readonly id: string;
  readonly type: string;
  readonly health: Health;
  readonly since?: string;
  readonly reason?: string;
  readonly code?: string;
  readonly remedy?: string;
  readonly preset?: string;
  readonly host?: string;
  readonly breaker?: PlatformView['breaker'];
  readonly lastAnswer?: string | null;
  readonly counters: Readonly<Record<string, number>>;
}

const WRONG: Readonly<Record<Exclude<PlatformCondition, 'answering'>, ErrorCode>> = {
  denied: 'TB_TRANSLATE_PLATFORM_DENIED',
  silent: 'TB_TRANSLATE_PLATFORM_SILENT',
  limited: 'TB_TRANSLATE_PLATFORM_LIMITED',
  unsound: 'TB_TRANSLATE_PLATFORM_UNSOUND',
};

/** The translators in the order in which they are asked. Those that ask nobody are healthy by nature. */
export function translatorViews(config: Config, platforms: readonly PlatformView[], language: Language): readonly TranslatorView[] {
  return config.translators.map(({ type }, index) => {
    const id = translatorId(index, type);
    const platform = platforms.find((one) => one.id === id);
    return platform === undefined ? { id, type, health: 'healthy', counters: {} } : platformHealth(platform, type, language);
  });
}

function platformHealth(view: PlatformView, type: string, language: Language): TranslatorView {
  const { id, preset, host, breaker, results, cacheHits, staleHits, remembered, lastAnswer, condition = 'answering', since } = view;
  const wrong = condition === 'answering' ? undefined : new TillbridgeError(WRONG[condition], { host });
  // what is left alone, or refuses us, finds no guest; one failure among answers may be the network's
  const health: Health = breaker === 'open' || condition === 'denied' ? 'down' : breaker === 'trying' || wrong !== undefined ? 'degraded' : 'healthy';
  return {
    id,
    type,
    health,
    ...(since === undefined ? {} : { since: isoTime(since) }),
    ...(wrong === undefined ? {} : { reason: wrong.text(language), code: wrong.code, remedy: wrong.remedy(language) }),
    preset,
    host,
    breaker,
    lastAnswer: lastAnswer === undefined ? null : isoTime(lastAnswer),
    counters: { ...results, remembered: cacheHits, stale: staleHits, kept: remembered },
  };
}
