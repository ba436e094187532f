import type { Value } from '../../model/design.ts';
import { useConstant } from '../constants.ts';
import type { Estimator } from '../context.ts';
import { Sheet } from '../sheet.ts';
import { efficiencyError } from '../training-efficiency.ts';

const AUTO: Value = { form: 'auto' };

/** The highest MFU that is believable: the prediction for tuned software, and what nine of ten published runs stay below. */
export const mfuLimit: Estimator = {
  quantities: ['training.mfu_limit'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const model = context.reference(node, 'model');
    const tuned: Value = { form: 'words', words: [{ name: 'tuned', span: node.nameSpan }] };
    const words = { mfu: AUTO, step: AUTO, stack: tuned };
    const measured = context.set(
      new Map(Object.entries(words).map(([path, value]) => [`${node.name}.${path}`, value])),
    );
    sheet.cite('tuned MFU', measured.estimate(node, 'training.mfu'));
    const error = model && efficiencyError(context, node, model);
    if (error) useConstant(sheet, error);
    else sheet.lacks('`architecture` of the model');
    sheet.step('MFU limit', 'min(1, tuned_MFU * prediction_error)');
    return sheet.result('MFU limit');
  },
};
