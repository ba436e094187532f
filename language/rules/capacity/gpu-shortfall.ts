import type { Context } from '../../estimate/context.ts';
import type { Node } from '../../model/design.ts';
import { RATE } from '../../units/dimension.ts';
import { format, percent } from '../../units/format.ts';
import { figure, figured, valueSpan, writing } from '../figures.ts';
import type { Fix, Report, Rule, RuleInput } from '../rule.ts';
import { overOf, strainOf } from '../strain.ts';
import { larger } from './larger.ts';
import { replicasFix, trafficOrigin, trafficText } from './replicas.ts';

export const gpuShortfall: Rule = {
  name: 'capacity/gpu-shortfall',
  severity: 'error',
  summary: 'Fewer replicas than the load needs at the utilization that the design asks for.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'serving')) {
      const strain = strainOf(context, node);
      const report = strain?.is === 'short' ? short(input, node) : strain ? undefined : busy(input, node);
      if (report) yield report;
    }
  },
};

/** Under the utilization that is written, which is a demand. */
function short(input: RuleInput, node: Node): Report | undefined {
  const { context } = input;
  const each = figure(context, node, 'serving.throughput_per_replica');
  const needed = figure(context, node, 'serving.replicas_for_load')!;
  const has = figure(context, node, 'serving.replicas')!;
  const load = trafficText(context, node);
  if (!each || !load) return undefined;
  const share = figure(context, node, 'serving.utilization');
  const [pool] = context.pool(node, 'hardware');
  const hardware = pool ? ` of ${format(pool.count.value, pool.count.dimension)} x ${pool.hardware.name}` : '';
  const target = context.input(node, 'utilization')!.value;
  return {
    at: valueSpan(input, node, 'replicas'),
    message: `${load} needs ${needed.display}${hardware} at ${percent(target)} busy; ${has.value} carry ${format(each.value * has.value, RATE)}, ${percent(target / (share?.value ?? 1), 'short')} of it${share ? `, and would be ${percent(share.value, 'short')} busy` : ''}.`,
    subject: node.name,
    related: trafficOrigin(context, node),
    fixes: () => [replicasFix(input, node, needed.value), ...larger(input, node)],
  };
}

/** Above the default, where none is written and nothing has broken yet: a hint. */
function busy(input: RuleInput, node: Node): Report | undefined {
  const { context } = input;
  if (context.given(node, 'utilization') || !context.given(node, 'replicas') || isSlowest(context, node)) return;
  const needed = figure(context, node, 'serving.replicas_for_load');
  const has = figure(context, node, 'serving.replicas');
  const share = figure(context, node, 'serving.utilization');
  if (!needed || !has || !share || needed.value <= has.value) return;
  const target = percent(context.input(node, 'utilization')!.value);
  const accepted = `${Math.min(99, Math.ceil(share.value * 100 - 1e-9))}%`;
  const accept: Fix = {
    title: `Write \`utilization: ${accepted}\`: it is meant to be that busy`,
    edits: [writing(input, node, 'utilization', accepted)],
  };
  return {
    at: valueSpan(input, node, 'replicas'),
    message: `${has.display} would be ${percent(share.value, 'short')} busy, above the usual ${target}: a burst or a lost replica makes it slow. ${needed.display} would be ${target} busy at most.`,
    subject: node.name,
    severity: 'hint',
    related: trafficOrigin(context, node),
    fixes: () => [replicasFix(input, node, needed.value), ...(share.value < 0.99 ? [accept] : [])],
  };
}

/** A request that is over its budget because of this serving has a finding of its own. */
const isSlowest = (context: Context, node: Node): boolean =>
  context.referrers(node, 'request').some((r) => overOf(context, r).some(({ slowest }) => slowest.node === node));
