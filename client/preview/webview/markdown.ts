import type { ViewResponse, WireView } from '#server/protocol.ts';

const SIGNS = { error: '✖', warning: '⚠\uFE0E', info: 'ℹ\uFE0E' };

/** A view for a README or a pull request: the answer, the diagram that hosts of Markdown draw, and its tables. */
export function markdownOf({ model, mermaid }: ViewResponse): string {
  const summary = model.summary.map(({ text, strong }) => (strong ? `**${escaped(text)}**` : escaped(text))).join('');
  const strip = model.waterfall ? [timesOf(model.waterfall)] : [];
  const parts = [`### ${escaped(model.title)}`, summary || escaped(model.empty ?? ''), fenced(mermaid)];
  return `${[...parts, ...strip, ...model.tables.map(tableOf)].filter(Boolean).join('\n\n')}\n`;
}

const fenced = (mermaid: string) => `\`\`\`mermaid\n${mermaid.trimEnd()}\n\`\`\``;

function tableOf({ title, columns, rows }: WireView['tables'][number]): string {
  const lines = rows.map(({ cells, severity }) =>
    row(cells.map((cell, i) => (i || !severity ? cell : `${SIGNS[severity]} ${cell}`))),
  );
  const rule = `| ${columns.map(({ numeric }) => (numeric ? '--:' : ':--')).join(' | ')} |`;
  return [...(title ? [`**${escaped(title)}**`, ''] : []), row(columns.map((c) => c.title)), rule, ...lines].join('\n');
}

/** The strip of times as the table that it stands for. */
function timesOf({ rows, whole, budget, description }: NonNullable<WireView['waterfall']>): string {
  const ms = (seconds: number) => `${Number((1000 * seconds).toPrecision(3))} ms`;
  const cells = [
    ...rows.map((hop) => [
      hop.name,
      hop.free ? '' : ms(hop.start),
      hop.free ? '' : ms(hop.p50),
      hop.free ? '' : ms(hop.p99),
      hop.value,
    ]),
    [
      'Whole request',
      ms(0),
      ms(whole.p50),
      ms(whole.p99),
      budget ? `p${budget.percentile} of ${ms(budget.bound)}` : '',
    ],
  ];
  return [
    escaped(description),
    '',
    row(['Part', 'Starts at', 'p50', 'p99', 'Figure']),
    '| :-- | --: | --: | --: | --: |',
    ...cells.map(row),
  ].join('\n');
}

const row = (cells: readonly string[]) => `| ${cells.map(escaped).join(' | ')} |`;

/** Text that stays text: no emphasis, link, markup or column comes of it. */
const escaped = (text: string): string => text.replace(/[\\`*_[\]<>|~&#]/g, '\\$&').replace(/\s+/g, ' ');
