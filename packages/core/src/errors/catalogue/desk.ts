import { area } from '../entry.js';

/** What an administrator does over the API: cards in files, the configuration, the support bundle. */
export const deskErrors = area({
  TB_TRANSLATE_IMPORT_BUSY: {
    retryable: true,
    en: { message: 'another import is under way ({name})', remedy: 'wait for its end, or cancel it first' },
    ru: { message: 'уже идёт другая загрузка ({name})', remedy: 'дождитесь её окончания или сначала отмените её' },
  },
  TB_TRANSLATE_IMPORT_SIZE: {
    retryable: false,
    en: { message: 'the file is too large for the console: {size} bytes, at most {max}', remedy: 'import it on the machine itself: `tillbridge cards import FILE`' },
    ru: { message: 'файл слишком велик для консоли: {size} байт, допустимо {max}', remedy: 'загрузите его на самой машине: `tillbridge cards import ФАЙЛ`' },
  },
  TB_TRANSLATE_IMPORT_OFFSET: {
    retryable: false,
    en: { message: 'this piece of the file does not continue what has come: {expected} bytes are here', remedy: 'send on from that byte, or cancel and begin again' },
    ru: { message: 'эта часть файла не продолжает уже принятое: принято {expected} байт', remedy: 'продолжите с этого байта или отмените и начните заново' },
  },
  TB_TRANSLATE_IMPORT_INCOMPLETE: {
    retryable: false,
    en: { message: 'the file has not come whole: {received} of {size} bytes; nothing was imported', remedy: 'send the rest, or cancel and begin again' },
    ru: { message: 'файл получен не целиком: {received} из {size} байт; ничего не загружено', remedy: 'передайте остаток или отмените и начните заново' },
  },
  TB_TRANSLATE_IMPORT_SPOOL: {
    retryable: true,
    en: { message: 'the file cannot be kept while it comes in: {problem}; the card table is as it was', remedy: 'check the disk of the state folder (room, rights), then import again' },
    ru: { message: 'принимаемый файл негде сохранить: {problem}; таблица карт не изменилась', remedy: 'проверьте диск папки состояния (место, права) и загрузите снова' },
  },
  TB_CONFIG_CHANGED: {
    retryable: false,
    en: { message: 'the configuration was changed by somebody else since it was opened; nothing was saved', remedy: 'look at both versions, take over what you need and save again' },
    ru: { message: 'пока конфигурация была открыта, её изменил кто-то другой; ничего не сохранено', remedy: 'сравните обе версии, перенесите нужное и сохраните снова' },
  },
  TB_CONFIG_READ_ONLY: {
    retryable: false,
    en: { message: 'the configuration {path} cannot be saved: {problem}', remedy: 'give the user of the daemon the right to write the file and its folder (as a service also `ReadWritePaths=` for that folder), or edit the file on the machine and run `tillbridge reload`' },
    ru: { message: 'конфигурация {path} не сохраняется: {problem}', remedy: 'дайте пользователю демона право записи в файл и его папку (для службы ещё `ReadWritePaths=` с этой папкой) или исправьте файл на самой машине и выполните `tillbridge reload`' },
  },
  TB_CONFIG_SECRET_INSIDE: {
    retryable: false,
    en: { message: 'the configuration is not shown: a secret stands in it (line {line})', remedy: 'put the secret into an environment variable or a file on the machine itself, and write `${{env:NAME}}` or `${{file:PATH}}` in its place' },
    ru: { message: 'конфигурация не показывается: в ней открыто записан секрет (строка {line})', remedy: 'на самой машине перенесите секрет в переменную окружения или файл, а вместо него напишите `${{env:ИМЯ}}` или `${{file:ПУТЬ}}`' },
  },
  TB_CONFIG_NO_BACKUP: {
    retryable: false,
    en: { message: 'there is no such backup of the configuration', remedy: 'look at the list again: old backups make room for new ones' },
    ru: { message: 'такой резервной копии конфигурации нет', remedy: 'обновите список: старые копии уступают место новым' },
  },
  TB_API_SUPPORT_FILE: {
    retryable: false,
    en: { message: 'the support bundle {path} cannot be written: {problem}', remedy: 'name another file that is not there yet: `tillbridge support FILE`' },
    ru: { message: 'сведения для поддержки не записываются в {path}: {problem}', remedy: 'укажите другой файл, которого ещё нет: `tillbridge support ФАЙЛ`' },
  },
  TB_API_DESK: {
    retryable: true,
    en: { message: 'the helper process for this ended before it was done: {problem}', remedy: 'try again; the bridge itself works on' },
    ru: { message: 'вспомогательный процесс завершился раньше времени: {problem}', remedy: 'повторите; сам мост продолжает работать' },
  },
});
