import type { Node } from '../../model/design.ts';
import { useConstant } from '../constants.ts';
import type { Context, Estimator, Input, PoolInput } from '../context.ts';
import { usePeak } from '../hardware.ts';
import { Sheet } from '../sheet.ts';
import { precisionOf, useExamplesSeen, useGpus, useTrainingFlops } from '../training-compute.ts';
import { useEfficiency } from '../training-efficiency.ts';
import { fromTrees, growsTrees } from '../training-trees.ts';
import { MFU_ACCOUNT, SCALING_LOSS, SPEEDUP_EXPONENT } from '../training-constants.ts';

/**
 * Time of one run: steps × step / (GPUs × scaling) with a measured step, else the model's operations over what the devices reach of their peak.
 */
export const time: Estimator = {
  quantities: ['training.time'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const step = context.given(node, 'step');
    const loader = context.given(node, 'loader');
    const label = loader ? 'device time' : 'time';
    if (step) fromStep(sheet, context, node, step, label);
    else if (growsTrees(context, node)) fromTrees(sheet, context, node, label);
    else fromFlops(sheet, context, node, label);
    if (loader) waiting(sheet, context, node, loader);
    noteSearch(sheet, context, node);
    return sheet.result('time');
  },
};

/** The devices wait for a loader that delivers less than they take. */
function waiting(sheet: Sheet, context: Context, node: Node, loader: Input): void {
  useExamplesSeen(sheet, context, node);
  sheet.use('loader', loader);
  sheet.step('loading time', 'examples_seen / loader');
  sheet.step('time', 'max(device_time, loading_time)');
  if (sheet.valueOf('loading time') > sheet.valueOf('device time'))
    sheet.assume('the devices wait for the data loader, which decides the time');
}

function fromFlops(sheet: Sheet, context: Context, node: Node, label: string): void {
  const hardware = useGpus(sheet, context, node);
  useTrainingFlops(sheet, context, node);
  if (hardware) useEfficiency(sheet, context, node, hardware);
  if (context.given(node, 'mfu') && context.given(node, 'scaling'))
    sheet.assume('the given MFU is that of the whole pool, so `scaling` is not applied again');
  if (context.given(node, 'mfu')) {
    useConstant(sheet, MFU_ACCOUNT);
    sheet.step(label, 'account * training_FLOPs / (GPUs * peak * MFU)');
  } else sheet.step(label, 'training_FLOPs / (GPUs * peak * MFU)');
}

function fromStep(sheet: Sheet, context: Context, node: Node, step: Input, label: string): void {
  sheet.take('steps', node, 'training.steps');
  sheet.use('step', step);
  const hardware = useGpus(sheet, context, node);
  const gpus = sheet.valueOf('GPUs');
  const measured = step.on?.[0];
  if (!measured) {
    noteBatches(sheet, context, node, gpus);
    const scaling = gpus > 1 && useScaling(sheet, context, node, 'GPUs');
    sheet.step(label, `steps * step / ${scaling ? '(GPUs * scaling)' : 'GPUs'}`);
  } else if (measured.hardware === hardware && measured.count.value === gpus) {
    sheet.step(label, 'steps * step');
  } else if (hardware) elsewhere(sheet, context, node, measured, hardware, label);
}

/** The step was measured on another pool than the job runs on. */
function elsewhere(
  sheet: Sheet,
  context: Context,
  node: Node,
  measured: PoolInput,
  hardware: Node,
  label: string,
): void {
  sheet.use('measured GPUs', measured.count);
  const divisors = ['GPUs'];
  if (measured.count.value !== sheet.valueOf('GPUs')) {
    useScaling(sheet, context, node, 'GPUs / measured_GPUs');
    divisors.push('scaling');
    sheet.assume(`the step scales from the ${measured.count.value} devices that it was measured on`);
  }
  if (measured.hardware !== hardware) {
    const precision = precisionOf(context, node);
    usePeak(sheet, context, hardware, precision);
    usePeak(sheet, context, measured.hardware, precision, 'measured peak');
    useConstant(sheet, SPEEDUP_EXPONENT);
    sheet.step('speed ratio', '(peak / measured_peak) ^ speedup_exponent');
    divisors.push('speed_ratio');
    sheet.assume(
      `the step was measured on ${measured.hardware.name}; ${hardware.name} is taken to gain what published runs gain of its peak`,
    );
  }
  sheet.step(label, `steps * step * measured_GPUs / (${divisors.join(' * ')})`);
}

/** Adds the row `scaling`: given, or a measured curve over how many times the devices double. */
function useScaling(sheet: Sheet, context: Context, node: Node, ratio: string): true {
  const given = context.given(node, 'scaling');
  if (given) {
    sheet.use('scaling', given);
    return true;
  }
  useConstant(sheet, SCALING_LOSS);
  sheet.step('scaling', `(1 - loss_per_doubling) ^ (ln(${ratio}) / ln(2))`);
  sheet.assume('`scaling` is not given: each doubling of the devices loses as much as in published runs');
  return true;
}

/** What the division by the devices hides: a step of one device takes the whole batch, so several take several. */
function noteBatches(sheet: Sheet, context: Context, node: Node, gpus: number): void {
  const batch = context.given(node, 'batch')?.value;
  if (!(gpus > 1) || batch === undefined) return;
  sheet.assume(
    `\`step\` is that of one device with the whole batch of ${batch}: ${gpus} GPUs also mean ${gpus} batches a step, ${batch * gpus} examples for each update (or ${batch / gpus} on each GPU, if the batch is held)`,
  );
}

function noteSearch(sheet: Sheet, context: Context, node: Node): void {
  const trials = context.given(node, 'trials')?.value ?? 1;
  const together = context.input(node, 'parallel_trials')?.value ?? 1;
  if (trials > 1)
    sheet.assume(
      `this is one of ${trials} trials; with ${together} at once the search takes ${Math.ceil(trials / together)} times as long`,
    );
}
