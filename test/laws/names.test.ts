import { describe, expect, test } from 'vitest';
import { KINDS, propertiesOf } from '#language/schema/index.ts';
import { UNIT_WORDS } from '#language/units/literal.ts';
import { Workspace } from '#language/workspace.ts';

/** Words that mean something somewhere: kinds, properties, units, percentiles, keywords of other languages. */
const WORDS = [
  ...new Set([
    ...KINDS.map((k) => k.kind),
    ...KINDS.flatMap((k) => Object.keys(propertiesOf(k.kind))),
    ...UNIT_WORDS.filter((u) => /^[A-Za-z]+$/.test(u)),
    ...[
      'import',
      'param',
      'require',
      'scenario',
      'base',
      'x',
      'on',
      'at',
      'p50',
      'p99',
      'mde',
      'baseline',
      'min',
      'max',
      'sqrt',
      'true',
      'false',
      'batch',
    ],
    ...['constructor', '__proto__', 'toString', 'hasOwnProperty', 'class', 'end', '_', '_3D', 'Größe', 'モデル'],
  ]),
];

/** Values that a property's words win over: a name may be `auto`, but `replicas: auto` is the word. */
const templates: Readonly<Record<string, (w: string) => string>> = {
  'a model, a serving of it, and a request to that': (w) =>
    `model ${w} { params: 10M }\nserving S_${w} { model: ${w}  hardware: 1 x L4  latency: 2ms }\nrequest R { traffic: 10/s  flow: G -> S_${w} }\ngateway G { latency: 1ms }\n`,
  'a serving in a flow': (w) =>
    `model M { params: 10M }\nserving ${w} {\n  model: M\n  hardware: 1 x L4\n  latency: 2ms\n}\nrequest R_ {\n  traffic: 10/s\n  flow: 2 * ${w} -> 5% * ~${w}\n}\n`,
  'an entity of features': (w) =>
    `entity ${w} { keys: 10 }\nfeatures F_ { entity: ${w}  type: batch schema { ${w}: int32 } }\n`,
  'a hardware in a pool': (w) => `hardware ${w} { memory: 80GB }\ncluster C_ { pool: 8 x ${w}, 1/7 x ${w} }\n`,
  'a parameter': (w) =>
    `param ${w} = 3k/s\nparam y_ = 2 * ${w} + ${w}\nrequest R_ { traffic: ${w}  flow: G_ }\ngateway G_ { }\n`,
  'a scenario and its target': (w) => `param p_ = 3\nscenario ${w} { p_ = 2 * base }\n`,
};

describe('any word can be a name', () => {
  for (const [place, make] of Object.entries(templates)) {
    test(`of ${place}`, () => {
      const wrong = WORDS.flatMap((word) => {
        const findings = new Workspace()
          .update('file:///a.mlsys', make(word))
          .findings.filter((f) => /^(syntax|type|name)\//.test(f.rule) && f.rule !== 'name/unused');
        return findings.map((f) => `${word}: ${f.rule}: ${f.message}`);
      });
      expect(wrong).toEqual([]);
    });
  }
});
