import jstat from 'jstat';

/**
 * P(Z <= z) of a standard normal variable, to 1e-14. Hart's rational approximation (1968, no. 5666) with a continued fraction in the
 * tail, as G. West gives it in "Better approximations to cumulative normal functions" (Wilmott, 2005). Some 10 ns, which is why
 * it is not jstat's: a distribution of a path needs thousands.
 */
export function normalCdf(z: number): number {
  const x = Math.abs(z);
  const tail =
    x > 38 ? 0 : Math.exp((-x * x) / 2) * (x < 7.07106781186547 ? central(x) : 1 / (ROOT_TWO_PI * fraction(x)));
  return z > 0 ? 1 - tail : tail;
}

/** z with P(Z <= z) = p, to 1e-11 for p from 1e-6 to 1 - 1e-6 (jstat); -Infinity at 0, Infinity at 1, and exactly 0 at 0.5. */
export function normalQuantile(p: number): number {
  if (p <= 0) return -Infinity;
  if (p >= 1) return Infinity;
  return p === 0.5 ? 0 : jstat.jStat.normal.inv(p, 0, 1);
}

/** The density of a standard normal variable. */
export const normalDensity = (z: number): number => Math.exp((-z * z) / 2) / ROOT_TWO_PI;

const ROOT_TWO_PI = 2.5066282746310002;

function central(x: number): number {
  const above =
    (((((0.0352624965998911 * x + 0.700383064443688) * x + 6.37396220353165) * x + 33.912866078383) * x +
      112.079291497871) *
      x +
      221.213596169931) *
      x +
    220.206867912376;
  const below =
    ((((((0.0883883476483184 * x + 1.75566716318264) * x + 16.064177579207) * x + 86.7807322029461) * x +
      296.564248779674) *
      x +
      637.333633378831) *
      x +
      793.826512519948) *
      x +
    440.413735824752;
  return above / below;
}

const fraction = (x: number): number => x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))));
