import { Pipeline, createIds, silentLog, systemClock, TillbridgeError, type CodeKind, type Injection, type Journal, type Symbology } from '@tillbridge/core';
import { openCards, stateFolderAt } from '@tillbridge/store';
import { codeBytes } from '../../control/code-bytes.js';
import { explanationView, type ExplanationView } from '../../daemon/explanation.js';
import { buildRules, idleContext, standardParts, translatorId } from '../../daemon/parts.js';
import { Platforms } from '../../daemon/translators/platforms.js';
import { PluginDesk } from '../../daemon/plugins/plugin-desk.js';
import { SyncDesk } from '../../daemon/translators/sync-desk.js';
import type { Cli } from '../cli.js';
import type { TranslateOptions } from '../register.js';

/** Translators together have this long, in ms. */
const BUDGET_MS = 10_000;

/** A pipeline that only explains has nothing to record. */
const noJournal: Journal = { append: () => Promise.resolve(), open: () => Promise.resolve([]), settle: () => Promise.resolve() };

/** Works on the configuration and the card table alone: no daemon is needed, none is disturbed. */
export async function translate(cli: Cli, code: string, options: TranslateOptions): Promise<void> {
  const { config } = await cli.loadConfig();
  const state = stateFolderAt(cli.statePath);
  const cards = openCards({ file: state.file('cards.db') });
  const rotating = new SyncDesk({ clock: systemClock, log: silentLog, state, cards });
  const plugins = new PluginDesk({ clock: systemClock, log: silentLog, random: () => 0 });
  const platforms = new Platforms({ clock: systemClock, log: silentLog });
  try {
    await platforms.prepare(config, translatorId);
    await rotating.prepare(config, translatorId);
    await plugins.prepare(config, translatorId);
    const context = { ...idleContext({ clock: systemClock, log: silentLog, cards, pins: { get: () => undefined, put: () => Promise.resolve() } }), platforms, rotating, plugins };
    const pipeline = new Pipeline({ clock: systemClock, journal: noJournal, log: silentLog, newId: createIds(systemClock) });
    pipeline.setRules(buildRules(config, context));
    for (const reader of config.readers) pipeline.knowReader(await standardParts.reader(reader, context));
    if (options.reader !== undefined && !config.readers.some(({ id }) => id === options.reader)) {
      const known = config.readers.map(({ id }) => id).join(', ');
      throw new TillbridgeError('TB_CONFIG_USAGE', { problem: `--reader ${options.reader} (${known})` });
    }
    const explanation = await pipeline.explain(injection(code, options, config.readers[0]?.id ?? ''), AbortSignal.timeout(BUDGET_MS));
    const view = explanationView(explanation, options.reveal === true);
    cli.result(view, () => translationText(view));
  } finally {
    await Promise.all([platforms.close(), plugins.close()]);
    cards.close();
  }
}

function translationText(view: ExplanationView): string {
  const steps = view.steps.map((step, i) => `${String(i + 1).padStart(2)}. ${step}`);
  const reason = view.reason === undefined ? '' : ` (${view.reason})`;
  return [...steps, `${view.kind} ${view.value}: ${view.result}${reason}${view.number === null ? '' : ` ${view.number}`}`].join('\n');
}

/** What the options of `translate` and `scan` say about a read. */
export function injection(code: string, options: TranslateOptions, firstReader: string): Injection {
  return {
    bytes: codeBytes(options.hex === true ? { hex: code } : { code }),
    reader: options.reader ?? firstReader,
    ...(options.trace === true ? { detail: true } : {}),
    ...(options.kind === undefined ? {} : { kind: options.kind as CodeKind }),
    ...(options.symbology === undefined ? {} : { symbology: options.symbology as Symbology }),
  };
}
