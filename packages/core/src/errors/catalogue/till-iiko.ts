import { area } from '../entry.js';

export const iikoErrors = area({
  TB_TILL_IIKO_NO_PLUGIN: {
    retryable: true,
    en: {
      message: 'till {till}: the iikoFront plugin has not been heard of',
      remedy: 'start iikoFront with the Tillbridge plugin in its Plugins folder; the address is in tillbridge.json and the secret in tillbridge.secret of the plugin\'s configuration folder, what went wrong in its tillbridge.log',
    },
    ru: {
      message: 'касса {till}: плагин iikoFront не выходит на связь',
      remedy: 'запустите iikoFront с плагином Tillbridge в папке Plugins; адрес указан в tillbridge.json, секрет — в tillbridge.secret в папке настроек плагина, о сбоях написано в tillbridge.log там же',
    },
  },
  TB_TILL_IIKO_SECRET: {
    retryable: false,
    en: {
      message: 'till {till}: a plugin with a wrong or old secret asks for numbers; nothing was given to it',
      remedy: 'write the secret of this till (or of its station) to tillbridge.secret in the plugin\'s configuration folder; it is read again by itself',
    },
    ru: {
      message: 'касса {till}: плагин обращается с неверным или старым секретом; ему ничего не передано',
      remedy: 'запишите секрет этой кассы (или её станции) в tillbridge.secret в папке настроек плагина; плагин перечитает его сам',
    },
  },
  TB_TILL_IIKO_TWO_PLUGINS: {
    retryable: true,
    en: {
      message: 'till {till}: two plugins ask for its numbers; terminal {terminal} has it',
      remedy: 'one terminal is one till: give the other terminal a till of its own, or remove the second plugin',
    },
    ru: {
      message: 'касса {till}: за номерами обращаются два плагина; касса закреплена за терминалом {terminal}',
      remedy: 'один терминал — одна касса: заведите другому терминалу свою кассу или удалите второй плагин',
    },
  },
  TB_TILL_IIKO_HELLO_AGAIN: {
    retryable: true,
    en: { message: 'till {till}: this session is over', remedy: 'the plugin says hello again by itself; if it does not, restart iikoFront' },
    ru: { message: 'касса {till}: этот сеанс завершён', remedy: 'плагин подключится заново сам; если этого не произошло, перезапустите iikoFront' },
  },
  TB_TILL_IIKO_WIRE: {
    retryable: false,
    en: { message: 'till {till}: the plugin speaks version {theirs}, this daemon version {ours}', remedy: 'install plugin and daemon of the same release' },
    ru: { message: 'касса {till}: версия протокола плагина {theirs}, демона — {ours}', remedy: 'установите плагин и демон из одного выпуска' },
  },
  TB_TILL_IIKO_WHICH: {
    retryable: false,
    en: { message: 'this secret is not that of exactly one iiko till', remedy: 'use the secret of the till (`secrets.token`), or a client with the scope delivery:TILL of one iiko till' },
    ru: { message: 'этот секрет не относится ровно к одной кассе iiko', remedy: 'используйте секрет кассы (`secrets.token`) или клиента с правом delivery:TILL одной кассы iiko' },
  },
  TB_TILL_IIKO_LICENCE: {
    retryable: false,
    en: {
      message: 'till {till}: iikoFront refuses the licence of the plugin ({problem})',
      remedy: 'order the licence module that is named in Manifest.xml from the iiko dealer, and assign it to this terminal',
    },
    ru: {
      message: 'касса {till}: iikoFront отказывает плагину в лицензии ({problem})',
      remedy: 'закажите у дилера iiko модуль лицензии, указанный в Manifest.xml, и назначьте его этому терминалу',
    },
  },
  TB_TILL_IIKO_READER_FILES: {
    retryable: false,
    en: { message: 'the reader files of iikoFront in {path} cannot be read: {problem}', remedy: 'set `dataFolder` to the data folder of iikoFront (CashServer), readable for this user' },
    ru: { message: 'не удалось прочитать файлы считывателей iikoFront в {path}: {problem}', remedy: 'укажите в `dataFolder` папку данных iikoFront (CashServer), доступную этому пользователю' },
  },
});
