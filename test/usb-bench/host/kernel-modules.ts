/** The name under which other modules ask for a module: the kernel takes - and _ for the same. */
export function moduleName(file: string): string {
  return file.replace(/^.*\//, '').replace(/\.ko$/, '').replaceAll('-', '_');
}

/** What a module needs loaded first: the record `depends=` of its section .modinfo. */
export function moduleDependencies(content: Buffer): readonly string[] {
  const key = '\0depends=';
  const at = content.indexOf(key);
  if (at < 0) return [];
  const start = at + key.length;
  const names = content.toString('latin1', start, content.indexOf(0, start));
  return names.split(',').filter((name) => name !== '').map(moduleName);
}

/**
 * The files to insert, in an order that works, for the modules named and all that they need. What is not among `files` is built into the
 * kernel, or is not needed. `done` are files that were inserted before.
 */
export function loadOrder(names: readonly string[], files: ReadonlyMap<string, string>, read: (file: string) => Buffer, done: readonly string[] = []): string[] {
  const seen = new Set(done);
  const order: string[] = [];
  const add = (name: string): void => {
    const file = files.get(moduleName(name));
    if (file === undefined || seen.has(file)) return;
    seen.add(file);
    moduleDependencies(read(file)).forEach(add);
    order.push(file);
  };
  names.forEach(add);
  return order;
}
