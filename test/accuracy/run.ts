// npm run accuracy [-- --only NAME] [--worst NAME] [--json] [-u]
// Every estimator against published figures. -u rewrites the baseline and the table in the page of the estimators.
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { STUDIES } from './index.ts';
import { BASELINE, type Baseline, type Measured, measured, PAGE, readBaseline, recorded } from './measure.ts';
import { errorOf, type Sample, type Study } from './study.ts';
import { markdown, percent, printed } from './table.ts';
import { SHARED } from './tables.ts';

const { values: options } = parseArgs({
  options: {
    only: { type: 'string', multiple: true },
    worst: { type: 'string' },
    json: { type: 'boolean' },
    update: { type: 'boolean', short: 'u' },
  },
});

const wanted = options.worst ? [options.worst] : options.only;
const unknown = wanted?.filter((name) => !STUDIES.some((study) => study.name === name)) ?? [];
if (unknown.length > 0) {
  console.error(`no study is called ${unknown.join(', ')}; there are ${STUDIES.map((s) => s.name).join(', ')}`);
  process.exit(2);
}

const asked = STUDIES.filter((study) => !wanted || wanted.includes(study.name));
const there = asked.filter((study) => study.truth === 'repository' || SHARED !== undefined);
const runs = there.map((study): [Study, Sample[]] => [study, study.samples()]);
const results = runs.map(([study, samples]) => measured(study, samples));

if (options.json) console.log(JSON.stringify(results.map(json), null, 2));
else {
  console.log(printed(results));
  const left = asked.filter((study) => !there.includes(study));
  if (left.length > 0)
    console.log(`\nleft out, as their tables are not there (MLSYS_TRUTH): ${left.map((s) => s.name).join(', ')}`);
}
if (options.worst) console.log(`\n${worst(runs[0]?.[1] ?? [])}`);
if (options.update) update(results);

function worst(samples: readonly Sample[]): string {
  return [...samples]
    .sort((a, b) => errorOf(b) - errorOf(a))
    .slice(0, 10)
    .map((s) => {
      const interval = s.low === null || s.high === null ? '' : ` (${short(s.low)} to ${short(s.high)})`;
      return `${percent(errorOf(s)).padStart(6)}  ${s.id}: ${short(s.estimate)}${interval}, published ${short(s.published)}`;
    })
    .join('\n');
}

function short(x: number): string {
  return x.toPrecision(4);
}

function json({ study, all, held }: Measured) {
  return {
    name: study.name,
    title: study.title,
    unit: study.unit,
    target: study.target ?? null,
    all,
    held: held ?? null,
  };
}

function update(fresh: readonly Measured[]): void {
  const entries = fresh.map(({ study, all, held }) => [
    study.name,
    { all: rounded(all), ...(held && { held: rounded(held) }) },
  ]);
  const known = { ...readBaseline(), ...Object.fromEntries(entries) };
  const baseline: Baseline = Object.fromEntries(
    STUDIES.flatMap(({ name }) => (known[name] ? [[name, known[name]]] : [])),
  );
  writeFileSync(BASELINE, `${JSON.stringify(baseline, null, 2)}\n`);
  const page = readFileSync(PAGE, 'utf8');
  const table = markdown(recorded(baseline));
  writeFileSync(PAGE, page.replace(/^\| estimate \|[\s\S]*?\n(?=\n|$)/m, `${table}\n`));
}

function rounded<T extends object>(figures: T): T {
  const short = Object.entries(figures).map(([k, v]) => [k, typeof v === 'number' ? Number(v.toPrecision(4)) : v]);
  return Object.fromEntries(short) as T;
}
