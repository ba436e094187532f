import type { Rule } from '../rule.ts';
import { slowReports } from './slow.ts';

export const ttftOverBudget: Rule = {
  name: 'latency/ttft-over-budget',
  severity: 'error',
  summary: 'The time to the first token is above the budget of the serving.',
  inScenarios: true,
  check: (input) => slowReports(input, 'ttft'),
};
