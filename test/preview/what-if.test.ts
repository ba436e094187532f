import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hardwareOf, knobsOf } from '../../language/editor/knobs.ts';
import { readSets, whatIf } from '../../language/editor/what-if.ts';
import { applied, asScenario, wrongName } from '../../language/editor/what-if-edits.ts';
import { editsOf } from '../../language/rules/edits.ts';
import type { Edit } from '../../language/rules/rule.ts';
import { type Document, Workspace } from '../../language/workspace.ts';
import { viewOf } from '../../server/view.ts';

const text = (name: string) => readFileSync(new URL(`../designs/examples/${name}.mlsys`, import.meta.url), 'utf8');
const read = (text: string): Document => new Workspace().update('file:///a.mlsys', text);
const fraud = read(text('fraud'));

function edited(document: Document, edits: readonly Edit[]): Document {
  let result = document.text;
  for (const { range, newText } of editsOf(document.lines, { title: '', edits }).toReversed()) {
    const [start, end] = [range.start, range.end].map((position) => document.lines.offset(position));
    result = result.slice(0, start) + newText + result.slice(end);
  }
  return read(result);
}

const mistakes = ({ findings }: Document) => findings.filter((f) => /^(syntax|type|name)\//.test(f.rule));
const figures = (document: Document, scenario: string | null = null) => {
  const analysis = document.analysis(scenario);
  return document.design.visible.map((node) => [
    node.name,
    JSON.stringify(analysis.estimate(node, `${node.kind}.cost`)),
  ]);
};

describe('what can be varied', () => {
  it('are parameters, traffic, replicas, hardware and batches, as they count in the scenario', () => {
    const [written, busy] = [null, 'BlackFriday'].map((scenario) => knobsOf(fraud, scenario));
    expect(written!.map(({ name, text }) => `${name} = ${text}`)).toEqual([
      'peak = 12k/s',
      'TrainFraudNet.hardware = 4 x A100_80GB',
      'TrainFraudNet.batch = 4096',
      'TrainFraudNet.epochs = 3',
      'FraudScorer.replicas = 16',
      'FraudScorer.hardware = 1 x L4',
      'FraudScorer.batching.max = 8',
      'FraudScorer.utilization = 60%',
      'FraudScorerV2.replicas = auto',
      'FraudScorerV2.hardware = 1 x L4',
      'FraudScorerV2.batching.max = 8',
      'FraudScorerV2.utilization = 60%',
      'Serving.pool = 32 x L4, 4 x A100_80GB',
    ]);
    expect(busy![0]).toMatchObject({ text: '30k/s', slider: { value: 30, after: 'k/s', least: 3, most: 300 } });
    expect(written!.find(({ name }) => name === 'FraudScorerV2.replicas')?.slider).toMatchObject({
      value: 2,
      whole: true,
    });
    expect(hardwareOf(fraud.design)).toContain('H100');
  });

  it('is read back as it stands, with and without the slider, in every example', () => {
    for (const name of ['fraud', 'support_chat', 'worked_estimates']) {
      const document = read(text(name));
      for (const { name, text, slider } of knobsOf(document, null)) {
        const same = slider && text !== 'auto' ? [`${slider.before}${slider.value}${slider.after}`] : [];
        for (const value of [text, ...same]) expect(readSets(document, { [name]: value }).problems, name).toEqual({});
      }
    }
  });
});

describe('what if', () => {
  it('gives figures and findings beside those of the design as it is', () => {
    const { figures, appeared, vanished, problems } = whatIf(fraud, null, { peak: '43k/s' });
    expect(problems).toEqual({});
    expect(figures.find(({ node, title }) => node.name === 'FraudScorer' && title === 'utilization')).toMatchObject({
      before: '33.75%',
      after: '120.9%',
      change: '+258%',
      headline: true,
    });
    expect(appeared.map(({ rule, subject }) => `${rule} ${subject}`)).toEqual(
      expect.arrayContaining(['capacity/rate-limit Edge', 'capacity/unstable FraudScorer']),
    );
    expect(vanished).toEqual([]);
  });

  it('in a scenario compares with the scenario', () => {
    const { figures, vanished } = whatIf(fraud, 'BlackFriday', { 'FraudScorer.replicas': '25' });
    expect(vanished.map(({ rule }) => rule)).toContain('capacity/gpu-shortfall');
    expect(figures.find(({ node, title }) => node.name === 'FraudScorer' && title === 'utilization')?.before).toBe(
      '84.4%',
    );
  });

  it('of what is written changes nothing', () => {
    const sets = Object.fromEntries(knobsOf(fraud, null).map(({ name, text }) => [name, text]));
    expect(whatIf(fraud, null, sets)).toMatchObject({ figures: [], appeared: [], vanished: [], problems: {} });
  });

  it('says why a value does not count', () => {
    const { problems, figures } = whatIf(fraud, null, { 'FraudScorer.replicas': '0', peak: '20 GB', Nobody: '1' });
    expect(Object.keys(problems)).toEqual(['FraudScorer.replicas', 'peak', 'Nobody']);
    expect(figures).toEqual([]);
  });

  it('leaves the document as it was, and gives the figures that the text would give', () => {
    const before = figures(fraud);
    const sets = { peak: '20k/s', 'FraudScorer.hardware': '2 x H100' };
    const { source } = whatIf(fraud, null, sets);
    const written = edited(fraud, applied(fraud, null, sets));
    for (const node of fraud.design.visible) {
      const [varied, real] = [source.analysis(null), written.analysis()].map((analysis) =>
        analysis.estimate(node, `${node.kind}.cost`),
      );
      expect('value' in varied! && varied.value, node.name).toEqual('value' in real! && real.value);
    }
    expect(figures(fraud)).toEqual(before);
  });

  it('is shown by every view, with what was', () => {
    const { mermaid, whatIf, counts } = viewOf(fraud, { view: 'lifecycle', sets: { peak: '43k/s' } }, 1);
    expect(mermaid).toContain('43k/s, was 12k/s');
    expect(counts.errors).toBeGreaterThan(viewOf(fraud, { view: 'lifecycle' }, 1).counts.errors);
    expect(whatIf?.figures.length).toBeGreaterThan(10);
    expect(viewOf(fraud, { view: 'lifecycle', sets: {} }, 1).mermaid).toBe(
      viewOf(fraud, { view: 'lifecycle' }, 1).mermaid,
    );
    expect(viewOf(fraud, { view: 'lifecycle' }, 1).whatIf).toBeNull();
  });
});

describe('what is varied is written', () => {
  it('where it stands, and nowhere else', () => {
    const sets = Object.fromEntries(knobsOf(fraud, null).map(({ name, text }) => [name, text]));
    expect(edited(fraud, applied(fraud, null, sets)).text).toBe(fraud.text);
    const changed = edited(fraud, applied(fraud, null, { ...sets, peak: '20k/s', 'FraudScorer.batching.max': '4' }));
    expect(changed.text).toBe(
      fraud.text.replace('peak = 12k/s', 'peak = 20k/s').replace('{ max: 8  wait: 2ms }', '{ max: 4  wait: 2ms }'),
    );
  });

  it.each([
    ['scenario Busy {\n  peak = 2/s\n}\n', 'scenario Busy {\n  peak = 3/s\n  A.replicas = 4\n}\n'],
    ['scenario Busy { peak = 2/s }\n', 'scenario Busy { peak = 3/s  A.replicas = 4 }\n'],
    ['scenario Busy {}\n', 'scenario Busy {  peak = 3/s  A.replicas = 4}\n'],
  ])('into the scenario that is shown', (before, after) => {
    const rest = 'param peak = 1/s\nserving A { replicas: 2 }\n';
    const document = read(rest + before);
    const written = edited(document, applied(document, 'Busy', { peak: '3/s', 'A.replicas': '4' }));
    expect(written.text).toBe(rest + after);
    expect(mistakes(written)).toEqual(mistakes(document));
  });

  it('as a scenario that says the same', () => {
    const sets = { peak: '20k/s', 'FraudScorer.hardware': '2 x H100', 'FraudScorer.batching.max': '4' };
    for (const shown of [null, 'BlackFriday']) {
      const written = edited(fraud, asScenario(fraud, shown, 'Mine', sets));
      expect(mistakes(written)).toEqual([]);
      const { source } = whatIf(fraud, shown, sets);
      for (const node of fraud.design.visible) {
        const [varied, real] = [source.analysis(shown), written.analysis('Mine')].map((a) =>
          a.estimate(node, `${node.kind}.cost`),
        );
        expect('value' in varied! && varied.value, node.name).toEqual('value' in real! && real.value);
      }
    }
    expect(
      read(`${fraud.text.trimEnd()}${asScenario(read('a'), null, 'X', {})[0]!.text}`).design.scenarios,
    ).toHaveLength(2);
  });

  it('under a name that is free', () => {
    expect(
      ['Mine', 'BlackFriday', 'peak', 'FraudScorer', '1a', '', 'a b'].map((name) => wrongName(fraud, name) ?? 'free'),
    ).toEqual([
      'free',
      'There is a `BlackFriday` already.',
      'There is a `peak` already.',
      'There is a `FraudScorer` already.',
      ...Array(3).fill('A name is made of letters, digits and _, and begins with no digit.'),
    ]);
  });
});
