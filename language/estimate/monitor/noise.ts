import jstat from 'jstat';
import type { Node } from '../../model/design.ts';
import { NUMBER, RATE } from '../../units/dimension.ts';
import { useConstant } from '../constants.ts';
import type { Context, Estimator } from '../context.ts';
import { useRows, useTraffic } from '../load.ts';
import { Sheet } from '../sheet.ts';
import { LEVEL } from './min_sample.ts';

/** What a drift test shows in one window of twenty although nothing has changed: a threshold below it is noise. */
export const noise: Estimator = {
  quantities: ['monitor.noise'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const test = context.word(node, 'test') ?? '';
    if (!STATISTICS[test]) sheet.lacks(test ? 'a `test` whose noise is known: `psi`, `kl` or `ks`' : '`test`');
    if (sheet.lacking.length > 0) return sheet.result();
    useWindowRows(sheet, context, node);
    useReferenceRows(sheet, context, node);
    sheet.step('spread of two samples', '1 / window_rows + 1 / reference_rows');
    useConstant(sheet, LEVEL);
    if (test !== 'ks') useChiSquared(sheet);
    sheet.step('noise', STATISTICS[test]!.formula, STATISTICS[test]!.source);
    return sheet.result();
  },
};

/** each grows with 1/n + 1/m, or its root */
const STATISTICS: Readonly<Record<string, { readonly formula: string; readonly source: string }>> = {
  psi: {
    formula: 'chi_squared * spread_of_two_samples',
    source: 'Yurdakul, Statistical Properties of PSI, 2018',
  },
  kl: {
    formula: 'chi_squared * spread_of_two_samples / 2',
    source: 'Kullback, Information Theory and Statistics, 1959: twice the divergence is chi-squared',
  },
  ks: {
    formula: 'sqrt(ln(2 / (1 - confidence)) / 2 * spread_of_two_samples)',
    source: 'Smirnov, 1948: the largest distance without drift',
  },
};

function useChiSquared(sheet: Sheet): void {
  sheet.property('bins');
  const value = jstat.jStat.chisquare.inv(sheet.valueOf('confidence'), sheet.valueOf('bins') - 1);
  const method = 'the quantile of the chi-squared distribution';
  sheet.numeric('chi squared', 'chi_squared_quantile(confidence, bins - 1)', value, NUMBER, method);
}

/** Adds `window rows`: what is watched brings them in a window, or as many as are looked at. */
function useWindowRows(sheet: Sheet, context: Context, node: Node): void {
  const sample = context.given(node, 'sample');
  if (sample && sample.value > 1) {
    sheet.use('window rows', sample);
    return;
  }
  sheet.property('window');
  const rate = useRate(sheet, context, context.reference(node, 'watch'));
  if (sample) sheet.use('sample', sample);
  sheet.step('window rows', `${rate} * window${sample ? ' * sample' : ''}`);
}

/** Adds the rows of what comes past a part in time; gives the name of the result. */
function useRate(sheet: Sheet, context: Context, watched: Node | undefined): string {
  if (watched?.kind === 'features') {
    useRows(sheet, context, watched);
    return 'rows';
  }
  if (watched?.kind === 'serving') useTraffic(sheet, context, watched);
  else if (watched?.kind === 'source') {
    const records = context.given(watched, 'records');
    const rate = context.given(watched, 'rate') ?? (records?.dimension === RATE ? records : undefined);
    sheet.use('traffic', rate, `\`rate\` of \`${watched.name}\``);
  } else sheet.lacks('`sample`, the rows in a window');
  return 'traffic';
}

function useReferenceRows(sheet: Sheet, context: Context, node: Node): void {
  const training = context.reference(node, 'reference');
  const examples = training && context.given(training, 'examples');
  if (examples) {
    sheet.use('reference rows', examples);
    return;
  }
  sheet.step('reference rows', 'window_rows');
  sheet.assume('the reference has as many rows as the window, as its `examples` are not known');
}
