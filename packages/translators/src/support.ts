import { NativeNumber, type Code, type NumberKind, type TranslationContext } from '@tillbridge/core';

/** Adds a step to the trace of `tillbridge translate`. Codes and numbers go into it only masked. */
export function step(context: Pick<TranslationContext, 'trace'>, id: string, text: string): void {
  context.trace?.(`${id}: ${text}`);
}

/** Whether a translator with this list of code names serves the code. One that was typed in has no name: it is not on any list. */
export function serves(codes: readonly string[] | undefined, code: Code): boolean {
  return codes === undefined || (code.rule !== undefined && codes.includes(code.rule));
}

/** The number, or undefined where a till could not take it. */
export function numberOf(kind: NumberKind, text: string): NativeNumber | undefined {
  try {
    return new NativeNumber(kind, text);
  } catch {
    return undefined;
  }
}
