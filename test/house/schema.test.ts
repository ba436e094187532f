import { describe, expect, it } from 'vitest';
import { ACTIONS, COLUMN_TYPES, COMMON, KINDS, kindOf, propertiesOf, propertyOf } from '#language/schema/index.ts';
import type { PropertySchema, ValueType } from '#language/schema/index.ts';

/** The language reference, typed in by hand: what documents may say must not get lost. `*` marks a required property. */
const PROPERTIES: Record<string, string> = {
  system: 'pattern budget region',
  source: 'type* tech rate records record retention delay every partitions pii',
  entity: 'keys* key',
  pipeline: 'from* to* tech type every duration throughput delay',
  featurestore: 'tech offline online server nodes memory replication latency ops registry access',
  features: 'store entity* type* source tech every freshness ttl latency version pii schema*',
  index: 'tech source embedder vectors* dimensions* type m pq_bytes top_k refresh memory latency replicas',
  model: `version base task architecture params active_params layers hidden heads kv_heads head_dim intermediate vocab context
    experts experts_per_token shared_experts moe_intermediate kv_rank window window_layers linear_layers tied trees depth embedding_bytes precision features
    explain flops stage distilled_from source`,
  training: `model* tech method rank data labels join features loader examples tokens sequence epochs batch micro_batch steps step
    hardware* cluster strategy tensor_parallel pipeline_parallel precision optimizer recompute attention stack mfu scaling trials
    parallel_trials every deadline checkpoint checkpoint_to failures tracking tracker registry validate`,
  registry: 'tech stages',
  serving: `model* pattern runtime hardware* cluster replicas min_replicas max_replicas tensor_parallel pipeline_parallel
    expert_parallel data_parallel traffic latency throughput utilization batching cache quantization input output items source
    examples every concurrency budget availability registry`,
  gateway: 'tech auth rate_limit validation latency availability',
  service: 'type tech latency capacity share availability timeout',
  request: 'traffic* flow* entity budget availability',
  feedback: 'from* to* delay',
  experiment: `tech on control* treatment* unit flag exposure primary* target segments guardrails metrics logger alpha power
    correction sequential interleaving duration decision`,
  monitor: `watch* category* tech metric test reference window warn critical degradation labels action bins sample sink`,
  cluster: 'pool* tech region node interconnect discount',
  hardware: 'memory bandwidth fp32 tf32 fp16 bf16 fp8 int8 int4 fp4 interconnect tdp source',
  price: 'hardware* rate* provider region date source',
  tech: 'role limits source',
  scenario: '',
};

const BLOCKS: Record<string, string> = {
  'serving.batching': 'max wait gain',
  'serving.cache': 'hit_rate prefix_hit ttl latency',
  'experiment.decision': 'ship kill',
};

const PRECISIONS = 'fp32 tf32 fp16 bf16 fp8 int8 int4 fp4';

/** The words that the language reference promises; an ellipsis means that any other word is fine too. */
const WORDS: Record<string, string> = {
  'system.pattern': 'recommendation fraud_detection search_ranking rag llm_serving batch_scoring none',
  'source.type': 'stream batch request',
  'pipeline.type': 'batch streaming',
  'featurestore.server': 'python java go',
  'features.type': 'batch streaming on_demand',
  'index.type': 'flat hnsw ivf_flat ivf_pq',
  'model.task': `classification regression ranking retrieval learning_to_rank ctr_prediction generation embedding detection
    forecasting ...`,
  'model.architecture': 'transformer moe mlp cnn gbdt dlrm two_tower linear',
  'model.precision': PRECISIONS,
  'model.stage': 'experimental staging production deprecated',
  'training.method': 'full lora qlora',
  'training.join': 'point_in_time latest',
  'training.strategy': 'single_node ddp fsdp zero1 zero2 zero3 tensor pipeline 3d',
  'training.precision': PRECISIONS,
  'training.recompute': 'none selective full',
  'training.attention': 'flash standard',
  'training.stack': 'tuned typical legacy',
  'training.tracking': 'hyperparameters metrics artifacts code_version environment data_version',
  'serving.pattern': 'online batch streaming embedded',
  'gateway.auth': 'none api_key oidc mtls',
  'service.type':
    'service client load_balancer database data_lake metrics_store logger dashboard human_review external',
  'experiment.correction': 'none bonferroni fdr',
  'experiment.sequential': 'none obrien_fleming pocock',
  'monitor.category': 'data_quality feature_drift prediction_drift performance operational',
  'monitor.test': 'psi ks chi_squared kl',
};

/** By what they refer to. */
const REFERENCES: Record<string, string> = {
  tech: `featurestore.registry featurestore.offline featurestore.online training.checkpoint_to training.tracker serving.runtime`,
  source: 'features.source index.source training.data training.labels serving.source',
  model: 'index.embedder model.base model.distilled_from training.model serving.model',
  features: 'model.features training.features',
  entity: 'features.entity request.entity experiment.unit',
  featurestore: 'features.store',
  cluster: 'training.cluster serving.cluster',
  registry: 'training.registry serving.registry',
  request: 'experiment.on',
  training: 'monitor.reference',
  feedback: 'monitor.labels',
  'source features': 'pipeline.from pipeline.to',
  'service source training': 'feedback.from feedback.to',
  'service tech': 'experiment.logger monitor.sink',
  'features serving source index': 'monitor.watch',
};

/** By the SI unit in which they are read. */
const UNITS: Record<string, string> = {
  '1': `entity.keys index.vectors model.params model.kv_rank training.examples training.tokens training.epochs training.mfu
    serving.replicas serving.input serving.utilization experiment.alpha monitor.bins cluster.node`,
  s: `source.retention source.delay features.freshness features.ttl index.latency training.step training.deadline
    training.checkpoint serving.latency service.timeout feedback.delay experiment.duration monitor.window`,
  '1/s': `source.rate pipeline.throughput featurestore.ops training.loader training.failures serving.traffic serving.throughput
    gateway.rate_limit service.capacity request.traffic experiment.exposure`,
  B: 'source.record entity.key featurestore.memory index.memory model.embedding_bytes hardware.memory',
  'B/s': 'cluster.interconnect hardware.bandwidth hardware.interconnect',
  flop: 'model.flops',
  'flop/s':
    'hardware.fp32 hardware.tf32 hardware.fp16 hardware.bf16 hardware.fp8 hardware.int8 hardware.int4 hardware.fp4',
  W: 'hardware.tdp',
  'USD/s': 'system.budget price.rate',
  '1 1/s': 'source.records',
  '1 s 1/s': 'monitor.warn monitor.critical',
  'B 1': 'index.pq_bytes',
};

const SHARES = `training.mfu training.scaling serving.utilization serving.availability gateway.availability service.share
  service.availability request.availability experiment.alpha experiment.power monitor.degradation cluster.discount`;

const SENTENCE = /^[A-Z].*\.$/s;
const list = (text: string) => text.split(/\s+/).filter(Boolean);
const typeOf = (path: string): ValueType => {
  const [kind, key] = path.split('.') as [string, string];
  const found = propertyOf(kind, key);
  if (!found) throw new Error(`there is no ${path}`);
  return found.type;
};
const wordsOf = (type: ValueType) => ('words' in type ? (type.words ?? {}) : {});

/** Every property with its path, those of blocks too. */
function* walk(
  prefix: string,
  properties: Readonly<Record<string, PropertySchema>>,
): Generator<[string, PropertySchema]> {
  for (const [key, property] of Object.entries(properties)) {
    yield [`${prefix}.${key}`, property];
    if (property.type.is === 'block') yield* walk(`${prefix}.${key}`, property.type.properties);
  }
}
const every = [...KINDS.flatMap((k) => [...walk(k.kind, k.properties)]), ...walk('common', COMMON)];

describe('the schema says what the language reference says', () => {
  it('has the kinds in order', () => expect(KINDS.map((k) => k.kind)).toEqual(Object.keys(PROPERTIES)));

  it.each(Object.entries(PROPERTIES))('%s has its properties', (kind, text) => {
    const own = Object.entries(kindOf(kind)?.properties ?? {});
    expect(own.map(([key, p]) => key + (p.required ? '*' : ''))).toEqual(list(text));
    expect(Object.keys(propertiesOf(kind))).toEqual([...own.map(([key]) => key), 'owner', 'description', 'tags']);
  });

  it.each(Object.entries(BLOCKS))('%s is a block', (path, text) => {
    const type = typeOf(path);
    expect(type.is === 'block' && Object.keys(type.properties)).toEqual(list(text));
  });

  it.each(Object.entries(WORDS))('%s has its words', (path, text) => {
    const type = typeOf(path);
    const open = 'open' in type && type.open ? ['...'] : [];
    expect([...Object.keys(wordsOf(type)), ...open].sort()).toEqual(list(text).sort());
  });

  it.each(Object.entries(REFERENCES))('refers to %s', (kinds, paths) => {
    for (const path of list(paths)) expect(typeOf(path), path).toMatchObject({ is: 'reference', kinds: list(kinds) });
  });

  it.each(Object.entries(UNITS))('reads in %s', (units, paths) => {
    const dimensions = list(units).map((unit) => expect.objectContaining({ unit }));
    for (const path of list(paths))
      expect(typeOf(path), path).toEqual(expect.objectContaining({ is: 'quantity', dimensions }));
  });

  it('knows what is a share', () => {
    for (const path of list(SHARES)) expect(typeOf(path), path).toMatchObject({ min: 0, max: 1 });
  });

  it('takes measurements, distributions, schedules and auto where they are promised', () => {
    expect(typeOf('serving.latency')).toMatchObject({ spread: true, on: true, at: true });
    expect(typeOf('training.step')).toMatchObject({ on: true });
    expect(typeOf('training.checkpoint')).toMatchObject({ every: true });
    expect(typeOf('serving.replicas')).toMatchObject({ auto: true, whole: true, min: 1 });
    for (const path of ['featurestore', 'features', 'index', 'gateway', 'service'].map((k) => `${k}.latency`))
      expect(typeOf(path), path).toMatchObject({ spread: true });
    for (const kind of KINDS)
      if (kind.properties.tech)
        expect(typeOf(`${kind.kind}.tech`), kind.kind).toMatchObject({ kinds: ['tech'], open: true });
  });

  it('names the actions of monitors and the types of columns', () => {
    expect(Object.keys(ACTIONS)).toEqual(list('continue investigate retrain page rollback'));
    expect(Object.keys(COLUMN_TYPES)).toEqual(list('int32 int64 float32 float64 bool string category timestamp'));
  });
});

describe('the schema explains itself', () => {
  it.each(KINDS.map((k) => [k.kind, k] as const))('%s has a doc and an example that holds together', (kind, schema) => {
    expect(schema.doc).toMatch(SENTENCE);
    expect(schema.example).toMatch(new RegExp(`^${kind} \\w+ \\{\\n.*\\n\\}$`, 's'));
    const used = [...schema.example.matchAll(/^ {2}(\w+)(?::| \{)/gm)].map((m) => m[1]!);
    for (const key of used) expect(propertyOf(kind, key), `${kind}.${key} of the example`).toBeDefined();
    for (const [key, p] of Object.entries(schema.properties)) if (p.required) expect(used, kind).toContain(key);
  });

  it('has a doc and an example for every property, and a meaning for every word', () => {
    for (const [path, { type, doc, example }] of every) {
      expect(doc, path).toMatch(SENTENCE);
      expect(example.trim(), path).not.toBe('');
      const words = wordsOf(type);
      for (const [word, meaning] of Object.entries(words))
        expect(meaning, `${path}: ${word}`).toMatch(/^[A-Z0-9].+[^.]$/);
      if ((type.is !== 'word' && type.is !== 'words') || type.open) continue;
      for (const word of example.split(', ')) expect(Object.keys(words), path).toContain(word.replace(/\(.*/, ''));
    }
  });

  it('refers only to kinds that there are', () => {
    for (const [path, { type }] of every)
      if (type.is === 'reference')
        for (const kind of type.kinds) expect(kindOf(kind), `${path} -> ${kind}`).toBeDefined();
  });

  it('has a reason and a source for every default, narrow ones first', () => {
    const withDefaults = every.filter(([, p]) => p.defaults);
    expect(withDefaults.length).toBeGreaterThan(20);
    for (const [path, { type, defaults = [] }] of withDefaults) {
      const general = defaults.findIndex((d) => !d.when);
      if (general >= 0) expect(general, path).toBe(defaults.length - 1);
      for (const given of defaults) {
        expect(given.why, path).not.toBe('');
        expect(given.source, path).not.toBe('');
        if (type.is === 'word') expect(Object.keys(type.words), path).toContain(given.value);
        for (const [key, word] of Object.entries(given.when ?? {}))
          expect(Object.keys(wordsOf(typeOf(`${path.split('.')[0]}.${key}`))), path).toContain(word);
      }
    }
  });

  it('knows nothing of names that JavaScript has on every object', () => {
    expect(propertyOf('model', 'constructor')).toBeUndefined();
    expect(propertyOf('nothing', 'toString')).toBeUndefined();
    expect(kindOf('constructor')).toBeUndefined();
  });
});
