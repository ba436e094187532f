import type { Node } from '../../model/design.ts';
import { severityOfAbsence } from '../absence.ts';
import { insertion } from '../edits.ts';
import { figured } from '../figures.ts';
import type { Related, Rule, RuleInput } from '../rule.ts';

export const noValidationGate: Rule = {
  name: 'training/no-validation-gate',
  severity: 'info',
  summary: 'Whatever a training produces passes, as nothing is asked of it.',
  absence: true,
  *check(input) {
    const { design, context } = input;
    for (const node of figured(design, 'training')) {
      if (!node.whole || context.value(node, 'validate')) continue;
      const started = startedBy(input, node);
      if (started.length === 0 && !context.value(node, 'registry')) continue;
      const condition = `${metricOf(input, node)} >= 0.8`;
      yield {
        at: node.nameSpan,
        message: `\`validate\` is not given: a model that is worse than the one in use passes like any other${started.length > 0 ? ', and the job starts by itself' : ''}. Write what it has to reach.`,
        subject: node.name,
        severity: started.length > 0 ? severityOfAbsence(context) : 'info',
        related: started,
        fixes: [
          {
            title: `Ask for \`${condition}\`, a bound to put your own in place of`,
            edits: [insertion(node, `validate: ${condition}`)],
          },
        ],
      };
    }
  },
};

/** What starts it without anybody looking: a schedule, a monitor. */
function startedBy({ context }: RuleInput, node: Node): Related[] {
  const every = node.properties.get('every');
  const monitors = context.referrers(node, 'monitor').flatMap((monitor): Related[] => {
    const action = context.value(monitor, 'action');
    const retrain = action?.form === 'actions' && action.actions.some((a) => a.target?.name === node.name);
    return retrain ? [{ at: monitor.nameSpan, message: `\`${monitor.name}\` starts it.` }] : [];
  });
  return [...(every ? [{ at: every.valueSpan, message: 'It runs on this schedule.' }] : []), ...monitors];
}

/** The usual metric of the model's task. */
function metricOf({ context }: RuleInput, node: Node): string {
  const model = context.reference(node, 'model');
  const task = model && context.word(model, 'task');
  if (task && ['ranking', 'retrieval', 'learning_to_rank'].includes(task)) return 'ndcg';
  return task && ['classification', 'ctr_prediction', 'detection'].includes(task) ? 'auc' : 'accuracy';
}
