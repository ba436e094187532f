import { features } from './features.ts';
import { inputOf, type View, type ViewSource } from './input.ts';
import { lifecycle } from './lifecycle.ts';
import { request } from './request.ts';
import { serving } from './serving.ts';
import { training } from './training.ts';
import type { ViewModel } from './view.ts';

export type { View, ViewInput, ViewSource } from './input.ts';

/** Every view, in the order of the picker. */
export const VIEWS: readonly View[] = [lifecycle, features, training, serving, request];

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
