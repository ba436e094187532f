import { TIME } from '../../units/dimension.ts';
import type { Estimator } from '../context.ts';
import { isMissing } from '../estimate.ts';
import { mean, quantile, variance } from '../numeric/distribution.ts';
import { Sheet } from '../sheet.ts';
import { type Path, pathOf, type Timed } from './path.ts';

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
    if (percentile === 'p99') useParts(sheet, path, value);
    return sheet.result(`${percentile} of the way`);
  },
};

/** Adds how much of the p99 is spent in each part of the way: which of them would help most. Together they are the p99. */
function useParts(sheet: Sheet, { terms, of }: Path, p99: number): void {
  if (terms.length < 2) return;
  const [center, square] = [mean(of), variance(of)];
  for (const [i, term] of terms.entries()) {
    const share = square > 0 ? variance(term.of) / square : 0;
    const same = terms.slice(0, i).filter((t) => namesOf(t) === namesOf(term)).length;
    sheet.numeric(
      `${namesOf(term)}${same > 0 ? ` ${same + 1}` : ''} in the p99`,
      `part_of_p99(${term.text})`,
      mean(term.of) + (p99 - center) * share,
      TIME,
      'its mean, and of the way from the mean to the p99 its share of the variance',
      'Tasche, arXiv:0708.2542: allocation by covariance',
    );
  }
}

/** `Lookup`, or `Lookup and Rules` of what goes on at once. */
const namesOf = ({ text }: Timed): string =>
  [...new Set(text.match(/[\p{L}_][\p{L}\p{N}_]*(?!\w*\()/gu))].join(' and ');
