import { describe, expect, test } from 'vitest';
import type { Finding } from '#language/rules/rule.ts';
import type { Document } from '#language/workspace.ts';
import { SLOW } from '#language/rules/run.ts';
import { applyFix } from '../harness/fixes.ts';
import { designs, FULL, open } from './designs.ts';

const severe = (f: Finding): boolean => f.severity === 'error' || f.severity === 'warning';

/** The same fact before and after: its words may change with the figures in them. */
const fact = (f: Finding): string => `${f.rule} of ${f.subject}`;

/** How a title names a finding that its fix brings. */
const NAMED: Readonly<Record<string, RegExp>> = {
  'capacity/cluster-overcommit': /over the pool|has no/,
  'capacity/memory-fit': /does not fit/,
  'capacity/unstable': /% busy/,
  'capacity/gpu-shortfall': /% busy/,
  'latency/serving-over-budget': /over its budget/,
  'latency/over-budget': /over its budget/,
  'capacity/unplaced': /no cluster has/,
  'capacity/kv-cache': /% busy/,
  'capacity/autoscale-range': /% busy/,
  'capacity/batch-window': /a run of .* takes/,
  'latency/ttft-over-budget': /over its budget/,
  'latency/tpot-over-budget': /over its budget/,
  'latency/batch-wait': /over its budget/,
  'training/deadline-missed': /misses its deadline/,
  'cost/over-budget': /over the budget of/,
  'training/schedule-overlap': /runs into its next run/,
  'training/parallelism-divides': /does not divide/,
  'capacity/training-memory-fit': /does not fit/,
  'require/failed': /breaks a requirement|see whether it holds/,
  'name/unresolved': /still to be declared/,
  'type/unit-mismatch': /unit still to be written/,
};

describe('every fix mends its finding and brings nothing that its title does not name', () => {
  test.each(designs)('%s', (_, text) => {
    const document = open(text);
    const known = new Set(document.findings.filter(severe).map(fact));
    for (const finding of document.findings) {
      for (const fix of finding.fixes) {
        const after = open(applyFix(document, fix), !SLOW.some(({ name }) => name === finding.rule)).findings;
        const title = `${finding.rule}: ${fix.title}`;
        const remains = after.some((f) => fact(f) === fact(finding) && f.message === finding.message);
        expect(remains, `${title} leaves it: ${finding.message}`).toBe(false);
        const unnamed = after.filter((f) => severe(f) && !known.has(fact(f)) && !NAMED[f.rule]?.test(fix.title));
        expect(
          unnamed.map((f) => `${f.rule}: ${f.message}`),
          title,
        ).toEqual([]);
      }
    }
  });
});

test.each(designs)('no fix takes away a budget, a requirement or a monitor: %s', (_, text) => {
  const promises = ({ design }: Document) => [
    design.requirements.length,
    design.nodes.filter((n) => n.kind === 'monitor').length,
    design.nodes.filter((n) => n.properties.has('budget') || n.properties.has('availability')).length,
  ];
  const document = open(text);
  for (const { fixes } of document.findings)
    for (const fix of fixes) {
      const after = promises(open(applyFix(document, fix)));
      for (const [i, count] of promises(document).entries()) expect(after[i], fix.title).toBeGreaterThanOrEqual(count);
    }
});

test('titles name what the fix would break', () => {
  const titles = open(FULL).findings.flatMap((f) => f.fixes.map((fix) => `${f.rule}: ${fix.title}`));
  for (const title of [
    'capacity/gpu-shortfall: Set replicas to 40: 13 L4 over the pool of `Pool`, breaks a requirement',
    'capacity/traffic-mismatch: Set traffic to 800/s: `Late` 533% busy',
    'latency/serving-over-budget: Set replicas to 5',
    'training/step-basis: Measured on all: add `on 8 x A100_80GB`, 21.7 h: `Weekly` misses its deadline with 21.7 h',
  ])
    expect(titles).toContain(title);
  const roomier = titles.filter((title) => title.startsWith('capacity/memory-fit'));
  const ways = [/Use 4 x H100.*12 H100 over the pool/, /Use B200.*no cluster has B200/, /Quantize to int4/];
  expect(ways.map((way) => roomier.some((title) => way.test(title)))).toEqual([true, true, true]);
});

test('most rules that say something here have a fix', () => {
  const found = designs.flatMap(([, text]) => open(text).findings);
  const rules = new Set(found.map((f) => f.rule));
  const mended = new Set(found.filter((f) => f.fixes.length > 0).map((f) => f.rule));
  expect(mended.size / rules.size).toBeGreaterThanOrEqual(0.75);
});
