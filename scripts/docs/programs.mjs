// Programs that pages may start: a command that begins with anything else is a typing mistake, or belongs in the list. Pure.
import { commandsIn, RUNNERS } from './shell.mjs';

const SHELL = ['bash', 'cd', 'export', 'echo', 'exit', 'false', 'fi', 'done', 'for', 'printf', 'set', 'sh', 'sleep', 'test', 'trap', 'true', 'umask', 'wait', '[', '}'];
const TOOLS = ['awk', 'base64', 'cat', 'chmod', 'chown', 'cp', 'curl', 'cut', 'diff', 'find', 'grep', 'head', 'install', 'kill', 'ln', 'ls', 'mkdir', 'mv', 'openssl', 'rm', 'sed', 'seq', 'sha256sum', 'sort', 'ssh', 'stty', 'tail', 'tar', 'tee', 'touch', 'tr', 'unzip', 'wc', 'xterm'];
const SYSTEM = ['adduser', 'apt', 'apt-get', 'apt-mark', 'dpkg', 'journalctl', 'loginctl', 'modprobe', 'sudoedit', 'systemctl', 'udevadm', 'useradd', 'usermod'];
const OURS = ['docker', 'git', 'node', 'npm', 'socat', 'tillbridge', 'vitest', 'wine'];
const KNOWN = new Set([...SHELL, ...TOOLS, ...SYSTEM, ...OURS]);

/** Options of `sudo` and its like that take the next word. */
const WITH_VALUE = new Set(['-u', '-g', '-k', '-n', '-s']);

/** What a command starts: behind assignments and behind what runs others. Undefined where it only assigns. */
export function programOf(words) {
  let i = 0;
  let behind = false;
  while (i < words.length) {
    if (/^[A-Za-z_]\w*\+?=/.test(words[i])) i += 1;
    else if (RUNNERS.has(words[i])) {
      behind = true;
      i += 1;
    } else if (behind && words[i].startsWith('-')) i += WITH_VALUE.has(words[i]) && words[i + 1] !== undefined ? 2 : 1;
    else if (behind && /^\d+[smh]?$/.test(words[i])) i += 1;
    else break;
  }
  return words[i];
}

/** A path is a file of the reader's; `$x` is told elsewhere. */
const isElsewhere = (word) => /[/$]/.test(word);

/** Commands of a page's shell blocks that begin with a word that is no program. */
export const programProblems = (page) =>
  page.blocks
    .filter(({ lang }) => lang === 'sh')
    .flatMap(({ text, line }) =>
      commandsIn(text)
        .map(programOf)
        .filter((word) => word !== undefined && !isElsewhere(word) && !KNOWN.has(word))
        .map((word) => `${page.path}:${line} starts "${word}": a typing mistake, or missing in scripts/docs/programs.mjs`),
    );
