import type { Node } from '../model/design.ts';
import { NUMBER } from '../units/dimension.ts';
import type { Context, Input, PoolInput } from './context.ts';
import { useDevices, usePeak, weightFormat } from './hardware.ts';
import { arrivalsOf } from './load.ts';
import type { Distribution } from './numeric/distribution.ts';
import { usePass } from './pass.ts';
import type { Sheet } from './sheet.ts';

/** How fast one replica is, in calls: the row `latency` is one call alone. */
export interface Speed {
  /** the formula of the calls a second at that share of the replica's time: `utilization / latency` */
  readonly rate: (share: string) => string;
  /** the most calls in a batch, and the row that says so */
  readonly batch: number;
  readonly batchRow?: string;
  /** a saturated replica was measured: it ends a call every 1 / throughput */
  readonly throughput?: number;
  /** how `latency` is spread, where the author gave it as a distribution */
  readonly spread?: Distribution;
}

const LANGUAGE = 'language definition';

/** Adds the rows of a serving's speed. Undefined where it is not known: the sheet then says what it lacks. */
export function useSpeed(sheet: Sheet, context: Context, node: Node): Speed | undefined {
  const items = useItems(sheet, context, node);
  const latency = context.given(node, 'latency');
  const throughput = context.given(node, 'throughput');
  if (!latency && context.value(node, 'latency')) {
    sheet.lacks('a `latency` that can be computed');
    return undefined;
  }
  const points = latency?.at?.filter((p, i, all) => all.findIndex((q) => q.batch === p.batch) === i) ?? [];
  if (points.length > 1) return fromPoints(sheet, context, node, points, items);
  const max = batchOf(sheet, context, node);
  if (!latency && throughput) return fromThroughput(sheet, context, node, throughput, max);
  if (!latency) return fromRoofline(sheet, context, node, items, max);
  useLatency(sheet, context, node, latency);
  const spread = latency.spread;
  if (throughput) {
    sheet.use('throughput', throughput);
    if (max > 1) sheet.step('full batch time', 'batch / throughput');
    return {
      rate: (share) => `${share} * throughput`,
      batch: max,
      batchRow: 'batch',
      throughput: throughput.value,
      spread,
    };
  }
  if (max === 1) return { rate: (share) => `${share} / latency`, batch: 1, spread };
  useGain(sheet, context, node);
  return {
    rate: (share) => (share === '1' ? 'gain / latency' : `${share} * gain / latency`),
    batch: max,
    batchRow: 'batch',
    spread,
  };
}

/** Adds `fixed time` and `time per request`: a batch of b calls takes fixed + b * per request. For speeds that batch. */
export function useBatchLaw(sheet: Sheet, { batchRow }: Speed): void {
  if (!sheet.has('full batch time')) sheet.step('full batch time', 'latency * batch / gain');
  sheet.step('time per request', `(full_batch_time - latency) / (${batchRow} - 1)`);
  sheet.step('fixed time', 'latency - time_per_request');
}

/** The examples of one call, as the serving says or the flows do (`A[500]`). */
function useItems(sheet: Sheet, context: Context, node: Node): number {
  const given = context.given(node, 'items');
  if (given) return sheet.use('items', given);
  const list = arrivalsOf(context, node);
  const calls = list.reduce((sum, a) => sum + a.traffic.value * a.calls, 0);
  const rows = calls > 0 ? list.reduce((sum, a) => sum + a.traffic.value * a.calls * a.rows, 0) / calls : 1;
  return rows === 1 ? 1 : sheet.fact('items', rows, NUMBER, 'given', 'the flow');
}

/** Adds `batch` where there are batches of more than one; gives its size. */
function batchOf(sheet: Sheet, context: Context, node: Node): number {
  const block = context.value(node, 'batching');
  if (!block) return 1;
  const max = context.given(node, 'batching.max');
  if (!max) sheet.lacks('`max` in `batching`');
  if (!max || max.value <= 1) return 1;
  return sheet.use('batch', max);
}

function useGain(sheet: Sheet, context: Context, node: Node): void {
  const gain = context.given(node, 'batching.gain');
  if (gain) {
    sheet.use('gain', gain);
    return;
  }
  sheet.step('gain', 'batch ^ (2 / 3)', LANGUAGE);
  sheet.assume(`a batch gains its size to the power of 2/3, as \`gain\` is not given`);
}

/** One number, which may have been measured at a batch or on another pool. */
function useLatency(sheet: Sheet, context: Context, node: Node, latency: Input): void {
  const [point] = latency.at ?? [];
  const [measured] = latency.on ?? [];
  const [own] = context.pool(node, 'hardware');
  const elsewhere = measured && own && (measured.hardware !== own.hardware || measured.count.value !== own.count.value);
  if (!point && !elsewhere) {
    sheet.use('latency', latency);
    return;
  }
  sheet.use('measured latency', latency);
  if (elsewhere) useRatio(sheet, context, node, own, measured);
  if (point && point.batch > 1) {
    sheet.fact('measured batch', point.batch, NUMBER, 'given');
    sheet.assume('a batch gains its size to the power of 2/3, as one batch alone was measured');
  }
  const alone =
    point && point.batch > 1 ? 'measured_latency * measured_batch ^ (2 / 3) / measured_batch' : 'measured_latency';
  sheet.step('latency', elsewhere ? `${alone} * measured_peak / own_peak` : alone);
}

function useRatio(sheet: Sheet, context: Context, node: Node, own: PoolInput, measured: PoolInput): void {
  const model = context.reference(node, 'model');
  const format = model ? weightFormat(context, node, model) : 'fp16';
  sheet.use('measured GPUs', measured.count);
  useDevices(sheet, context, node);
  usePeak(sheet, context, measured.hardware, format, 'measured device peak');
  usePeak(sheet, context, own.hardware, format, 'device peak');
  sheet.step('measured peak', 'measured_GPUs * measured_device_peak');
  sheet.step('own peak', 'GPUs_per_replica * device_peak');
  sheet.assume(`the latency measured on ${measured.hardware.name} is carried over by the ratio of the peaks`);
}

/** `5ms at 1, 14ms at 8`: the line through two points, of least squares through more. */
function fromPoints(sheet: Sheet, context: Context, node: Node, at: NonNullable<Input['at']>, items: number): Speed {
  const average = at.reduce((sum, p) => sum + p.batch, 0) / at.length;
  const squares = at.reduce((sum, p) => sum + (p.batch - average) ** 2, 0);
  const input = context.given(node, 'latency')!;
  for (const p of at) sheet.use(`time at ${p.batch}`, { ...input, value: p.value });
  const names = at.map((p) => `time_at_${p.batch}`);
  const sum = at.map((p, i) => `(${p.batch} - ${average}) * ${names[i]}`).join(' + ');
  sheet.step(
    'time per example',
    at.length === 2 ? `(${names[1]} - ${names[0]}) / (${at[1]!.batch} - ${at[0]!.batch})` : `(${sum}) / ${squares}`,
  );
  sheet.step(
    'fixed part',
    at.length === 2
      ? `${names[0]} - ${at[0]!.batch} * time_per_example`
      : `(${names.join(' + ')}) / ${at.length} - ${average} * time_per_example`,
  );
  const asked = batchOf(sheet, context, node);
  const widest = at.at(-1)!.batch;
  if (Math.max(asked, items) > widest) sheet.assume(`the line through the measured batches goes on beyond ${widest}`);
  return fromLine(sheet, asked, items);
}

/** Calls of several examples fill a batch sooner, and one that is larger than a batch takes several. */
function fromLine(sheet: Sheet, asked: number, items: number): Speed {
  if (asked > 1 && items > asked) {
    sheet.step('batches of a call', 'ceil(items / batch)');
    sheet.step('latency', 'batches_of_a_call * fixed_part + items * time_per_example');
    return { rate: (share) => `${share} / latency`, batch: 1 };
  }
  const each = items > 1 ? 'items * ' : '';
  sheet.step('latency', `fixed_part + ${each}time_per_example`);
  const batch = Math.floor(asked / items);
  if (batch <= 1) return { rate: (share) => `${share} / latency`, batch: 1 };
  const calls = useCalls(sheet, items);
  sheet.step('full batch time', `fixed_part + ${calls} * ${each}time_per_example`);
  return inBatches(batch, calls);
}

function useCalls(sheet: Sheet, items: number): string {
  if (items === 1) return 'batch';
  sheet.step('calls in a batch', 'floor(batch / items)');
  return 'calls_in_a_batch';
}

const inBatches = (batch: number, calls: string): Speed => ({
  rate: (share) => (share === '1' ? `${calls} / full_batch_time` : `${share} * ${calls} / full_batch_time`),
  batch,
  batchRow: calls,
});

/** A saturated replica was measured, one request alone was not: it takes what the gain of batches leaves. */
function fromThroughput(sheet: Sheet, context: Context, node: Node, throughput: Input, max: number): Speed {
  sheet.use('throughput', throughput);
  if (max > 1) {
    useGain(sheet, context, node);
    sheet.step('full batch time', 'batch / throughput');
  }
  sheet.step('latency', max > 1 ? 'gain / throughput' : '1 / throughput');
  return { rate: (share) => `${share} * throughput`, batch: max, batchRow: 'batch', throughput: throughput.value };
}

/** No measurement: what a pass costs by the model's operations and the hardware's speed. */
function fromRoofline(sheet: Sheet, context: Context, node: Node, items: number, asked: number): Speed | undefined {
  const pass = usePass(sheet, context, node);
  if (!pass) return undefined;
  const batches = asked > 1 && items > asked;
  if (batches) sheet.step('batches of a call', 'ceil(items / batch)');
  sheet.step('latency', pass(items > 1 ? 'items' : '', batches ? 'batches_of_a_call' : ''));
  const batch = batches ? 1 : Math.floor(asked / items);
  if (batch <= 1) return { rate: (share) => `${share} / latency`, batch: 1 };
  const calls = useCalls(sheet, items);
  sheet.step('full batch time', pass(items > 1 ? `${calls} * items` : calls, ''));
  return inBatches(batch, calls);
}
