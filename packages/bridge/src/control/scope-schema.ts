import { z } from 'zod';
import { isScope, PLAIN_SCOPES } from './scope.js';

export const scopeSchema = z
  .string()
  .max(80)
  .refine(isScope, 'no such scope')
  .meta({ description: `One of ${PLAIN_SCOPES.join(', ')}, delivery:TILL, till:TILL.` });
