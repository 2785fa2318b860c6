import { area } from '../entry.js';

/** Feeds that keep the local card table up to date, and the keys of rotating codes. */
export const translateSyncErrors = area({
  TB_TRANSLATE_IMPORT_JSON: {
    retryable: false,
    en: { message: 'the JSON file {path} cannot be taken: {problem}', remedy: 'check that the file is whole and that the paths of its list and columns are right' },
    ru: { message: 'файл JSON {path} не принят: {problem}', remedy: 'проверьте, что файл целый и что пути к списку и столбцам указаны верно' },
  },
  TB_TRANSLATE_SYNC_DOWNLOAD: {
    retryable: true,
    en: { message: '{source}: the server could not give the data ({problem}); the cards are as they were', remedy: 'it tries again by itself; check the address, the network and the access rights' },
    ru: { message: '{source}: сервер не отдал данные ({problem}); карты остались прежними', remedy: 'попытка повторится сама; проверьте адрес, сеть и права доступа' },
  },
  TB_TRANSLATE_SYNC_DENIED: {
    retryable: false,
    en: { message: '{source}: the server refuses the key (HTTP {status}); the cards are as they were', remedy: 'correct the secrets of this entry under `sync:` and reload' },
    ru: { message: '{source}: сервер отвергает ключ (HTTP {status}); карты остались прежними', remedy: 'исправьте секреты этой записи в `sync:` и перечитайте настройки' },
  },
  TB_TRANSLATE_SYNC_TOO_LARGE: {
    retryable: false,
    en: { message: '{source}: the data are larger than {limit} bytes; the cards are as they were', remedy: 'check that the address is right; if it is, raise `maxBytes`' },
    ru: { message: '{source}: данные больше {limit} байт; карты остались прежними', remedy: 'проверьте адрес; если он верен, увеличьте `maxBytes`' },
  },
  TB_TRANSLATE_SYNC_SHRANK: {
    retryable: false,
    en: { message: '{source}: only {now} of {before} cards are left in the new data; nothing was changed', remedy: 'check the export; if it is right, lower `keepShare` for one run' },
    ru: { message: '{source}: в новых данных осталось {now} из {before} карт; ничего не изменено', remedy: 'проверьте выгрузку; если она верна, уменьшите `keepShare` на один запуск' },
  },
  TB_TRANSLATE_SYNC_SHAPE: {
    retryable: false,
    en: { message: '{source}: the server answers something else than expected ({problem}); nothing was changed', remedy: 'check the address and the type of this entry under `sync:`' },
    ru: { message: '{source}: сервер отвечает не то, что ожидалось ({problem}); ничего не изменено', remedy: 'проверьте адрес и тип этой записи в `sync:`' },
  },
  TB_TRANSLATE_SYNC_KEYS: {
    retryable: false,
    en: { message: 'the key set of {issuer} was not taken: {problem}; the keys are as they were', remedy: 'ask the issuer of the rotating codes: the document is not the next one of his' },
    ru: { message: 'набор ключей издателя {issuer} не принят: {problem}; ключи остались прежними', remedy: 'обратитесь к издателю меняющихся кодов: документ не подходит' },
  },
});
