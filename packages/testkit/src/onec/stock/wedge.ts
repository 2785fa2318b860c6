/** What a keyboard makes of a code: the layout that is active in 1C's window turns Latin letters into Russian ones, and GS into nothing. */
export interface WedgeOptions {
  readonly layout: 'en' | 'ru';
  /** The key that stands for GS in the driver's settings (GSSymbolKey); absent: GS is lost. */
  readonly gsKey?: string;
  /** The driver ignores layout and Shift (IgnoreKeyboardState). */
  readonly ignoreState?: boolean;
  /** Silence that ends a burst, in ms: 35 to 75 in the field. */
  readonly gapMs: number;
}

const EN = "`qwertyuiop[]asdfghjkl;'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:\"ZXCVBNM<>?@#$^&";
const RU = 'ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"№;:?';

/** One character as the till program gets it; '' where the keyboard has none. */
export function typed(char: string, { layout, gsKey, ignoreState }: WedgeOptions): string {
  if (char === '\u001d') return gsKey === undefined ? '' : char;
  if (char < ' ') return '';
  const at = EN.indexOf(char);
  return layout === 'ru' && ignoreState !== true && at >= 0 ? (RU[at] ?? char) : char;
}

/** Keys with their times, in ms: bursts become codes, whatever is slower than `gapMs` is somebody typing. */
export function burstsOf(keys: readonly { readonly char: string; readonly at: number }[], options: WedgeOptions): readonly string[] {
  const codes: string[] = [];
  let burst = '';
  let last = -Infinity;
  for (const { char, at } of keys) {
    if (at - last > options.gapMs) burst = '';
    last = at;
    if (char !== '\r') burst += typed(char, options);
    else if (burst.length > 1) {
      codes.push(burst);
      burst = '';
    }
  }
  return codes;
}
