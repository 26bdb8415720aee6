import type { ReportedState } from './reported-state.ts';

/** A state of a connector from a time on, ISO 8601 in UTC with milliseconds. */
export type Report = { readonly at: string; readonly state: ReportedState };

/**
 * The points to be kept for a report that followed another as the latest of its connector. None where the state goes on: a connector
 * that works keeps nothing for its sessions. Two reports at one instant are both kept, so that their order does not matter; so is a
 * report that comes again, as it may have been kept and its point not.
 */
export function pointsOfLatest(report: Report, before: Report | undefined): readonly Report[] {
  if (before === undefined) return [report];
  if (before.at === report.at) return [before, report];
  return before.state === report.state ? [] : [report];
}

/**
 * The points to be kept for a report that came after a later one: the report, and the one that follows it in time, which may have been
 * left out because its state went on.
 */
export const pointsOfLate = (report: Report, next: Report | undefined): readonly Report[] =>
  next === undefined ? [report] : [report, next];
