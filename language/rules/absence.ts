import type { Context } from '../estimate/context.ts';
import type { Node } from '../model/design.ts';
import type { Severity } from './rule.ts';

/** Whether the system names a pattern, so that the usual parts of one are expected. */
export function hasPattern(context: Context): boolean {
  const [system] = context.all('system');
  return system !== undefined && (context.word(system, 'pattern') ?? 'none') !== 'none';
}

/** Something that good practice has and the design lacks is a remark, and a warning only in a system with a pattern (language definition). */
export const severityOfAbsence = (context: Context): Severity => (hasPattern(context) ? 'warning' : 'info');

/** A training that is at work: in a system with a pattern, on a schedule, or started again by a monitor. A first trial is none. */
export const isAtWork = (context: Context, training: Node): boolean =>
  hasPattern(context) ||
  context.given(training, 'every') !== undefined ||
  context.referrers(training, 'monitor').length > 0 ||
  context.referrers(training, 'feedback').length > 0;
