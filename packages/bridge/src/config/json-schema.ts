import { z } from 'zod';
import { configSchema } from './schema.js';

/**
 * The JSON Schema of `tillbridge.yaml`, with a description for every key, made of the one schema that the program itself checks with.
 * Draft 7, which is what editors' YAML plug-ins understand best. It cannot say what does not fit together: `config check` does.
 */
export function configJsonSchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(configSchema, { target: 'draft-7', io: 'input', unrepresentable: 'any' });
  return { ...schema, title: 'tillbridge.yaml', description: 'Configuration of the Tillbridge daemon.' };
}
