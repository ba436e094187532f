import { describe, expect, it } from 'vitest';
import { isMissing } from '#language/index.ts';
import { checkReport, type EstimateReport, estimateReport, findingsIn } from '#language/report.ts';
import { readSetting } from '#language/settings.ts';
import { example, LOADED, open } from './designs.ts';
import { CHECK, ESTIMATE, expectShape } from './shape.ts';

const nameOf = () => 'design.mlsys';
const rules = (report: ReturnType<typeof checkReport>) =>
  report.diagnostics.map((d) => `${d.subject} ${d.rule} ${d.scenario}`);

describe('checkReport', () => {
  it('has the keys of the contract, counts, and ranges from zero', () => {
    const report = checkReport([open(LOADED)], nameOf);
    expectShape(report, CHECK);
    expect(report).toMatchObject({ version: 1, files: 1, errors: 3, warnings: 0 });
    const [full] = report.diagnostics;
    expect(full).toMatchObject({
      file: 'design.mlsys',
      rule: 'capacity/unstable',
      severity: 'error',
      subject: 'Full',
      scenario: null,
      range: { start: { line: 5, character: 12 }, end: { line: 5, character: 13 } },
    });
  });

  it('finds in the fraud example what the language definition says of it', () => {
    const { errors, warnings, diagnostics } = checkReport([open(example('fraud'))], () => 'fraud.mlsys');
    expect({ errors, warnings }).toEqual({ errors: 1, warnings: 1 });
    expect(diagnostics.filter(({ severity }) => severity !== 'hint')).toMatchObject([
      { rule: 'capacity/rate-limit', severity: 'warning', subject: 'Edge', scenario: 'BlackFriday' },
      {
        file: 'fraud.mlsys',
        rule: 'capacity/gpu-shortfall',
        severity: 'error',
        subject: 'FraudScorer',
        scenario: 'BlackFriday',
        range: { start: { line: 132, character: 12 }, end: { line: 132, character: 14 } },
        fixes: [{ title: 'Set replicas to 23' }],
      },
    ]);
  });

  it('gives fixes with edits that take the finding away', () => {
    const [full] = checkReport([open(LOADED)], nameOf).diagnostics;
    const { range, newText } = full!.fixes[0]!.edits[0]!;
    expect(full!.fixes[0]!.title).toBe(`Set replicas to ${newText}`);
    const document = open(LOADED);
    const fixed =
      LOADED.slice(0, document.lines.offset(range.start)) + newText + LOADED.slice(document.lines.offset(range.end));
    expect(rules(checkReport([open(fixed)], nameOf))).not.toContain('Full capacity/unstable null');
  });

  it('counts several documents together', () => {
    expect(checkReport([open(LOADED), open(LOADED)], nameOf)).toMatchObject({ files: 2, errors: 6 });
  });

  it('finds nothing in an empty document', () => {
    expect(checkReport([open('')])).toEqual({ version: 1, files: 1, errors: 0, warnings: 0, diagnostics: [] });
  });
});

describe('one scenario', () => {
  const base = ['Full capacity/unstable null', 'Roomy capacity/gpu-shortfall Busy', 'Clicks type/unit-mismatch null'];

  it('holds what is still true there, and what it brings', () => {
    const document = open(LOADED);
    expect(rules(checkReport([document], nameOf))).toEqual(base);
    expect(rules(checkReport([document], nameOf, 'Quiet'))).toEqual(['Clicks type/unit-mismatch null']);
    expect(rules(checkReport([document], nameOf, 'Busy'))).toEqual(base);
  });

  it('says the same words as the whole check', () => {
    const document = open(LOADED);
    for (const finding of findingsIn(document, 'Busy')) expect(document.findings).toContain(finding);
  });
});

const figureOf = (report: EstimateReport, subject: string, quantity: string) =>
  report.estimates.find((e) => e.subject === subject && e.quantity === quantity);

describe('estimateReport', () => {
  const report = estimateReport('worked_estimates.mlsys', null, open(example('worked_estimates')).analysis());

  it('has the keys of the contract and no number that JSON cannot hold', () => {
    expectShape(report, ESTIMATE);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });

  it.each([
    ['OneGpu', 'training.steps', 3_125_000, '1', '3.125M steps'],
    ['OneGpu', 'training.time', 312_500, 's', '86.8 h'],
    ['EightGpus', 'training.time', 39_062.5, 's', '10.85 h'],
    ['RealTime', 'serving.throughput_per_replica', 25, '1/s', '25/s'],
    ['RealTime', 'serving.gpus', 400, '1', '400 GPUs'],
    ['Batched', 'serving.gpus', 100, '1', '100 GPUs'],
  ])('%s %s is %d %s, %s', (subject, quantity, value, unit, display) => {
    const found = figureOf(report, subject, quantity)!;
    expect(found.value! / value).toBeCloseTo(1, 12);
    expect(found).toMatchObject({ unit, display, low: null, high: null });
    expect(found.steps.at(-1)!.value! / value).toBeCloseTo(1, 12);
  });

  it('says what moves a figure', () => {
    const { sensitivity } = figureOf(report, 'OneGpu', 'training.time')!;
    expect(sensitivity).toContainEqual({ input: 'OneGpu.step', change: 0.1, effect: 0.1 });
  });

  it('says what a missing figure needs', () => {
    const needs = report.missing.find((m) => m.subject === 'OneGpu' && m.quantity === 'training.mfu')!.needs;
    expect(needs).toEqual(['`sequence`']);
  });

  it('leaves out what has no meaning for a part', () => {
    const all = [...report.estimates, ...report.missing].map((e) => `${e.subject} ${e.quantity}`);
    expect(all).not.toContain('RealTime serving.ttft_p95');
    expect(all).not.toContain('RealTime serving.duration');
  });

  it('counts the accelerators of a cluster by hardware', () => {
    const fraud = estimateReport('fraud.mlsys', null, open(example('fraud')).analysis());
    const used = fraud.estimates.filter((e) => e.quantity === 'cluster.gpus_used');
    expect(used.map((e) => e.subject)).toEqual(['Serving.L4', 'Serving.A100_80GB']);
    expect(used[1]!.value).toBe(4);
  });

  it('bounds a figure whose input is a range', () => {
    const text = 'source Clicks { type: stream  rate: 1k/s..4k/s  record: 100B }';
    const [rate] = estimateReport('-', null, open(text).analysis()).estimates;
    expect(rate!.value).toBeCloseTo(200_000, 3);
    expect(rate!.low).toBeCloseTo(100_000, 3);
    expect(rate!.high).toBeCloseTo(400_000, 3);
    expect(rate!.unit).toBe('B/s');
  });

  it('gives the figures of a name once, where it stands twice', () => {
    const text = 'source A { type: stream rate: 1/s record: 1B }\nsource A { type: stream rate: 2/s record: 1B }';
    const rates = estimateReport('-', null, open(text).analysis()).estimates.filter((e) => e.subject === 'A');
    expect(rates.map((e) => e.value)).toEqual([1]);
  });
});

describe('readSetting', () => {
  const document = open(LOADED);
  const set = (text: string, subject: string, quantity: string, document = open(LOADED)) => {
    const setting = readSetting(document.design, text);
    if ('problem' in setting) throw new Error(setting.problem);
    const analysis = document.with(null, new Map([[setting.name, setting.value]]));
    const answer = analysis.estimate(document.design.lookup(subject)!, quantity);
    return isMissing(answer) ? answer : answer.value;
  };
  const problem = (text: string) => (readSetting(document.design, text) as { problem: string }).problem;

  it('replaces a parameter, a property, one in a block, a pool and `auto`', () => {
    expect(set('peak=10/s', 'Full', 'serving.utilization')).toBeCloseTo(0.2, 12);
    expect(set('Full.replicas = 4', 'Full', 'serving.utilization')).toBeCloseTo(0.5, 12);
    expect(set('Roomy.hardware=2 x H100', 'Roomy', 'serving.gpus')).toBe(20);
    const worked = open(example('worked_estimates'));
    expect(set('Batched.batching.gain=2', 'Batched', 'serving.throughput_per_replica', worked)).toBeCloseTo(50, 9);
    expect(set('Full.replicas=auto', 'Full', 'serving.replicas')).toBe(4);
  });

  it.each([
    ['pek=3/s', '`peak`'],
    ['Ful.replicas=3', '`Full`'],
    ['Full.replica=3', '`replicas`'],
    ['Full.batching.maxx=3', '`max`'],
    ['Full.model=Smal', '`Small`'],
    ['Full.hardware=1 x L44', '`L4`'],
  ])('says what %s most likely means', (text, meant) => {
    expect(problem(text)).toContain(`did you mean ${meant}?`);
  });

  it.each(['Full.replicas=20ms', 'peak=20ms', 'Full.latency=100'])('says that %s has another dimension', (text) => {
    expect(problem(text)).toMatch(/must be .*, but this is/);
  });

  it.each(['', 'peak', '=3', 'peak=', 'a b=3'])('wants name=value, not %j', (text) => {
    expect(problem(text)).toContain('name=value');
  });

  it.each(['Full.replicas=2 } source X { type: stream', 'Full.replicas=2 latency: 3ms', 'peak=1/s x = 2'])(
    'takes one value alone: %s',
    (text) => {
      expect(problem(text)).toBeTruthy();
    },
  );
});
