import type { Context } from '../../estimate/context.ts';
import type { Flow, Node, Span } from '../../model/design.ts';
import { figured, valueSpan } from '../figures.ts';
import type { Rule } from '../rule.ts';
import { isPersonal, notPersonal, personalAt } from './personal.ts';

export const piiToExternal: Rule = {
  name: 'security/pii-to-external',
  severity: 'warning',
  summary: 'A request reads personal data and then calls a service of somebody else.',
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'request')) {
      const value = context.value(node, 'flow');
      if (value?.form !== 'flow') continue;
      for (const { service, at, known } of callsOut(context, value.flow)) {
        const names = known.map(({ name }) => `\`${name}\``).join(', ');
        yield {
          at,
          message: `\`${service.name}\` belongs to somebody else, and is called after personal data is read (${names}): what it gets is out of your hands. Call it before, send it nothing personal, or say that these are not.`,
          subject: node.name,
          related: known.flatMap((features) =>
            personalAt(context, features).map((n) => ({
              at: valueSpan(input, n, 'pii'),
              message:
                n === features ? `\`${n.name}\` is personal.` : `\`${features.name}\` is made from \`${n.name}\`.`,
            })),
          ),
          fixes: known.length === 1 ? notPersonal(input, known[0]!) : [],
        };
      }
    }
  },
};

interface Call {
  readonly service: Node;
  readonly at: Span;
  /** feature views with personal data that were read before */
  readonly known: readonly Node[];
}

/** Calls of external services behind personal data: what runs at once does not know of each other. */
function callsOut(context: Context, flow: Flow): Call[] {
  const calls: Call[] = [];
  const walk = (step: Flow, known: readonly Node[]): readonly Node[] => {
    if ('members' in step) {
      if (step.step === 'sequence') return step.members.reduce((seen, member) => walk(member, seen), known);
      return [...new Set(step.members.flatMap((member) => walk(member, known)))];
    }
    if ('of' in step) return walk(step.of, known);
    const node = context.find(step.target.name);
    if (node?.kind === 'features' && isPersonal(context, node)) return [...known, node];
    if (node?.kind === 'service' && context.word(node, 'type') === 'external' && known.length > 0)
      calls.push({ service: node, at: step.target.span, known });
    return known;
  };
  walk(flow, []);
  return calls;
}
