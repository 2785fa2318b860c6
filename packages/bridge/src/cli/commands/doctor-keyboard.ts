import type { ProbeRow } from '@tillbridge/core';
import { resolveRoutes, type Config, type KeyboardConfig, type ReaderConfig, type TillConfig } from '../../config/index.js';
import type { Text } from '../cli.js';

/** The keys of a till that is typed into, itself or as the nested reader of another one. */
type Typed = Pick<KeyboardConfig, 'transport' | 'controls' | 'markedGoods'> & { readonly letters?: boolean };

/**
 * The matrix of who owns the scanner and where its marked goods go, held against a configuration: a marking code has GS characters (GS1, FNC1)
 * and letters in it, and without them it is worth nothing. Pure.
 */
export function goodsRows(config: Config, say: (text: Text) => string): readonly ProbeRow[] {
  const tills = new Map(config.tills.map((till) => [till.id, till]));
  return resolveRoutes(config).flatMap(({ readers, goods }) => {
    const till = tills.get(goods);
    const typed = till === undefined ? undefined : typedInto(till);
    if (typed === undefined) return [];
    return config.readers.filter(({ id }) => readers.includes(id)).flatMap((reader) => rowOf(reader, goods, typed, say));
  });
}

function typedInto(till: TillConfig): Typed | undefined {
  if (till.adapter === 'keyboard') return till;
  if (till.adapter === 'virtual-com' || till.adapter === 'client' || till.adapter === 'webhook' || till.adapter === 'plugin' || till.transport !== 'device') return undefined;
  return till.device.adapter === 'keyboard' ? till.device : undefined;
}

function rowOf(reader: ReaderConfig, goods: string, typed: Typed, say: (text: Text) => string): readonly ProbeRow[] {
  const id = `goods ${reader.id}`;
  // keys are played again as they were, GS as the scanner typed it
  if (reader.type === 'keyboard') return [{ level: 'ok', id, text: say({ en: `the keys of ${reader.id} are typed again for ${goods} as they came`, ru: `клавиши ${reader.id} повторяются для ${goods} без изменений` }) }];
  // what was no code is refused there and goes nowhere
  if (typed.markedGoods === false || reader.type === 'nfc' || reader.type === 'till') return [];
  const lettersLost = typed.transport === 'uinput' && typed.letters !== true;
  if (!lettersLost && (typed.controls ?? []).includes('GS')) return [];
  return [
    {
      level: 'fail',
      id,
      text: say({
        en: `marked goods of ${reader.id} hold GS characters${lettersLost ? ' and letters' : ''} that ${goods} is not given by the keyboard: they are refused whole`,
        ru: `в маркированных товарах ${reader.id} есть символы GS${lettersLost ? ' и буквы' : ''}, которые ${goods} не получит с клавиатуры: такие товары отклоняются целиком`,
      }),
      remedy: say({
        en: `send goods another way (\`goods:\` of the route to a virtual-com till), read the scanner as \`type: keyboard\` so that its own keys are typed again, or${lettersLost ? '' : ' set `controls: [GS]` where the program takes it, or'} say \`markedGoods: false\` where none are sold`,
        ru: `отправляйте товары другим путём (\`goods:\` маршрута на кассу virtual-com), читайте сканер как \`type: keyboard\`, чтобы повторялись его собственные клавиши,${lettersLost ? '' : ' укажите `controls: [GS]`, если программа его принимает,'} либо \`markedGoods: false\`, если таких товаров нет`,
      }),
    },
  ];
}
