import type { Estimator } from '../context.ts';
import { Sheet } from '../sheet.ts';

/** Share of the reads that the nodes of an online store can answer which the requests take. */
export const throughputUtilization: Estimator = {
  quantities: ['featurestore.throughput_utilization'],
  estimate(node, context, quantity) {
    const sheet = new Sheet(context, node, quantity);
    const online = context.reference(node, 'online');
    const own = context.given(node, 'ops');
    sheet.take('reads', node, 'featurestore.reads_per_second');
    sheet.property('nodes');
    sheet.use(
      'reads of a node',
      own ?? (online && context.given(online, 'limits.reads_per_node')),
      '`ops`, or an `online` technology with a known limit of `reads_per_node`',
    );
    sheet.step('throughput utilization', 'reads / (nodes * reads_of_a_node)');
    sheet.assume('reads are spread evenly over all nodes, and writes take nothing from them');
    return sheet.result('throughput utilization');
  },
};
