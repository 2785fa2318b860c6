import { area } from '../entry.js';

/** Parts that are packages of somebody else's, each in a process of its own. */
export const pluginErrors = area({
  TB_NATIVE_PLUGIN_ENDED: {
    retryable: true,
    en: { message: 'the plugin {plugin} stopped working and is started again (time {count}): {problem}', remedy: 'wait a moment; if it goes on, ask the author of {plugin}, and look for an update' },
    ru: { message: 'плагин {plugin} перестал работать и запускается снова (раз {count}): {problem}', remedy: 'подождите немного; если повторяется, обратитесь к автору {plugin} и проверьте обновления' },
  },
  TB_NATIVE_PLUGIN_GIVEN_UP: {
    retryable: false,
    en: { message: 'the plugin {plugin} stopped working {count} times and is not started again: {problem}', remedy: 'update {plugin} or ask its author; then run: tillbridge reload' },
    ru: { message: 'плагин {plugin} перестал работать {count} раз и больше не запускается: {problem}', remedy: 'обновите {plugin} или обратитесь к его автору; затем выполните: tillbridge reload' },
  },
  TB_NATIVE_PLUGIN_REFUSED: {
    retryable: false,
    en: { message: 'the plugin {plugin} cannot be used: {problem}', remedy: 'update {plugin} or ask its author; then run: tillbridge reload' },
    ru: { message: 'плагин {plugin} использовать нельзя: {problem}', remedy: 'обновите {plugin} или обратитесь к его автору; затем выполните: tillbridge reload' },
  },
  TB_NATIVE_PLUGIN_PROBLEM: {
    retryable: true,
    en: { message: 'the plugin {plugin} reports: {problem}', remedy: 'see the documentation of {plugin}' },
    ru: { message: 'плагин {plugin} сообщает: {problem}', remedy: 'смотрите документацию {plugin}' },
  },
  TB_NATIVE_PLUGIN_MISSING: {
    retryable: false,
    en: { message: 'the plugin {plugin} was not found', remedy: 'install it beside the configuration: npm install {plugin}' },
    ru: { message: 'плагин {plugin} не найден', remedy: 'установите его рядом с конфигурацией: npm install {plugin}' },
  },
});
