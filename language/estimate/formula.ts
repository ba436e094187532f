import { type Dimension, NUMBER, per, power, times } from '../units/dimension.ts';

/**
 * The formulas that derivations print. They are not comments: a step's value is computed from its formula, so that what a
 * hover shows is what was calculated. Names are the labels of earlier rows with `_` for blanks.
 */
export interface Cell {
  readonly value: number;
  readonly dimension: Dimension;
}

export type Environment = (name: string) => Cell | undefined;

export type Formula = (environment: Environment) => Cell;

/** The same without dimensions, several times faster: for formulas that are tried at many values. Names that are no rows give NaN. */
export type Amount = (value: (name: string) => number) => number;

interface Compiled {
  readonly cell: Formula;
  readonly amount: Amount;
}

/** ⌈x⌉ that forgives rounding: 20.000000000000004 is 20. */
export const ceiling = (x: number): number => Math.ceil(x * (1 - 1e-9) - 1e-12);

const FUNCTIONS: Readonly<Record<string, (...xs: number[]) => number>> = {
  ceil: (x) => ceiling(x!),
  floor: (x) => Math.floor(x! * (1 + 1e-9)),
  round: (x) => Math.round(x!),
  min: Math.min,
  max: Math.max,
  sqrt: Math.sqrt,
  ln: Math.log,
  exp: Math.exp,
};

const cache = new Map<string, Compiled>();

/** Compiles a formula, once. Throws on a malformed one: formulas are ours, not the user's. */
export const formula = (text: string): Formula => compiled(text).cell;

export const amount = (text: string): Amount => compiled(text).amount;

function compiled(text: string): Compiled {
  let made = cache.get(text);
  if (!made) {
    made = compile(text);
    cache.set(text, made);
  }
  return made;
}

const TOKEN = /\s*(?:(\d[\d.]*(?:e[+-]?\d+)?)|([\p{L}_][\p{L}\p{N}_.]*)|([-+*/^(),]))/uy;

function compile(text: string): Compiled {
  const tokens: { number?: number; name?: string; sign?: string }[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < text.trimEnd().length) {
    const m = TOKEN.exec(text);
    if (!m) throw new Error(`malformed formula: ${text}`);
    tokens.push(m[1] ? { number: Number(m[1]) } : m[2] ? { name: m[2] } : { sign: m[3]! });
  }
  let at = 0;
  const sign = (s: string) => tokens[at]?.sign === s && ++at > 0;
  const expect = (s: string) => {
    if (!sign(s)) throw new Error(`malformed formula: ${text}: expected ${s}`);
  };

  const sum = (): Compiled => {
    let left = product();
    for (;;) {
      if (sign('+')) left = plus(left, product(), 1);
      else if (sign('-')) left = plus(left, product(), -1);
      else return left;
    }
  };
  const product = (): Compiled => {
    let left = raised();
    for (;;) {
      if (sign('*')) left = multiplied(left, raised());
      else if (sign('/')) left = divided(left, raised());
      else return left;
    }
  };
  const raised = (): Compiled => {
    if (sign('-')) return negative(raised());
    const base = primary();
    return sign('^') ? toThe(base, raised()) : base;
  };
  const primary = (): Compiled => {
    const token = tokens[at++];
    if (token?.number !== undefined) {
      const cell = { value: token.number, dimension: NUMBER };
      return { cell: () => cell, amount: () => cell.value };
    }
    if (token?.sign === '(') {
      const inner = sum();
      expect(')');
      return inner;
    }
    const name = token?.name;
    if (!name) throw new Error(`malformed formula: ${text}`);
    if (FUNCTIONS[name] && sign('(')) {
      const list = [sum()];
      while (sign(',')) list.push(sum());
      expect(')');
      return call(name, list);
    }
    return named(name, text);
  };
  const whole = sum();
  if (at < tokens.length) throw new Error(`malformed formula: ${text}`);
  return whole;
}

const named = (name: string, text: string): Compiled => ({
  cell: (env) => {
    const cell = env(name);
    if (!cell) throw new Error(`formula ${text}: no row is called ${name}`);
    return cell;
  },
  amount: (value) => value(name),
});

const negative = (of: Compiled): Compiled => ({
  cell: (env) => {
    const { value, dimension } = of.cell(env);
    return { value: -value, dimension };
  },
  amount: (value) => -of.amount(value),
});

const plus = (a: Compiled, b: Compiled, s: 1 | -1): Compiled => ({
  cell: (env) => {
    const x = a.cell(env);
    const y = b.cell(env);
    return { value: x.value + s * y.value, dimension: x.dimension };
  },
  amount: (value) => a.amount(value) + s * b.amount(value),
});

const multiplied = (a: Compiled, b: Compiled): Compiled => ({
  cell: (env) => {
    const x = a.cell(env);
    const y = b.cell(env);
    return { value: x.value * y.value, dimension: times(x.dimension, y.dimension) };
  },
  amount: (value) => a.amount(value) * b.amount(value),
});

const divided = (a: Compiled, b: Compiled): Compiled => ({
  cell: (env) => {
    const x = a.cell(env);
    const y = b.cell(env);
    return { value: x.value / y.value, dimension: per(x.dimension, y.dimension) };
  },
  amount: (value) => a.amount(value) / b.amount(value),
});

const toThe = (a: Compiled, b: Compiled): Compiled => ({
  cell: (env) => {
    const x = a.cell(env);
    const y = b.cell(env);
    return { value: x.value ** y.value, dimension: power(x.dimension, y.value) };
  },
  amount: (value) => a.amount(value) ** b.amount(value),
});

const call = (name: string, list: readonly Compiled[]): Compiled => ({
  cell: (env) => {
    const cells = list.map((f) => f.cell(env));
    const value = FUNCTIONS[name]!(...cells.map((c) => c.value));
    const first = cells[0]!.dimension;
    return { value, dimension: name === 'sqrt' ? power(first, 0.5) : name === 'ln' || name === 'exp' ? NUMBER : first };
  },
  amount: (value) => FUNCTIONS[name]!(...list.map((f) => f.amount(value))),
});
