import { BYTES } from '../../units/dimension.ts';
import { format, percent } from '../../units/format.ts';
import { figure, figured, moving, valueSpan, writing } from '../figures.ts';
import type { Node, Value } from '../../model/design.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';

export const vectorIndexMemory: Rule = {
  name: 'capacity/vector-index-memory',
  severity: 'error',
  summary: 'One copy of a vector index does not fit into the memory of its replica.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'index')) {
      const needs = figure(context, node, 'index.memory_bytes');
      const has = context.given(node, 'memory');
      if (!needs || has?.dimension !== BYTES || needs.value <= has.value * (1 + 1e-9)) continue;
      yield {
        at: valueSpan(input, node, 'memory'),
        message: `The index takes ${needs.display}, ${percent(needs.value / has.value, 'short')} of the ${format(has.value, BYTES)} of a replica: it cannot be loaded, or is read from disk at every search.`,
        subject: node.name,
        related: node.properties.has('vectors')
          ? [{ at: valueSpan(input, node, 'vectors'), message: 'So many vectors are held.' }]
          : [],
        fixes: () => [
          ...moving(input, node, 'memory', { to: needs.value, up: true, title: (text) => `Give a replica ${text}` }),
          ...compressed(input, node, has.value),
        ],
      };
    }
  },
};

/** Codes of an eighth of a float per dimension are usual (FAISS, guidelines to choose an index): one byte for eight of them. */
function compressed(input: RuleInput, node: Node, has: number): Fix[] {
  const dimensions = input.context.given(node, 'dimensions')?.value ?? 0;
  const code = Math.ceil(dimensions / 8);
  const pq: Value = { form: 'words', words: [{ name: 'ivf_pq', span: node.nameSpan }] };
  const bytes: Value = {
    form: 'quantity',
    expression: { op: 'number', value: code, dimension: BYTES, text: `${code}B`, span: node.nameSpan },
  };
  const change = new Map<string, Value>([
    [`${node.name}.type`, pq],
    [`${node.name}.pq_bytes`, bytes],
  ]);
  const after = input.context.set(change);
  const needs = figure(after, node, 'index.memory_bytes');
  if (!needs || needs.value > has || input.context.word(node, 'type') === 'ivf_pq') return [];
  return [
    {
      title: `Use ivf_pq with codes of ${code} bytes: ${needs.display}, and less exact`,
      edits: [writing(input, node, 'type', 'ivf_pq'), writing(input, node, 'pq_bytes', `${code}B`)],
    },
  ];
}
