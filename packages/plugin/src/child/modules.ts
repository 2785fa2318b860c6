import * as nodeModule from 'node:module';

/** Since Node.js 22.15 and 23.5; @types/node of the oldest supported line does not know it. */
interface SyncHooks {
  readonly registerHooks?: (hooks: { readonly resolve: (specifier: string, context: unknown, next: (specifier: string, context: unknown) => unknown) => unknown }) => unknown;
}

/**
 * Makes imports of our packages give the daemon's own copies, wherever the plugin lies: it brings none along, and two would not know each
 * other's numbers.
 */
export function provideModules(modules: Readonly<Record<string, string>>): void {
  const { registerHooks } = nodeModule as SyncHooks;
  if (registerHooks !== undefined) {
    registerHooks({
      resolve: (specifier, context, next) => {
        const url = Object.hasOwn(modules, specifier) ? modules[specifier] : undefined;
        return url === undefined ? next(specifier, context) : { url, shortCircuit: true };
      },
    });
    return;
  }
  const source = `const modules = ${JSON.stringify(modules)};
export async function resolve(specifier, context, next) {
  return Object.hasOwn(modules, specifier) ? { url: modules[specifier], shortCircuit: true } : next(specifier, context);
}`;
  nodeModule.register(`data:text/javascript,${encodeURIComponent(source)}`);
}
