/** An element that the page's HTML has. @throws Error where it has not: page and script are of one build. */
export function element<T extends HTMLElement>(id: string, kind: new () => T): T {
  const node = document.getElementById(id);
  if (!(node instanceof kind)) throw new Error(`the page has no ${id}`);
  return node;
}
