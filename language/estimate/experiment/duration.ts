import { TIME } from '../../units/dimension.ts';
import type { Estimator } from '../context.ts';
import { Sheet } from '../sheet.ts';

/** Time until both arms have their sample at the exposure, in whole weeks, so that every day of the week counts equally often. */
export const experimentDuration: Estimator = {
  quantities: ['experiment.duration'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    sheet.take('control sample', node, 'experiment.sample_per_arm');
    sheet.take('treatment sample', node, 'experiment.sample_treatment');
    sheet.property('exposure');
    sheet.step(
      'time to sample',
      'max(control_sample / (exposure * control_share), treatment_sample / (exposure * treatment_share))',
    );
    sheet.fact('week', 604800, TIME, 'default', 'seven days');
    sheet.step(
      'duration',
      'ceil(time_to_sample / week) * week',
      'Kohavi, Tang and Xu, Trustworthy Online Controlled Experiments, 2020: whole weeks',
    );
    return sheet.result('duration');
  },
};
