import { trafficOf } from '../estimate/load.ts';
import type { Node } from '../model/design.ts';
import { BANDWIDTH, RATE } from '../units/dimension.ts';
import { costsOf } from './cost-parts.ts';
import { latencyOf, ownLatency, runTime } from './figures.ts';
import { type Pair, pairOf, type ViewInput } from './input.ts';
import type { Lenses } from './view.ts';
import { line, MONTH, money, pairWords, quantity, time, type Words } from './words.ts';

/** What a part's last line says through each lens; the same kind of figure stands on every part. */
export function lensesOf(input: ViewInput, node: Node): Lenses {
  return {
    load: said(loadOf(input, node)),
    latency: said(latency(input, node)),
    cost: said(cost(input, node)),
    findings: findings(input, node),
  };
}

const said = (words: Words): string => line(words) || '–';

/** Requests, reads or bytes a second. */
function loadOf(input: ViewInput, node: Node): Words {
  if (node.kind === 'source')
    return pairWords(pairOf(input, node, 'source.bytes_per_second'), (value) => quantity(value, BANDWIDTH));
  if (node.kind === 'features' || node.kind === 'featurestore')
    return pairWords(pairOf(input, node, `${node.kind}.reads_per_second`), (value) => `${quantity(value, RATE)} reads`);
  if (!['request', 'serving', 'gateway', 'service', 'index'].includes(node.kind)) return undefined;
  const pair: Pair = { now: trafficOf(input.now, node), base: input.base ? trafficOf(input.base, node) : undefined };
  return pairWords(pair, (value) => quantity(value, RATE));
}

function latency(input: ViewInput, node: Node): Words {
  if (node.kind === 'request' || node.kind === 'serving') return latencyOf(input, node);
  if (node.kind === 'training') return runTime(input, node);
  if (node.kind === 'pipeline') return pairWords(pairOf(input, node, 'pipeline.lag'), (value) => `lag ${time(value)}`);
  return ['features', 'gateway', 'service', 'index'].includes(node.kind) ? ownLatency(input, node) : undefined;
}

function cost(input: ViewInput, node: Node): Words {
  const words = (value: number) => `${money(value * MONTH)} a month`;
  if (node.kind === 'system') return pairWords(pairOf(input, node, 'system.cost'), words);
  const part = costsOf(input).find((p) => p.node === node);
  return part && pairWords(part, words);
}

/** `1 error, 2 warnings` */
function findings(input: ViewInput, node: Node): string {
  const counts = (['error', 'warning', 'info'] as const).flatMap((severity) => {
    const count = input.findings.filter((f) => f.subject === node.name && f.severity === severity).length;
    return count === 0 ? [] : [`${count} ${severity}${count === 1 || severity === 'info' ? '' : 's'}`];
  });
  return counts.length === 0 ? 'no findings' : counts.slice(0, 2).join(', ');
}
