/**
 * Physical dimensions as exponents of six bases. Interned: equal dimensions are the same object, so `===` compares them.
 * Tokens, GPUs, requests and other counts have no dimension; `pp` (percentage points) has its own, so that an absolute
 * change is never taken for a relative one.
 */
export interface Dimension {
  /** a small number, different for each dimension */
  readonly id: number;
  /** exponents of: second, byte, flop, USD, watt, percentage point */
  readonly exponents: readonly number[];
  /** the SI unit as the JSON output prints it: `1`, `s`, `1/s`, `B/s`, `USD/s`, `flop/s`, `J` */
  readonly unit: string;
  /** in words, with an example, as messages say it: `a time (20ms)` */
  readonly words: string;
}

const BASES = ['s', 'B', 'flop', 'USD', 'W', 'pp'] as const;
const interned = new Map<string, Dimension>();

export function dimension(...exponents: number[]): Dimension {
  const full = BASES.map((_, i) => exponents[i] ?? 0);
  const key = full.join();
  const known = interned.get(key);
  if (known) return known;
  const unit = unitOf(full);
  const made: Dimension = { id: interned.size, exponents: full, unit, words: WORDS[unit] ?? `a quantity in ${unit}` };
  interned.set(key, made);
  return made;
}

/** What a message calls a dimension, by its SI unit. */
const WORDS: Record<string, string> = {
  '1': 'a plain number (3, 10k, 5%)',
  s: 'a time (20ms, 8h)',
  '1/s': 'a rate (12k/s, 40k/d)',
  B: 'a size in bytes (300B, 80GB)',
  'B/s': 'a bandwidth (3.35TB/s)',
  flop: 'a number of operations (6PFLOP)',
  'flop/s': 'a compute speed (989TFLOPS)',
  USD: 'an amount of money ($30)',
  'USD/s': 'money per time ($20k/month)',
  W: 'a power (700W)',
  J: 'an energy',
  pp: 'percentage points (0.5pp)',
};

function unitOf(exponents: readonly number[]): string {
  if (exponents.join() === '1,0,0,0,1,0') return 'J';
  const part = (sign: number) =>
    BASES.flatMap((base, i) => {
      const e = (exponents[i] ?? 0) * sign;
      return e > 0 ? [e === 1 ? base : `${base}^${e}`] : [];
    });
  const up = part(1);
  const down = part(-1);
  const top = up.join('*') || '1';
  return down.length === 0 ? top : `${top}/${down.join('/')}`;
}

export const NUMBER = dimension();
export const TIME = dimension(1);
export const RATE = dimension(-1);
export const BYTES = dimension(0, 1);
export const BANDWIDTH = dimension(-1, 1);
export const FLOP = dimension(0, 0, 1);
export const FLOPS = dimension(-1, 0, 1);
export const MONEY = dimension(0, 0, 0, 1);
export const MONEY_RATE = dimension(-1, 0, 0, 1);
export const POWER = dimension(0, 0, 0, 0, 1);
export const ENERGY = dimension(1, 0, 0, 0, 1);
export const POINTS = dimension(0, 0, 0, 0, 0, 1);

const products = new Map<number, Dimension>();

/** a × b, or a / b with `sign` -1; remembered, for estimators ask it for every step */
function combine(a: Dimension, b: Dimension, sign: 1 | -1): Dimension {
  const key = (a.id * 4096 + b.id) * sign;
  let made = products.get(key);
  if (!made) {
    made = dimension(...a.exponents.map((e, i) => e + sign * (b.exponents[i] ?? 0)));
    products.set(key, made);
  }
  return made;
}

export const times = (a: Dimension, b: Dimension): Dimension =>
  a === NUMBER ? b : b === NUMBER ? a : combine(a, b, 1);

export const per = (a: Dimension, b: Dimension): Dimension => (b === NUMBER ? a : combine(a, b, -1));

export const power = (a: Dimension, n: number): Dimension =>
  a === NUMBER ? a : dimension(...a.exponents.map((e) => e * n));

/** Those that properties and parameters may have. */
export const DIMENSIONS: readonly Dimension[] = [
  NUMBER,
  TIME,
  RATE,
  BYTES,
  BANDWIDTH,
  FLOP,
  FLOPS,
  MONEY,
  MONEY_RATE,
  POWER,
  ENERGY,
  POINTS,
];
