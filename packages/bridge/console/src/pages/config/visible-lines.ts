import { visible } from '../../ui';

/** A line is not shown further than this. */
const MAX_LINE = 2000;

/** A text of several lines as {@link visible} shows one. */
export function visibleLines(text: string): string {
  return text.split('\n').map((line) => visible(line.replace(/\r$/, ''), MAX_LINE)).join('\n');
}
