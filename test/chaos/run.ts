// The chaos suite by hand: node test/chaos/run.ts --seed N [--scans N] [--shops N] [--only fault,...] [--without fault,...] [--plan] [--replay FILE]
import { registerHooks } from 'node:module';

// the tests import each other by the names that they have once compiled
registerHooks({
  resolve: (specifier, context, next) => {
    try {
      return next(specifier, context);
    } catch (error) {
      if (specifier.startsWith('.') && specifier.endsWith('.js')) return next(`${specifier.slice(0, -3)}.ts`, context);
      throw error;
    }
  },
});
const { main } = await import('./command.ts');
process.exitCode = await main(process.argv.slice(2));
