export { compileReport, ReportProblem, type CompiledReport, type ReportFlow } from './compile-report.js';
export { defineReport, GUEST_WAYS, reportSchema, type GuestWay, type ReportDefinition, type ReportInput } from './definition.js';
export { NO_PROGRESS, reportReceipt, waysOf, type NoAnswer, type ReportEnd, type ReportJob, type ReportProgress, type SendReport } from './reporter.js';
export { createReportTarget, type ReportTarget, type ReportTargetOptions } from './target.js';
export type { Guest, Scope } from './values.js';
