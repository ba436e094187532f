import { describe, expect, it } from 'vitest';
import { RULES } from '#language/index.ts';
import { checkReport } from '#language/report.ts';
import { checkText } from '#server/cli/check-text.ts';
import { estimateMarkdown, estimateText, subjectText } from '#server/cli/estimate-text.ts';
import { githubText } from '#server/cli/github.ts';
import { markdownText } from '#server/cli/markdown.ts';
import { plain } from '#server/cli/output.ts';
import { sarif } from '#server/cli/sarif.ts';
import { example, LOADED, open } from './designs.ts';

const report = (text: string, file = 'a b/design.mlsys') => checkReport([open(text)], () => file);
const textOf = (text: string) => checkText(report(text), (_, line) => text.split('\n')[line] ?? '', plain);

describe('text', () => {
  it('shows place, rule, source line, caret, fix and a count', () => {
    const lines = textOf('source Clicks { type: stream  rate: 20ms  spelling: 3 }').split('\n');
    expect(lines[0]).toMatch(/^a b\/design\.mlsys:1:37 error type\/unit-mismatch {2}`rate` must be/);
    expect(lines[1]).toBe('    1 | source Clicks { type: stream  rate: 20ms  spelling: 3 }');
    expect(lines[2]).toBe('      |                                     ^^^^');
    expect(lines).toContain('    fix: Remove `spelling`');
    expect(lines.at(-1)).toBe('2 errors, 0 warnings in 1 file');
  });

  it('names other places', () => {
    expect(textOf(LOADED)).toMatch(/^ {4}a b\/design\.mlsys:9:12 The traffic of `Full`\.$/m);
  });

  it('keeps the caret in place after a tab, and on a very long line', () => {
    const [, source, caret] = textOf('source A {\ttype: stream\trate: 20ms }').split('\n');
    expect(source!.indexOf('20ms')).toBe(caret!.indexOf('^'));
    const [, long, under] = textOf(`source A { type: stream ${' '.repeat(5000)} rate: 20ms }`).split('\n');
    expect(long!.indexOf('20ms')).toBe(under!.indexOf('^'));
    expect(long!.length).toBeLessThan(160);
  });

  it('shows no control character of a document', () => {
    expect(textOf('source A { type: stream rate: 20ms owner: "\u001b[31m" }')).not.toContain('\u001b');
  });
});

describe('github', () => {
  it('is one command a finding, with its text escaped', () => {
    const lines = githubText(report('source A { type: stream rate: 20ms spelling: 100% }', 'a,b:c%.mlsys')).split('\n');
    expect(lines).toHaveLength(2);
    expect(lines[0]).toMatch(
      /^::error file=a%2Cb%3Ac%25\.mlsys,line=1,endLine=1,col=31,endColumn=35,title=type\/unit-mismatch::`rate` must/,
    );
    expect(lines[1]).toContain('%0AFix: Remove `spelling`');
  });

  it('is empty where nothing is found', () => {
    expect(githubText(report(''))).toBe('');
  });
});

describe('sarif', () => {
  const log = sarif(report(LOADED), '1.2.3', (rule) => (rule === 'type/unit-mismatch' ? '# A page' : undefined));
  const { tool, results } = log.runs[0]!;

  it('describes every rule, with its page as help', () => {
    expect(log.version).toBe('2.1.0');
    expect(tool.driver).toMatchObject({ name: 'mlsys', version: '1.2.3' });
    expect(tool.driver.rules.map((rule) => rule.id)).toEqual(RULES.map((rule) => rule.name));
    for (const rule of tool.driver.rules) {
      expect(rule.help.text.length).toBeGreaterThan(0);
      expect(['error', 'warning', 'note']).toContain(rule.defaultConfiguration.level);
    }
    expect(tool.driver.rules.find((rule) => rule.id === 'type/unit-mismatch')!.help.markdown).toBe('# A page');
  });

  it('gives each finding its rule, region, subject and fixes', () => {
    expect(results).toHaveLength(3);
    for (const result of results) expect(tool.driver.rules[result.ruleIndex]!.id).toBe(result.ruleId);
    expect(results[0]!.locations[0]).toEqual({
      physicalLocation: {
        artifactLocation: { uri: 'a%20b/design.mlsys' },
        region: { startLine: 6, startColumn: 13, endLine: 6, endColumn: 14 },
      },
      logicalLocations: [{ name: 'Full' }],
    });
    const { artifactChanges, description } = results[0]!.fixes![0]!;
    expect(description.text).toMatch(/^Set replicas to \d+$/);
    expect(artifactChanges[0]!.replacements[0]!.deletedRegion).toMatchObject({ startLine: 6, startColumn: 13 });
  });

  it('lists a rule that is in no list, once', () => {
    const text = '// mlsys-ignore type/unit-mismatch: no reason\n// mlsys-ignore type/unknown-kind: none\n';
    const { tool, results } = sarif(report(text), '1', () => undefined).runs[0]!;
    expect(results).toHaveLength(2);
    for (const result of results) expect(tool.driver.rules[result.ruleIndex]!.id).toBe(result.ruleId);
    expect(new Set(tool.driver.rules.map((rule) => rule.id)).size).toBe(tool.driver.rules.length);
  });
});

describe('estimates', () => {
  const analysis = open(example('worked_estimates')).analysis();
  const { nodes } = analysis.design;

  it('stand by declaration, aligned, with what is not known', () => {
    const blocks = estimateText('worked', analysis, nodes, plain).split('\n\n');
    expect(blocks[0]).toBe('worked');
    const realTime = blocks.find((block) => block.startsWith('serving RealTime'))!.split('\n');
    const figures = realTime.filter((line) => /^ {2}(gpus|replicas|utilization) /.test(line));
    expect(figures).toHaveLength(3);
    expect(new Set(figures.map((line) => line.length)).size).toBe(1);
    expect(realTime.join()).toContain('not known: replicas_for_budget (needs `budget`)');
  });

  it('of one subject show every step with its numbers', () => {
    const text = subjectText('worked', analysis, analysis.design.lookup('OneGpu')!, plain);
    expect(text).toMatch(/^steps: 3\.125M steps$/m);
    expect(text).toMatch(/^ {2}steps +100M × 1 \/ 32 +3\.125M steps {2}derived$/m);
    expect(text).toMatch(/^ {2}examples +100M {2}given$/m);
    expect(text).toMatch(/moved most by: .*\+10% of OneGpu\.examples: \+10%/);
  });

  it('are Markdown tables', () => {
    const text = estimateMarkdown('a_b.mlsys', analysis, nodes);
    expect(text).toMatch(/^# a\\_b/);
    expect(text).toContain('## serving RealTime');
    expect(text).toMatch(/### GPUs\n\n\*\*400 GPUs\*\*\n\n\| step \|/);
  });

  it('say so where there is nothing', () => {
    const empty = open('param a = 3').analysis();
    expect(estimateText('x', empty, [], plain)).toBe('x\n\nThere is nothing here to estimate.');
  });
});

describe('pages', () => {
  it('lose what only a renderer needs', () => {
    const page =
      '# a/b\n\nA **bold** [link](b.md).\n\n```mlsys\nparam a = 1\n```\n\n```mlsys fixed\nparam a = 2\n```\n';
    expect(markdownText(page, plain)).toBe(
      'a/b\n\nA bold link (b.md).\n\n    param a = 1\n\n  fixed:\n    param a = 2',
    );
  });
});
