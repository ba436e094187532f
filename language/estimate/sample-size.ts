import type { Node } from '../model/design.ts';
import { NUMBER, POINTS } from '../units/dimension.ts';
import type { Context } from './context.ts';
import { sharesOf } from './load.ts';
import { type SequentialDesign, type SequentialPlan, sequentialDesign } from './numeric/sequential.ts';
import { normalQuantile } from './numeric/normal.ts';
import type { Sheet } from './sheet.ts';

const NORMAL = 'the quantile of the standard normal distribution';

/** Adds `test alpha`: the level at which each metric is tested. */
export function useAlpha(sheet: Sheet, context: Context, node: Node): void {
  sheet.property('alpha');
  const correction = context.word(node, 'correction');
  const more = context.value(node, 'metrics');
  const tested = 1 + (more?.form === 'words' ? more.words.length : 0);
  if (correction !== 'bonferroni' && correction !== 'fdr') {
    sheet.step('test alpha', 'alpha');
    return;
  }
  sheet.fact('metrics tested', tested, NUMBER, 'given', 'the primary metric and `metrics`');
  sheet.step('test alpha', 'alpha / metrics_tested');
  if (correction === 'fdr' && tested > 1)
    sheet.assume(
      'the worst case of Benjamini and Hochberg: only the primary metric differs, so it is tested at alpha over the metrics',
    );
}

/**
 * Adds `sample`: the units of the control arm at one look, of a two-sided z test of two proportions whose arms have the declared shares (Fleiss,
 * Levin and Paik, Statistical Methods for Rates and Proportions, 2003; with equal arms R's power.prop.test). Also `ratio`, treatment to control.
 */
export function useSample(sheet: Sheet, context: Context, node: Node): void {
  useRates(sheet, context, node);
  useShares(sheet, context, node);
  useAlpha(sheet, context, node);
  sheet.property('power');
  const [alpha, power] = [sheet.valueOf('test alpha'), sheet.valueOf('power')];
  if (alpha <= 0 || power >= 1 || power <= alpha) sheet.lacks('an `alpha` above 0% and a `power` between it and 100%');
  sheet.numeric(
    'z of alpha',
    'normal_quantile(1 - test_alpha / 2)',
    normalQuantile(1 - sheet.valueOf('test alpha') / 2),
    NUMBER,
    NORMAL,
  );
  sheet.numeric('z of power', 'normal_quantile(power)', normalQuantile(sheet.valueOf('power')), NUMBER, NORMAL);
  sheet.step('ratio', 'treatment_share / control_share');
  sheet.step('pooled rate', '(baseline + ratio * treatment_rate) / (1 + ratio)');
  sheet.step('spread of no effect', 'sqrt((1 + 1 / ratio) * pooled_rate * (1 - pooled_rate))');
  sheet.step('spread of the effect', 'sqrt(baseline * (1 - baseline) + treatment_rate * (1 - treatment_rate) / ratio)');
  sheet.step(
    'sample',
    '(z_of_alpha * spread_of_no_effect + z_of_power * spread_of_the_effect) ^ 2 / (treatment_rate - baseline) ^ 2',
    'Fleiss, Levin and Paik, 2003; R, power.prop.test',
  );
  if (!['false', undefined].includes(context.word(node, 'interleaving')))
    sheet.assume('the sample is that of a test between units: interleaving needs far fewer');
}

/** Adds `baseline` and `treatment rate`: relative, or absolute where the effect is in points. */
function useRates(sheet: Sheet, context: Context, node: Node): void {
  const primary = context.value(node, 'primary');
  if (primary?.form !== 'primary') return sheet.lacks('`primary`');
  const baseline = primary.baseline && context.evaluate(primary.baseline, `${node.name}.primary.baseline`);
  const mde = primary.mde && context.evaluate(primary.mde, `${node.name}.primary.mde`);
  sheet.use('baseline', baseline, '`baseline` in `primary`');
  sheet.use('mde', mde, '`mde` in `primary`');
  if (mde?.dimension === POINTS) {
    sheet.fact('points of a whole', 100, POINTS, 'default', 'definition of a percentage point');
    sheet.step('treatment rate', 'baseline + mde / points_of_a_whole');
  } else sheet.step('treatment rate', 'baseline * (1 + mde)');
  const [before, after] = [sheet.valueOf('baseline'), sheet.valueOf('treatment rate')];
  if (sheet.lacking.length === 0 && !(before > 0 && before < 1 && after > 0 && after < 1 && before !== after))
    sheet.lacks('a `baseline` and an `mde` with both rates between 0% and 100%, and a difference');
}

function useShares(sheet: Sheet, context: Context, node: Node): void {
  const shares = sharesOf(context, node);
  for (const arm of ['control', 'treatment'] as const) {
    const value = context.value(node, arm);
    const written = value?.form === 'arm' && value.share !== undefined;
    sheet.fact(
      `${arm} share`,
      shares[arm],
      NUMBER,
      written ? 'given' : 'default',
      written ? null : 'what the other arm leaves, or half',
    );
    if (!(shares[arm] > 0)) sheet.lacks(`a share above 0% for \`${arm}\``);
  }
}

/** More looks than anybody plans: the integration over them stays short. */
const MOST_LOOKS = 50;

/** Adds `looks`, and gives the sequential test at the rows `test alpha` and `power`; undefined for a test with one look. */
export function useSequential(sheet: Sheet, context: Context, node: Node): SequentialDesign | undefined {
  const value = context.value(node, 'sequential');
  const word = value?.form === 'words' ? value.words[0] : undefined;
  if (!word || (word.name !== 'pocock' && word.name !== 'obrien_fleming')) return undefined;
  const looks = word.argument && context.evaluate(word.argument, `${node.name}.sequential`);
  sheet.use('looks', looks, `the number of looks, as in \`${word.name}(4)\``);
  const k = looks?.value ?? 0;
  if (looks && !(Number.isInteger(k) && k >= 1 && k <= MOST_LOOKS))
    sheet.lacks(`a whole number of looks up to ${MOST_LOOKS}`);
  if (sheet.lacking.length > 0) return undefined;
  return sequentialDesign(word.name as SequentialPlan, k, sheet.valueOf('test alpha'), sheet.valueOf('power'));
}

/** Adds `inflation` where the test is sequential; gives the factor as formulas write it. */
export function useInflation(sheet: Sheet, context: Context, node: Node): string {
  const test = useSequential(sheet, context, node);
  if (!test) return '';
  const plan = context.word(node, 'sequential');
  sheet.numeric(
    'inflation',
    `${plan}_inflation(looks, test_alpha, power)`,
    test.inflation,
    NUMBER,
    'the largest sample over that of one look, by numerical integration over the looks',
    JENNISON,
  );
  sheet.assume('the sample is the largest: a test that stops at an early look needs less');
  return ' * inflation';
}

export const JENNISON = 'Jennison and Turnbull, Group Sequential Methods, 2000';
