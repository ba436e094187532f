import type { Context } from '../../estimate/context.ts';
import { arrivalsOf } from '../../estimate/load.ts';
import type { Node } from '../../model/design.ts';
import { NUMBER, RATE } from '../../units/dimension.ts';
import { format } from '../../units/format.ts';
import { figure, writing } from '../figures.ts';
import type { Edit, Fix, Related, RuleInput } from '../rule.ts';
import { type Change, consequences, numberValue } from '../what-if.ts';

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
  const { words, change, edits } = countOf(input, node, replicas);
  return { title: `Set ${words} to ${replicas}${where}${consequences(input, change, [node])}`, edits };
}

/** A number of replicas, and with it the bounds of autoscaling that it would be beyond: `replicas and max_replicas`. */
export function countOf(
  input: RuleInput,
  node: Node,
  replicas: number,
): { words: string; change: Change; edits: readonly Edit[] } {
  const bound = (path: string) => input.context.given(node, path)?.value ?? replicas;
  const paths = [
    'replicas',
    ...(bound('min_replicas') > replicas ? ['min_replicas'] : []),
    ...(bound('max_replicas') < replicas ? ['max_replicas'] : []),
  ];
  const value = numberValue(replicas, NUMBER, node.nameSpan);
  return {
    words: paths.join(' and '),
    change: new Map(paths.map((path) => [`${node.name}.${path}`, value])),
    edits: paths.map((path) => writing(input, node, path, String(replicas))),
  };
}
