import { expect, test } from 'vitest';
import { Analysis } from '#language/estimate/analysis.ts';
import { estimatorsByQuantity } from '#language/estimate/index.ts';
import { IMPOSSIBLE, trainingMemoryOf } from '#language/estimate/training-strategy.ts';
import { buildDesign } from '#language/model/build.ts';
import { readSource } from '#language/model/source-file.ts';
import { publishedTable, type Row } from './tables.ts';
import { trainingOf } from './training.ts';

/** How much of its device a published configuration is estimated to need. */
function shareOf(row: Row): number {
  const analysis = new Analysis(buildDesign([readSource('file:///ran.mlsys', trainingOf(row))]), estimatorsByQuantity);
  const memory = trainingMemoryOf(analysis, analysis.design.lookup('Run')!)!;
  return memory.needs / memory.has;
}

test('no configuration that really ran is called impossible', () => {
  const ran: Row[] = [
    ...publishedTable('training_mfu.csv').map((row) => ({ ...row, vocab: '50368' }) as Row),
    ...publishedTable('training_memory.csv'),
  ];
  expect(ran.length).toBeGreaterThan(170);
  const impossible = ran.filter((row) => !(shareOf(row) <= IMPOSSIBLE));
  expect(impossible.map((row) => `${row.model} on ${row.devices} x ${row.hardware}`)).toEqual([]);
});

test('one that ran out of memory is', () => {
  // BLOOM's trials, 25 February 2022: "PP1 DP48: OOM"
  const [row] = publishedTable('training_memory.csv').filter((r) => r.model === 'BS-GPT-181B');
  expect(shareOf({ ...row!, devices: '384', pipeline_parallel: '1', micro_batch: '1' })).toBeGreaterThan(IMPOSSIBLE);
});
