/**
 * A realistic design of about so many lines: systems of the kinds of the examples (fraud scoring, and for every fourth an assistant
 * with retrieval), repeated with other names and figures, with parameters, requirements and scenarios. The same number of lines
 * gives the same text.
 */
export function designOf(lines: number): string {
  const parts = [
    'system Bench { pattern: fraud_detection  owner: "platform"  budget: $900k/month }\n',
    'param peak = 2k/s\nparam growth = 1.5\n',
    'scenario Sale { peak = 2 * base }\n',
  ];
  for (let i = 0; count(parts) < lines; i++) parts.push(i % 4 === 3 ? assistant(i) : unit(i));
  return parts.join('\n');
}

/** A workspace whose files all import the first one: its parameters carry their load. Names with their texts. */
export function workspaceOf(files: number, linesOfEach: number): ReadonlyMap<string, string> {
  const hub = 'param peak = 2k/s\nparam growth = 1.5\nentity Account { keys: 8M  key: 16B }\n';
  const design = `import "./hub.mlsys"\n${designOf(linesOfEach).replaceAll(/^param .*\n/gm, '')}`;
  const rest = Array.from({ length: files - 1 }, (_, i) => [`design${i}.mlsys`, design] as const);
  return new Map([['hub.mlsys', hub], ...rest]);
}

const count = (parts: readonly string[]): number => parts.reduce((sum, p) => sum + p.split('\n').length, 0);

const pick = <T>(list: readonly T[], i: number): T => list[i % list.length]!;

function unit(i: number): string {
  const rate = 1 + ((i * 7) % 9);
  return `/** Events of product ${i}. */
source Events${i} {
  type: stream
  tech: Kafka
  rate: ${rate}k/s
  record: ${200 + ((i * 37) % 900)}B
  retention: ${7 + (i % 50)}d
}

entity User${i} {
  keys: ${1 + (i % 40)}M
  key: 16B
}

featurestore Store${i} {
  tech: Feast
  offline: BigQuery
  online: Redis
  nodes: ${3 + (i % 6)}
  memory: 52GB
  replication: 2
  latency: p50 0.8ms p99 4ms
}

features Recent${i} {
  store: Store${i}
  entity: User${i}
  type: streaming
  source: Events${i}
  tech: Flink
  freshness: ${5 + (i % 20)}s
  ttl: 2d
  schema {
    count_1h: int32
    amount_24h: float32
    embedding: float32[${pick([16, 32, 64], i)}]
  }
}

features Profile${i} {
  store: Store${i}
  entity: User${i}
  type: batch
  source: Events${i}
  tech: Spark
  every: 1d
  ttl: 90d
  schema {
    average_90d: float32
    country: category(250)
  }
}

model Net${i} {
  version: "${1 + (i % 4)}.0"
  task: classification
  architecture: mlp
  params: ${10 + (i % 60)}M
  precision: fp16
  features: Recent${i}, Profile${i}
}

training Train${i} {
  model: Net${i}
  data: Events${i}
  features: Recent${i}, Profile${i}
  examples: ${100 + ((i * 13) % 400)}M
  epochs: 3
  batch: 4096
  hardware: 4 x A100_80GB
  strategy: ddp
  step: ${12 + (i % 9)}ms on 4 x A100_80GB
  every: 1d
  deadline: 8h
}

gateway Edge${i} {
  auth: mtls
  rate_limit: 40k/s
  latency: p50 1ms p99 3ms
}

serving Score${i} {
  model: Net${i}
  pattern: online
  runtime: Triton
  hardware: 1 x ${pick(['L4', 'A10G', 'T4'], i)}
  replicas: ${6 + (i % 8)}
  latency: ${2 + (i % 3)}ms
  batching { max: 8  wait: 2ms }
  budget: p99 < 40ms
}

service Rules${i} {
  latency: p50 2ms p99 6ms
  availability: 99.99%
}

request Check${i} {
  traffic: peak * ${1 + (i % 3)} / growth
  flow: Edge${i} -> (Recent${i} & Profile${i}) -> Score${i} -> Rules${i}
  budget: p99 < 80ms
  availability: 99.9%
}

monitor Drift${i} { watch: Recent${i}  category: feature_drift  test: psi  reference: Train${i}  warn: 0.1  critical: 0.2  window: 1d  action: retrain Train${i} }
monitor Health${i} { watch: Score${i}  category: operational  metric: p99  critical: 40ms  window: 5min  action: page }

require Check${i}.latency.p99 < 90ms "the caller gives up"
`;
}

function assistant(i: number): string {
  return `source Articles${i} { type: batch  tech: S3  records: ${1 + (i % 5)}M/d  record: 6KB }

model Embedder${i} { base: BERT_large  precision: fp16 }
model Generator${i} { base: ${pick(['Llama_3_1_70B', 'Qwen3_32B', 'Llama_3_1_8B'], i >> 2)}  precision: fp8 }

index Passages${i} {
  source: Articles${i}
  embedder: Embedder${i}
  vectors: ${10 + (i % 40)}M
  dimensions: 1024
  type: hnsw
  m: 32
  top_k: 20
  latency: p50 6ms p99 25ms
}

serving Embed${i} { model: Embedder${i}  pattern: online  hardware: 1 x L4  replicas: auto  input: 64 tokens }

/** Writes the answer from what was found. */
serving Write${i} {
  model: Generator${i}
  pattern: online
  runtime: vLLM
  hardware: 4 x H100
  tensor_parallel: 4
  replicas: ${4 + (i % 5)}
  input: ${1500 + ((i * 100) % 1500)} tokens
  output: 300 tokens
  budget: ttft p95 < 2s, tpot p95 < 60ms
}

request Answer${i} {
  traffic: ${5 + (i % 20)}/s
  flow: Embed${i} -> Passages${i} -> Write${i}    // one pass, no agent
  budget: p95 < 30s
}

experiment Tone${i} {
  on: Answer${i}
  control: Write${i} 50%
  treatment: Write${i} 50%
  primary: resolved baseline 40% mde 2pp
  exposure: ${20 + (i % 30)}k/d
  alpha: 0.05
  power: 80%
}

feedback Rated${i} { from: Ratings${i}  to: Articles${i}  delay: 1h }
service Ratings${i} { type: database  latency: 4ms }
require Write${i}.cost < $400k/month
`;
}
