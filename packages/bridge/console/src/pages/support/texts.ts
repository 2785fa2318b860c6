import { defineTexts } from '../../i18n';

export const texts = defineTexts({
  en: {
    title: 'Support',
    doctor: 'What the doctor finds', doctorHint: 'Looks at everything that could stop a sale: devices, rights, tills, platforms. Takes up to a minute.', look: 'Look now',
    level: 'Finding', what: 'What', doNow: 'What to do', levels: { ok: 'well', warn: 'look at it', fail: 'stops a sale' }, allWell: 'Nothing that could stop a sale.', some: (count: string) => `${count}: see what to do about it.`,
    findings: { one: 'finding', many: 'findings' },
    bundle: 'Support bundle', bundleHint: 'One file for whoever helps you: versions, the configuration without secrets, what the doctor finds, status, counters, the last scans and the last lines of the log. Card numbers, codes, telephones and secrets are masked. Nothing is sent anywhere: you decide who gets the file.',
    make: 'Make and keep the file', made: (name: string) => `${name} is made.`,
    missing: 'This page must be paired with the right support:read to look.',
  },
  ru: {
    title: 'Поддержка',
    doctor: 'Проверка', doctorHint: 'Проверяет всё, что может помешать продаже: устройства, права, кассы, платформы. Занимает до минуты.', look: 'Проверить',
    level: 'Итог', what: 'Что', doNow: 'Что делать', levels: { ok: 'в порядке', warn: 'обратите внимание', fail: 'мешает продаже' }, allWell: 'Ничто не мешает продаже.', some: (count: string) => `${count}: посмотрите, что делать.`,
    findings: { one: 'замечание', few: 'замечания', many: 'замечаний' },
    bundle: 'Сведения для поддержки', bundleHint: 'Один файл для того, кто вам помогает: версии, настройки без секретов, итоги проверки, состояние, счётчики, последние сканы и последние строки журнала. Номера карт, коды, телефоны и секреты скрыты. Никуда ничего не отправляется: кому дать файл, решаете вы.',
    make: 'Собрать и сохранить файл', made: (name: string) => `Файл ${name} собран.`,
    missing: 'Чтобы смотреть, странице нужно право support:read.',
  },
});
