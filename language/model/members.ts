import { propertyOf } from '../schema/index.ts';
import { quantitiesOf } from '../schema/quantities.ts';
import type { Names } from './kept.ts';
import type { Node } from './design.ts';

/** Whether `A.path` is an estimate or a property of A's kind. */
export function hasMember(node: Node, path: readonly string[], design?: Names): boolean {
  const quantity = `${node.kind}.${path.join('_')}`;
  if (quantitiesOf(node.kind).some((q) => q.quantity === quantity)) return true;
  const hardware = hardwareMember(node, path);
  if (hardware !== undefined) return design?.lookup(hardware)?.kind === 'hardware' && holds(node, hardware);
  return (
    !(node.kind === 'serving' && path.join() === 'latency') &&
    propertyOf(node.kind, path.join('.'))?.type.is === 'quantity'
  );
}

/** `Cluster.gpus_used.H100` and `Cluster.H100.gpus_used` are those of one hardware: gives its name. */
export function hardwareMember(node: Node, path: readonly string[]): string | undefined {
  if (node.kind !== 'cluster' || path.length !== 2) return undefined;
  return path[0] === 'gpus_used' ? path[1] : path[1] === 'gpus_used' ? path[0] : undefined;
}

/** The hardware of a cluster's pool by name; a pool that is a parameter may hold any. */
function holds(cluster: Node, hardware: string): boolean {
  const pool = cluster.properties.get('pool')?.value;
  return pool?.form === 'pool' && (pool.param !== undefined || pool.parts.some((p) => p.hardware.name === hardware));
}
