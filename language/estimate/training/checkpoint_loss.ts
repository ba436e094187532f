import type { Estimator } from '../context.ts';
import { Sheet } from '../sheet.ts';

/**
 * Share of the time that goes into writing checkpoints and into repeating what a failure lost: write time / interval + interval / (2 × time
 * between failures), the sum that Young's interval makes smallest (Young, 1974).
 */
export const checkpointLoss: Estimator = {
  quantities: ['training.checkpoint_loss'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    sheet.take('best interval', node, 'training.checkpoint_interval');
    if (context.given(node, 'checkpoint')) sheet.property('checkpoint', undefined, 'interval');
    else sheet.step('interval', 'best_interval');
    sheet.step('checkpoint loss', 'write_time / interval + interval / (2 * time_between_failures)', 'Young, 1974');
    if (!context.given(node, 'checkpoint')) sheet.assume('no `checkpoint` is given: the best interval is taken');
    return sheet.result('checkpoint loss');
  },
};
