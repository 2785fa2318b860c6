import type { LocatedPlugin } from '@tillbridge/plugin/manifest';
/**
 * The JSON Schema of `tillbridge.yaml`, with a description for every key, made of the one schema that the program itself checks with.
 * Parts that are plugins are told by the name of their package; what options they have is said for `plugins`, those that were found.
 * Draft 7, which is what editors' YAML plug-ins understand best. It cannot say what does not fit together: `config check` does.
 */
export declare function configJsonSchema(plugins?: readonly LocatedPlugin[]): Record<string, unknown>;
