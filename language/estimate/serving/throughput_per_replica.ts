import { format } from '../../units/format.ts';
import { NUMBER, RATE, TIME } from '../../units/dimension.ts';
import { replicaWord, unitOfWork, useCapacity } from '../capacity.ts';
import type { Estimator } from '../context.ts';
import { Sheet } from '../sheet.ts';

/** Requests a second that one replica carries at its target utilization: utilization × gain / latency (language definition, estimates). */
export const throughputPerReplica: Estimator = {
  quantities: ['serving.throughput_per_replica'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const speed = useCapacity(sheet, context, node);
    sheet.property('utilization');
    const rate = sheet.step(
      `${unitOfWork(context, node)} per ${replicaWord(context, node)}`,
      speed?.rate('utilization') ?? '0',
    );
    if (sheet.has('gain')) sayBatch(sheet, rate);
    return sheet.result();
  },
};

/** What a batch costs each of its requests. */
function sayBatch(sheet: Sheet, rate: number): void {
  const batch = sheet.valueOf('batch');
  const full = (batch * sheet.valueOf('latency')) / sheet.valueOf('gain');
  const fill = (batch - 1) / rate;
  sheet.assume(
    `a batch of ${format(batch, NUMBER)} then takes ${format(full, TIME)}, and filling one at ${format(rate, RATE)} can wait ${format(fill, TIME)}`,
  );
}
