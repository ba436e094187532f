import type { Context } from '../../estimate/context.ts';
import type { Node, Value } from '../../model/design.ts';
import { FLOPS, NUMBER } from '../../units/dimension.ts';
import { format, percent } from '../../units/format.ts';
import { figure, figured, valueSpan } from '../figures.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';
import { fixOf, timeWith, tried, without, type Written } from '../trial.ts';

export const implausibleStep: Rule = {
  name: 'training/implausible-step',
  severity: 'error',
  summary: 'A step time that is shorter than the peak of the hardware allows.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'training')) {
      const [part] = context.pool(node, 'hardware');
      const mfu = part && impossible(context, node);
      if (!mfu) continue;
      const peak = mfu.steps.find(({ label }) => label === 'peak')?.value ?? 0;
      yield {
        at: valueSpan(input, node, 'step'),
        message: `This step would have each ${part.hardware.name} do ${format(peak * mfu.value, FLOPS, 'short')}, ${format(mfu.value, NUMBER, 'short')} times its peak of ${format(peak, FLOPS)}. Good runs reach half of the peak.`,
        subject: node.name,
        related: [{ at: part.span, message: `The job runs on ${part.hardware.name}.` }],
        fixes: () => fixes(input, node, part.count.value, part.hardware.name),
      };
    }
  },
};

/** The share of the peak that a measured step implies, where it is over 100%. */
export function impossible(context: Context, node: Node) {
  const mfu = context.given(node, 'step') && !context.given(node, 'mfu') && figure(context, node, 'training.mfu');
  return mfu && mfu.value > 1 ? mfu : undefined;
}

/** It was that of the whole pool, or it is left to the estimate. */
function fixes(input: RuleInput, node: Node, count: number, hardware: string): Fix[] {
  const value = input.context.value(node, 'step');
  const all = value?.form === 'quantity' && !value.on && count > 1 ? measuredOnAll(input, node, value, hardware) : [];
  const estimated = [without('step')];
  const after = tried(input, node, estimated);
  const time = figure(after, node, 'training.time');
  if (!node.properties.has('step') || !time) return all;
  const share = figure(after, node, 'training.mfu');
  const reached = share ? ` at ${percent(share.value, 'short')} of the peak` : '';
  return [...all, fixOf(input, node, estimated, `Leave the step to the estimate: ${time.display}${reached}`)];
}

function measuredOnAll(
  input: RuleInput,
  node: Node,
  value: Extract<Value, { form: 'quantity' }>,
  hardware: string,
): Fix[] {
  const [part] = input.context.pool(node, 'hardware');
  const number = { op: 'number' as const, value: part!.count.value, dimension: NUMBER, text: '', span: part!.span };
  const on = {
    form: 'pool' as const,
    parts: [{ count: number, hardware: { name: hardware, span: part!.span }, span: part!.span }],
  };
  const span = value.expression.span;
  const source = value.expression.op === 'number' ? value.expression.text : undefined;
  if (source === undefined) return [];
  const place = `on ${part!.count.value} x ${hardware}`;
  const written: Written = { path: 'step', text: `${source} ${place}`, value: { ...value, on } };
  const after = tried(input, node, [written]);
  return impossible(after, node) || span.end <= span.start
    ? []
    : [fixOf(input, node, [written], `Measured on all: add \`${place}\`${timeWith(input, node, after)}`)];
}
