export { compileReport, ReportProblem, type CompiledReport, type ReportFlow } from './compile-report.js';
export { GUEST_WAYS, reportSchema, type GuestWay, type ReportDefinition } from './definition.js';
export { NO_PROGRESS, reportReceipt, waysOf, type NoAnswer, type ReportEnd, type ReportJob, type ReportProgress, type SendReport } from './reporter.js';
export { createReportTarget, type ReportTarget, type ReportTargetOptions } from './target.js';
export type { Guest, Scope } from './values.js';
