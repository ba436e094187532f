// `node test/bench/phases.ts [lines]`: where the time of a keystroke goes, in process. Over 200 edits in the middle. `parse` is the
// whole text read anew, which no keystroke does: all rules together, with the figures that they ask for, are to cost less.
import { readSource } from '#language/model/source-file.ts';
import { Workspace } from '#language/workspace.ts';
import { designOf } from './document.ts';

const [WARM_UP, EDITS] = [60, 200];
const lines = Number(process.argv[2] ?? 1000);
let text = designOf(lines);
const workspace = new Workspace();
const cold = performance.now();
workspace.update('file:///bench.mlsys', text).findings;
console.log(`${lines} lines, ${text.length} characters; cold ${(performance.now() - cold).toFixed(1)} ms`);

const at = text.indexOf('replicas: ', text.length / 2) + 'replicas: '.length;
const phases: Record<string, number[]> = { update: [], design: [], findings: [], whole: [], parse: [] };
let cpu = process.cpuUsage();
for (let i = 0; i < WARM_UP + EDITS; i++) {
  if (i === WARM_UP) cpu = process.cpuUsage();
  text = text.slice(0, at) + String(14 + (i % 8)) + text.slice(at + 2);
  const t0 = performance.now();
  const document = workspace.update('file:///bench.mlsys', text);
  const t1 = performance.now();
  document.design;
  const t2 = performance.now();
  document.findings;
  const t3 = performance.now();
  if (i < WARM_UP) continue;
  for (const [name, ms] of Object.entries({ update: t1 - t0, design: t2 - t1, findings: t3 - t2, whole: t3 - t0 }))
    phases[name]!.push(ms);
}
const used = process.cpuUsage(cpu);
for (let i = 0; i < 20; i++) {
  const start = performance.now();
  readSource('file:///parse.mlsys', text);
  phases.parse!.push(performance.now() - start);
}
const at50 = (list: readonly number[], p: number) =>
  [...list].sort((a, b) => a - b)[Math.floor(list.length * p)]!.toFixed(2);
for (const [name, list] of Object.entries(phases))
  console.log(`${name.padEnd(10)} p50 ${at50(list, 0.5)}  p95 ${at50(list, 0.95)} ms`);
console.log(`processor  ${((used.user + used.system) / 1000 / EDITS).toFixed(2)} ms an edit, with all threads`);
