import type { Node } from '../../model/design.ts';
import type { Context, Estimator } from '../context.ts';
import { isMissing } from '../estimate.ts';
import { fallsBehind } from '../pipeline/lag.ts';
import { Sheet } from '../sheet.ts';

/**
 * How old a value may be when it is read, as it comes out: what its pipelines lag behind, or for a batch view the time between runs.
 * Where nothing says that, the promised `freshness`.
 */
export const freshness: Estimator = {
  quantities: ['features.freshness'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const lags = pipelinesTo(context, node).filter(
      (p) => fallsBehind(context, p) || !isMissing(context.estimate(p, 'pipeline.lag')),
    );
    if (lags.length > 0) {
      for (const p of lags) sheet.take(`${p.name} lag`, p, 'pipeline.lag');
      sheet.step('freshness', `max(${lags.map((p) => `${p.name}_lag`).join(', ')})`);
    } else if (context.word(node, 'type') === 'batch' && context.given(node, 'every')) {
      sheet.property('every');
      sheet.step('freshness', 'every');
      sheet.assume('how long a run takes is not known, and comes on top');
    } else {
      sheet.property('freshness', '`freshness`, or the `delay` of a pipeline that fills it');
      sheet.assume('this is the promised freshness: no pipeline says what is reached');
    }
    return sheet.result('freshness');
  },
};

const pipelinesTo = (context: Context, node: Node): readonly Node[] =>
  context.referrers(node, 'pipeline').filter((n) => context.references(n, 'to').includes(node));
