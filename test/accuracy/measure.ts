import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { STUDIES } from './index.ts';
import { type Sample, type Study, type Summary, summary } from './study.ts';

export interface Measured {
  readonly study: Study;
  readonly all: Summary;
  /** of what was kept back; absent where nothing was */
  readonly held?: Summary;
}

export function measured(study: Study, samples: readonly Sample[]): Measured {
  const held = samples.filter((s) => s.held);
  return { study, all: summary(samples), ...(held.length > 0 && { held: summary(held) }) };
}

export const BASELINE = join(import.meta.dirname, 'baseline.json');
export const PAGE = join(import.meta.dirname, '../../language/estimate/README.md');

export type Baseline = Readonly<Record<string, { readonly all: Summary; readonly held?: Summary }>>;

export const readBaseline = (): Baseline => JSON.parse(readFileSync(BASELINE, 'utf8'));

/** What the baseline says of the studies that there are. */
export const recorded = (baseline: Baseline): Measured[] =>
  STUDIES.flatMap((study) => (baseline[study.name] ? [{ study, ...baseline[study.name]! }] : []));
