import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Finding } from '#language/rules/rule.ts';
import { type Document, Workspace } from '#language/workspace.ts';
import { TODAY } from '../pages/page.ts';
import { LANGUAGE, pagesOnDisk } from '../pages/rooms.ts';

const WHOLE = ['examples', 'systems'].map((folder) => join(import.meta.dirname, '../designs', folder));

/** Where every fix breaks something else: a full cluster, a narrow budget, a tight deadline. */
export const FULL = `system Tight { budget: $3k/month }
param peak = 1k/s
model Ranker { params: 100M }
model Assistant { base: Llama_3_1_70B }
serving Rank {
  model: Ranker
  hardware: 1 x L4
  replicas: 25
  latency: 20ms
  utilization: 50%
}
serving Late {
  model: Ranker
  hardware: 1 x L4
  replicas: 3
  latency: 20ms
  traffic: 100/s
  budget: p99 < 30ms
}
serving Chat {
  model: Assistant
  hardware: 1 x H100
  replicas: 4
  input: 1000 tokens
  output: 300 tokens
}
training Nightly {
  model: Ranker
  examples: 100M
  batch: 256
  hardware: 8 x A100_80GB
  step: 500ms
  deadline: 8h
}
training Weekly {
  model: Ranker
  examples: 100M
  batch: 256
  hardware: 8 x A100_80GB
  step: 200ms
  deadline: 8h
}
request Search { traffic: peak  flow: Rank -> 40% * Late -> 0.1% * Chat  budget: p99 < 60ms }
cluster Pool { pool: 30 x L4, 4 x H100, 16 x A100_80GB }
require Rank.gpus + Late.gpus < 31
scenario Sale { peak = 2 * base }
`;

/** The examples of every rule's page, without their marks, and the whole examples. */
export const designs: readonly (readonly [name: string, text: string])[] = [
  ...pagesOnDisk()
    .filter((page) => page.startsWith('rules'))
    .flatMap((page) => {
      const text = readFileSync(join(LANGUAGE, page), 'utf8');
      const fences = [...text.matchAll(/^```mlsys(?: whole)?\n([\s\S]*?)^```$/gm)];
      return fences.map((m, i) => [`${page} ${i + 1}`, m[1]!.replace(/^\s*\/\/\s*\^+ .*\n/gm, '')] as const);
    }),
  ['a design without room', FULL],
  ...WHOLE.flatMap((folder) =>
    readdirSync(folder)
      .filter((file) => file.endsWith('.mlsys'))
      .map((file) => [file, readFileSync(join(folder, file), 'utf8')] as const),
  ),
];

/** `patient`: without advice that takes long, where nothing looks at it. */
export function open(text: string, patient = false): Document {
  const workspace = new Workspace();
  workspace.patient = patient;
  workspace.today = () => TODAY;
  return workspace.update('file:///design.mlsys', text);
}

/** What a finding says, wherever it stands. */
export const said = (f: Finding): string => `${f.severity} ${f.rule} of ${f.subject} in ${f.scenario}: ${f.message}`;
