import { capacity } from './capacity.ts';
import { consistency } from './consistency.ts';
import { cost } from './cost.ts';
import { drift } from './drift.ts';
import { experiment } from './experiment.ts';
import { features } from './features.ts';
import { inputOf, type View, type ViewSource } from './input.ts';
import { lifecycle } from './lifecycle.ts';
import { request } from './request.ts';
import { serving } from './serving.ts';
import { training } from './training.ts';
import type { ViewModel } from './view.ts';

export type { View, ViewInput, ViewSource } from './input.ts';

/** Every view, in the order of the picker. */
export const VIEWS: readonly View[] = [
  lifecycle,
  features,
  consistency,
  training,
  serving,
  request,
  experiment,
  drift,
  capacity,
  cost,
];

export interface Wanted {
  readonly view?: string | null;
  readonly subject?: string | null;
  readonly scenario?: string | null;
}

/** One view of a document. An unknown view is `lifecycle`, an unknown subject the first, an unknown scenario the design as written. */
export function buildView(source: ViewSource, { view, subject, scenario }: Wanted = {}): ViewModel {
  const found = VIEWS.find(({ id }) => id === view) ?? lifecycle;
  return found.build(inputOf(source, found, subject, scenario));
}
