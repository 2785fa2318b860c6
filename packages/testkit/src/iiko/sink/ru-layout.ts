const US = '`qwertyuiop[]asdfghjkl;\'zxcvbnm,./~QWERTYUIOP{}ASDFGHJKL:"ZXCVBNM<>?@#$^&|';
const RU = 'ёйцукенгшщзхъфывапролджэячсмитьбю.ЁЙЦУКЕНГШЩЗХЪФЫВАПРОЛДЖЭЯЧСМИТЬБЮ,"№;:?/';

/** What the keys of a US keyboard type while the Russian layout is active: digits stay, letters and most signs do not. */
export function typedInRussian(text: string): string {
  return Array.from(text, (character) => {
    const at = US.indexOf(character);
    return at < 0 ? character : (RU[at] ?? character);
  }).join('');
}
