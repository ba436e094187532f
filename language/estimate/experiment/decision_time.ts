import type { Node } from '../../model/design.ts';
import type { Context, Estimator, Input } from '../context.ts';
import { Sheet } from '../sheet.ts';

/** Time until the result can be read: the last unit of the sample needs its outcome, which may come late. */
export const decisionTime: Estimator = {
  quantities: ['experiment.decision_time'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    sheet.cite('duration', context.estimate(node, 'experiment.duration'));
    const delays = delaysOf(context, node);
    const latest = delays.reduce<Input | undefined>((a, b) => (a && a.value >= b.value ? a : b), undefined);
    sheet.use('delay of labels', latest, 'the `delay` of labels of a model that is tested');
    sheet.step('decision time', 'duration + delay_of_labels');
    return sheet.result();
  },
};

/** Of all labels that the models of both arms learn from: they are also what tells the arms apart. */
function delaysOf(context: Context, experiment: Node): Input[] {
  const models = ['control', 'treatment'].flatMap((arm) =>
    context.references(experiment, arm).flatMap((serving) => context.references(serving, 'model')),
  );
  const trainings = new Set(models.flatMap((model) => context.referrers(model, 'training')));
  return [...trainings].flatMap((training) => [
    ...given(context, context.references(training, 'labels')),
    ...context
      .referrers(training, 'feedback')
      .filter((feedback) => context.references(feedback, 'to').includes(training))
      .flatMap((feedback) => {
        const own = given(context, [feedback]);
        return own.length > 0 ? own : given(context, context.references(feedback, 'from'));
      }),
  ]);
}

const given = (context: Context, nodes: readonly Node[]): Input[] =>
  nodes.flatMap((node) => context.given(node, 'delay') ?? []);
