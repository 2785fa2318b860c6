// Commands in a piece of shell, as far as documentation goes: quotes, comments, continued lines, pipes, lists, here-documents. Pure.

/** The commands of a script, each as its words with the quotes taken off. */
export function commandsIn(script) {
  const commands = [];
  let words = [];
  let word;
  const endWord = () => {
    if (word !== undefined) words.push(word);
    word = undefined;
  };
  const endCommand = () => {
    endWord();
    if (words.length > 0) commands.push(words);
    words = [];
  };
  const text = withoutHereDocuments(script).replaceAll('\\\n', ' ');
  for (let i = 0; i < text.length; i += 1) {
    const c = text[i];
    if (c === '#' && word === undefined) {
      while (i + 1 < text.length && text[i + 1] !== '\n') i += 1;
    } else if (c === "'" || c === '"') {
      const end = text.indexOf(c, i + 1);
      word = (word ?? '') + text.slice(i + 1, end < 0 ? text.length : end);
      i = end < 0 ? text.length : end;
    } else if (c === '\\') {
      word = (word ?? '') + (text[i + 1] ?? '');
      i += 1;
    } else if (c === '$' && text[i + 1] === '(') {
      // what is run inside is a command of its own; outside it stands for one word
      const end = closing(text, i + 1);
      commands.push(...commandsIn(text.slice(i + 2, end)));
      word = (word ?? '') + '$()';
      i = end;
    } else if (c === '&' && />$/.test(text.slice(0, i))) {
      word = (word ?? '') + c;
    } else if ('\n;|&()'.includes(c)) endCommand();
    else if (c === '>' || c === '<') {
      // a redirection takes the next word along
      word = word !== undefined && /^\d$/.test(word) ? undefined : word;
      endWord();
      const rest = /^[<>&]*\s*(?:"[^"]*"|'[^']*'|[^\s;|&()<>]+)/.exec(text.slice(i));
      i += (rest?.[0].length ?? 1) - 1;
    } else if (/\s/.test(c)) endWord();
    else word = (word ?? '') + c;
  }
  endCommand();
  return commands;
}

function closing(text, open) {
  let depth = 0;
  for (let i = open; i < text.length; i += 1) {
    if (text[i] === '(') depth += 1;
    else if (text[i] === ')' && (depth -= 1) === 0) return i;
  }
  return text.length;
}

function withoutHereDocuments(script) {
  return script.replace(/<<-?\s*(['"]?)(\w+)\1([^\n]*)\n[\s\S]*?\n[ \t]*\2(?=\n|$)/g, '$3');
}

/** Words that run what stands behind them. */
export const RUNNERS = new Set(['sudo', 'npx', 'exec', 'nohup', 'time', 'env', 'timeout', 'watch', 'do', 'then', 'if', 'while', 'until', '!', '{']);

/** The arguments of `tillbridge` in a command; undefined where it runs something else. */
export function tillbridgeWords(words) {
  let i = 0;
  while (i < words.length && (/^[A-Za-z_]\w*=/.test(words[i]) || RUNNERS.has(words[i]) || (i > 0 && (words[i].startsWith('-') || (words[i - 1] === 'timeout' && /^\d+s?$/.test(words[i])))))) i += 1;
  if (words[i] === undefined) return undefined;
  if (/(^|\/)tillbridge$/.test(words[i])) return words.slice(i + 1);
  return words[i] === 'node' && /(^|\/)tillbridge\.cjs$/.test(words[i + 1] ?? '') ? words.slice(i + 2) : undefined;
}
