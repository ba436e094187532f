import type { Node } from '../../model/design.ts';
import { propertyOf } from '../../schema/index.ts';
import { isAtWork, severityOfAbsence } from '../absence.ts';
import { figured, valueSpan, writing } from '../figures.ts';
import type { Rule, RuleInput } from '../rule.ts';

export const untracked: Rule = {
  name: 'training/untracked',
  severity: 'info',
  summary: 'Something that is needed to repeat a training is not recorded.',
  absence: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'training')) {
      const tracked = trackedBy(input, node);
      const missing = THINGS.filter((thing) => !tracked.includes(thing));
      const speaks = tracked.length > 0 || context.value(node, 'tracker') || isAtWork(context, node);
      if (!node.whole || missing.length === 0 || !speaks) continue;
      const names = missing.map((thing) => `\`${thing}\``);
      const all = missing.length === THINGS.length;
      yield {
        at: tracked.length > 0 ? valueSpan(input, node, 'tracking') : node.nameSpan,
        message: `${all ? 'Nothing of a run is recorded' : `Of a run ${names.join(', ')} ${missing.length > 1 ? 'are' : 'is'} not recorded`}: ${all ? 'no model can be explained or built again' : (LOST[missing[0]!] ?? 'a run cannot be repeated')}.`,
        subject: node.name,
        severity: severityOfAbsence(context),
        fixes: [
          {
            title: `Track ${all ? 'all six' : missing.join(', ')}`,
            edits: [writing(input, node, 'tracking', THINGS.join(', '))],
          },
        ],
      };
    }
  },
};

const schema = propertyOf('training', 'tracking')?.type;
/** the six things, in the order of the schema */
const THINGS = schema?.is === 'words' ? Object.keys(schema.words) : [];

const LOST: Readonly<Record<string, string>> = {
  hyperparameters: 'nobody can tell how the model was made',
  metrics: 'runs cannot be compared',
  artifacts: 'what a run wrote cannot be found again',
  code_version: 'nobody can tell which code made the model',
  environment: 'the same code may train another model elsewhere',
  data_version: 'nobody can tell which data the model has seen, or train it on the same again',
};

function trackedBy({ context }: RuleInput, node: Node): readonly string[] {
  const value = context.value(node, 'tracking');
  return value?.form === 'words' ? value.words.map(({ name }) => name) : [];
}
