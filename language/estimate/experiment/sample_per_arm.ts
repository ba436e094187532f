import type { Estimator } from '../context.ts';
import { useInflation, useSample } from '../sample-size.ts';
import { Sheet } from '../sheet.ts';

/** Units that the control arm needs: a two-sided z test of two proportions, at the arms' shares, for the metrics and looks that are declared. */
export const samplePerArm: Estimator = {
  quantities: ['experiment.sample_per_arm'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    useSample(sheet, context, node);
    sheet.step('control sample', `ceil(sample${useInflation(sheet, context, node)})`);
    return sheet.result('control sample');
  },
};
