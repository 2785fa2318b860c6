import { asTillbridgeError, printable, type ProbeRow } from '@tillbridge/core';
import type { Injector, InjectorSource, Look, WindowGuard } from './injector.js';
import { KEYBOARD_DEFAULTS, type KeyboardTillOptions } from './options.js';

/** Rows of `doctor`: whether the keyboard is there, the window, the layouts against the alphabet of the numbers. Types nothing. */
export async function probeKeyboard(options: KeyboardTillOptions, source: InjectorSource, running: Injector | undefined, signal: AbortSignal): Promise<readonly ProbeRow[]> {
  const id = `till.${options.id}`;
  let opened: Injector | undefined;
  try {
    const injector = running ?? (opened = await source.open(signal));
    const look = await injector.look(options.window === 'none' ? undefined : options.window, signal);
    return keyboardRows(id, options, source.place, injector, look);
  } catch (error) {
    const reason = asTillbridgeError(error, 'TB_TILL_KEYBOARD_LOST', { place: source.place });
    return [{ level: 'fail', id, text: `${reason.code}: ${reason.text('en')}`, remedy: reason.remedy('en') }];
  } finally {
    await opened?.close();
  }
}

/** What a look means for this till. Pure. */
export function keyboardRows(id: string, options: KeyboardTillOptions, place: string, injector: Pick<Injector, 'capabilities'>, look: Look): readonly ProbeRow[] {
  const { atomic } = injector.capabilities;
  const layouts = look.layouts.length === 0 ? '' : `, layouts ${look.layouts.map((layout) => printable(layout, 40)).join(', ')}`;
  return [
    { level: 'ok', id, text: `types through ${place}${layouts}${atomic || options.window === 'none' ? '' : ', looks at the window before and after'}` },
    ...windowRow(id, options.window, look),
    ...alphabetRow(id, options, look),
    ...controlRow(id, options, look),
    ...look.rows.map((row) => ({ ...row, id: `${id}.${row.id}` })),
  ];
}

function windowRow(id: string, window: WindowGuard | 'none', look: Look): readonly ProbeRow[] {
  const row = `${id}.window`;
  if (window === 'none') {
    return [{ level: 'warn', id: row, text: 'no window is required: a number is typed into whatever has the focus', remedy: 'set `window` where the transport can hold it (sendinput, xtest)' }];
  }
  const wanted = describeGuard(window);
  if (look.inFront) return [{ level: 'ok', id: row, text: `${wanted} is in front` }];
  const front = look.front === undefined ? 'nothing has the focus' : `in front is ${describeGuard({ ...(look.front.class === undefined ? {} : { class: look.front.class.split('\0').at(-1) ?? '' }), ...(look.front.process === undefined ? {} : { process: look.front.process }) })}`;
  if (look.present === true) return [{ level: 'ok', id: row, text: `${wanted} is there and not in front now; ${front}` }];
  const known = look.present === false ? 'is not on the screen' : 'is not in front';
  return [{ level: 'warn', id: row, text: `${wanted} ${known}; ${front}`, remedy: 'start the cashier program, or correct `window`: class, title and process must all fit' }];
}

/** Class and process name a program and may be shown. */
function describeGuard({ title, class: className, process }: WindowGuard): string {
  const words = [className === undefined ? '' : `class ${className}`, process === undefined ? '' : `process ${process}`, title === undefined ? '' : `title ${title}`];
  return `a window of ${printable(words.filter((word) => word !== '').join(', ') || 'no class', 120)}`;
}

function alphabetRow(id: string, options: KeyboardTillOptions, { carries, layouts }: Look): readonly ProbeRow[] {
  const alphabet = options.alphabet ?? KEYBOARD_DEFAULTS.alphabet;
  const row = `${id}.layout`;
  const known = layouts.join(', ') || 'the active ones';
  if (!carries.digits) return [{ level: 'fail', id: row, text: `no keyboard layout has digits (${known})`, remedy: 'add a layout such as us to the till: `setxkbmap us,ru`' }];
  if (alphabet !== 'digits' && !carries.latin) {
    return [{ level: 'fail', id: row, text: `the numbers need Latin letters, and no keyboard layout has them (${known})`, remedy: 'add one: `setxkbmap us,ru`, or XKBLAYOUT="us,ru" in /etc/default/keyboard; the active layout may stay the Russian one' }];
  }
  if (alphabet === 'any' && !carries.cyrillic) return [{ level: 'warn', id: row, text: `no keyboard layout has Cyrillic letters (${known})`, remedy: 'add one if numbers hold them: `setxkbmap us,ru`' }];
  return [];
}

function controlRow(id: string, options: KeyboardTillOptions, { carries }: Look): readonly ProbeRow[] {
  const controls = options.controls ?? KEYBOARD_DEFAULTS.controls;
  if (controls.length === 0) return [];
  const row = `${id}.controls`;
  if (!carries.controls) return [{ level: 'fail', id: row, text: `${controls.join(', ')} cannot be typed here`, remedy: 'let goods go another way (`virtual-com`), or add a layout with Latin letters' }];
  return [{ level: 'warn', id: row, text: `${controls.join(', ')} is typed as Ctrl and a key: terminals take that, most text fields do not`, remedy: 'sell one marked product before you rely on it' }];
}
