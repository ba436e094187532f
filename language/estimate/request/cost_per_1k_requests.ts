import { isMissing } from '../estimate.ts';
import type { Estimator } from '../context.ts';
import { NUMBER } from '../../units/dimension.ts';
import { callsOf } from '../load.ts';
import { key, Sheet } from '../sheet.ts';

/** What a thousand requests cost in all the servings that they reach, whether somebody waits for them or not. */
export const requestCost: Estimator = {
  quantities: ['request.cost_per_1k_requests'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const terms: string[] = [];
    for (const [name, { calls }] of callsOf(context, node)) {
      const serving = context.find(name);
      if (serving?.kind !== 'serving') continue;
      const cost = context.estimate(serving, 'serving.cost_per_1k_requests');
      if (isMissing(cost)) {
        sheet.assume(`not priced: ${serving.name}`);
        continue;
      }
      sheet.fact(`${serving.name} calls`, calls, NUMBER, 'given', 'the flow');
      sheet.cite(`${serving.name} cost`, cost);
      terms.push(`${key(serving.name)}_calls * ${key(serving.name)}_cost`);
    }
    if (terms.length === 0) sheet.lacks('a serving on its way whose cost is known');
    sheet.step('cost per 1k requests', terms.join(' + ') || '0');
    return sheet.result();
  },
};
