import { defineTexts } from '../i18n';
import type { Health } from '../ui';

const healths = defineTexts<Readonly<Record<Health, string>>>({
  en: { healthy: 'works', degraded: 'needs a look', down: 'does not work' },
  ru: { healthy: 'работает', degraded: 'требует внимания', down: 'не работает' },
});

const statuses = defineTexts<Readonly<Record<string, string>>>({
  en: { closed: 'closed', opening: 'opening', ready: 'ready', retrying: 'trying again', failed: 'failed' },
  ru: { closed: 'закрыто', opening: 'открывается', ready: 'готово', retrying: 'пробует снова', failed: 'сбой' },
});

const parts = defineTexts<Readonly<Record<string, string>>>({
  en: { reader: 'Reader', till: 'Till', translator: 'Translator', sync: 'Data feed', receipts: 'Receipts', agent: 'Agent of the cashier’s session' },
  ru: { reader: 'Считыватель', till: 'Касса', translator: 'Перевод кодов', sync: 'Обновление данных', receipts: 'Чеки', agent: 'Агент сеанса кассира' },
});

export const healthWord = (health: Health): string => healths()[health];
export const statusWord = (status: string): string => statuses()[status] ?? status;
export const partWord = (part: string): string => parts()[part] ?? part;
