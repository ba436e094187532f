import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Estimate, isMissing, type Step } from '#language/estimate/estimate.ts';
import { readSource } from '#language/model/source-file.ts';
import { quantitiesOf } from '#language/schema/quantities.ts';
import { type Document, Workspace } from '#language/workspace.ts';
import { repeated } from './numerical.ts';

/** Every estimate of every example: its printed steps give its value, by an evaluator that is not ours. */
const EXAMPLES = join(import.meta.dirname, '../designs/examples');

const FUNCTIONS: Record<string, (...xs: number[]) => number> = {
  ceil: (x) => Math.ceil(Number((x as number).toPrecision(12))),
  floor: (x) => Math.floor(Number((x as number).toPrecision(12))),
  round: (x) => Math.round(x!),
  min: Math.min,
  max: Math.max,
  sqrt: Math.sqrt,
  ln: Math.log,
  exp: Math.exp,
};

function evaluate(formula: string, rows: ReadonlyMap<string, number>): number {
  const names = [...new Set(formula.match(/[\p{L}_][\p{L}\p{N}_.]*/gu)?.filter((n) => !/^e\d*$/.test(n)) ?? [])];
  const given = names.filter((n) => rows.has(n));
  const safe = (name: string) => `_${[...name].map((c) => c.codePointAt(0)!.toString(36)).join('_')}`;
  const text = formula.replace(/[\p{L}_][\p{L}\p{N}_.]*/gu, (n) => (rows.has(n) ? safe(n) : n)).replaceAll('^', '**');
  const unknown = names.filter((n) => !rows.has(n) && !FUNCTIONS[n]);
  if (unknown.length > 0) throw new Error(`${formula}: no row is called ${unknown.join(', ')}`);
  const run = new Function(...given.map(safe), ...Object.keys(FUNCTIONS), `return ${text};`) as (
    ...xs: unknown[]
  ) => number;
  return run(...given.map((n) => rows.get(n)), ...Object.values(FUNCTIONS));
}

function estimatesOf(document: Document, scenario: string | null): Estimate[] {
  const analysis = document.analysis(scenario);
  return document.design.nodes.flatMap((node) =>
    quantitiesOf(node.kind).flatMap(({ quantity }) => {
      const answer = analysis.estimate(node, quantity);
      return isMissing(answer) ? [] : [answer];
    }),
  );
}

function check(document: Document, scenario: string | null, estimate: Estimate): void {
  const rows = new Map<string, number>();
  const steps = new Map<string, Step>();
  const all = new Map(estimate.steps.map((s) => [s.label.replaceAll(' ', '_'), s]));
  const around = {
    rows: steps,
    all,
    keeps: (replicas: number) => keepsBudget(document, scenario, estimate.subject, replicas),
  };
  for (const step of estimate.steps) {
    if (step.formula !== null && step.method === undefined) {
      const again = evaluate(step.formula, rows);
      expect(
        Math.abs(again - step.value),
        `${step.label} = ${step.formula}: ${again}, printed ${step.value}`,
      ).toBeLessThanOrEqual(1e-9 * Math.max(Math.abs(step.value), 1e-300));
    } else if (step.formula !== null) {
      const { value, tolerance } = repeated(step, around);
      expect(
        Math.abs(value - step.value),
        `${step.label} = ${step.formula} (${step.method}): ${value} by another method, printed ${step.value}`,
      ).toBeLessThanOrEqual(tolerance * Math.abs(step.value));
    } else if (step.from === 'default' || step.from === 'catalog')
      expect(step.source, `${step.label} has no source`).toBeTruthy();
    const name = step.label.replaceAll(' ', '_');
    rows.set(name, step.value);
    steps.set(name, step);
  }
  expect(estimate.steps.at(-1)?.value).toBe(estimate.value);
}

/** Whether a serving keeps its budget with so many replicas, by its latency estimates. */
function keepsBudget(document: Document, scenario: string | null, subject: string, replicas: number): boolean {
  const node = document.design.lookup(subject)!;
  const item = readSource('file:///set.mlsys', `param n = ${replicas}`).entries[0]!.item;
  if (item.is !== 'param') return false;
  const analysis = document.with(scenario, new Map([[`${subject}.replicas`, item.param.value]]));
  const budget = analysis.value(node, 'budget');
  if (budget?.form !== 'conditions') return false;
  return budget.conditions.every(({ metric, percentile, bound }) => {
    const answer = analysis.estimate(node, `serving.${metric}_p${percentile}`);
    return !isMissing(answer) && answer.value < analysis.evaluate(bound, subject)!.value;
  });
}

describe('the printed steps give the value', () => {
  for (const file of readdirSync(EXAMPLES).filter((f) => f.endsWith('.mlsys'))) {
    const document = new Workspace().update(`file:///${file}`, readFileSync(join(EXAMPLES, file), 'utf8'));
    for (const scenario of [null, ...document.design.scenarios.map((s) => s.name)]) {
      test(`${file}${scenario ? ` in ${scenario}` : ''}`, () => {
        const estimates = estimatesOf(document, scenario);
        expect(estimates.length).toBeGreaterThan(10);
        for (const estimate of estimates) {
          try {
            check(document, scenario, estimate);
          } catch (error) {
            throw new Error(`${estimate.subject} ${estimate.quantity}: ${(error as Error).message}`);
          }
        }
      });
    }
  }
});
