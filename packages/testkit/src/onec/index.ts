export { OnecClient, type OnecClientOptions } from './client/onec-client.js';
export { Driver, EQUIPMENT_TYPE, OnecError, type DriverMethod, type DriverProfile, type DriverSettings } from './client/driver.js';
export type { Matching } from './client/dispatch.js';
export { EventQueue, type ExternalEvent } from './client/event-queue.js';
export { CardCatalogue, codeOfTrack, plainTrack2, type CardKind, type CardType, type CatalogueCard, type TrackTemplate } from './forms/catalogue.js';
export { Sales, type Form, type Receipt, type SalesOptions, type WorkplaceProfile } from './forms/sales.js';
export { NativeLibrary } from './native/library.js';
