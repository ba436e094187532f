import type { Row } from './tables.ts';

/** The document that somebody would write who knows of a training what its publisher says. */
export function trainingOf(row: Row): string {
  const own = ['params', 'active_params', 'layers', 'hidden', 'vocab'].flatMap((name) =>
    row[name] ? [`${name}: ${row[name]}`] : [],
  );
  const architecture = row.active_params ? 'moe' : 'transformer';
  const model = row.model_of
    ? `base: ${row.model_of}`
    : [`architecture: ${architecture}`, 'task: generation', ...own].join('  ');
  const said = [
    'strategy',
    'tensor_parallel',
    'pipeline_parallel',
    'precision',
    'recompute',
    'micro_batch',
    'batch',
    'sequence',
    'tokens',
    'stack',
  ].flatMap((name) => (row[name] ? [`${name}: ${row[name]}`] : []));
  const lines = ['model: Trained', `hardware: ${row.devices} x ${row.hardware}`, ...said];
  return `model Trained { ${model} }\n\ntraining Run {\n  ${lines.join('\n  ')}\n}\n`;
}
