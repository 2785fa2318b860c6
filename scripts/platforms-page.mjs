// Writes docs/platform-presets.md and docs/platform-presets.ru.md from the built presets; with --check only compares and exits 1 when they are out of step.
//   node scripts/build.mjs --quiet && node scripts/platforms-page.mjs [--check]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root } from './packages.mjs';

export const LANGUAGES = ['en', 'ru'];
export const platformsPageFile = (language) => join(root, `docs/platform-presets${language === 'ru' ? '.ru' : ''}.md`);

const TEXTS = {
  en: {
    title: '# Presets of loyalty platforms',
    head: [
      'What each preset asks, how well its contract is known, and what only you can give. How presets work, and how to describe a platform of your',
      'own: [platforms.md](platforms.md). In Russian: [platform-presets.ru.md](platform-presets.ru.md).',
      '',
      'None of them was tried against a real platform by us; each is tested against a simulated one (`tillbridge sim platform PRESET`).',
      '',
      'This page is written by `node scripts/platforms-page.mjs` from the presets themselves; a test keeps it in step.',
    ],
    contracts: { vendor: 'the vendor’s documents or code', client: 'other people’s working clients', inferred: 'put together of parts; details are concluded', guess: 'partly a guess' },
    contract: 'Contract', off: 'Ships switched off: try it with a card of your own, then set `enabled: true`.', sources: 'Sources', address: 'Address', own: 'yours (`baseUrl`)',
    takes: 'Takes', once: 'for one time', reports: 'Receipts', reported: 'can be reported', notReported: 'no report is described', doubts: 'Not certain', settings: ['setting', 'needed', 'what it is'], yes: 'yes', no: 'no', usual: 'default', kinds: { card: 'cards', phone: 'phones', coupon: 'coupons' },
  },
  ru: {
    title: '# Пресеты платформ лояльности',
    head: [
      'О чём спрашивает каждый пресет, насколько известен его протокол и что можете указать только вы. Как устроены пресеты и как описать свою',
      'платформу: [platforms.ru.md](platforms.ru.md). По-английски: [platform-presets.md](platform-presets.md).',
      '',
      'На настоящих платформах мы их не проверяли; каждый проверен на имитаторе (`tillbridge sim platform PRESET`).',
      '',
      'Страницу пишет `node scripts/platforms-page.mjs` из самих пресетов; тест следит, чтобы она им соответствовала.',
    ],
    contracts: { vendor: 'документы или код вендора', client: 'чужие работающие клиенты', inferred: 'собран по частям; детали выведены', guess: 'отчасти догадка' },
    contract: 'Протокол', off: 'Поставляется выключенным: проверьте на своей карте и укажите `enabled: true`.', sources: 'Источники', address: 'Адрес', own: 'ваш (`baseUrl`)',
    takes: 'Принимает', once: 'на один раз', reports: 'Чеки', reported: 'можно передавать', notReported: 'передача не описана', doubts: 'Нет уверенности', settings: ['настройка', 'нужна', 'что это'], yes: 'да', no: 'нет', usual: 'по умолчанию', kinds: { card: 'карты', phone: 'телефоны', coupon: 'купоны' },
  },
};

const cell = (text) => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

function takes({ accept }, t) {
  const words = accept.map(({ name, kind, oneTime }) => `${t.kinds[kind]}${name === undefined || name === kind ? '' : ` (\`${name}\`)`}${oneTime ? `, ${t.once}` : ''}`);
  return [...new Set(words)].join('; ');
}

function section(preset, language) {
  const t = TEXTS[language];
  const rows = preset.settings.map(({ key, required, about, default: usual }) => {
    const needed = usual === undefined ? (required ? t.yes : t.no) : `${t.usual} \`${cell(typeof usual === 'string' ? usual : JSON.stringify(usual))}\``;
    return `| \`${key}\` | ${needed} | ${cell(about[language])} |`;
  });
  return [
    `## \`${preset.id}\`: ${preset.title[language]}`,
    '',
    `- ${t.contract}: ${t.contracts[preset.contract]}.${preset.enabled ? '' : ` **${t.off}**`}`,
    `- ${t.sources}: ${preset.sources.join('; ')}.`,
    `- ${t.address}: ${preset.baseUrl === undefined ? t.own : `\`${preset.baseUrl}\``}. ${t.takes}: ${takes(preset, t)}. ${t.reports}: ${preset.report === undefined ? t.notReported : t.reported}.`,
    ...preset.doubts.map((doubt) => `- ${t.doubts}: ${doubt[language]}`),
    ...(rows.length === 0 ? [] : ['', `| ${t.settings.join(' | ')} |`, '|---|---|---|', ...rows]),
    '',
  ].join('\n');
}

export function platformsPage(presets, language) {
  const { title, head } = TEXTS[language];
  return `${[title, '', ...head, ''].join('\n')}\n${presets.map((preset) => section(preset, language)).join('\n')}`;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { PRESET_IDS, presetOf, platformDefinition } = await import('../packages/translators/dist/presets.js');
  const presets = PRESET_IDS.map((id) => platformDefinition.parse(presetOf(id)));
  for (const language of LANGUAGES) {
    const [file, page] = [platformsPageFile(language), platformsPage(presets, language)];
    if (!process.argv.includes('--check')) writeFileSync(file, page);
    else if (!existsSync(file) || readFileSync(file, 'utf8') !== page) {
      console.error(`${file} is out of step with the presets: run node scripts/platforms-page.mjs`);
      process.exitCode = 1;
    }
  }
}
