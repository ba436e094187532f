import type { Rule } from '../rule.ts';
import { slowReports } from './slow.ts';

export const servingOverBudget: Rule = {
  name: 'latency/serving-over-budget',
  severity: 'error',
  summary: 'A serving does not keep its own latency budget under its load.',
  inScenarios: true,
  check: (input) => slowReports(input, 'latency'),
};
