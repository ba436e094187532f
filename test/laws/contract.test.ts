import { describe, expect, test } from 'vitest';
import { catalogNames } from '#language/catalog/index.ts';
import { isMissing } from '#language/estimate/estimate.ts';
import type { Finding } from '#language/rules/rule.ts';
import { type Document, Workspace } from '#language/workspace.ts';
import { applyFix } from '../harness/fixes.ts';

/** What the language promises its users, a sentence a test: text in, findings or figures out. */
const read = (text: string) => new Workspace().update('file:///contract.mlsys', text);

/** Texts that show one thing lack others: what they get as advice is not what they are about. */
const told = (document: Document): readonly Finding[] =>
  document.findings.filter(
    ({ rule, severity }) =>
      rule !== 'capacity/unattached' &&
      rule !== 'name/unused' &&
      (severity !== 'info' || rule.startsWith('type/') || rule === 'training/step-basis'),
  );

/** `severity rule «text under it»` of each finding, in order; a scenario's begin with its name. */
const findings = (text: string): string[] =>
  told(read(text)).map((f) => {
    const under = text.slice(f.at.at.offset + f.at.start, f.at.at.offset + f.at.end);
    return `${f.scenario ? `${f.scenario}: ` : ''}${f.severity} ${f.rule} «${under}»`;
  });

const fixesOf = (text: string): string[] => told(read(text)).flatMap((f) => f.fixes.map((x) => x.title));

/** What is found after the first fix of the first finding. */
const mended = (text: string): string[] => {
  const document = read(text);
  return findings(applyFix(document, told(document)[0]!.fixes[0]!));
};

/** A figure in base units; undefined where it is missing. */
function figure(text: string, subject: string, quantity: string, scenario: string | null = null): number | undefined {
  const document = read(text);
  const answer = document.analysis(scenario).estimate(document.design.lookup(subject)!, quantity);
  return isMissing(answer) ? undefined : answer.value;
}

const MODEL = 'model M { params: 1M }\n';
const serving = (rest: string, name = 'S') => `serving ${name} { model: M hardware: 1 x H100 ${rest} }\n`;
const training = (rest: string, hardware = '1 x H100') =>
  `${MODEL}training T { model: M hardware: ${hardware} ${rest} }\n`;
const PARTS = `service A { latency: 10ms capacity: 100/s availability: 99% }
service B { latency: 20ms capacity: 100/s availability: 99.9% }
service C { latency: 25ms capacity: 100/s share: 20% }
service D { latency: 100ms capacity: 100/s }
`;
const request = (flow: string, rest = 'traffic: 10/s') =>
  `${flow.includes('C') ? PARTS : PARTS.replace(' share: 20%', '')}request R { ${rest} flow: ${flow} }\n`;

describe('common slips get a message with the right form, and a fix', () => {
  test.each([
    [training('', '8xH100'), '8xH100', 'Write `8 x H100`'],
    ['source S { type: stream rate: 10K/s }', '10K/s', 'Write `10k/s`'],
    [training('deadline: 1h30min'), '1h30min', 'Write `90min`'],
    [training('deadline: 5m'), '5m', 'Write `5min`'],
    ['cluster C { pool: 8 x H100 region: us-east-1 }', 'us-east-1', 'Write `us_east_1`'],
    ['hardware X { memory: 80 gb }', '80 gb', 'Write `80GB`'],
    ['hardware X { memory: 80gb }', '80gb', 'Write `80GB`'],
    [`${request('A')}require R.latency.p99.9 < 50ms`, 'p99.9', 'Write `p99`'],
    [request('A', 'traffic: 10/s budget: p99.9 < 50ms'), 'p99.9', 'Write `p99`'],
    ['service A { latency: p50 1ms p99.9 4ms }', 'p99.9', 'Write `p99`'],
    ['entity E { keys: 3 tags: a, b, }', ',', 'Remove it'],
    ['model M { params: 1B; layers: 3 }', ';', 'Remove it'],
    ['model M { params = 1B }', '=', 'Write `:`'],
    ['model M { params: 5m }', '5m', 'Write `5M`'],
    ['source S { type: stream rate: 5m/s }', '5m/s', 'Write `5M/s`'],
    ['hardware X { memory: 80m }', '80m', 'Write `80MB`'],
    [training('deadline: 1h 30min'), '1h 30min', 'Write `90min`'],
    [training('deadline: 1d 2h 30min'), '1d 2h 30min', 'Write `1590min`'],
    ['model M { params: .5B }', '.5', 'Write `0.5`'],
    ['model M { params: 5. }', '5.', 'Write `5`'],
    ['model M { params: 5.B }', '5.', 'Write `5`'],
    ['entity E { keys: 50 million }', '50 million', 'Write `50M`'],
    ['source S { type: stream rate: 100 req/s }', '100 req/s', 'Write `100/s`'],
    ['source S { type: stream rate: 100 events per second }', '100 events per second', 'Write `100/s`'],
    ['system S { budget: 150k USD/month }', '150k USD', 'Write `$150k`'],
    ['service A { latency: 15ms...30ms }', '...', 'Write `..`'],
    ['service A { latency: 15ms to 30ms }', '15ms to 30ms', 'Write `15ms..30ms`'],
    ["service A { description: 'front' }", "'front'", 'Write `"front"`'],
    ['service A { latency: 20ms # why\n}', '#', 'Write `//`'],
    ['# why\nservice A { latency: 20ms }', '#', 'Write `//`'],
    [request('A → B'), '→', 'Write `->`'],
    [request('A', 'traffic: 10/s budget: p99 ≤ 50ms'), '≤', 'Write `<=`'],
    [request('A', 'traffic: 10/s budget: p99: 50ms'), ':', 'Write `<`'],
    [request('A', 'traffic: 10/s budget p99 < 50ms'), 'budget', 'Write `budget:`'],
    ['model M { params 70B }', 'params', 'Write `params:`'],
    ['model M { params: 1B\nservice A { latency: 1ms }', 'M', 'Write `}`'],
    ['model { params: 1B }', 'model', 'Write `model MyModel`'],
    ['model My-Model { params: 1B }', 'model My-Model', 'Write `model My_Model`'],
    ['model 3M { params: 1B }', 'model 3M', 'Write `model _3M`'],
    ['model M: { params: 1B }', 'model M:', 'Write `model M`'],
    ['param peak: 10k/s', 'param peak: ', 'Write `param peak =`'],
  ])('%s', (text, under, fix) => {
    expect(findings(text)).toEqual([`error syntax/error «${under}»`]);
    expect(fixesOf(text)).toEqual([fix]);
    expect(mended(text)).toEqual([]);
  });

  test.each([
    ['param x = 5m', '5m', ['Write `5min`', 'Write `5M`']],
    [`${request('A')}require R.latency.p99 == 50ms`, '==', ['Write `<=`', 'Write `>=`']],
    [`${request('A')}require R.latency.p99 = 50ms`, '=', ['Write `<=`', 'Write `>=`']],
    [`${request('A')}require R.latency.p99 != 50ms`, '!=', []],
    ['system S { budget: €150k/month }', '€150', []],
    ['M { params: 1B }', 'M', []],
  ])('where several may be meant, all are offered: %s', (text, under, fixes) => {
    expect(findings(text)).toEqual([`error syntax/error «${under}»`]);
    expect(fixesOf(text)).toEqual(fixes);
  });

  test.each([
    ['entity E { keys: 1,000,000 }', '1,000,000', 'Change to `1_000_000`'],
    ['service A { latency: "20ms" }', '"20ms"', 'Change to `20ms`'],
    ['service A { latency: every 3ms }', 'every 3ms', 'Change to `3ms`'],
    ['model M { precision: "fp16" }', '"fp16"', 'Change to `fp16`'],
    ['model M { precision: float16 }', 'float16', 'Change to `fp16`'],
    ['model M { base: Llama-3.1-70B }', 'Llama-3.1-70B', 'Change to `Llama_3_1_70B`'],
    ['model M { base: "Qwen3_32B" }', '"Qwen3_32B"', 'Change to `Qwen3_32B`'],
    ['cluster C { pool: 8 H100 }', '8 H100', 'Change to `8 x H100`'],
    ['model M { layers: 30% }', '30%', 'Change to `30`'],
    ['service A { timeout: 18ms on 4 x L4 }', '18ms on 4 x L4', 'Change to `18ms`'],
    ['cluster C { pool: H100 x 8 }', 'H100 x 8', 'Change to `8 x H100`'],
    ['cluster C { pool: 8 * "H100" }', '8 * "H100"', 'Change to `8 x H100`'],
    [request('A B'), 'A B', 'Change to `A -> B`'],
    [request('A', 'traffic: 10/s budget: 50ms'), '50ms', 'Change to `p99 < 50ms`'],
  ])('a value of another form: %s', (text, under, fix) => {
    expect(findings(text)).toEqual([`error type/wrong-value «${under}»`]);
    expect(fixesOf(text)).toEqual([fix]);
    expect(mended(text)).toEqual([]);
  });

  test.each([
    ['model M { layers: 8 x H100 }', '8 x H100'],
    ['model M { precision: fp16, int8 }', 'fp16, int8'],
    ['model M { task: 20ms }', '20ms'],
  ])('is said once: %s', (text, under) => expect(findings(text)).toEqual([`error type/wrong-value «${under}»`]));

  test('a budget bounds a percentile', () => {
    const text = request('A', 'traffic: 10/s budget: latency < 50ms');
    expect(findings(text)).toEqual(['error type/wrong-value «latency < 50ms»']);
    expect(fixesOf(text)).toEqual(['p50', 'p95', 'p99'].map((p) => `Change to \`${p} < 50ms\``));
  });
});

describe('words and names', () => {
  test.each([
    [
      'any word may be a name',
      'model model { params: 1B }\nentity import { keys: 3 }\nparam require = 3\nparam param = require',
    ],
    [
      'a block of its kind comes first in a body',
      'features F { entity: E type: batch tech: Flink schema { schema: int32 type: bool } }\nentity E { keys: 1 }',
    ],
    [
      'properties are separated by white space, a new line or blanks',
      'model M { params: 1B layers: 3\n hidden: 8 heads:\n2 }',
    ],
    [
      'a word that a property allows wins over a declaration of that name',
      `param p99 = 3\nparam auto = 7\nparam streaming = 4\n${MODEL}${serving('latency: 2ms traffic: 10/s replicas: auto budget: p99 < 50ms')}`,
    ],
    ['a file may have a byte order mark and CRLF', '\uFEFF/** doc */\r\nmodel M {\r\n  params: 1B\r\n}\r\n'],
    ['a unit after a blank does not stand before `:`', training('epochs: 3 tokens: 12B sequence: 2048 batch: 8')],
    [
      'a version is a reference to that version',
      'features F { entity: E type: batch version: "2" schema { a: int32 } }\nentity E { keys: 1 }\nmodel M { features: F@2 }',
    ],
    [
      'a declaration hides a catalog entry of its name',
      'hardware H100 { memory: 80GB }\ntech Kafka { role: "stream" }',
    ],
    [
      'a `base` in a scenario is the value without it',
      `param base = 99\n${MODEL}${serving('latency: 1ms replicas: 2 traffic: 10/s')}scenario X { S.replicas = 2 * base }`,
    ],
    [
      '`owner`, `description` and `tags` are allowed everywhere',
      'system S { owner: "a" description: "b" tags: core, "card data" }\nprice P { hardware: 1 x H100 rate: $3/h owner: a tags: c }',
    ],
  ])('%s', (_, text) => expect(findings(text)).toEqual([]));

  test('`base` takes the value of the design as written', () => {
    const text = `param base = 99\n${MODEL}${serving('latency: 1ms replicas: 2 traffic: 10/s')}scenario X { S.replicas = 2 * base }`;
    expect([figure(text, 'S', 'serving.gpus'), figure(text, 'S', 'serving.gpus', 'X')]).toEqual([2, 4]);
  });

  test('two visible declarations of one name are an error on the second, parameters too', () =>
    expect(findings(`${MODEL}service M { latency: 1ms }\nparam N = 3\nentity N { keys: 1 }`)).toEqual([
      'error name/duplicate «M»',
      'error name/duplicate «N»',
    ]));

  test.each([
    ['a file has one system', 'system A { }\nsystem B { }', 'error name/duplicate «B»'],
    ['a second of one name is said once', 'system A { }\nsystem A { }', 'error name/duplicate «A»'],
    ['a property stands once', 'model M { params: 1B params: 2B }', 'error type/duplicate-property «params»'],
    [
      'a column stands once',
      'entity E { keys: 1 }\nfeatures F { entity: E type: batch schema { a: int32 a: bool } }',
      'error type/duplicate-property «a»',
    ],
  ])('%s', (_, text, finding) => expect(findings(text)).toEqual([finding]));

  test('every name of the catalog is there', () => {
    const known = new Set(catalogNames().map((n) => `${n.kind} ${n.name}`));
    const names = {
      model: 'Llama_3_1_70B Qwen3_32B gpt_oss_120b DeepSeek_R1 Mixtral_8x7B BERT_base BERT_large ResNet_50 _3D_UNet',
      hardware: `V100_16GB V100_32GB T4 A2 A10 A10G A30 A40 A100_40GB A100_80GB A100_40GB_PCIe A100_80GB_PCIe L4 L40S H100 H100_PCIe H100_NVL
        H200 B200 B300 GB200 MI250X MI300X MI325X MI355X Gaudi2 Gaudi3 TPU_v4 TPU_v5e TPU_v5p TPU_v6e Inferentia2 Trainium1 Trainium2 Jetson_Orin CPU`,
      tech: `Kafka Kinesis PubSub Spark Flink dbt Airflow Feast Tecton VertexAI SageMaker Kubeflow Redis DynamoDB Cassandra BigQuery Snowflake S3
        MLflow WandB TensorFlowServing Triton TorchServe vLLM TensorRT_LLM SGLang KServe RayServe Evidently WhyLabs Arize Prometheus PyTorch Horovod
        DeepSpeed Megatron Optuna RayTune Jupyter Milvus Qdrant pgvector FAISS OpenSearch Kubernetes Ray LaunchDarkly`,
    };
    for (const [kind, list] of Object.entries(names))
      for (const name of list.split(/\s+/)) expect(known, name).toContain(`${kind} ${name}`);
  });
});

describe('numbers, scales and units', () => {
  const perSecond = (rest: string) => figure(`source S { type: stream ${rest} }`, 'S', 'source.bytes_per_second');
  test.each([
    ['`B` is bytes where bytes are expected', 'rate: 1/s record: 300B', 300],
    ['KB is 1000', 'rate: 1/s record: 2KB', 2000],
    ['KiB is 1024', 'rate: 1/s record: 2KiB', 2048],
    ['MiB is 1024^2', 'rate: 1/s record: 1MiB', 1_048_576],
    ['byte and bytes', 'rate: 2/s record: 1byte + 2 bytes', 6],
    ['a rate per minute', 'rate: 60/min record: 1KB', 1000],
    ['a month is 730 h', 'rate: 2628k/month record: 1KB', 1000],
    ['a year is 8760 h', 'rate: 31_536_000/year record: 1KB', 1000],
    ['qps after a blank', 'rate: 10k qps record: 1B', 10_000],
    ['rps', 'rate: 3rps record: 1B', 3],
    ['exponents', 'rate: 1e3/s record: 1B', 1000],
  ])('%s', (_, rest, value) => expect(perSecond(rest)).toBeCloseTo(value, 9));

  const examples = (text: string) => figure(training(`examples: ${text} batch: 1`), 'T', 'training.steps');
  test.each([
    ['70B', 70e9],
    ['1G', 1e9],
    ['2T', 2e12],
    ['1_000_000', 1e6],
    ['10% * 200', 20],
    ['round(2.5) + floor(2.9) + ceil(2.1) + sqrt(16) + min(3, 2) + max(1, 7)', 21],
    ['2 ^ 3 ^ 2', 512],
    ['(1 + 2) * 3 - 4 / 2', 7],
    ['-3 + 5', 2],
  ])('%s', (text, value) => expect(examples(text)).toBeCloseTo(value, 6));

  test.each([
    ['model M { params: 20ms }', '20ms', []],
    [training('deadline: 3GB'), '3GB', []],
    ['param a = 3ms + 4GB', '4GB', []],
    ['param b = 3 * (2ms + 1/s)', '1/s', []],
    ['entity E { keys: sqrt(4ms) }', 'sqrt(4ms)', []],
    ['param a = max(1ms, 3)', '3', []],
    ['system S { budget: $20 }', '$20', ['Write `$20/month`', 'Write `$20/h`']],
    ['service A { capacity: 100 }', '100', ['Write `100/s`']],
    ['param n = 3B\nsource S { type: stream rate: 1/s record: n }', 'n', ['Write `3 bytes`']],
  ])('mixing dimensions is an error under the very token that is wrong: %s', (text, under, fixes) => {
    expect(findings(text)).toEqual([`error type/unit-mismatch «${under}»`]);
    expect(fixesOf(text)).toEqual(fixes);
  });

  test.each([
    [serving('latency: 1/s traffic: 100/s replicas: 1 budget: p99 < 3ms'), '1/s'],
    [serving('latency: 10ms traffic: 1000 replicas: 1'), '1000'],
    [serving('latency: 10ms traffic: 10/s replicas: 1 budget: p99 < 0.001'), '0.001'],
    [`serving S { model: M hardware: 3ms x H100 latency: 1ms }`, '3ms'],
    [`${serving('latency: 10ms traffic: 10/s replicas: 1')}scenario X { S.latency = 3/s S.replicas = base }`, '3/s'],
    [`param p = 10/s\n${serving('latency: 10ms traffic: p replicas: 1')}scenario X { p = 3000ms }`, '3000ms'],
  ])('and the only one: no figure rests on a wrong dimension: %s', (text, under) =>
    expect(findings(MODEL + text)).toEqual([`error type/unit-mismatch «${under}»`]),
  );

  test('a cycle of definitions is one error that names it', () => {
    const [found, ...more] = told(read('param a = b + 1\nparam b = a + 1'));
    expect([found!.rule, more.length]).toEqual(['name/cycle', 0]);
    expect(found!.message).toContain('`a` → `b` → `a`');
  });
});

describe('numbers that are none', () => {
  test.each([
    ['param a = 3 / 0', '0'],
    ['param z = 0\nparam a = 3 / (2 * z)\nentity E { keys: a * 2 }', '2 * z'],
    ['entity E { keys: 1e999 }', '1e999'],
    ['param a = sqrt(2 - 3)', 'sqrt(2 - 3)'],
    ['param a = 10 ^ 400', '10 ^ 400'],
    ['service A { latency: 1ms capacity: 3/s / 0 }', '0'],
  ])('are said once, where they come about: %s', (text, under) =>
    expect(findings(text)).toEqual([`error type/not-finite «${under}»`]),
  );
  test('in a scenario too', () =>
    expect(findings('param n = 3\nparam a = 3 / n\nscenario X { n = 0 }')).toEqual(['X: error type/not-finite «n»']));
});

describe('what is declared and not named', () => {
  const idle = (text: string) => read(text).findings.flatMap((f) => (f.rule === 'name/unused' ? [f.subject] : []));
  const FLOW = 'service A { latency: 1ms }\nrequest R { traffic: peak flow: A }\n';
  test('is a hint in a design', () =>
    expect(idle(`param peak = 1/s\nparam low = 2/s\n${MODEL}entity E { keys: 1 }\n${FLOW}`)).toEqual([
      'low',
      'M',
      'E',
    ]));
  test('not in a file of parts', () => expect(idle(`param low = 2/s\n${MODEL}`)).toEqual([]));
  test.each([
    ['require low < 3/s', 'a requirement names it'],
    ['scenario X { low = 1/s }', 'a scenario sets it'],
    ['service B { latency: }', 'what could not be read may be what names it'],
    ['service B { latency: lwo }', 'a name that is misspelt may be it'],
  ])('nor where %s: %s', (text) => expect(idle(`param peak = 1/s\nparam low = 2/s\n${FLOW}${text}`)).toEqual([]));
});

describe('uncertain values', () => {
  const each = (latency: string, rest = '') =>
    figure(
      MODEL + serving(`latency: ${latency} utilization: 50% traffic: 100/s replicas: auto ${rest}`),
      'S',
      'serving.throughput_per_replica',
    );
  test('the point of a range is the median of a log-normal', () =>
    expect(each('15ms..30ms')).toBeCloseTo(0.5 / (Math.sqrt(15 * 30) / 1000), 9));
  test('capacity takes the mean of a distribution', () => {
    const sigma = Math.log(4) / 2.3263478740408408;
    expect(each('p50 10ms p99 40ms')).toBeCloseTo(0.5 / (0.01 * Math.exp(sigma ** 2 / 2)), 9);
  });
  test('two points by batch give the law', () =>
    expect(each('5ms at 1, 14ms at 8', 'batching { max: 8 }')).toBeCloseTo((0.5 * 8) / 0.014, 9));
  test('a batch of 8 gains 4 where nothing better is known', () =>
    expect(each('20ms', 'batching { max: 8 }')).toBeCloseTo(100, 9));
  test('a gain that is given counts', () => expect(each('20ms', 'batching { max: 8 gain: 2 }')).toBeCloseTo(50, 9));
});

describe('serving', () => {
  test('utilization is 50% online and 80% in batches where it is not given', () => {
    expect(figure(MODEL + serving('latency: 20ms traffic: 10k/s replicas: auto'), 'S', 'serving.replicas')).toBe(400);
    expect(
      figure(
        MODEL + serving('pattern: batch latency: 20ms examples: 1M every: 1d replicas: 1'),
        'S',
        'serving.throughput_per_replica',
      ),
    ).toBeCloseTo(40, 9);
  });

  test('rounding up forgives rounding', () => {
    expect(
      figure(MODEL + serving('latency: 20.000000000000004ms traffic: 500/s replicas: auto'), 'S', 'serving.replicas'),
    ).toBe(20);
    expect(
      figure(MODEL + serving('latency: 7ms traffic: 1k/s replicas: auto utilization: 70%'), 'S', 'serving.replicas'),
    ).toBe(10);
  });

  test('latency under load is that of random arrivals at constant servers', () => {
    // P(W <= t) of M/D/1 by Erlang's sum
    const waits = (t: number, load: number, d: number) => {
      let sum = 0;
      for (let k = 0, term = 1; k <= t / d; k++, term = 1) {
        for (let i = 1; i <= k; i++) term *= (load * (k * d - t)) / i;
        sum += term * Math.exp(-load * (k * d - t));
      }
      return (1 - load * d) * sum;
    };
    const text = MODEL + serving('latency: 10ms replicas: 1 traffic: 50/s');
    expect(figure(text, 'S', 'serving.latency_p50')).toBeCloseTo(0.01, 9);
    for (const p of [95, 99]) {
      const found = figure(text, 'S', `serving.latency_p${p}`)!;
      expect(waits(found - 0.01, 50, 0.01)).toBeCloseTo(p / 100, 3);
    }
  });

  test('`A.b` is the estimate before the property; in a scenario the left side is the property', () => {
    const text = `${MODEL}${serving('latency: 20ms replicas: 3 traffic: 15/s utilization: 80%')}scenario X { S.utilization = 5% }\n`;
    expect(findings(`${text}require S.utilization <= 10%`)).toEqual(['X: error capacity/gpu-shortfall «3»']);
    expect(findings(`${text.replace('scenario', '// ').replace('X {', '')}require S.utilization < 5%`)).toEqual([
      'error require/failed «S.utilization < 5%»',
    ]);
  });

  test('a slice is a share of a device', () =>
    expect(
      figure(
        `${MODEL}serving S { model: M hardware: 1/7 x H100 latency: 1ms replicas: 7 traffic: 1/s }`,
        'S',
        'serving.gpus',
      ),
    ).toBeCloseTo(1, 9));
});

describe('training', () => {
  const time = (rest: string, hardware?: string) => figure(training(rest, hardware), 'T', 'training.time');
  const RUN = 'examples: 1M epochs: 2 batch: 100';
  test('steps are examples × epochs / batch, or tokens × epochs / (batch × sequence)', () => {
    expect(figure(training(RUN), 'T', 'training.steps')).toBe(20_000);
    expect(figure(training('tokens: 12B epochs: 2 batch: 512 sequence: 2048'), 'T', 'training.steps')).toBe(
      24e9 / 512 / 2048,
    );
  });
  test('a step is that of one accelerator', () => expect(time(`${RUN} step: 10ms`)).toBeCloseTo(200, 9));
  test('a scaling that is given counts', () =>
    expect(time(`${RUN} step: 10ms scaling: 90%`, '8 x H100')).toBeCloseTo(200 / 7.2, 9));
  test('unless it says where it was measured', () =>
    expect(time(`${RUN} step: 10ms on 8 x H100`, '8 x H100')).toBeCloseTo(200, 9));
  test('steps that are given count', () => expect(time(`${RUN} steps: 77 step: 10ms`)).toBeCloseTo(0.77, 9));
  test('without a step it is 6·N·D plus the attention term, over GPUs × peak × MFU', () => {
    const RUN = (model: string) =>
      `model M { params: 1B ${model} }\ntraining T { model: M hardware: 8 x H100 tokens: 20B sequence: 2048 batch: 64 mfu: 40% precision: bf16 }`;
    const peak = 8 * 989e12 * 0.4;
    const SIZES = 'architecture: transformer layers: 20 hidden: 2048 heads: 16 vocab: 50k';
    // 12 · layers · hidden · sequence a token for attention, forward and backward
    const [plain, sized] = [6e9, 6e9 + 12 * 20 * 2048 * 2048].map((each) => (each * 20e9) / peak);
    // a model of sequences that does not say its sizes has those usual for it, and their attention
    for (const model of ['architecture: transformer', '']) {
      const usual = figure(RUN(model), 'T', 'training.time')! / plain!;
      expect(usual).toBeGreaterThan(1.05);
      expect(usual).toBeLessThan(1.3);
    }
    expect(figure(RUN(SIZES), 'T', 'training.time')! / sized!).toBeCloseTo(1, 3);
  });
  test('scaling defaults to a measured curve, not to 100%', () => {
    expect(time(`${RUN} step: 10ms`, '8 x H100')).toBeGreaterThan(200 / 8);
    expect(time(`${RUN} step: 10ms`, '8 x H100')).toBeLessThan(200 / 4);
  });
});

describe('flows', () => {
  const p99 = (flow: string) => figure(request(flow), 'R', 'request.latency_p99');
  test.each([
    ['A -> B & C', 30],
    ['A -> (B & C) -> A', 45],
    ['A & B -> C', 45],
    ['3 * A -> B', 30],
    ['2 * (A -> B)', 30],
    ['A[500] -> B', 30],
    ['A -> ~D', 10],
    ['~(A -> D) -> B', 20],
    ['0.5% * D -> A', 10],
    ['5% * D -> A', 110],
  ])('%s takes %d ms', (flow, ms) => expect(p99(flow)).toBeCloseTo(ms / 1000, 9));

  const busy = (flow: string, part: string) => figure(request(flow), part, 'service.utilization');
  test.each([
    ['A -> 3 * B', 'B', 0.3],
    ['A -> 5% * D', 'D', 0.005],
    ['A -> C', 'C', 0.02],
    ['A -> 50% * C', 'C', 0.05],
    ['A & ~D', 'D', 0.1],
    ['2 * (A -> 3 * B)', 'B', 0.6],
  ])('%s loads %s', (flow, part, share) => expect(busy(flow, part)).toBeCloseTo(share, 9));

  const reached = (flow: string) => figure(request(flow), 'R', 'request.availability');
  test.each([
    ['A -> B', 0.99 * 0.999],
    ['A & B', 0.99 * 0.999],
    ['A -> ~B', 0.99],
    ['50% * A', 0.995],
  ])('%s is available as its parts are', (flow, share) => expect(reached(flow)).toBeCloseTo(share, 9));

  test('sums and maxima are of distributions, not of percentiles', () => {
    const spread = 'service A { latency: p50 10ms p99 40ms }\nservice B { latency: p50 10ms p99 40ms }\n';
    const at = (flow: string) =>
      figure(`${spread}request R { traffic: 1/s flow: ${flow} }`, 'R', 'request.latency_p99')! * 1000;
    expect(at('A & B')).toBeCloseTo(46.39, 1); // 10 exp(sigma z(sqrt 0.99))
    expect(at('A -> B')).toBeGreaterThan(55);
    expect(at('A -> B')).toBeLessThan(70);
  });

  test('the arms of an experiment split their control’s traffic', () => {
    const text = `${MODEL}${serving('latency: 1ms replicas: 1')}${serving('latency: 1ms replicas: 1', 'S2')}request R { traffic: 100/s flow: S }
experiment E { on: R control: S 90% treatment: S2 10% primary: ctr baseline 10% mde 10% }`;
    expect(figure(text, 'S', 'serving.utilization')).toBeCloseTo(0.09, 9);
    expect(figure(text, 'S2', 'serving.utilization')).toBeCloseTo(0.01, 9);
  });

  test('a cache takes its hits off the compute behind it', () =>
    expect(
      figure(
        `${MODEL}${serving('latency: 10ms replicas: 1 cache { hit_rate: 30% }')}request R { traffic: 10/s flow: S }`,
        'S',
        'serving.utilization',
      ),
    ).toBeCloseTo(0.07, 9));

  test('a traffic that is given wins, with a warning where the paths bring more', () => {
    const text = (traffic: string) =>
      `${MODEL}${serving(`latency: 10ms replicas: 1 traffic: ${traffic}`)}request R { traffic: 10/s flow: S }`;
    expect(findings(text('5/s'))).toEqual(['warning capacity/traffic-mismatch «5/s»']);
    expect(findings(text('20/s'))).toEqual([]);
    expect(figure(text('5/s'), 'S', 'serving.utilization')).toBeCloseTo(0.05, 9);
  });

  test('feature views get reads times the rows', () => {
    const text =
      'entity E { keys: 1M }\nfeatures F { entity: E type: on_demand latency: 1ms schema { a: int32 } }\nrequest R { traffic: 10/s flow: F[500] -> 2 * F }';
    expect(figure(text, 'F', 'features.reads_per_second')).toBeCloseTo(5020, 6);
  });

  test.each([
    ['1.5 * A', '1.5', ['Change to `2`']],
    ['150% * A', '150%', ['Change to `100%`']],
    ['0 * A', '0', ['Change to `1`']],
    ['-2 * A', '-2', ['Change to `2`']],
    ['A[0]', '0', ['Change to `1`']],
  ])('a part is called a whole number of times, or for a share of the requests: %s', (flow, under, fixes) => {
    expect(findings(request(flow))).toEqual([`error type/out-of-range «${under}»`]);
    expect(fixesOf(request(flow))).toEqual(fixes);
  });

  test('a share that a scenario sets to 0 switches a part off', () =>
    expect(findings(`param share = 5%\n${request('A -> share * B')}scenario Off { share = 0% }`)).toEqual([]));

  test.each(['M', 'E', 'Src', 'R2', 'Kafka'])('a flow does not go through %s', (name) =>
    expect(
      findings(
        `${MODEL}entity E { keys: 1 }\nsource Src { type: request }\nrequest R2 { traffic: 1/s flow: A }\nservice A { latency: 1ms }\nrequest R { traffic: 1/s flow: A -> ${name} }`,
      ),
    ).toEqual([`error name/wrong-kind «${name}»`]),
  );
});

describe('one fact, one finding', () => {
  const all = (replicas: number, rest: string) =>
    `${MODEL}${serving(`latency: 10ms replicas: ${replicas} budget: p99 < 11ms ${rest}`)}request R { traffic: 150/s flow: S budget: p99 < 11ms }
require S.latency.p99 < 11ms\nrequire R.latency.p99 < 11ms`;
  test('load of 100% or more comes first', () =>
    expect(findings(all(1, 'utilization: 50%'))).toEqual(['error capacity/unstable «1»']));
  test('then fewer replicas than a given utilization asks for', () =>
    expect(findings(all(2, 'utilization: 50%'))).toEqual(['error capacity/gpu-shortfall «2»']));
  test('then the budget of the serving, to which a requirement that repeats it yields', () =>
    expect(findings(all(2, ''))).toEqual(['error latency/serving-over-budget «p99 < 11ms»']));
  test('then that of the request', () =>
    expect(findings(all(2, '').replace('budget: p99 < 11ms', '').replace('require S.latency.p99 < 11ms', ''))).toEqual([
      'error latency/over-budget «p99 < 11ms»',
    ]));
  test('without a given utilization, above the default is only a hint', () => {
    const text = `${MODEL}${serving('latency: 10ms replicas: 2 traffic: 150/s')}`;
    expect(findings(text)).toEqual(['hint capacity/gpu-shortfall «2»']);
    expect(fixesOf(text)).toEqual(['Set replicas to 3', 'Write `utilization: 75%`: it is meant to be that busy']);
    expect(findings(text.replace('150/s', '100/s'))).toEqual([]);
  });
});

describe('requirements and scenarios', () => {
  test('are checked as it stands and in every scenario, with both sides’ values', () => {
    const text = `${MODEL}${serving('latency: 10ms replicas: 4 traffic: 10/s')}scenario X { S.traffic = 200/s }\nrequire S.gpus < 4 "few"\nrequire S.utilization < 30% "calm"`;
    expect(findings(text)).toEqual([
      'error require/failed «S.gpus < 4»',
      'X: error require/failed «S.utilization < 30%»',
    ]);
    const [few] = told(read(text));
    expect(few!.message).toMatch(/4 GPUs|is 4\b/);
    expect(few!.message).toContain('few');
    expect(few!.subject).toBe('S');
  });

  test('shares are read as percentages', () => {
    const text = `${MODEL}${serving('latency: 10ms replicas: 1 traffic: 34/s')}require S.utilization < 30%`;
    const messages = read(text).findings.map((f) => f.message);
    expect(messages).toContain('`S.utilization` is 34%, but must be < 30%.');
  });

  test('a figure has to say of what', () => {
    const text = `${MODEL}${serving('latency: 10ms replicas: 1 traffic: 34/s')}require latency < 30ms`;
    expect(findings(text)).toEqual(['error name/unresolved «latency»']);
    expect(fixesOf(text)).toEqual(['Change to `S.latency.p99`']);
  });

  test('a latency without a percentile is an error with three fixes', () => {
    const text = `${MODEL}${serving('latency: 10ms replicas: 4 traffic: 10/s')}require S.latency < 50ms`;
    expect(findings(text)).toEqual(['error name/unresolved «S.latency»']);
    expect(fixesOf(text)).toEqual(['Read `S.latency.p50`', 'Read `S.latency.p95`', 'Read `S.latency.p99`']);
  });

  test.each([
    ['R.latency', ['Read `R.latency.p50`', 'Read `R.latency.p95`', 'Read `R.latency.p99`']],
    ['S.ttft', ['Read `S.ttft.p50`', 'Read `S.ttft.p95`']],
    ['S.hardware', []],
  ])('%s is no figure', (read, fixes) => {
    const text = `${MODEL}${serving('latency: 10ms replicas: 4')}request R { traffic: 10/s flow: S }\nrequire ${read} < 50ms`;
    expect(findings(text).map((f) => f.split(' ')[1])).toEqual(['name/unresolved']);
    expect(fixesOf(text)).toEqual(fixes);
  });

  test('a scenario assigns to properties, not to figures', () => {
    const text = `${MODEL}${serving('latency: 10ms replicas: 4 traffic: 10/s')}scenario X { owner: "risk" S.gpus = 3 }`;
    expect(findings(text)).toEqual(['error name/unresolved «gpus»']);
    expect(told(read(text))[0]!.message).toContain('has no property `gpus`');
  });

  test('a parameter’s scenario reaches all that uses it', () => {
    const text = `param peak = 10/s\n${MODEL}${serving('latency: 10ms replicas: 1')}request R { traffic: peak flow: S }\nscenario X { peak = 3 * base }`;
    expect([figure(text, 'S', 'serving.utilization'), figure(text, 'S', 'serving.utilization', 'X')]).toEqual([
      0.1, 0.3,
    ]);
  });
});

describe('what a scenario assigns is what the property takes', () => {
  const text = (assignment: string) =>
    `${MODEL}model Big { params: 3M }\nparam pool = 3 x H100\n${serving('latency: 10ms replicas: 2 traffic: 10/s budget: p99 < 30ms')}scenario X { ${assignment} }\n`;
  test.each([
    'S.quantization = fp8',
    'S.model = Big',
    'S.batching.max = 8',
    'S.budget = p99 < 20ms',
    'S.replicas = auto',
  ])('%s', (assignment) => expect(findings(text(assignment))).toEqual([]));
  test.each([
    ['S.hardware = 4 x H100', 8],
    ['S.hardware = pool', 6],
    ['S.replicas = 5', 5],
  ])('%s', (assignment, gpus) => {
    expect(findings(text(assignment))).toEqual([]);
    expect(figure(text(assignment), 'S', 'serving.gpus', 'X')).toBe(gpus);
  });
  test('a budget that is assigned is checked', () =>
    expect(findings(text('S.budget = p99 < 5ms'))).toEqual(['X: error latency/serving-over-budget «p99 < 5ms»']));
  test.each([
    ['S.quantization = pf8', 'type/wrong-value «pf8»', ['Change to `fp8`']],
    ['S.latency = auto', 'type/wrong-value «auto»', []],
    ['S.replicas = 4 x H100', 'type/wrong-value «4 x H100»', []],
    ['S.model = Bog', 'name/unresolved «Bog»', ['Change to `Big`', 'Create `model Bog`']],
    ['S.model = S', 'name/wrong-kind «S»', []],
    ['S = 3', 'name/unresolved «S»', []],
  ])('%s', (assignment, finding, fixes) => {
    expect(findings(text(assignment))).toEqual([`error ${finding}`]);
    expect(fixesOf(text(assignment))).toEqual(fixes);
  });
});

describe('members of a cluster', () => {
  const text = (condition: string) =>
    `${MODEL}${serving('latency: 10ms replicas: 2 traffic: 10/s cluster: C')}cluster C { pool: 4 x H100, 8 x L4 }\nrequire ${condition}`;
  test.each(['C.gpus_used.H100 <= 2', 'C.H100.gpus_used >= 2', 'C.gpus_used < 3', 'C.utilization < 20%'])(
    '%s',
    (condition) => expect(findings(text(condition))).toEqual([]),
  );
  test('are those of one hardware', () =>
    expect(findings(text('C.gpus_used.H100 < 2'))).toEqual(['error require/failed «C.gpus_used.H100 < 2»']));
  test('which the cluster has', () =>
    expect(findings(text('C.gpus_used.T4 < 2'))).toEqual(['error name/unresolved «gpus_used.T4»']));
  test('`C.H100` is read as what is used of it', () =>
    expect(fixesOf(text('C.H100 < 2'))).toEqual(['Read `C.gpus_used.H100`']));
});

describe('versions', () => {
  const text = (reference: string, version = '') =>
    `entity E { keys: 1 }\nfeatures F { entity: E type: batch ${version} schema { a: int32 } }\nmodel M { features: ${reference} }`;
  test.each(['F', 'F@2', 'F@"2"'])('%s', (reference) => expect(findings(text(reference, 'version: "2"'))).toEqual([]));
  test.each([
    ['F@3', 'version: 2', 'Change to `F@2`'],
    ['F@"2.1"', 'version: 2', 'Change to `F@2`'],
    ['F@3', '', 'Change to `F`'],
  ])('%s is another', (reference, version, fix) => {
    expect(findings(text(reference, version))).toEqual([`error name/unresolved «${reference}»`]);
    expect(fixesOf(text(reference, version))).toEqual([fix]);
    expect(mended(text(reference, version))).toEqual([]);
  });
});

describe('experiments', () => {
  const arm = (rest: string, quantity = 'sample_per_arm', shares = ['50%', '50%']) =>
    figure(
      `${MODEL}${serving('latency: 1ms')}${serving('latency: 1ms', 'S2')}experiment E { control: S ${shares[0]} treatment: S2 ${shares[1]} ${rest} }`,
      'E',
      `experiment.${quantity}`,
    );
  const TEN = 'primary: ctr baseline 10% mde 10%';
  test('10% to 11% needs 14,751 in each arm', () => {
    expect(arm(TEN)).toBe(14_751); // R: power.prop.test(p1 = 0.10, p2 = 0.11, power = 0.8) gives 14750.79
    expect(arm(TEN, 'sample_treatment')).toBe(14_751);
    expect(arm('primary: ctr baseline 10% mde 1pp')).toBe(14_751);
  });
  test('other powers and levels are those of R as well', () => {
    // power.prop.test(p1 = 0.10, p2 = 0.105, sig.level = 0.01, power = 0.9) gives 109502.38; sig.level = 0.0125 of the first, 20957.09
    expect(arm('primary: ctr baseline 10% mde 0.5pp alpha: 1% power: 90%')).toBe(109_503);
    expect(arm(`${TEN} alpha: 1.25%`)).toBe(20_958);
  });
  test('an effect may be negative', () =>
    expect(arm('primary: ctr baseline 10% mde -10%')).toBe(arm('primary: ctr baseline 10% mde -1pp')));
  test('bonferroni divides alpha by the metrics tested, not by the guardrails', () => {
    expect(arm(`${TEN} metrics: a, b, c correction: bonferroni`)).toBe(arm(`${TEN} alpha: 1.25%`));
    expect(arm(`${TEN} guardrails: p99 < 3ms correction: bonferroni`)).toBe(14_751);
  });
  test('arms may be unequal', () => {
    const [control, treatment] = ['sample_per_arm', 'sample_treatment'].map((q) => arm(TEN, q, ['90%', '10%'])!);
    expect(control! / treatment!).toBeCloseTo(9, 2);
    expect(treatment!).toBeGreaterThan(14_751 / 2);
  });
  test('sequential designs inflate the sample by their published factors', () => {
    // Jennison and Turnbull, tables 2.2 and 2.4, alpha 5%, power 80%, four looks
    expect(arm(`${TEN} sequential: obrien_fleming(4)`)! / 14_750.79).toBeCloseTo(1.024, 3);
    expect(arm(`${TEN} sequential: pocock(4)`)! / 14_750.79).toBeCloseTo(1.202, 2);
  });
});

describe('cost', () => {
  const design = (region: string, more = '') =>
    `system Sys { ${region} }\n${MODEL}${serving('latency: 1ms replicas: 1 traffic: 1/s')}price P { hardware: 1 x H100 rate: $1/h region: mars }\nprice Q { hardware: 8 x H100 rate: $16/h region: venus }\n${more}`;
  test('is at the price of the region', () =>
    expect(figure(design('region: venus'), 'Sys', 'system.cost')).toBeCloseTo(2 / 3600, 12));
  test('or at the cheapest listed', () => expect(figure(design(''), 'Sys', 'system.cost')).toBeCloseTo(1 / 3600, 12));
  test('what has no price stands by name, and a comparison says so', () => {
    const own =
      'hardware Own { memory: 80GB }\nserving Z { model: M hardware: 1 x Own latency: 1ms replicas: 1 traffic: 1/s }\n';
    const message = (more: string) =>
      told(read(design('', `${more}require Sys.cost < $1/month`))).map((f) => f.message.split(', but')[0]);
    expect(message('')).toEqual(['`Sys.cost` is $730/month']);
    expect(message(own)).toEqual(['`Sys.cost` is at least $730/month']);
  });
  test('a training counts where it runs again', () => {
    const run = (every: string) =>
      `training T { model: M hardware: 1 x H100 examples: 3600M batch: 1000 step: 1ms ${every} }`;
    expect(figure(design('', run('every: 1d')), 'Sys', 'system.cost')).toBeCloseTo(1 / 3600 + 1 / 86_400, 12);
    expect(figure(design('', run('')), 'Sys', 'system.cost')).toBeCloseTo(1 / 3600, 12);
  });
});

describe('suppression', () => {
  const WRONG = 'model M { params: 1ms }';
  const NOTE = 'mlsys-ignore type/unit-mismatch: known';
  test.each([
    ['on the line before', `// ${NOTE}\n${WRONG}`],
    ['at the end of the line', `${WRONG} // ${NOTE}`],
    [
      'in the first lines, for the file',
      `// mlsys-ignore-file type/unit-mismatch: known\n\n\n${WRONG}\nmodel N { params: 1s }`,
    ],
  ])('silences %s', (_, text) => expect(findings(text)).toEqual([]));
  test('for the file only before its first declaration', () => {
    const text = `${WRONG}\n// mlsys-ignore-file type/unit-mismatch: known`;
    expect(findings(text)).toEqual([
      'error type/unit-mismatch «1ms»',
      'warning style/unused-suppression «// mlsys-ignore-file type/unit-mismatch: known»',
    ]);
    expect(fixesOf(text)).toEqual(['Move it to the first line', 'Remove the comment']);
  });
  test('silences one rule, one line', () =>
    expect(findings(`// ${NOTE}\nmodel M { params: 1ms\nlayers: 3ms }`)).toEqual(['error type/unit-mismatch «3ms»']));
  test('silences two rules where two comments stand one below the other', () =>
    expect(
      findings(`// ${NOTE}\n// mlsys-ignore type/unknown-property: known\nmodel M { params: 1ms foo: 3 }`),
    ).toEqual([]));
  test.each(['// mlsys-ignore', '// mlsys-ignore: known', '// mlsys-ignore-file all'])(
    'that names no rule is reported: %s',
    (comment) => expect(findings(`${comment}\n${MODEL}`)).toEqual([`warning style/unused-suppression «${comment}»`]),
  );
  test('that silences nothing is itself reported', () =>
    expect(findings(`// ${NOTE}\n${MODEL}`)).toEqual([`warning style/unused-suppression «// ${NOTE}»`]));
});

describe('references accept', () => {
  const PARTS = `source Src { type: batch records: 3/d record: 3KB }
model M { params: 1M }\nentity E { keys: 3 }\nfeaturestore FS { tech: Feast }\nregistry Reg { tech: MLflow }
features F { entity: E type: on_demand schema { a: int32 } }\ntraining T { model: M hardware: 1 x H100 }\ncluster C { pool: 3 x H100 }
serving V { model: M hardware: 1 x H100 latency: 1ms }\nindex I { vectors: 3 dimensions: 3 }\nfeedback FB { from: Src to: T }
service Svc { latency: 1ms }\nrequest Q { traffic: 1/s flow: V }\n`;
  const model = (rest: string) => `model X { ${rest} }`;
  const train = (rest: string) => `training X { model: M hardware: 1 x H100 ${rest} }`;
  const monitor = (rest: string) => `monitor X { watch: F category: data_quality ${rest} }`;
  const test2 = (rest: string) =>
    `experiment X { control: V 50% treatment: V 50% primary: a baseline 1% mde 5% ${rest} }`;
  test.each([
    [train('data: $'), ['Src'], ['E', 'M']],
    [train('labels: $'), ['Src'], ['FB']],
    [train('features: $'), ['F'], ['Src']],
    [train('registry: $'), ['Reg'], ['MLflow']],
    [train('cluster: $'), ['C'], ['E']],
    [monitor('labels: $'), ['FB'], ['Src']],
    [monitor('reference: $'), ['T'], ['Src']],
    [monitor('action: retrain $'), ['T'], ['M']],
    ['monitor X { watch: $ category: data_quality }', ['F', 'V', 'Src', 'I'], ['M', 'T']],
    [test2('on: $'), ['Q'], ['V']],
    [test2('unit: $'), ['E'], ['M']],
    [test2('logger: $'), ['Svc', 'Kafka'], ['M']],
    [monitor('sink: $'), ['Svc', 'Prometheus', 'Own'], ['M']],
    ['request X { traffic: 1/s flow: V entity: $ }', ['E'], ['M']],
    ['index X { vectors: 3 dimensions: 3 embedder: $ }', ['M'], ['V']],
    ['index X { vectors: 3 dimensions: 3 source: $ }', ['Src'], ['F']],
    [model('base: $'), ['M'], ['Src']],
    [model('distilled_from: $'), ['M'], ['E']],
    ['features X { store: $ entity: E type: on_demand schema { a: int32 } }', ['FS'], ['E']],
    ['features X { entity: $ type: on_demand schema { a: int32 } }', ['E'], ['M']],
    ['pipeline X { from: $ to: F }', ['Src', 'F'], ['T']],
    ['pipeline X { from: Src to: $ }', ['Src', 'F'], ['M']],
    ['feedback X { from: $ to: T }', ['Svc', 'Src', 'T'], ['F']],
    ['feedback X { from: Src to: $ }', ['Svc', 'Src', 'T'], ['M']],
    ['serving X { model: $ hardware: 1 x H100 latency: 1ms }', ['M'], ['Src']],
    ['serving X { model: M hardware: 1 x H100 latency: 1ms source: $ }', ['Src'], ['F']],
    ['featurestore X { registry: $ }', ['Feast', 'Own'], ['Reg']],
    ['featurestore X { online: $ }', ['Redis', 'Own'], ['Src']],
    ['gateway X { tech: $ }', ['Kafka', 'Own', 'X'], ['E']],
    [train('checkpoint_to: $'), ['S3'], ['Src']],
    [train('tracker: $'), ['MLflow'], ['Reg']],
    ['serving X { model: M hardware: 1 x H100 latency: 1ms runtime: $ }', ['Triton'], ['M']],
  ])('%s', (text, good, bad) => {
    for (const name of good) expect(findings(PARTS + text.replace('$', name)), name).toEqual([]);
    for (const name of bad)
      expect(findings(PARTS + text.replace('$', name)), name).toEqual([`error name/wrong-kind «${name}»`]);
  });
});
