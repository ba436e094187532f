import type { Context } from '../../estimate/context.ts';
import { fallsBehind, inflowOf } from '../../estimate/pipeline/lag.ts';
import type { Node } from '../../model/design.ts';
import { RATE, TIME } from '../../units/dimension.ts';
import { format, percent } from '../../units/format.ts';
import { figured, moving, valueSpan } from '../figures.ts';
import type { Report, Rule, RuleInput } from '../rule.ts';

export const pipelineLag: Rule = {
  name: 'capacity/pipeline-lag',
  severity: 'error',
  summary: 'A pipeline is slower than its source, or a run of it takes longer than the time between runs.',
  inScenarios: true,
  *check(input) {
    for (const node of figured(input.design, 'pipeline')) {
      const report = fallsBehind(input.context, node) ? slow(input, node) : overlapping(input, node);
      if (report) yield report;
    }
  },
};

function slow(input: RuleInput, node: Node): Report {
  const { context } = input;
  const inflow = inflowOf(context, node);
  const comes = inflow.reduce((sum, { rate }) => sum + rate.value, 0);
  const can = context.given(node, 'throughput')!.value;
  return {
    at: valueSpan(input, node, 'throughput'),
    message: `Its sources bring ${format(comes, RATE)}, and it handles ${format(can, RATE)}, ${percent(can / comes, 'short')} of that: it falls behind without end.`,
    subject: node.name,
    related: inflow.map(({ source, rate }) => ({
      at: valueSpan(input, source, source.properties.has('rate') ? 'rate' : 'records'),
      message: `\`${source.name}\` brings ${format(rate.value, RATE)}.`,
    })),
    fixes: moving(input, node, 'throughput', { to: comes, up: true, title: (text) => `Give it ${text}` }),
  };
}

function overlapping(input: RuleInput, node: Node): Report | undefined {
  const duration = timeOf(input.context, node, 'duration');
  const every = timeOf(input.context, node, 'every');
  if (duration === undefined || every === undefined || duration <= every * (1 + 1e-9)) return undefined;
  return {
    at: valueSpan(input, node, 'duration'),
    message: `A run takes ${format(duration, TIME)}, and the next begins after ${format(every, TIME)}: each starts later than the one before.`,
    subject: node.name,
    related: [{ at: valueSpan(input, node, 'every'), message: 'How often it runs.' }],
    fixes: moving(input, node, 'every', { to: duration, up: true, title: (text) => `Run it every ${text}` }),
  };
}

function timeOf(context: Context, node: Node, path: string): number | undefined {
  const given = context.given(node, path);
  return given?.dimension === TIME ? given.value : undefined;
}
