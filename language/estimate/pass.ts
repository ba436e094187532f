import type { Node } from '../model/design.ts';
import { hasHeads, isTransformer, size, useHeads, useMultipliedParams, useParams } from './architecture.ts';
import { type Constant, useConstant } from './constants.ts';
import type { Context } from './context.ts';
import { computeFormat, useDevices, useFigure, useParameterBytes, usePeak, weightFormat } from './hardware.ts';
import {
  CALL_OVERHEAD,
  CONVOLUTION_SHARES,
  EAGER_PASS,
  FULL_WIDTH,
  LAUNCHES,
  NODE_TIME,
  PLAIN_SHARE,
  RECOMMENDER_SHARE,
  type Stack,
  STACKS,
  TRANSFORMER_SHARES,
  WIDTH_POWER,
} from './pass-constants.ts';
import { BANDWIDTH_SHARE, OPERATIONS_PER_PARAMETER } from './serving-constants.ts';
import type { Sheet } from './sheet.ts';

/** The formula of a pass over so many examples, in so many batches; both as formulas, empty for one. */
export type Pass = (examples: string, batches: string) => string;

/** the catalog's name of one server core */
const CORE = 'CPU';

/**
 * Adds the rows of a model's pass that nobody measured: what every call costs, and then the slowest of launching kernels, of reading the
 * weights and of computing (a roofline). Undefined where the model or the hardware does not say enough.
 */
export function usePass(sheet: Sheet, context: Context, node: Node): Pass | undefined {
  const model = context.reference(node, 'model');
  const hardware = useDevices(sheet, context, node);
  if (!model) sheet.lacks('`model`');
  if (!model || !hardware) return undefined;
  const trees =
    context.word(model, 'architecture') === 'gbdt' && hardware.name === CORE && !context.input(model, 'flops');
  if (trees) return useTrees(sheet, context, model);
  if (!useOperations(sheet, context, node, model)) return undefined;
  const format = weightFormat(context, node, model);
  usePeak(sheet, context, hardware, format);
  useFigure(sheet, context, hardware, 'bandwidth');
  useParameterBytes(sheet, format);
  for (const constant of [BANDWIDTH_SHARE, CALL_OVERHEAD]) useConstant(sheet, constant);
  const stack = stackOf(context, node);
  const reached = useShare(sheet, context, model, stack, computeFormat(context, hardware, format) === 'fp32');
  sheet.step('weight time', 'params * bytes_per_parameter / (GPUs_per_replica * bandwidth * share_of_bandwidth)');
  sheet.step('time of an example', `operations / (GPUs_per_replica * peak * ${reached})`);
  const launches = useLaunches(sheet, context, model, hardware, stack);
  sheet.assume(
    'no `latency` is given, so it follows from the operations of the model and the speed of the hardware (a roofline)',
  );
  return (examples, batches) => {
    const [n, repeated] = [examples && `${examples} * `, batches && `${batches} * `];
    const slowest = [launches, 'weight_time'].filter(Boolean).map((row) => `${repeated}${row}`);
    return `${repeated}overhead_of_a_call + max(${slowest.join(', ')}, ${n}time_of_an_example)`;
  };
}

/** Trees are walked from their root, one node after the other. */
function useTrees(sheet: Sheet, context: Context, model: Node): Pass {
  for (const name of ['trees', 'depth']) size(sheet, context, model, name);
  for (const constant of [CALL_OVERHEAD, NODE_TIME]) useConstant(sheet, constant);
  sheet.step('time of an example', 'trees * depth * time_of_a_node / GPUs_per_replica');
  sheet.assume('no `latency` is given, so it follows from the nodes that an example visits');
  return (examples, batches) =>
    `${batches && `${batches} * `}overhead_of_a_call + ${examples && `${examples} * `}time_of_an_example`;
}

function stackOf(context: Context, node: Node): Stack {
  const value = context.value(node, 'runtime');
  const name =
    value?.form === 'references' ? value.references[0]?.name : value?.form === 'text' ? value.text : undefined;
  return STACKS[name ?? ''] ?? 'other';
}

/** Adds the share of the peak that is reached; gives its row. */
function useShare(sheet: Sheet, context: Context, model: Node, stack: Stack, plain: boolean): string {
  useConstant(sheet, plain ? PLAIN_SHARE : shareOf(context, model, stack));
  const width = isTransformer(context, model) && !plain ? context.input(model, 'hidden') : undefined;
  if (!width) return 'share_of_peak';
  size(sheet, context, model, 'hidden');
  for (const constant of [FULL_WIDTH, WIDTH_POWER]) useConstant(sheet, constant);
  sheet.step('share at this width', 'share_of_peak * min(1, hidden / full_width) ^ power_of_the_width');
  return 'share_at_this_width';
}

function shareOf(context: Context, model: Node, stack: Stack): Constant {
  const architecture = context.word(model, 'architecture') ?? '';
  if (architecture === 'cnn') return CONVOLUTION_SHARES[stack];
  return ['dlrm', 'two_tower'].includes(architecture) ? RECOMMENDER_SHARE : TRANSFORMER_SHARES[stack];
}

/** Adds the time that launching a pass takes on an accelerator; gives its row, empty where there is none. */
function useLaunches(sheet: Sheet, context: Context, model: Node, hardware: Node, stack: Stack): string {
  if (hardware.name === CORE) return '';
  if (isTransformer(context, model) && context.input(model, 'layers')) {
    size(sheet, context, model, 'layers');
    useConstant(sheet, LAUNCHES[stack]);
    sheet.step('launch time', 'layers * launches_of_a_layer');
    return 'launch_time';
  }
  if (context.word(model, 'architecture') !== 'cnn' || stack !== 'eager') return '';
  useConstant(sheet, EAGER_PASS);
  return 'launches_of_a_pass';
}

/** Adds `operations`, of one pass over one example. False where the model does not say enough. */
function useOperations(sheet: Sheet, context: Context, node: Node, model: Node): boolean {
  const flops = context.input(model, 'flops');
  const architecture = context.word(model, 'architecture');
  const countable = isTransformer(context, model)
    ? context.input(node, 'input')
    : ['mlp', 'linear', 'two_tower', 'dlrm'].includes(architecture ?? '');
  if (!flops && !countable) {
    const more = isTransformer(context, model)
      ? '`input` (tokens)'
      : architecture === undefined
        ? `\`architecture\` of \`${model.name}\``
        : `\`flops\` of \`${model.name}\``;
    sheet.lacks(`\`latency\`, or ${more}`);
    return false;
  }
  useParams(sheet, context, model);
  if (flops) {
    sheet.use('operations', flops);
    return true;
  }
  useConstant(sheet, OPERATIONS_PER_PARAMETER);
  useMultipliedParams(sheet, context, model);
  if (!isTransformer(context, model)) {
    sheet.step('operations', 'operations_per_parameter * multiplied_params');
    return true;
  }
  sheet.property('input');
  const attends = hasHeads(context, model);
  if (attends) useHeads(sheet, context, model);
  else
    sheet.assume(
      `the operations of attention itself are left out: \`layers\` and \`heads\` of ${model.name} are not known`,
    );
  sheet.step(
    'operations',
    attends
      ? 'operations_per_parameter * (multiplied_params * input + 2 * layers * heads * head_dim * input ^ 2)'
      : 'operations_per_parameter * multiplied_params * input',
  );
  return true;
}
