/** Shares work out among `count` workers so that none has much more than the others: the heaviest first, to whom has least. */
export function shareOut<T>(work: readonly T[], weight: (item: T, index: number) => number, count: number): readonly (readonly T[])[] {
  const weighed = work.map((item, index) => ({ item, weight: weight(item, index) })).sort((a, b) => b.weight - a.weight);
  const shares = Array.from({ length: Math.max(1, Math.min(count, work.length)) }, () => ({ items: [] as T[], weight: 0 }));
  for (const each of weighed) {
    const least = shares.reduce((a, b) => (b.weight < a.weight ? b : a));
    least.items.push(each.item);
    least.weight += each.weight;
  }
  return shares.map(({ items }) => items);
}
