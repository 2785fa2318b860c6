import type { FrontWindow, WindowGuard } from './injector.js';

/** Whether a window is the one that is meant. Pure: the same on every system. */
export function fits(guard: WindowGuard, { title, class: className, process }: FrontWindow): boolean {
  if (guard.title === undefined && guard.class === undefined && guard.process === undefined) return false;
  return (
    (guard.title === undefined || titleFits(guard.title, title ?? '')) &&
    (guard.class === undefined || (className ?? '').split('\0').some((word) => same(word, guard.class ?? ''))) &&
    (guard.process === undefined || same(programName(process ?? ''), programName(guard.process)))
  );
}

/** The regular expression between slashes; undefined for a plain text. @throws {SyntaxError} */
export function titlePattern(title: string): RegExp | undefined {
  const pattern = /^\/(.+)\/$/s.exec(title)?.[1];
  return pattern === undefined ? undefined : new RegExp(pattern, 'iu');
}

function titleFits(wanted: string, title: string): boolean {
  const pattern = titlePattern(wanted);
  // a title may be as long as its program likes
  const bounded = title.slice(0, 1024);
  return pattern === undefined ? bounded.toLowerCase().includes(wanted.toLowerCase()) : pattern.test(bounded);
}

function same(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

/** `C:\Program Files\1cv8\bin\1cv8c.exe` is 1cv8c, as is `/opt/1cv8/1cv8c`. */
function programName(path: string): string {
  const file = path.split(/[\\/]/).at(-1) ?? path;
  return file.replace(/\.exe$/i, '');
}
