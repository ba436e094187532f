import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { runnable, STUDIES } from './index.ts';
import { measured, PAGE, readBaseline, recorded } from './measure.ts';
import { heldBack } from './study.ts';
import { markdown } from './table.ts';

const baseline = readBaseline();

/** An error may grow by a tenth; what is nearly exact, by a thousandth of the figure. */
const bound = (error: number): number => error * 1.1 + 0.001;

describe('errors do not grow', () => {
  for (const study of runnable())
    test(study.title, { timeout: 300_000 }, () => {
      const was = baseline[study.name];
      expect(was, `npm run accuracy -- -u records ${study.name}`).toBeDefined();
      const { all, held } = measured(study, study.samples());
      expect(all.rows, 'published figures only ever get more').toBeGreaterThanOrEqual(was!.all.rows);
      expect(all.median).toBeLessThanOrEqual(bound(was!.all.median));
      expect(all.p90).toBeLessThanOrEqual(bound(was!.all.p90));
      if (held && was!.held) expect(held.median).toBeLessThanOrEqual(bound(was!.held.median));
    });
});

test('the page of the estimators has the table of the baseline', () => {
  expect(readFileSync(PAGE, 'utf8'), 'npm run accuracy -- -u writes it').toContain(markdown(recorded(baseline)));
});

test('every study is recorded, under a name of its own', () => {
  expect(Object.keys(baseline)).toEqual(STUDIES.map((study) => study.name));
});

test('about a third of the groups is kept back, and always the same', () => {
  const groups = Array.from({ length: 3000 }, (_, i) => `Model_${i} H${100 + (i % 7)}`);
  const held = groups.filter(heldBack).length;
  expect(held).toBeGreaterThan(850);
  expect(held).toBeLessThan(1150);
  expect(['Llama_3_1_8B h100_sxm', 'Qwen3_32B h200_sxm', 'gpt_oss_120b b200_sxm'].map(heldBack)).toEqual([
    false,
    false,
    false,
  ]);
});
