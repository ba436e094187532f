import { TIME } from '../../units/dimension.ts';
import type { Estimator } from '../context.ts';
import { isMissing } from '../estimate.ts';
import { mean, quantile } from '../numeric/distribution.ts';
import { Sheet } from '../sheet.ts';
import { pathOf } from './path.ts';

/** Latency of a request's whole way, as one distribution: sums over `->`, maxima over `&`. It is less than the sum of the parts' p99. */
export const latency: Estimator = {
  quantities: ['request.latency_p50', 'request.latency_p95', 'request.latency_p99'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const path = pathOf(context, node);
    if (isMissing(path)) return path;
    for (const [name, part] of path.parts)
      sheet.use(name, { value: mean(part), dimension: TIME, from: 'derived', source: null, id: name, spread: part });
    sheet.assume('calls are independent of each other');
    const percentile = quantity.slice(-3);
    const value = quantile(path.of, Number(percentile.slice(1)) / 100);
    sheet.numeric(
      `${percentile} of the way`,
      `${percentile}(${path.text})`,
      value,
      TIME,
      'sums of independent times by convolution, maxima by their product',
      null,
      path.of,
    );
    return sheet.result();
  },
};
