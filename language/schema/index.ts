import { cluster } from './cluster.ts';
import { COMMON } from './common.ts';
import { entity } from './entity.ts';
import { experiment } from './experiment.ts';
import { features } from './features.ts';
import { featurestore } from './featurestore.ts';
import { feedback } from './feedback.ts';
import { gateway } from './gateway.ts';
import { hardware } from './hardware.ts';
import { model } from './model.ts';
import { monitor } from './monitor.ts';
import { pipeline } from './pipeline.ts';
import { price } from './price.ts';
import { registry } from './registry.ts';
import { request } from './request.ts';
import { scenario } from './scenario.ts';
import { service } from './service.ts';
import { serving } from './serving.ts';
import { source } from './source.ts';
import { system } from './system.ts';
import { tech } from './tech.ts';
import { training } from './training.ts';
import type { KindSchema, PropertySchema } from './types.ts';
import { vectorIndex } from './vector-index.ts';

export { COMMON } from './common.ts';
export { COLUMN_TYPES } from './features.ts';
export { ACTIONS } from './monitor.ts';
export type * from './types.ts';

/** Every kind, in the order in which the reference shows them. */
export const KINDS: readonly KindSchema[] = [
  system,
  source,
  entity,
  pipeline,
  featurestore,
  features,
  vectorIndex,
  model,
  training,
  registry,
  serving,
  gateway,
  service,
  request,
  feedback,
  experiment,
  monitor,
  cluster,
  hardware,
  price,
  tech,
  scenario,
];

type Properties = Readonly<Record<string, PropertySchema>>;

const kinds = new Map(KINDS.map((schema) => [schema.kind, schema]));
/** Without a prototype: `constructor` is a name that a user may write, and no property. */
const merged = new Map<string, Properties>(
  KINDS.map(({ kind, properties }) => [kind, Object.assign(Object.create(null), properties, COMMON)]),
);
const none: Properties = Object.create(null);

export const kindOf = (name: string): KindSchema | undefined => kinds.get(name);

/** A kind's own properties in their order, then those that every kind has; empty for what is no kind. */
export const propertiesOf = (kind: string): Properties => merged.get(kind) ?? none;

/** A property by its path: `latency`, or `batching.max` within a block. */
export function propertyOf(kind: string, path: string): PropertySchema | undefined {
  const [head = '', ...rest] = path.split('.');
  const own = propertiesOf(kind)[head];
  if (rest.length === 0 || own?.type.is !== 'block') return rest.length === 0 ? own : undefined;
  const inner = own.type.properties;
  return Object.hasOwn(inner, rest.join('.')) ? inner[rest.join('.')] : undefined;
}
