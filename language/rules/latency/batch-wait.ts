import type { Context } from '../../estimate/context.ts';
import type { Estimate } from '../../estimate/estimate.ts';
import type { Node } from '../../model/design.ts';
import { TIME } from '../../units/dimension.ts';
import { format, percent } from '../../units/format.ts';
import { figure, figured, valueSpan, writing } from '../figures.ts';
import type { Fix, Report, Rule, RuleInput } from '../rule.ts';
import { type Broken, strainOf } from '../strain.ts';
import { consequences, numberValue } from '../what-if.ts';

/** More of the budget than this is not left to the work: a rule of thumb, as batching is to save time and not to spend it. */
const MOST = 0.5;

export const batchWait: Rule = {
  name: 'latency/batch-wait',
  severity: 'warning',
  summary: 'Waiting to fill a batch takes half of the latency budget or more, or breaks it.',
  inScenarios: true,
  *check(input) {
    for (const node of figured(input.design, 'serving')) {
      const wait = figure(input.context, node, 'serving.batch_wait');
      const report = wait && wait.value > 0 ? reportOf(input, node, wait) : undefined;
      if (report) yield report;
    }
  },
};

function reportOf(input: RuleInput, node: Node, wait: Estimate): Report | undefined {
  const strain = strainOf(input.context, node);
  const limit = limitOf(input.context, node);
  const broken = strain?.is === 'waiting' ? strain.broken[0] : undefined;
  if (limit === undefined || (strain ? !broken : wait.value < MOST * limit)) return undefined;
  return {
    at: valueSpan(input, node, 'batching.wait'),
    message: `The first of a batch waits ${wait.display} for others, ${percent(wait.value / limit, 'short')} of the budget of ${format(limit, TIME)}${broken ? brokenText(broken) : ', before any work is done'}.`,
    subject: node.name,
    ...(broken && { severity: 'error' as const }),
    related: [{ at: valueSpan(input, node, 'budget'), message: 'The budget.' }],
    fixes: () => shorter(input, node, limit),
  };
}

const brokenText = ({ condition, reached }: Broken): string =>
  `: p${condition.percentile} is ${format(reached, TIME)}, and would keep it without that wait`;

/** The tightest bound of the serving's own latency. */
function limitOf(context: Context, node: Node): number | undefined {
  const budget = context.value(node, 'budget');
  if (budget?.form !== 'conditions') return undefined;
  const bounds = budget.conditions
    .filter((c) => c.metric === 'latency')
    .flatMap((c) => context.evaluate(c.bound, node.name)?.value ?? []);
  return bounds.length > 0 ? Math.min(...bounds) : undefined;
}

/** A tenth of the budget, where that mends it; else no wait. */
function shorter(input: RuleInput, node: Node, limit: number): Fix[] {
  for (const seconds of [Number((limit / 10).toPrecision(1)), 0]) {
    const change = new Map([[`${node.name}.batching.wait`, numberValue(seconds, TIME, node.nameSpan)]]);
    if (strainOf(input.context.set(change), node)) continue;
    const text = `${Number((seconds * 1000).toPrecision(3))}ms`;
    const title = `Wait ${text} at most${consequences(input, change, [node])}`;
    return [{ title, edits: [writing(input, node, 'batching.wait', text)] }];
  }
  return [];
}
