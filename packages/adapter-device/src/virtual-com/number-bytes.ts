import { isTillbridgeError, outcome, renderOutput, type NativeNumber, type Outcome, type OutputTemplates } from '@tillbridge/core';

/** The bytes of a number, or the outcome when this till cannot be given it. */
export function numberBytes(templates: OutputTemplates, number: NativeNumber): Uint8Array | Outcome {
  try {
    return renderOutput(templates, number) ?? outcome('rejected', 'noTemplate');
  } catch (error) {
    if (isTillbridgeError(error)) return outcome('rejected', 'templateLength');
    throw error;
  }
}
