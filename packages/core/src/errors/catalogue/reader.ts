import { area } from '../entry.js';

export const readerErrors = area({
  TB_READER_NOT_FOUND: {
    retryable: true,
    en: { message: 'reader {reader}: {path} is not there', remedy: 'plug the scanner in or correct its path; `tillbridge devices` lists what is connected' },
    ru: { message: 'считыватель {reader}: {path} не найден', remedy: 'подключите сканер или исправьте путь; подключённое показывает `tillbridge devices`' },
  },
});
