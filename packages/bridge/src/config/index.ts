export { compileMatch } from './check/codes.js';
export { changesOf, diffConfig, isEmptyDiff, type ConfigDiff, type PartsDiff } from './diff.js';
export { isLoopback, parseHostPort, type HostPort } from './host-port.js';
export { configJsonSchema } from './json-schema.js';
export { parseConfig, type LoadedConfig, type ParseOptions, type RefusedConfig } from './load.js';
export { configCandidates, defaultLink, defaultStateFolder, locateConfig, type Surroundings } from './locate.js';
export { formatProblem, type ConfigProblem } from './problem.js';
export { PROFILE_FOLDER } from './profile-folder.js';
export { readOwnProfiles } from './profiles.js';
export { readConfig, readConfigText } from './read-config.js';
export { secretLine } from './secret-line.js';
export { MAX_CONFIG_BYTES } from './document.js';
export { same } from './same.js';
export type { PluginReaderConfig, PluginTillConfig, PluginTranslatorConfig } from './schema.js';
export { pluginsOf } from './plugins-of.js';
export { resolveRoutes, type ResolvedRoute } from './routes.js';
export type {
  ApiConfig,
  ClientConfig,
  CodeConfig,
  Config,
  LogConfig,
  IikoConfig,
  ReaderConfig,
  OnecConfig,
  RkeeperConfig,
  RotatingConfig,
  RouteConfig,
  SerialReaderConfig,
  HidReaderConfig,
  KeyboardConfig,
  KeyboardReaderConfig,
  StationsConfig,
  SyncConfig,
  MobileReaderConfig,
  NfcReaderConfig,
  TcpReaderConfig,
  TillConfig,
  TillReaderConfig,
  TranslatorConfig,
  VirtualComConfig,
  WebhookConfig,
} from './schema.js';
export { initialConfig, WEBHOOK_KEY, type DetectedDevice, type InitialOptions } from './template.js';
export { hostsOf, showAsYaml, shownConfig, type ShownConfig } from './show.js';
