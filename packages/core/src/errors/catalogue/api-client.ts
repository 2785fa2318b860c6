import { area } from '../entry.js';

/**
 * Errors that a client of the API finds by itself: no daemon said them. Apart from the daemon's own, so that a web page can carry these
 * few texts without the whole catalogue.
 */
export const apiClientErrors = area({
  TB_API_UNREACHABLE: {
    retryable: true,
    en: { message: 'Tillbridge cannot be reached at {url}', remedy: 'check that it runs on this machine (`tillbridge status`), that the address is right, and that a web page stands in `api.origins`' },
    ru: { message: 'Tillbridge не отвечает по адресу {url}', remedy: 'проверьте, что он запущен на этой машине (`tillbridge status`), что адрес верен и что веб-страница указана в `api.origins`' },
  },
  TB_API_BAD_ANSWER: {
    retryable: true,
    en: { message: 'what answers at {url} does not speak as Tillbridge does: {problem}', remedy: 'check the address and the port, and that both sides are of versions that fit together' },
    ru: { message: 'по адресу {url} отвечает не Tillbridge: {problem}', remedy: 'проверьте адрес и порт и что версии обеих сторон подходят друг другу' },
  },
  TB_API_CLOSED: {
    retryable: false,
    en: { message: 'the connection to Tillbridge was closed by this program', remedy: 'connect again before using it' },
    ru: { message: 'соединение с Tillbridge закрыто самой программой', remedy: 'подключитесь снова' },
  },
  TB_API_LNA_DENIED: {
    retryable: false,
    en: { message: 'the browser does not let this page talk to programs on this machine', remedy: 'open the site settings to the left of the address and allow "Apps on device" (local network access), then reload the page' },
    ru: { message: 'браузер не разрешает этой странице обращаться к программам на этой машине', remedy: 'откройте настройки сайта слева от адреса, разрешите «Приложения на устройстве» (доступ к локальной сети) и обновите страницу' },
  },
  TB_API_LNA_INSECURE_PAGE: {
    retryable: false,
    en: { message: 'the browser lets only https pages talk to programs on this machine, and this page is not one', remedy: 'open the page by its https:// address, or serve it from this machine' },
    ru: { message: 'обращаться к программам на этой машине браузер разрешает только страницам https, а эта не такая', remedy: 'откройте страницу по адресу https:// или раздавайте её с этой машины' },
  },
});
