/** How many digits two spellings of a phone share: the rest is the country's prefix, which is written as +7, 7, 8 or not at all. */
const NATIONAL = 10;

/** Whether two texts mean the same phone. */
export function samePhone(one: string, other: string): boolean {
  const [a, b] = [digitsOf(one), digitsOf(other)];
  if (a === '' || b === '') return false;
  return a === b || (a.length >= NATIONAL && b.length >= NATIONAL && a.slice(-NATIONAL) === b.slice(-NATIONAL));
}

function digitsOf(text: string): string {
  return text.replace(/\D/g, '');
}
