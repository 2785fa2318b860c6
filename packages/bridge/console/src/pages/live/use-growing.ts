import { useEffect, useState } from 'preact/hooks';
import { clock } from '../../clock';

/** About what a screen holds. */
const FIRST = 6;
/** So many more each time: a slow machine draws them without being deaf to a click. */
const STEP = 8;
/** Between two steps, in ms: room for a frame, and for whoever clicks. */
const EVERY_MS = 30;

/** How much of a list is drawn: what shows first at once, the rest in steps, so that a page can be used before all of it is there. */
export function useGrowing(length: number): number {
  const [drawn, setDrawn] = useState(FIRST);
  const more = drawn < length;
  useEffect(() => (more ? clock.timer(EVERY_MS, () => setDrawn(drawn + STEP)) : undefined), [more, drawn]);
  return drawn;
}
