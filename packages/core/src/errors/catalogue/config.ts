import { area } from '../entry.js';

export const configErrors = area({
  TB_CONFIG_NOT_FOUND: {
    retryable: false,
    en: { message: 'no configuration file found ({path})', remedy: 'run `tillbridge init`, or name the file with --config FILE' },
    ru: { message: 'файл конфигурации не найден ({path})', remedy: 'выполните `tillbridge init` или укажите файл ключом --config FILE' },
  },
  TB_CONFIG_UNREADABLE: {
    retryable: false,
    en: { message: 'the configuration file {path} cannot be read: {problem}', remedy: 'check that the file exists and that this user may read it' },
    ru: { message: 'файл конфигурации {path} не читается: {problem}', remedy: 'проверьте, что файл существует и доступен этому пользователю' },
  },
  TB_CONFIG_INVALID: {
    retryable: false,
    en: { message: 'the configuration {path} has {count} error(s)', remedy: 'correct the lines named above; `tillbridge config schema` describes every key' },
    ru: { message: 'в конфигурации {path} ошибок: {count}', remedy: 'исправьте названные выше строки; все ключи описывает `tillbridge config schema`' },
  },
  TB_CONFIG_EXISTS: {
    retryable: false,
    en: { message: '{path} exists already', remedy: 'add --force to overwrite it, or write elsewhere with --config FILE' },
    ru: { message: '{path} уже существует', remedy: 'добавьте --force, чтобы перезаписать, или укажите другой файл ключом --config FILE' },
  },
  TB_CONFIG_LOG_FILE: {
    retryable: false,
    en: { message: 'the log file {path} cannot be written: {problem}', remedy: 'set `log.file` to a place that this user may write, or to null for the console' },
    ru: { message: 'файл журнала {path} не записывается: {problem}', remedy: 'укажите в `log.file` место, доступное этому пользователю для записи, или null для вывода в консоль' },
  },
  TB_CONFIG_USAGE: {
    retryable: false,
    en: { message: 'wrong usage: {problem}', remedy: 'see `tillbridge --help`' },
    ru: { message: 'неверный вызов: {problem}', remedy: 'смотрите `tillbridge --help`' },
  },
});
