import { area } from '../entry.js';

/** The listener for parts of a till program on other machines. */
export const apiStationErrors = area({
  TB_API_STATION_REFUSED: {
    retryable: false,
    en: { message: 'refused', remedy: 'only till programs on machines listed under `stations.peers[].allow` may call, and no web pages' },
    ru: { message: 'отказано', remedy: 'доступ есть только у кассовых программ на машинах из `stations.peers[].allow`, но не у веб-страниц' },
  },
  TB_API_STATION_SECRET: {
    retryable: false,
    en: { message: 'name or secret of this station is not right', remedy: 'compare them with `stations.peers[]` of the configuration: /s/ID/next with `Authorization: Bearer SECRET`, or /s/ID/SECRET/next' },
    ru: { message: 'неверное имя или секрет станции', remedy: 'сверьте их с `stations.peers[]` в конфигурации: /s/ID/next с заголовком `Authorization: Bearer СЕКРЕТ` либо /s/ID/СЕКРЕТ/next' },
  },
  TB_API_STATIONS_LISTEN: {
    retryable: true,
    en: { message: 'stations cannot be listened to on {address}: {problem}', remedy: 'give `stations.listen` an address of this machine and a free port' },
    ru: { message: 'не удалось открыть {address} для станций: {problem}', remedy: 'укажите в `stations.listen` адрес этой машины и свободный порт' },
  },
  TB_API_STATIONS_TLS: {
    retryable: false,
    en: { message: 'certificate and key for stations cannot be used: {problem}', remedy: 'check that `stations.tls.cert` and `stations.tls.key` are PEM files that belong together and that this user may read' },
    ru: { message: 'сертификат и ключ для станций не подходят: {problem}', remedy: 'проверьте, что `stations.tls.cert` и `stations.tls.key` — парные файлы PEM и что этому пользователю можно их читать' },
  },
});
