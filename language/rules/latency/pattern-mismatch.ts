import { generates } from '../../estimate/capacity.ts';
import type { Node, Value } from '../../model/design.ts';
import { TIME } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { figure, figured, valueSpan, writing } from '../figures.ts';
import { type Call, callsIn } from '../flow.ts';
import type { Fix, Report, Rule, RuleInput } from '../rule.ts';
import { strainOf } from '../strain.ts';
import { consequences } from '../what-if.ts';

/** Up to a tenth of a second an answer feels immediate (Nielsen, Usability Engineering, 1993). */
const IMMEDIATE = 0.1;

export const patternMismatch: Rule = {
  name: 'latency/pattern-mismatch',
  severity: 'error',
  summary: 'A batch or streaming serving that a request waits for, or an online one that takes over 100 ms.',
  inScenarios: true,
  *check(input) {
    for (const node of figured(input.design, 'serving')) {
      const pattern = input.context.word(node, 'pattern');
      const report =
        pattern === 'online'
          ? slow(input, node)
          : pattern === 'batch' || pattern === 'streaming'
            ? awaited(input, node, pattern)
            : undefined;
      if (report) yield report;
    }
  },
};

function awaited(input: RuleInput, node: Node, pattern: 'batch' | 'streaming'): Report | undefined {
  const { context } = input;
  const found = context.referrers(node, 'request').flatMap((request) => {
    const flow = context.value(request, 'flow');
    const calls = flow?.form === 'flow' ? callsIn(flow.flow) : [];
    return calls.flatMap((call) => (!call.free && call.target.name === node.name ? [{ request, call }] : []));
  });
  const [first] = found;
  if (!first) return undefined;
  const why = pattern === 'batch' ? 'scores a data set on a schedule' : 'scores the events of a source';
  return {
    at: valueSpan(input, node, 'pattern'),
    message: `\`${first.request.name}\` waits for \`${node.name}\`, which ${why} and answers nobody: the request has no latency.`,
    subject: node.name,
    related: found.map(({ request, call }) => ({ at: call.span, message: `\`${request.name}\` waits for it here.` })),
    fixes: () => [online(input, node), ...unwaited(input, found)],
  };
}

function online(input: RuleInput, node: Node): Fix {
  const value: Value = { form: 'words', words: [{ name: 'online', span: node.nameSpan }] };
  const broken = consequences(input, new Map([[`${node.name}.pattern`, value]]), [node]);
  return { title: `Make it online${broken}`, edits: [writing(input, node, 'pattern', 'online')] };
}

const unwaited = ({ design }: RuleInput, found: readonly { request: Node; call: Call }[]): Fix[] =>
  found.every(({ request }) => design.nodes.includes(request))
    ? [
        {
          title: 'Do not wait for it: `~`',
          edits: found.map(({ call }) => ({ at: { ...call.span, end: call.span.start }, text: '~' })),
        },
      ]
    : [];

/** Of a generator the time to the first token counts, which has a budget and a rule of its own. */
function slow(input: RuleInput, node: Node): Report | undefined {
  const { context } = input;
  if (generates(context, node) || strainOf(context, node)) return undefined;
  const given = context.given(node, 'latency');
  const takes = figure(context, node, 'serving.latency_p50')?.value ?? given?.value;
  if (takes === undefined || takes <= IMMEDIATE) return undefined;
  return {
    at: valueSpan(input, node, given ? 'latency' : 'pattern'),
    message: `An answer takes ${format(takes, TIME)} at the median, and up to ${format(IMMEDIATE, TIME)} feels immediate: whoever waits notices. Faster hardware, a smaller model, or not waiting for it (\`~\`) would do.`,
    subject: node.name,
    severity: 'info',
  };
}
