import type { Expression, Flow, Named, Span } from '../model/design.ts';

/** One call in a flow, with what it stands under. */
export interface Call {
  readonly target: Named;
  readonly span: Span;
  /** the shares and counts before it, from the outside */
  readonly factors: readonly Expression[];
  /** nobody waits for it */
  readonly free: boolean;
}

/** What stands beside each other with `&`: the outermost, with all calls in it. */
export function parallelsIn(flow: Flow): readonly { readonly span: Span; readonly calls: readonly Call[] }[] {
  if (flow.step === 'call') return [];
  if (!('members' in flow)) return parallelsIn(flow.of);
  return flow.step === 'parallel'
    ? [{ span: flow.span, calls: callsIn(flow) }]
    : flow.members.flatMap((member) => parallelsIn(member));
}

/** Every call of a flow, in the order of the text. */
export function callsIn(flow: Flow, factors: readonly Expression[] = [], free = false): readonly Call[] {
  switch (flow.step) {
    case 'call':
      return [{ target: flow.target, span: flow.span, factors, free }];
    case 'sequence':
    case 'parallel':
      return flow.members.flatMap((member) => callsIn(member, factors, free));
    case 'times':
      return callsIn(flow.of, [...factors, flow.factor], free);
    case 'rows':
      return callsIn(flow.of, factors, free);
    case 'forget':
      return callsIn(flow.of, factors, true);
  }
}
