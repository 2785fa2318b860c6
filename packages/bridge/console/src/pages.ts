import type { ComponentType } from 'preact';

/** A page of the console. */
export interface PageEntry {
  /** Its address: `#/live`. */
  readonly id: string;
  readonly title: { readonly en: string; readonly ru: string };
  /** It is shown to whoever has one of these. */
  readonly scopes: readonly string[];
  /** Its own chunk, loaded when it is opened. */
  readonly load: () => Promise<{ readonly default: ComponentType }>;
}

/** In the order of the navigation; the first that somebody may see is where he begins. */
export const PAGES: readonly PageEntry[] = [
  { id: 'live', title: { en: 'Live', ru: 'Сейчас' }, scopes: ['scan:read'], load: () => import('./pages/live') },
  { id: 'health', title: { en: 'Health', ru: 'Состояние' }, scopes: ['status:read'], load: () => import('./pages/health') },
  { id: 'try', title: { en: 'Try a code', ru: 'Проверить код' }, scopes: ['scan:read', 'scan:inject'], load: () => import('./pages/try') },
  { id: 'journal', title: { en: 'Journal', ru: 'Журнал' }, scopes: ['scan:read'], load: () => import('./pages/journal') },
  { id: 'cards', title: { en: 'Cards', ru: 'Карты' }, scopes: ['cards:read', 'cards:write'], load: () => import('./pages/cards') },
  { id: 'config', title: { en: 'Configuration', ru: 'Настройки' }, scopes: ['config:read'], load: () => import('./pages/config') },
  { id: 'clients', title: { en: 'Programs and phones', ru: 'Программы и телефоны' }, scopes: ['clients:admin', 'phones:admin'], load: () => import('./pages/clients') },
  { id: 'support', title: { en: 'Support', ru: 'Поддержка' }, scopes: ['support:read'], load: () => import('./pages/support') },
];
