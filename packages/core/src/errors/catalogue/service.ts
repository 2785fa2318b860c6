import { area } from '../entry.js';

/** The system's service manager, and what an administrator does with it. */
export const serviceErrors = area({
  TB_SERVICE_NEEDS_ADMIN: {
    retryable: false,
    en: { message: 'only an administrator may do this: {what}', remedy: 'Linux: run the same command with sudo; Windows: open the command prompt with "Run as administrator"' },
    ru: { message: 'это может делать только администратор: {what}', remedy: 'Linux: повторите команду с sudo; Windows: откройте командную строку через «Запуск от имени администратора»' },
  },
  TB_SERVICE_NO_MANAGER: {
    retryable: false,
    en: { message: 'there is no service manager that we know here: {problem}', remedy: 'start `tillbridge run` with what this system has for it, or by hand' },
    ru: { message: 'здесь нет знакомого нам диспетчера служб: {problem}', remedy: 'запускайте `tillbridge run` средствами этой системы или вручную' },
  },
  TB_SERVICE_NO_HOST: {
    retryable: false,
    en: { message: 'the program that runs the daemon as a Windows service is missing: {path}', remedy: 'install Tillbridge with its Windows installer, or unpack the whole Windows download' },
    ru: { message: 'нет программы, которая запускает демон службой Windows: {path}', remedy: 'установите Tillbridge установщиком для Windows или распакуйте загрузку для Windows целиком' },
  },
  TB_SERVICE_STEP_FAILED: {
    retryable: false,
    en: { message: 'this step failed: {step}: {problem}', remedy: 'remove the cause and run the same command again: what is done already is left as it is' },
    ru: { message: 'не удался шаг: {step}: {problem}', remedy: 'устраните причину и повторите команду: уже сделанное останется как есть' },
  },
  TB_SERVICE_PACKAGED: {
    retryable: false,
    en: { message: 'the service belongs to the package {package}', remedy: 'remove it with the package: apt remove {package}; to switch it off: systemctl disable --now tillbridge' },
    ru: { message: 'служба принадлежит пакету {package}', remedy: 'удалите её вместе с пакетом: apt remove {package}; чтобы выключить: systemctl disable --now tillbridge' },
  },
});
