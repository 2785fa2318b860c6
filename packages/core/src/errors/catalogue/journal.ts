import { area } from '../entry.js';

export const journalErrors = area({
  TB_JOURNAL_UNAVAILABLE: {
    retryable: true,
    en: { message: 'the journal cannot be written: {problem}', remedy: 'free disk space and check the rights of the state folder; loyalty numbers wait for a working journal, goods do not' },
    ru: { message: 'журнал не записывается: {problem}', remedy: 'освободите место на диске и проверьте права на папку состояния; номера ждут журнала, товары — нет' },
  },
  TB_JOURNAL_NO_ACCESS: {
    retryable: true,
    en: { message: 'the journal {path} cannot be read: {problem}', remedy: 'run the command as the user that the daemon runs as' },
    ru: { message: 'журнал {path} не читается: {problem}', remedy: 'выполните команду от имени пользователя, под которым работает демон' },
  },
  TB_JOURNAL_NEWER: {
    retryable: false,
    en: { message: 'the journal {path} was written by a newer Tillbridge (format {found}, this one knows {known})', remedy: 'install the newer version again, or move the file away to begin a new journal' },
    ru: { message: 'журнал {path} записан более новой версией Tillbridge (формат {found}, известен {known})', remedy: 'верните более новую версию или уберите файл, чтобы начать новый журнал' },
  },
  TB_JOURNAL_BROKEN: {
    retryable: false,
    en: { message: 'the journal does not prove itself from entry {seq} on: {problem}', remedy: 'somebody or something changed it: keep a copy of the state folder and find out who had access; work goes on in a new segment, and `tillbridge journal verify` names this entry until it is past its keeping time' },
    ru: { message: 'журнал не подтверждается начиная с записи {seq}: {problem}', remedy: 'его изменили или он повреждён: сохраните копию папки состояния и выясните, у кого был доступ; работа продолжается в новом сегменте, а `tillbridge journal verify` называет эту запись, пока не истечёт срок её хранения' },
  },
  TB_JOURNAL_MOVED_ASIDE: {
    retryable: false,
    en: { message: 'the journal was damaged and was moved to {path}: {problem}', remedy: 'check the disk; keep the moved file if the record of those scans matters, else delete it; a new journal was begun' },
    ru: { message: 'журнал был повреждён и перемещён в {path}: {problem}', remedy: 'проверьте диск; сохраните перемещённый файл, если записи важны, иначе удалите его; начат новый журнал' },
  },
  TB_JOURNAL_STATE_FOLDER: {
    retryable: false,
    en: { message: 'the state folder {path} cannot be used: {problem}', remedy: 'name a folder that this user may write with --state DIR or TILLBRIDGE_STATE' },
    ru: { message: 'папка состояния {path} не годится: {problem}', remedy: 'укажите папку, доступную этому пользователю для записи: --state DIR или TILLBRIDGE_STATE' },
  },
  TB_JOURNAL_STATE_EXPOSED: {
    retryable: false,
    en: { message: '{path} can be reached by other users: {problem}', remedy: 'let only the user of the daemon own and read it (owner, mode 0700 for folders, 0600 for files)' },
    ru: { message: '{path} доступен другим пользователям: {problem}', remedy: 'оставьте доступ только пользователю демона (владелец, права 0700 для папок, 0600 для файлов)' },
  },
  TB_JOURNAL_STATE_KEY: {
    retryable: false,
    en: { message: 'the key file {path} is damaged: {problem}', remedy: 'restore it from a backup; if there is none, delete it: a new key is made, and the journal written so far can no longer be proved' },
    ru: { message: 'файл ключа {path} повреждён: {problem}', remedy: 'восстановите его из копии; если копии нет, удалите: будет создан новый ключ, но прежний журнал подтвердить уже нельзя' },
  },
  TB_JOURNAL_OUTBOX: {
    retryable: true,
    en: { message: 'the receipt could not be stored: {problem}', remedy: 'send it again with the same receiptId; if that does not help, free disk space and check the rights of the state folder' },
    ru: { message: 'чек не сохранён: {problem}', remedy: 'отправьте его ещё раз с тем же receiptId; если не помогает, освободите место на диске и проверьте права на папку состояния' },
  },
});
