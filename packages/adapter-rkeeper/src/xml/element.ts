/** One element of a parsed document. Names and values are as written, entities resolved. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
  /** Text and CDATA directly inside, joined. */
  readonly text: string;
}

/** An attribute by name, whatever its case: r_keeper writes `CardCode` here and `cardCode` there. */
export function attribute(element: XmlElement, name: string): string | undefined {
  const exact = element.attributes.get(name);
  if (exact !== undefined) return exact;
  const wanted = name.toLowerCase();
  for (const [key, value] of element.attributes) if (key.toLowerCase() === wanted) return value;
  return undefined;
}

/** The direct children of that name, whatever its case. */
export function childrenNamed(element: XmlElement, name: string): readonly XmlElement[] {
  const wanted = name.toLowerCase();
  return element.children.filter((child) => child.name.toLowerCase() === wanted);
}

export function child(element: XmlElement, name: string): XmlElement | undefined {
  return childrenNamed(element, name)[0];
}

/** Every element of that name at any depth, in document order; whatever its case. */
export function descendants(element: XmlElement, name: string): readonly XmlElement[] {
  const wanted = name.toLowerCase();
  const found: XmlElement[] = [];
  const open: XmlElement[] = [...element.children].reverse();
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next.name.toLowerCase() === wanted) found.push(next);
    for (let i = next.children.length - 1; i >= 0; i -= 1) {
      const inner = next.children[i];
      if (inner !== undefined) open.push(inner);
    }
  }
  return found;
}
