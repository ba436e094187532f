import type { Context } from '../../estimate/context.ts';
import { hopsOf } from '../../estimate/request/path.ts';
import type { Node } from '../../model/design.ts';
import { MONEY_RATE } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { hasPattern, severityOfAbsence } from '../absence.ts';
import { figure, figured, valueSpan, writtenAt } from '../figures.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';
import { fixOf, quantity, tried } from '../trial.ts';

/** Which property says how many copies there are. */
const COPIES: Readonly<Record<string, string>> = {
  serving: 'replicas',
  index: 'replicas',
  featurestore: 'replication',
};

export const singlePoint: Rule = {
  name: 'reliability/single-point',
  severity: 'info',
  summary: 'A part that requests wait for has one copy: when it stops, they fail.',
  absence: true,
  *check(input) {
    const { design, context } = input;
    for (const [kind, path] of Object.entries(COPIES))
      for (const node of figured(design, kind)) {
        const requests = requestsOn(context, node);
        if (context.given(node, path)?.value !== 1 || requests.length === 0 || !matters(context, requests)) continue;
        const names = requests.map(({ name }) => `\`${name}\``).join(' and ');
        yield {
          at: valueSpan(input, node, path),
          message: `One ${kind === 'featurestore' ? 'copy of each row' : kind === 'index' ? 'copy of the index' : 'replica'} answers for ${names}: while it is restarted, updated or lost, every request fails.`,
          subject: node.name,
          severity: severityOfAbsence(context),
          related: requests.map((r) => ({
            at: writtenAt(input, r, 'availability') ?? r.nameSpan,
            message: context.given(r, 'availability') ? `\`${r.name}\` promises this.` : `\`${r.name}\` waits for it.`,
          })),
          fixes: () => [second(input, node, path)],
        };
      }
  },
};

/** A first sketch promises nothing: it is left alone. */
const matters = (context: Context, requests: readonly Node[]): boolean =>
  hasPattern(context) || requests.some((request) => context.given(request, 'availability'));

/** Requests that wait for a part; for a feature store, for a feature view in it. */
function requestsOn(context: Context, part: Node): Node[] {
  const views = part.kind === 'featurestore' ? context.referrers(part, 'features') : [];
  const parts = [part, ...views];
  const requests = new Set(parts.flatMap((p) => context.referrers(p, 'request')));
  const free = (request: Node) => hopsOf(context, request).some((hop) => hop.free && parts.includes(hop.node));
  return [...requests].filter((request) => !free(request));
}

function second(input: RuleInput, node: Node, path: string): Fix {
  const written = [quantity(node, path, 2)];
  const [cost, before] = [tried(input, node, written), input.context].map((c) => figure(c, node, `${node.kind}.cost`));
  const more = cost && before ? `, ${format(cost.value - before.value, MONEY_RATE)} more` : '';
  return fixOf(input, node, written, `Set ${path} to 2${more}`);
}
