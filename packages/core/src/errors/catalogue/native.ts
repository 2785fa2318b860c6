import { area } from '../entry.js';

export const nativeErrors = area({
  TB_NATIVE_MISSING: {
    retryable: false,
    en: { message: 'the package {package} is needed for {purpose} and is not installed', remedy: 'run: npm install {package}' },
    ru: { message: 'для {purpose} нужен пакет {package}, он не установлен', remedy: 'выполните: npm install {package}' },
  },
  TB_NATIVE_UNSUPPORTED: {
    retryable: false,
    en: { message: '{feature} does not work on {platform}', remedy: '{alternative}' },
    ru: { message: '{feature} не работает на {platform}', remedy: '{alternative}' },
  },
});
