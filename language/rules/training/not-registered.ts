import type { Node } from '../../model/design.ts';
import { isAtWork, severityOfAbsence } from '../absence.ts';
import { figured } from '../figures.ts';
import { insertion } from '../edits.ts';
import type { Fix, Rule, RuleInput } from '../rule.ts';

export const notRegistered: Rule = {
  name: 'training/not-registered',
  severity: 'info',
  summary: 'The model of a training goes to no registry.',
  absence: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'training')) {
      const [registry] = context.all('registry').toSorted(byName);
      const speaks = registry !== undefined || context.value(node, 'validate') || isAtWork(context, node);
      if (!node.whole || context.value(node, 'registry') || !speaks) continue;
      const model = context.reference(node, 'model');
      const served = model ? context.referrers(model, 'serving').toSorted(byName) : [];
      yield {
        at: node.nameSpan,
        message: `What \`${node.name}\` trains goes to no registry: ${served.length > 0 ? `\`${served[0]!.name}\` cannot say which version it serves, nor go back to the one before` : 'nobody can say which version is in use, nor go back to the one before'}.`,
        subject: node.name,
        severity: severityOfAbsence(context),
        related: served.map((s) => ({ at: s.nameSpan, message: `\`${s.name}\` serves the model.` })),
        fixes: [registered(input, node, registry)],
      };
    }
  },
};

/** The order of the text changes no message. */
const byName = (a: Node, b: Node): number => (a.name < b.name ? -1 : 1);

/** With the registry that there is, or a new one. */
function registered({ design }: RuleInput, node: Node, registry: Node | undefined): Fix {
  if (registry)
    return { title: `Register it in \`${registry.name}\``, edits: [insertion(node, `registry: ${registry.name}`)] };
  const name = ['Models', 'ModelRegistry', 'Registry_1'].find((n) => !design.lookup(n)) ?? 'ModelRegistry_1';
  const at = { at: { uri: node.span.at.uri, offset: Number.MAX_SAFE_INTEGER }, start: 0, end: 0 };
  return {
    title: `Register it in a new registry \`${name}\``,
    edits: [insertion(node, `registry: ${name}`), { at, text: `\nregistry ${name} { tech: MLflow }\n` }],
  };
}
