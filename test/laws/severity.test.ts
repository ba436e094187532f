import { describe, expect, it } from 'vitest';
import { Configurations } from '#language/rules/configuration.ts';
import { levelOf, readLevels } from '#language/rules/severity.ts';
import { Workspace } from '#language/workspace.ts';

const levelsOf = (rules: unknown) => readLevels(rules).levels;
const mistakesIn = (rules: unknown) => readLevels(rules).mistakes.map((m) => m.message);

const LOADED = `model Ranker { params: 100M }
serving Rank {
  model: Ranker
  hardware: 1 x L4
  // mlsys-ignore latency/over-budget: nothing to silence
  replicas: 16
  latency: 20ms
  traffic: 1k/s  budget: p99 < 1s
}
`;

describe('severities', () => {
  it('are set by name, by group, and by pattern', () => {
    const rules = { capacity: 'info', 'style/*': 'off', '*/unstable': 'hint', 'capacity/memory-fit': 'warning' };
    const of = (rule: string) => levelOf(rule, levelsOf(rules));
    expect(of('capacity/rate-limit')).toBe('info');
    expect(of('style/unused-suppression')).toBe('off');
    expect(of('capacity/memory-fit')).toBe('warning');
    expect(of('latency/over-budget')).toBeUndefined();
  });

  it('take the closest of several, in whatever order they stand', () => {
    const pairs = [
      ['*', 'hint'],
      ['capacity/*', 'off'],
      ['capacity/gpu-*', 'info'],
      ['capacity/gpu-shortfall', 'warning'],
    ] as const;
    for (const order of [pairs, pairs.toReversed()]) {
      const of = (rule: string) => levelOf(rule, levelsOf(Object.fromEntries(order)));
      expect(['capacity/gpu-shortfall', 'capacity/gpu-less', 'capacity/unstable', 'name/cycle'].map(of)).toEqual([
        'warning',
        'info',
        'off',
        'hint',
      ]);
    }
  });

  it('of the first layer win over those below it, where they say something', () => {
    const levels = [...levelsOf({ capacity: 'info' }), ...levelsOf({ 'capacity/unstable': 'off', name: 'off' })];
    expect([levelOf('capacity/unstable', levels), levelOf('name/cycle', levels)]).toEqual(['info', 'off']);
  });

  it('that mean nothing are said with the nearest, and the others count', () => {
    const rules = { 'capacity/gpu-shortfal': 'off', 'stlye/*': 'off', 'name/cycle': 'warn', 'type/*': 'hint' };
    expect(mistakesIn(rules)).toEqual([
      'There is no rule `capacity/gpu-shortfal`: did you mean `capacity/gpu-shortfall`?',
      'There is no rule `stlye/*`: did you mean `style/*`?',
      '`name/cycle` cannot be `warn`: it is one of off, error, warning, info, hint.',
    ]);
    expect(levelOf('type/wrong-value', levelsOf(rules))).toBe('hint');
    expect(mistakesIn({ 'cost/*': 'off', security: 'error', '*': 'hint' })).toEqual([]);
    expect(mistakesIn(['off'])).toHaveLength(1);
    expect(mistakesIn({ constructor: 'off', 'name/cycle': { level: 'off' } })).toHaveLength(2);
  });

  it('change the findings of a document, and follow what is set', () => {
    const workspace = new Workspace();
    const seen = () => workspace.get('file:///a.mlsys')!.findings.map((f) => `${f.severity} ${f.rule}`);
    workspace.update('file:///a.mlsys', LOADED);
    expect(seen()).toEqual(['warning style/unused-suppression', 'error capacity/unstable']);
    workspace.levelsOf = () => levelsOf({ 'style/*': 'off', 'capacity/unstable': 'info' });
    expect(seen()).toEqual(['info capacity/unstable']);
    workspace.levelsOf = () => [];
    expect(seen()).toHaveLength(2);
  });

  it('leave a comment that silences a rule in use when the rule is off', () => {
    const workspace = new Workspace();
    workspace.levelsOf = () => levelsOf({ 'capacity/unstable': 'off' });
    const document = workspace.update('file:///a.mlsys', LOADED.replace('latency/over-budget', 'capacity/unstable'));
    expect(document.findings).toEqual([]);
  });
});

describe('mlsys.json', () => {
  const files: Record<string, string> = {
    'file:///team/mlsys.json': '{"rules": {"style/*": "off"}}',
    'file:///team/search/mlsys.json': '\uFEFF{"rules": {"style/*": "error"}}',
    'file:///broken/mlsys.json': '{"rules": }',
    'file:///list/mlsys.json': '[]',
  };
  const configurations = new Configurations((uri) => files[uri]);
  const at = (uri: string) => levelOf('style/unused-suppression', configurations.of(uri)?.levels ?? []);

  it('counts beside a document, or in the nearest folder above it', () => {
    expect(at('file:///team/a.mlsys')).toBe('off');
    expect(at('file:///team/ads/deep/a.mlsys')).toBe('off');
    expect(at('file:///team/search/a.mlsys')).toBe('error');
    expect(configurations.of('file:///a.mlsys')).toBeUndefined();
    expect(configurations.of('untitled:Untitled-1')).toBeUndefined();
  });

  it('says what is wrong with it', () => {
    expect(configurations.of('file:///broken/a.mlsys')!.mistakes[0]!.message).toMatch(/^It is not JSON: /);
    expect(configurations.of('file:///list/a.mlsys')!.mistakes[0]!.message).toMatch(/must be an object/);
  });

  it('is read again when it has changed', () => {
    files['file:///team/search/mlsys.json'] = '{"rules": {"style/*": "hint"}}';
    expect(at('file:///team/search/a.mlsys')).toBe('error');
    configurations.forget('file:///team/search/mlsys.json');
    expect(at('file:///team/search/a.mlsys')).toBe('hint');
  });
});
