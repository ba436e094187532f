import { type Circle, circlesOf, names } from '../../model/circles.ts';
import type { Design } from '../../model/design.ts';
import type { Fix, Rule } from '../rule.ts';

export const cycle: Rule = {
  name: 'name/cycle',
  severity: 'error',
  summary: 'Parameters, properties or base models that are defined through each other.',
  inScenarios: true,
  *check({ design, context, scenario }) {
    const assignments = design.scenarios.find((s) => s.name === scenario)?.assignments ?? [];
    if (scenario !== null && !assignments.some((a) => names(a.value, 'base'))) return;
    const assigned = new Set(assignments.map((a) => a.path.join('.')));
    for (const circle of circlesOf(design, assignments, (node, quantity) => context.readsOf(node, quantity))) {
      const [first, ...others] = circle.members.filter((d) => d.at.at.uri === design.uri);
      if (!first || (scenario !== null && !circle.members.some((d) => assigned.has(d.id)))) continue;
      const way = circle.names.map((name) => `\`${name}\``).join(' → ');
      const itself = circle.names.length === 2;
      yield {
        at: first.at,
        message: itself
          ? `\`${first.id}\` ${first.id.endsWith('.base') ? 'is the model itself: a model starts from another one, or from none.' : 'is defined by itself, and so has no value.'}`
          : `\`${first.id}\` is defined through itself: ${way}. ${first.id.endsWith('.base') ? 'One of these models has to stand alone.' : 'None of it has a value until one of them is written as a number.'}`,
        subject: first.owner,
        related: others.map((d) => ({ at: d.at, message: `\`${d.id}\` is defined here.` })),
        fixes: standAlone(design, circle, first.owner),
      };
    }
  },
};

/** A circle of bases ends where one model has none. What a number should have been is not known. */
function standAlone(design: Design, circle: Circle, owner: string): Fix[] {
  const base = design.lookup(owner)?.properties.get('base');
  if (!base || !circle.members.every((d) => d.id.endsWith('.base'))) return [];
  const at = { ...base.keySpan, end: base.valueSpan.end };
  return [{ title: `Remove \`base\` from \`${owner}\``, edits: [{ at, text: '', line: true }] }];
}
