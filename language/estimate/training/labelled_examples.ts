import type { Node } from '../../model/design.ts';
import { RATE } from '../../units/dimension.ts';
import type { Context, Estimator, Input } from '../context.ts';
import { Sheet } from '../sheet.ts';

/** Records of the data that are still kept when their label is known: rate × (retention − delay of the labels), of all sources together. */
export const labelledExamples: Estimator = {
  quantities: ['training.labelled_examples'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    sheet.use('label delay', labelDelay(context, node), '`delay` of the `labels`');
    const sources = context.references(node, 'data');
    if (sources.length === 0) sheet.lacks('`data`');
    const parts = sources.map((source) => {
      sheet.use(`${source.name} rate`, rateOf(context, source), `\`rate\` of \`${source.name}\``);
      sheet.use(`${source.name} retention`, context.given(source, 'retention'), `\`retention\` of \`${source.name}\``);
      sheet.step(
        `${source.name} labelled`,
        `${source.name}_rate * (${source.name}_retention - min(${source.name}_retention, label_delay))`,
      );
      return `${source.name}_labelled`;
    });
    sheet.step('labelled examples', parts.join(' + '));
    sheet.assume('each record gets a label once the delay is over');
    return sheet.result('labelled examples');
  },
};

/** When the last of the labels is known: that of their sources, or of the feedback that leads to the training. */
function labelDelay(context: Context, node: Node): Input | undefined {
  const feedback = context.referrers(node, 'feedback').filter((f) => context.references(f, 'to').includes(node));
  const delays = [...context.references(node, 'labels'), ...feedback].flatMap((n) => context.given(n, 'delay') ?? []);
  return delays.reduce<Input | undefined>((a, b) => (a && a.value >= b.value ? a : b), undefined);
}

function rateOf(context: Context, source: Node): Input | undefined {
  const records = context.given(source, 'records');
  return context.given(source, 'rate') ?? (records?.dimension === RATE ? records : undefined);
}
