import type { Rule } from '../rule.ts';
import { slowReports } from './slow.ts';

export const tpotOverBudget: Rule = {
  name: 'latency/tpot-over-budget',
  severity: 'error',
  summary: 'The time of each further token is above the budget of the serving.',
  inScenarios: true,
  check: (input) => slowReports(input, 'tpot'),
};
