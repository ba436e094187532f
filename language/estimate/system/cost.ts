import type { Node } from '../../model/design.ts';
import type { Context, Estimator } from '../context.ts';
import { isMissing } from '../estimate.ts';
import { occupantsOf } from '../occupancy.ts';
import { Sheet } from '../sheet.ts';

/** What the design costs per time: all servings, and trainings that repeat. One-off runs and what has no price stand in the assumptions. */
export const cost: Estimator = {
  quantities: ['system.cost'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const missing: string[] = [];
    const parts = occupantsOf(context).flatMap(({ node: part }) =>
      part.kind === 'serving' ? ofServing(sheet, context, part, missing) : ofTraining(sheet, context, part, missing),
    );
    if (parts.length === 0)
      for (const m of missing.length > 0 ? missing : ['a serving, or a training with `every`']) sheet.lacks(m);
    sheet.step('cost', parts.join(' + ') || '0');
    return sheet.result();
  },
};

function ofServing(sheet: Sheet, context: Context, node: Node, missing: string[]): string[] {
  const answer = context.estimate(node, 'serving.cost');
  if (isMissing(answer)) return unpriced(sheet, node, answer.missing, missing);
  sheet.cite(`${node.name} cost`, answer);
  takeNotes(sheet, answer.assumptions);
  return [`${node.name}_cost`];
}

function ofTraining(sheet: Sheet, context: Context, node: Node, missing: string[]): string[] {
  const every = context.given(node, 'every');
  const answer = context.estimate(node, 'training.cost');
  if (!every) {
    sheet.assume(`not priced: ${node.name} runs once`);
    return [];
  }
  if (isMissing(answer)) return unpriced(sheet, node, answer.missing, missing);
  sheet.cite(`${node.name} run`, answer);
  takeNotes(sheet, answer.assumptions);
  sheet.use(`${node.name} every`, every);
  sheet.step(`${node.name} cost`, `${node.name}_run / ${node.name}_every`);
  return [`${node.name}_cost`];
}

function unpriced(sheet: Sheet, node: Node, lacks: readonly string[], missing: string[]): string[] {
  sheet.assume(`not priced: ${node.name}, for lack of ${lacks[0]}`);
  missing.push(...lacks);
  return [];
}

/** which price was taken where several were possible */
function takeNotes(sheet: Sheet, notes: readonly string[]): void {
  for (const note of notes) if (note.includes('price')) sheet.assume(note);
}
