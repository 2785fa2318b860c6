// Command lines of `tillbridge` on a page, held to the real program: an unknown command, option, value or a missing argument is a mistake.
import { commandsIn, tillbridgeWords } from './shell.mjs';

/** @param createProgram the program's own, of its build */
export class CommandLine {
  #create;

  constructor(createProgram) {
    this.#create = createProgram;
  }

  /** What the program says to these arguments instead of starting; undefined where it would start. */
  async problem(words) {
    const program = this.#create();
    const kind = kindProblem(program, words);
    if (kind !== undefined) return kind;
    const quiet = (command) => {
      if (command.commands.length === 0 || command !== program) withoutAction(command);
      for (const each of command.commands) quiet(each);
    };
    for (const command of program.commands) quiet(command);
    program.configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
    for (const command of program.commands) silence(command);
    try {
      await program.parseAsync(['node', 'tillbridge', ...words]);
      return undefined;
    } catch (error) {
      if (error.exitCode === 0) return undefined;
      return error.code === 'commander.help' ? 'it needs one of its commands' : String(error.message).replace(/^error: /, '');
    }
  }

  /** In prose a command line has placeholders and alternatives: only names of commands and options are held to the program. */
  nameProblem(text) {
    let command = this.#create();
    const options = [...command.options];
    const words = text.split(/\s+/).slice(1);
    const kind = kindProblem(command, words);
    if (kind !== undefined) return kind;
    for (const [i, word] of words.entries()) {
      if (/^[[(|…]|\.\.\.$/.test(word)) continue;
      if (word.startsWith('--')) {
        const name = word.replace(/[=\],)|].*$/, '');
        if (name === '--' || name === '--help') continue;
        const option = [...options, ...command.options, ...command.commands.flatMap((each) => each.options)].find(({ long }) => long === name || long === name.replace(/^--no-/, '--'));
        if (option === undefined) return `there is no option ${name} of ${command.name()}`;
        const problem = choiceProblem(option, word.startsWith(`${name}=`) ? word.slice(name.length + 1) : words[i + 1]);
        if (problem !== undefined) return problem;
        continue;
      }
      if (!/^[a-z][a-z0-9-]*$/.test(word) || command.commands.length === 0) continue;
      const next = command.commands.find((each) => each.name() === word);
      if (next === undefined) return command.registeredArguments.length > 0 ? undefined : `there is no command ${word} of ${command.name()}`;
      options.push(...next.options);
      command = next;
    }
    return undefined;
  }
}

/** In prose a value is one of the choices, several of them with `|` between, or a placeholder, which is in capitals or in angle brackets. */
function choiceProblem({ long, argChoices }, value) {
  if (argChoices === undefined || value === undefined) return undefined;
  const wrong = value.split('|').find((each) => /^[a-z][\w-]*$/.test(each) && !argChoices.includes(each));
  return wrong === undefined ? undefined : `${long} is one of ${argChoices.join(', ')} and not ${wrong}`;
}

/** What `init` writes has its kinds in the descriptions of its options: commander takes any, and the program says no later. */
function kindProblem(program, words) {
  if (words[0] !== 'init') return undefined;
  const { options } = program.commands.find((each) => each.name() === 'init');
  for (const [i, word] of words.entries()) {
    const option = options.find(({ long }) => (long === '--reader' || long === '--till') && long === word.split('=')[0]);
    const value = word.includes('=') ? word.slice(word.indexOf('=') + 1) : words[i + 1];
    const kind = option === undefined ? undefined : /^[a-z0-9][a-z0-9-]*/.exec(value ?? '')?.[0];
    const known = option?.description.split(/, | or /).map((each) => each.split(':')[0]);
    if (kind !== undefined && !known.includes(kind)) return `${option.long} is one of ${[...new Set(known)].join(', ')} and not ${kind}`;
  }
  return undefined;
}

function withoutAction(command) {
  // groups without an action of their own keep asking for one of their commands
  if (command._actionHandler !== null && command._actionHandler !== undefined) command.action(() => undefined);
}

function silence(command) {
  command.configureOutput({ writeOut: () => undefined, writeErr: () => undefined });
  for (const each of command.commands) silence(each);
}

/** Problems of the shell blocks and of the prose of a page. */
export async function commandProblems(page, line) {
  const problems = [];
  for (const block of page.blocks.filter(({ lang }) => ['sh', 'bash', 'shell', 'console', 'powershell', 'bat'].includes(lang))) {
    for (const words of commandsIn(block.text)) {
      const own = tillbridgeWords(words);
      const problem = own === undefined ? undefined : await line.problem(own);
      if (problem !== undefined) problems.push(`${page.path}:${block.line} tillbridge ${own.join(' ')}: ${problem}`);
    }
  }
  for (const { text, line: number } of page.spans.filter((span) => /^tillbridge [a-z]/.test(span.text))) {
    const problem = line.nameProblem(text);
    if (problem !== undefined) problems.push(`${page.path}:${number} \`${text}\`: ${problem}`);
  }
  return problems;
}
