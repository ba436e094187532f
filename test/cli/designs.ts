import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Document, Workspace } from '#language/index.ts';

export const root = join(import.meta.dirname, '../..');
export const examples = join(root, 'test/designs/examples');
export const example = (name: string): string => readFileSync(join(examples, `${name}.mlsys`), 'utf8');

/** `Full` breaks as written and not in `Quiet`, `Roomy` only in `Busy`. */
export const LOADED = `param peak = 100/s
model Small { architecture: mlp  params: 1M  precision: fp16 }
serving Full {
  model: Small
  hardware: 1 x L4
  replicas: 1
  latency: 20ms
  utilization: 50%
  traffic: peak  budget: p99 < 1s
}
serving Roomy {
  model: Small
  hardware: 1 x L4
  replicas: 10
  latency: 20ms
  utilization: 50%
  traffic: peak  budget: p99 < 1s
}
scenario Quiet { peak = 10/s }
scenario Busy { peak = 400/s }
source Clicks { type: stream  rate: 20ms }
`;

export const open = (text: string, uri = 'file:///design.mlsys'): Document => new Workspace().update(uri, text);
