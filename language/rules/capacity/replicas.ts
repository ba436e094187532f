import type { Context } from '../../estimate/context.ts';
import { arrivalsOf } from '../../estimate/load.ts';
import type { Node } from '../../model/design.ts';
import { NUMBER, RATE } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { figure, writing } from '../figures.ts';
import type { Fix, Related, RuleInput } from '../rule.ts';
import { consequences, numberValue } from '../what-if.ts';

/** The words and fixes that findings about too few replicas share. */

/** What comes to a serving: what is written, what the flows bring, or the records of its source. */
export function trafficText(context: Context, node: Node): string | undefined {
  const row = figure(context, node, 'serving.utilization')?.steps.find(({ label }) => label === 'traffic');
  return row && format(row.value, RATE);
}

/** Where the load is written: the serving's own `traffic`, or the requests that bring it. */
export function trafficOrigin(context: Context, node: Node): Related[] {
  const own = node.properties.get('traffic');
  if (own) return [{ at: own.valueSpan, message: `The traffic of \`${node.name}\`.` }];
  const arrivals = arrivalsOf(context, node);
  const source = arrivals.length === 0 ? context.reference(node, 'source') : undefined;
  if (source) return [{ at: source.nameSpan, message: `The records of \`${source.name}\` come to it.` }];
  return arrivals.map(({ request, traffic, calls }) => ({
    at: request.properties.get('traffic')?.valueSpan ?? request.nameSpan,
    message: `\`${request.name}\` brings ${format(traffic.value * calls, RATE)}.`,
  }));
}

/** `where`: the title names the serving, as the finding is about something else. */
export function replicasFix(input: RuleInput, node: Node, replicas: number, where = ''): Fix {
  const most = input.context.given(node, 'max_replicas');
  const properties = most && most.value < replicas ? ['replicas', 'max_replicas'] : ['replicas'];
  const value = numberValue(replicas, NUMBER, node.nameSpan);
  const change = new Map(properties.map((key) => [`${node.name}.${key}`, value]));
  const title = `Set ${properties.join(' and ')} to ${replicas}${where}${consequences(input, change, [node])}`;
  return { title, edits: properties.map((key) => writing(input, node, key, String(replicas))) };
}
