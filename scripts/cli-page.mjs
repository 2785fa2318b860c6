// Writes docs/cli.md and docs/cli.ru.md from the built command line; with --check only compares and exits 1 when one is out of step.
//   node scripts/build.mjs --quiet && node scripts/cli-page.mjs [--check]
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { CLI_EXAMPLES } from './docs/cli-examples.mjs';
import { CLI_RUSSIAN } from './docs/cli-russian.mjs';
import { root } from './packages.mjs';

export const cliPageFiles = { en: join(root, 'docs/cli.md'), ru: join(root, 'docs/cli.ru.md') };

const WORDS = {
  en: { head: '| option | default | |', default: 'default', values: 'one of', environment: 'also', required: 'required', exit: 'Exit code', usage: 'Usage', options: 'options', needs: 'Needs one of its commands:' },
  ru: { head: '| ключ | по умолчанию | |', default: 'по умолчанию', values: 'одно из', environment: 'также', required: 'обязателен', exit: 'Код завершения', usage: 'Вызов', options: 'ключи', needs: 'Нужна одна из команд:' },
};

const INTRO = {
  en: `# The command line: \`tillbridge\`

[По-русски](cli.ru.md)

<!-- set-up: daemon -->

Results go to stdout, logs (JSON lines) and errors to stderr. An error prints \`TB_CODE: what happened\` and on the next line what to do; all of them: [Errors](errors.md). Codes and
numbers are masked everywhere; where a command has \`--reveal\`, that shows them.

This page is written by \`node scripts/cli-page.mjs\` from the program itself; a test keeps it in step, and its examples are run.

## Exit codes

| code | means |
|---|---|
| 0 | done |
| 1 | failed |
| 2 | wrong usage, or the configuration is invalid |
| 3 | no daemon runs with this state folder, or it refused |
| 4 | a device or a part of the system is missing |

## Options of every command
`,
  ru: `# Командная строка: \`tillbridge\`

[In English](cli.md)

<!-- set-up: daemon -->

Результаты идут в stdout, записи работы (строки JSON) и ошибки — в stderr. Ошибка печатает \`TB_КОД: что случилось\` и строкой ниже — что делать; все они: [Ошибки](errors.ru.md). Коды
и номера всюду скрыты масками; где у команды есть \`--reveal\`, он показывает их целиком.

Эту страницу пишет \`node scripts/cli-page.mjs\` по самой программе; тест следит, чтобы она не отставала, а примеры выполняются.

## Коды завершения

| код | значит |
|---|---|
| 0 | сделано |
| 1 | не получилось |
| 2 | неверный вызов или неверная конфигурация |
| 3 | с этой папкой состояния демон не работает, или он отказал |
| 4 | нет устройства или части системы |

## Ключи всех команд
`,
};

const DEFAULTS = {
  config: { en: '`./tillbridge.yaml`, then `/etc/tillbridge/`, `~/.config/tillbridge/`, `%ProgramData%\\Tillbridge\\`', ru: '`./tillbridge.yaml`, затем `/etc/tillbridge/`, `~/.config/tillbridge/`, `%ProgramData%\\Tillbridge\\`' },
  state: { en: '`/var/lib/tillbridge` for root, else `~/.local/state/tillbridge`; `%ProgramData%\\Tillbridge\\state`', ru: '`/var/lib/tillbridge` для root, иначе `~/.local/state/tillbridge`; `%ProgramData%\\Tillbridge\\state`' },
  logLevel: { en: 'as the configuration says', ru: 'как в конфигурации' },
  lang: { en: '`ru` where LC_ALL or LANG begins with `ru`, else `en`', ru: '`ru`, если LC_ALL или LANG начинается с `ru`, иначе `en`' },
};

const cell = (text) => text.replaceAll('|', '\\|');

class Page {
  constructor(lang) {
    this.lang = lang;
    this.words = WORDS[lang];
  }

  /** @throws where a text has no translation */
  say(text) {
    if (this.lang === 'en') return text;
    const translated = CLI_RUSSIAN[text];
    if (translated === undefined) throw new Error(`scripts/docs/cli-russian.mjs has no "${text}"`);
    return translated;
  }

  sentence(text) {
    const said = this.say(text);
    return `${said.charAt(0).toUpperCase()}${said.slice(1)}.`;
  }

  options(options) {
    if (options.length === 0) return [];
    const rows = options.map((option) => {
      const about = [this.say(option.description)];
      if (option.argChoices !== undefined) about.push(`${this.words.values} ${option.argChoices.map((value) => `\`${value}\``).join(', ')}`);
      if (option.envVar !== undefined) about.push(`${this.words.environment} \`${option.envVar}\``);
      return `| \`${cell(option.flags)}\` | ${this.presetOf(option)} | ${cell(about.join('; '))} |`;
    });
    return [this.words.head, '|---|---|---|', ...rows, ''];
  }

  presetOf(option) {
    if (option.mandatory && option.defaultValue === undefined) return this.words.required;
    if (option.defaultValue === undefined || typeof option.defaultValue === 'boolean') return DEFAULTS[option.attributeName()]?.[this.lang] ?? '';
    return `\`${option.defaultValue}\``;
  }

  command(command, path, level) {
    const name = [...path, command.name()].join(' ');
    const parts = [`${'#'.repeat(level)} ${name}`, '', this.sentence(command.description()), ''];
    const own = CLI_EXAMPLES[name];
    if (own !== undefined) {
      const args = command.registeredArguments.map((each) => (each.required ? `<${each.name()}>` : `[${each.name()}${each.variadic ? '…' : ''}]`));
      const words = ['tillbridge', name, ...args, ...(command.options.length > 0 ? [`[${this.words.options}]`] : [])];
      parts.push(`${this.words.usage}: \`${words.join(' ')}\``, '');
    } else parts.push(`${this.words.needs} ${command.commands.map((each) => `\`${each.name()}\``).join(', ')}.`, '');
    parts.push(...this.options(command.options));
    if (own !== undefined) {
      const mark = own.notRun === undefined ? 'run' : `not-run: ${own.notRun[this.lang]}`;
      parts.push(`\`\`\`sh ${mark}`, ...own.lines, '```', '');
      if (own.exit !== undefined) parts.push(`${this.words.exit} ${own.exit[this.lang]}.`, '');
    }
    return [...parts, ...command.commands.flatMap((each) => this.command(each, [...path, command.name()], level + 1))];
  }
}

/** Commands that can be called, by name: groups without an action of their own are none. */
export function callable(program) {
  const found = [];
  const visit = (command, path) => {
    const name = [...path, command.name()].join(' ');
    if (command._actionHandler != null) found.push(name);
    for (const each of command.commands) visit(each, [...path, command.name()]);
  };
  for (const command of program.commands) visit(command, []);
  return found;
}

/** The page in a language. @throws where an example or a translation is missing, or stands for nothing */
export function cliPage(program, lang) {
  const names = callable(program);
  const missing = names.filter((name) => CLI_EXAMPLES[name] === undefined);
  const extra = Object.keys(CLI_EXAMPLES).filter((name) => !names.includes(name));
  if (missing.length + extra.length > 0) throw new Error(`scripts/docs/cli-examples.mjs: no example of ${missing.join(', ') || 'nothing'}; no command ${extra.join(', ') || 'missing'}`);
  const page = new Page(lang);
  const parts = [...page.options(program.options.filter(({ long }) => long !== '--version')), ...program.commands.flatMap((command) => page.command(command, [], 2))];
  return `${INTRO[lang]}\n${parts.join('\n').trimEnd()}\n`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { createProgram } = await import('../packages/bridge/dist/cli.js');
  for (const [lang, file] of Object.entries(cliPageFiles)) {
    const page = cliPage(createProgram(), lang);
    if (!process.argv.includes('--check')) writeFileSync(file, page);
    else if (!existsSync(file) || readFileSync(file, 'utf8') !== page) {
      console.error(`${file} is out of step with the command line: run node scripts/cli-page.mjs`);
      process.exitCode = 1;
    }
  }
}
