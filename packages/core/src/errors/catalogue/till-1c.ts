import { area } from '../entry.js';

export const onecErrors = area({
  TB_TILL_ONEC_PORT: {
    retryable: true,
    en: {
      message: 'the port {address} for the driver of 1C cannot be opened ({problem})',
      remedy: 'another program has it: set another port in `listen` and the same in the settings of the driver in 1C',
    },
    ru: {
      message: 'не удалось открыть порт {address} для драйвера 1С ({problem})',
      remedy: 'порт занят другой программой: укажите другой порт в `listen` и такой же в настройках драйвера в 1С',
    },
  },
  TB_TILL_ONEC_NO_DRIVER: {
    retryable: true,
    en: {
      message: 'till {till}: 1C has not connected its driver to {address}',
      remedy: 'start 1C and connect the equipment "Tillbridge" at this workplace; its settings must name this port',
    },
    ru: {
      message: 'касса {till}: 1С не подключила драйвер к {address}',
      remedy: 'запустите 1С и подключите оборудование «Tillbridge» на этом рабочем месте; в его настройках должен стоять этот порт',
    },
  },
  TB_TILL_ONEC_WRONG_TOKEN: {
    retryable: true,
    en: {
      message: 'till {till}: a driver of 1C comes to {address} with a wrong token',
      remedy: 'enter the token of `secrets.token` in the settings of the equipment in 1C, or name the file that holds it',
    },
    ru: {
      message: 'касса {till}: драйвер 1С подключается к {address} с неверным токеном',
      remedy: 'укажите в настройках оборудования в 1С токен из `secrets.token` или файл, в котором он лежит',
    },
  },
  TB_TILL_ONEC_ODATA_AUTH: {
    retryable: false,
    en: {
      message: 'till {till}: {host} does not let us look into the catalogue of cards ({problem})',
      remedy: 'check `odata.user` and `odata.secrets.password`, and that this user of 1C may use OData and read the catalogue',
    },
    ru: {
      message: 'касса {till}: {host} не даёт читать справочник карт ({problem})',
      remedy: 'проверьте `odata.user` и `odata.secrets.password` и права этого пользователя 1С на OData и на чтение справочника',
    },
  },
  TB_TILL_ONEC_ODATA_ENTITY: {
    retryable: false,
    en: {
      message: 'till {till}: {host} does not publish {entity} or its attribute {field}',
      remedy: 'add the catalogue to the objects of the standard OData interface in 1C, or correct `odata.entity` and `odata.field`',
    },
    ru: {
      message: 'касса {till}: {host} не публикует {entity} или его реквизит {field}',
      remedy: 'добавьте справочник в состав стандартного интерфейса OData в 1С или исправьте `odata.entity` и `odata.field`',
    },
  },
  TB_TILL_ONEC_ODATA: {
    retryable: true,
    en: {
      message: 'till {till}: the OData interface at {host} gives no usable answer ({problem})',
      remedy: 'check `odata.url` (it ends in /odata/standard.odata) and that the infobase is published; until it answers, cards go to 1C unchecked',
    },
    ru: {
      message: 'касса {till}: интерфейс OData на {host} не даёт пригодного ответа ({problem})',
      remedy: 'проверьте `odata.url` (он оканчивается на /odata/standard.odata) и публикацию базы; пока ответа нет, карты передаются в 1С без проверки',
    },
  },
});
