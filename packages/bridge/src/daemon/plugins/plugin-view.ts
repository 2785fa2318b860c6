import { healthOf, type Language } from '@tillbridge/core';
import type { RemoteTranslator } from '@tillbridge/plugin/host';
import type { Config } from '../../config/index.js';
import { stateView } from '../../control/part-view.js';
import type { TranslatorView } from '../translators/translators-view.js';

/** A translator that is a plugin: by the name of its package, with how its process does. */
export function pluginTranslatorView(view: TranslatorView, plugins: readonly RemoteTranslator[], language: Language): TranslatorView {
  const plugin = plugins.find(({ id }) => id === view.id);
  if (plugin === undefined) return view;
  const { since, reason, code, remedy } = stateView(plugin.state, language);
  const [host] = plugin.capabilities.hosts;
  return {
    ...view,
    type: plugin.type,
    health: healthOf(plugin.state),
    since,
    ...(plugin.state.reason === undefined ? {} : { reason: reason ?? '', code: code ?? '', remedy: remedy ?? '' }),
    ...(host === undefined ? {} : { host }),
  };
}

/** The adapter of a till; a plugin by the name of its package. */
export function adapterName({ tills }: Config, id: string): string {
  const till = tills.find((each) => each.id === id);
  return till?.adapter === 'plugin' ? till.package : (till?.adapter ?? 'unknown');
}
