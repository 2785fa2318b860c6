import { area } from '../entry.js';

/** Phones as scanners: the listener, its certificate, the commands. */
export const readerMobileErrors = area({
  TB_READER_MOBILE_NO_ADDRESS: {
    retryable: true,
    en: { message: 'this machine has no address in a local network, so no phone can reach it', remedy: 'connect it to the store\'s network (cable or Wi-Fi): the listener opens by itself as soon as there is an address' },
    ru: { message: 'у этой машины нет адреса в локальной сети, телефоны до неё не достучатся', remedy: 'подключите её к сети магазина (кабелем или по Wi-Fi): как только адрес появится, приём откроется сам' },
  },
  TB_READER_MOBILE_PUBLIC_ADDRESS: {
    retryable: false,
    en: { message: '{address} is an address of the internet: phones are served in the local network only', remedy: 'name a private address (10.x, 172.16-31.x, 192.168.x) under `host`, or leave it at auto' },
    ru: { message: '{address} — адрес из интернета, а телефоны обслуживаются только в локальной сети', remedy: 'укажите в `host` внутренний адрес (10.x, 172.16–31.x, 192.168.x) или оставьте auto' },
  },
  TB_READER_MOBILE_LISTEN: {
    retryable: true,
    en: { message: 'phones cannot be served on {address}: {problem}', remedy: 'close the program that has the port, or choose another `port` for the reader' },
    ru: { message: 'не удалось открыть приём телефонов на {address}: {problem}', remedy: 'закройте программу, которая занимает порт, или укажите для считывателя другой `port`' },
  },
  TB_READER_MOBILE_TLS: {
    retryable: true,
    en: { message: 'the certificate under `tls` cannot be used ({path}: {problem})', remedy: 'check both PEM files and that this user may read them; without `tls` the daemon makes a certificate of its own' },
    ru: { message: 'сертификат из `tls` не подходит ({path}: {problem})', remedy: 'проверьте оба файла PEM и права на чтение; без `tls` демон сделает сертификат сам' },
  },
  TB_READER_MOBILE_CERTIFICATE: {
    retryable: true,
    en: { message: 'no certificate for phones could be made: {problem}', remedy: 'see that the state folder can be written and the disk is not full' },
    ru: { message: 'не удалось сделать сертификат для телефонов: {problem}', remedy: 'проверьте, что в папку состояния можно писать и на диске есть место' },
  },
  TB_READER_MOBILE_CA_DAMAGED: {
    retryable: true,
    en: { message: 'the store\'s own certificate authority in {path} is damaged', remedy: 'put the file back from a copy, or make a new one with `tillbridge ca rotate --yes`; phones then have to trust the new one' },
    ru: { message: 'собственный центр сертификации в {path} повреждён', remedy: 'верните файл из копии или создайте новый: `tillbridge ca rotate --yes`; телефонам придётся доверять новому' },
  },
  TB_READER_MOBILE_CA_EXISTS: {
    retryable: false,
    en: { message: 'this store has a certificate authority already ({path})', remedy: 'show it with `tillbridge ca show`; `tillbridge ca rotate --yes` replaces it, and every phone then has to trust the new one' },
    ru: { message: 'свой центр сертификации уже есть ({path})', remedy: 'посмотреть: `tillbridge ca show`; заменить: `tillbridge ca rotate --yes`, тогда каждому телефону придётся доверять новому' },
  },
  TB_READER_MOBILE_NO_CA: {
    retryable: false,
    en: { message: 'this store has no certificate authority of its own', remedy: 'make one: `tillbridge ca create`' },
    ru: { message: 'своего центра сертификации здесь нет', remedy: 'создайте его: `tillbridge ca create`' },
  },
  TB_READER_MOBILE_PHONES: {
    retryable: false,
    en: { message: 'the list of paired phones {path} cannot be used: {problem}', remedy: 'check the disk and the rights of the state folder; if the file is damaged, delete it and pair the phones again' },
    ru: { message: 'список сопряжённых телефонов {path} не читается: {problem}', remedy: 'проверьте диск и права на папку состояния; если файл повреждён, удалите его и сопрягите телефоны заново' },
  },
  TB_READER_MOBILE_FULL: {
    retryable: false,
    en: { message: 'there are {max} paired phones already', remedy: 'revoke those that are not used any more: `tillbridge mobile list` shows when each was last seen' },
    ru: { message: 'уже сопряжено телефонов: {max}', remedy: 'отзовите те, которыми больше не пользуются: `tillbridge mobile list` показывает, когда каждый был на связи' },
  },
  TB_READER_MOBILE_OFF: {
    retryable: false,
    en: { message: 'no reader of type mobile is configured, so no phone can be paired', remedy: 'add `{{ id: waiter, type: mobile }}` under `readers` and run `tillbridge reload`' },
    ru: { message: 'считывателя типа mobile в конфигурации нет, сопрягать телефоны не с чем', remedy: 'добавьте `{{ id: waiter, type: mobile }}` в `readers` и выполните `tillbridge reload`' },
  },
  TB_READER_MOBILE_TILL: {
    retryable: false,
    en: { message: 'phones cannot scan to a till {till}; they can to: {known}', remedy: 'name one of these, or add the till under `tills` of the reader' },
    ru: { message: 'с телефона нельзя сканировать на кассу {till}; можно на: {known}', remedy: 'укажите одну из них или добавьте кассу в `tills` считывателя' },
  },
  TB_READER_MOBILE_CONFIRM: {
    retryable: false,
    en: { message: 'this makes every phone that trusts the authority show its warning again', remedy: 'repeat it with --yes where that is meant' },
    ru: { message: 'после этого все телефоны, которые доверяют центру, снова покажут предупреждение', remedy: 'если так и нужно, повторите с ключом --yes' },
  },
});
