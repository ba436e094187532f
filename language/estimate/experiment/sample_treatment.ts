import type { Estimator } from '../context.ts';
import { useInflation, useSample } from '../sample-size.ts';
import { Sheet } from '../sheet.ts';

/** Units that the treatment arm needs: the control's sample in the ratio of the shares. */
export const sampleTreatment: Estimator = {
  quantities: ['experiment.sample_treatment'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    useSample(sheet, context, node);
    sheet.step('treatment sample', `ceil(sample * ratio${useInflation(sheet, context, node)})`);
    return sheet.result('treatment sample');
  },
};
