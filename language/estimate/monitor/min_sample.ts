import jstat from 'jstat';
import type { Node } from '../../model/design.ts';
import { NUMBER } from '../../units/dimension.ts';
import { constantOf, useConstant } from '../constants.ts';
import type { Context, Estimator } from '../context.ts';
import { Sheet } from '../sheet.ts';

export const LEVEL = constantOf('confidence', 0.95, NUMBER, 'the usual level: one alarm in twenty comes without drift');

/**
 * The smallest window for which the threshold of a drift test is no noise: without drift it is passed in 5% of the windows. PSI without drift is
 * (1/n + 1/m) χ² with bins - 1 degrees of freedom (Yurdakul, Statistical Properties of PSI, 2018).
 */
export const minSample: Estimator = {
  quantities: ['monitor.min_sample'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const test = context.word(node, 'test') ?? '';
    const noise = NOISE[test];
    if (!noise) {
      sheet.lacks(test ? 'a `test` whose noise is known: `psi`, `kl` or `ks`' : '`test`');
      return sheet.result();
    }
    const path = context.input(node, 'warn') ? 'warn' : 'critical';
    sheet.property(path, '`warn` or `critical`', 'threshold');
    noise(sheet, context, node);
    useWindow(sheet, context, node);
    return sheet.result('smallest window');
  },
};

/** each adds `noise`: what the statistic is in 95% of comparisons of equal samples, times their size */
const NOISE: Readonly<Record<string, (sheet: Sheet, context: Context, node: Node) => void>> = {
  psi: (sheet) => {
    chiSquared(sheet);
    sheet.step('noise', 'chi_squared / threshold', 'Yurdakul, Statistical Properties of PSI, 2018');
  },
  kl: (sheet) => {
    chiSquared(sheet);
    sheet.step(
      'noise',
      'chi_squared / (2 * threshold)',
      'Kullback, Information Theory and Statistics, 1959: twice the divergence is chi-squared',
    );
  },
  ks: (sheet) => {
    useConstant(sheet, LEVEL);
    sheet.step(
      'noise',
      'ln(2 / (1 - confidence)) / (2 * threshold ^ 2)',
      'Smirnov, 1948: the largest distance without drift',
    );
  },
};

function chiSquared(sheet: Sheet): void {
  sheet.property('bins');
  useConstant(sheet, LEVEL);
  const value = jstat.jStat.chisquare.inv(sheet.valueOf('confidence'), sheet.valueOf('bins') - 1);
  sheet.numeric(
    'chi squared',
    'chi_squared_quantile(confidence, bins - 1)',
    value,
    NUMBER,
    'the quantile of the chi-squared distribution',
  );
}

/** 1/n + 1/m = 1/noise, with a reference of m rows */
function useWindow(sheet: Sheet, context: Context, node: Node): void {
  const training = context.reference(node, 'reference');
  const examples = training && context.given(training, 'examples');
  if (!examples) {
    sheet.step('smallest window', 'ceil(2 * noise)');
    sheet.assume('the reference has as many rows as the window, as its `examples` are not known');
    return;
  }
  sheet.use('reference rows', examples);
  if (!(examples.value > sheet.valueOf('noise')))
    sheet.lacks('a `reference` with more `examples`, or a higher threshold: with this one every window is noise');
  sheet.step('smallest window', 'ceil(1 / (1 / noise - 1 / reference_rows))');
}
