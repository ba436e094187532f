import { expect } from 'vitest';

/** What a JSON value must look like: a type's name, alternatives joined by `|`, `[shape]` for a list, or an object of shapes. */
export type Shape = string | readonly [Shape] | { readonly [key: string]: Shape };

/** Fails with the path of the first part that looks otherwise. Keys ending in `?` may be absent; no others may be added. */
export function expectShape(value: unknown, shape: Shape, path = '$'): void {
  if (typeof shape === 'string') expect(shape.split('|'), path).toContain(typeOf(value));
  else if (Array.isArray(shape)) {
    expect(Array.isArray(value), `${path} is a list`).toBe(true);
    (value as unknown[]).forEach((item, i) => void expectShape(item, shape[0] as Shape, `${path}[${i}]`));
  } else expectObject(value, shape as { readonly [key: string]: Shape }, path);
}

function expectObject(value: unknown, shape: { readonly [key: string]: Shape }, path: string): void {
  expect(typeOf(value), path).toBe('object');
  const object = value as Record<string, unknown>;
  const known = Object.keys(shape).map((key) => key.replace('?', ''));
  expect(known, path).toEqual(expect.arrayContaining(Object.keys(object)));
  for (const [key, inner] of Object.entries(shape)) {
    const name = key.replace('?', '');
    if (name in object) expectShape(object[name], inner, `${path}.${name}`);
    else expect(key.endsWith('?'), `${path}.${name} is there`).toBe(true);
  }
}

const typeOf = (value: unknown): string => (value === null ? 'null' : Array.isArray(value) ? 'list' : typeof value);

const RANGE: Shape = {
  start: { line: 'number', character: 'number' },
  end: { line: 'number', character: 'number' },
};

export const CHECK: Shape = {
  version: 'number',
  files: 'number',
  errors: 'number',
  warnings: 'number',
  diagnostics: [
    {
      file: 'string',
      rule: 'string',
      severity: 'string',
      message: 'string',
      subject: 'string|null',
      scenario: 'string|null',
      range: RANGE,
      fixes: [{ title: 'string', edits: [{ file: 'string', range: RANGE, newText: 'string' }] }],
      related: [{ file: 'string', range: RANGE, message: 'string' }],
    },
  ],
};

export const ESTIMATE: Shape = {
  version: 'number',
  file: 'string',
  scenario: 'string|null',
  estimates: [
    {
      subject: 'string',
      quantity: 'string',
      value: 'number|null',
      unit: 'string',
      low: 'number|null',
      high: 'number|null',
      display: 'string',
      'values?': ['number|null'],
      steps: [
        {
          label: 'string',
          formula: 'string|null',
          value: 'number|null',
          unit: 'string',
          from: 'string',
          source: 'string|null',
          'method?': 'string',
          'of?': { subject: 'string', quantity: 'string' },
          'spread?': { p50: 'number|null', p99: 'number|null' },
        },
      ],
      assumptions: ['string'],
      sensitivity: [{ input: 'string', change: 'number', effect: 'number' }],
    },
  ],
  missing: [{ subject: 'string', quantity: 'string', needs: ['string'] }],
};

const SIDE: Shape = { value: 'number', unit: 'string', display: 'string' };
const TRIAL: Shape = { text: 'string', value: 'number|null', reached: SIDE, cost: 'object|null' };

export const SOLVE: Shape = {
  version: 'number',
  file: 'string',
  scenario: 'string|null',
  for: 'string',
  vary: 'string',
  target: { ...SIDE, operator: 'string' },
  met: 'boolean',
  answer: TRIAL,
  now: 'object|null',
  from: 'string|null',
  to: 'string|null',
  choices: [TRIAL],
  breaks: ['string'],
};
