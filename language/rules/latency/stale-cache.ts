import type { Context } from '../../estimate/context.ts';
import type { Node } from '../../model/design.ts';
import { TIME } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { figure, figured, valueSpan, writing } from '../figures.ts';
import type { Rule } from '../rule.ts';

export const staleCache: Rule = {
  name: 'latency/stale-cache',
  severity: 'warning',
  summary: 'A cache keeps answers for longer than the features that they are made from are fresh.',
  inScenarios: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'serving')) {
      const ttl = context.given(node, 'cache.ttl');
      const freshest = ttl && freshestOf(context, node);
      if (!ttl || !freshest || ttl.value <= freshest.seconds * (1 + 1e-9)) continue;
      const text = format(freshest.seconds, TIME);
      yield {
        at: valueSpan(input, node, 'cache.ttl'),
        message: `Answers are kept for ${format(ttl.value, TIME)}, and \`${freshest.view.name}\` is to be at most ${text} old: a cached answer does not know what happened since.`,
        subject: node.name,
        related: [
          { at: valueSpan(input, freshest.view, 'freshness'), message: `How fresh \`${freshest.view.name}\` is.` },
        ],
        fixes: [
          { title: `Keep answers for ${text}`, edits: [writing(input, node, 'cache.ttl', written(freshest.seconds))] },
        ],
      };
    }
  },
};

/** The view of the model that has to be, or is, freshest. What is computed on demand is as fresh as the request. */
function freshestOf(context: Context, node: Node): { view: Node; seconds: number } | undefined {
  const model = context.reference(node, 'model');
  const views = model ? context.references(model, 'features') : [];
  return views
    .filter((view) => context.word(view, 'type') !== 'on_demand')
    .flatMap((view) => {
      const given = context.given(view, 'freshness');
      const seconds = given?.dimension === TIME ? given.value : figure(context, view, 'features.freshness')?.value;
      return seconds === undefined ? [] : [{ view, seconds }];
    })
    .reduce<{ view: Node; seconds: number } | undefined>((a, b) => (a && a.seconds <= b.seconds ? a : b), undefined);
}

const written = (seconds: number): string =>
  seconds < 1 ? `${Number((seconds * 1000).toPrecision(6))}ms` : `${Number(seconds.toPrecision(6))}s`;
