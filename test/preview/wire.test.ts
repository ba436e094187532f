import { describe, expect, it } from 'vitest';
import { toWire } from '../../language/views/wire.ts';
import type { WireView } from '../../server/protocol.ts';
import { lifecycle, request } from './fraud.ts';
import { model } from './models.ts';

const rangeOf = () => ({
  uri: 'file:///a',
  range: { start: { line: 0, character: 0 }, end: { line: 0, character: 1 } },
});

describe('on the wire', () => {
  it('is what the protocol says, with groups before their members', () => {
    const wire: WireView = toWire(lifecycle(), rangeOf);
    expect(wire.nodes.map((part) => part.id).slice(0, 5)).toEqual([
      'stage_data',
      'source_Authorizations',
      'source_Chargebacks',
      'stage_features',
      'features_CardVelocity',
    ]);
    expect(wire.nodes.find((part) => part.id === 'features_CardProfile')).toEqual({
      id: 'features_CardProfile',
      role: 'features',
      severity: 'warning',
      label: 'warning: CardProfile v2, Spark, 3 columns, fresh 36 h',
      lines: ['⚠\uFE0E CardProfile v2', 'Spark · 3 columns', 'fresh 36 h'],
      target: { name: 'CardProfile', ...rangeOf() },
    });
    expect(JSON.parse(JSON.stringify(wire))).toEqual(
      JSON.parse(JSON.stringify(toWire(structuredClone(lifecycle()), rangeOf))),
    );
  });

  it('carries lifelines, the waterfall and the line of an empty view', () => {
    const wire: WireView = toWire(request(), rangeOf);
    expect(wire.nodes.map((part) => part.lines.join(' '))).toEqual([
      'Edge',
      'Card Velocity',
      'Card Profile',
      'Device Distance',
      'Fraud Scorer',
      'Rules Engine',
      'Analysts',
    ]);
    expect(wire.waterfall?.rows[4]).toMatchObject({
      name: 'FraudScorer',
      value: '5.0 of 20 ms',
      target: { name: 'FraudScorer', uri: 'file:///a' },
    });
    const empty: WireView = toWire(model('cost', { type: 'empty', text: 'Nothing here has a price.' }), rangeOf);
    expect([empty.empty, empty.nodes, empty.waterfall]).toEqual(['Nothing here has a price.', [], null]);
  });
});
