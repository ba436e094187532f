import jstat from 'jstat';
import { normalQuantile } from './normal.ts';

export { normalCdf, normalQuantile } from './normal.ts';

export interface TwoProportions {
  readonly baseline: number;
  readonly treatment: number;
  /** two-sided */
  readonly alpha: number;
  readonly power: number;
  /** units of the treatment for each of the control; 1 where it is absent */
  readonly ratio?: number;
}

/**
 * The units of each arm, not rounded, of a z test of two proportions with pooled variance: Fleiss, Levin and Paik, Statistical Methods for Rates
 * and Proportions, 2003, section 4.5, without the correction for continuity. With equal arms this is R's power.prop.test. Infinite without an effect.
 */
export function twoProportionSample({ baseline, treatment, alpha, power, ratio = 1 }: TwoProportions): {
  control: number;
  treatment: number;
} {
  const pooled = (baseline + ratio * treatment) / (1 + ratio);
  const withoutEffect = normalQuantile(1 - alpha / 2) * Math.sqrt((1 + 1 / ratio) * pooled * (1 - pooled));
  const withEffect =
    normalQuantile(power) * Math.sqrt(baseline * (1 - baseline) + (treatment * (1 - treatment)) / ratio);
  const control = ((withoutEffect + withEffect) / (treatment - baseline)) ** 2;
  return { control, treatment: ratio * control };
}

/**
 * The percentile of the population stability index of two samples of n and m rows that do not differ: it is near (1/n + 1/m) times a
 * chi-squared variable with bins - 1 degrees of freedom (Yurdakul, Statistical Properties of Population Stability Index, 2018).
 */
export const psiNullQuantile = (bins: number, n: number, m: number, p: number): number =>
  (1 / n + 1 / m) * chiSquared(p, bins - 1);

/** The fewest rows, not rounded, for which a share p of windows without drift stays below `threshold`; null where the reference has too few. */
export function psiWindow(bins: number, reference: number, threshold: number, p: number): number | null {
  const inverse = threshold / chiSquared(p, bins - 1) - 1 / reference;
  return inverse > 0 ? 1 / inverse : null;
}

/** The distance that a two-sample Kolmogorov-Smirnov test needs to reject at `alpha`, for large samples (Smirnov 1948). */
export const ksCritical = (n: number, m: number, alpha: number): number =>
  Math.sqrt((-Math.log(alpha / 2) / 2) * (1 / n + 1 / m));

const chiSquared = (p: number, degrees: number): number => jstat.jStat.chisquare.inv(p, degrees);
