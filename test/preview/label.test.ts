import { describe, expect, it } from 'vitest';
import { nodeLabel, nodeLines, participantLines, shorten, textWidth } from '../../language/views/label.ts';

describe('labels', () => {
  it('cut a long name in the middle, and keep fifteen and eight letters', () => {
    expect(shorten('RealTimeCardPredictionsEuropeAndAsia')).toBe('RealTimeCardPre…eAndAsia');
    expect(textWidth(shorten('x'.repeat(5000)))).toBe(24);
    expect(shorten('決済予測モデル決済予測モデル')).toBe('決済予測モデル…測モデル');
  });

  it('keep a first line within 28 letters with its version and marker, and other lines within 40', () => {
    const [first, second] = nodeLines({
      lines: ['RealTimeCardPredictionsEuropeAndAsia v12', 'word '.repeat(40)],
      severity: 'error',
    });
    expect(first).toMatch(/^✖ RealTime.*Asia v12$/);
    expect(textWidth(first!)).toBeLessThanOrEqual(28);
    expect(textWidth(second!)).toBeLessThanOrEqual(40);
    expect(nodeLines({ lines: ['treatment · FraudScorerV2'], severity: 'warning' })).toEqual([
      '⚠\uFE0E treatment · FraudScorerV2',
    ]);
  });

  it.each([
    ['Edge', ['Edge']],
    ['CardVelocity', ['Card', 'Velocity']],
    ['RealTimeCardScorer', ['RealTime', 'CardScorer']],
    ['fraud_scorer', ['fraud_', 'scorer']],
    ['recommendationgateway', ['recommen…way']],
    ['GPUServer', ['GPUServer']],
    ['Model2Scorer', ['Model2', 'Scorer']],
  ])('break the name of a lifeline in two: %s', (name, lines) => {
    expect(participantLines({ name })).toEqual(lines);
  });

  it('say to a screen reader the finding, the full name and the figures, but no bars', () => {
    expect(nodeLabel({ lines: ['CardProfile v2', 'Spark · 3 columns', 'fresh 36 h'], severity: 'warning' })).toBe(
      'warning: CardProfile v2, Spark, 3 columns, fresh 36 h',
    );
    expect(nodeLabel({ lines: [`A${'b'.repeat(40)}`, '▰▰▱▱▱▱▱▱▱▱ 18% busy', '→ retrain'] })).toBe(
      `A${'b'.repeat(40)}, 18% busy, retrain`,
    );
  });
});
