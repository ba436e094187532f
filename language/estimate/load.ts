import type { Flow, Node } from '../model/design.ts';
import { NUMBER, RATE } from '../units/dimension.ts';
import type { Context, Input } from './context.ts';
import type { Sheet } from './sheet.ts';

/** What one request kind brings to a part. */
export interface Arrival {
  readonly request: Node;
  readonly traffic: Input;
  /** calls of the part for each request, shares and the arms of experiments included */
  readonly calls: number;
  /** rows or items a call (`A[500]`) */
  readonly rows: number;
}

/** The load of a part: traffic × calls × share over all requests whose flow goes through it (language definition, flows). */
export function arrivalsOf(context: Context, node: Node): readonly Arrival[] {
  return context.once(`arrivals:${node.name}`, () => {
    const controls = context.referrers(node, 'experiment').flatMap((e) => context.references(e, 'control'));
    const requests = new Set([node, ...controls].flatMap((n) => context.referrers(n, 'request')));
    return [...requests].flatMap((request) => callsOf(context, request).get(node.name) ?? []);
  });
}

/** What one request brings to each part that it reaches, by name. */
export function callsOf(context: Context, request: Node): ReadonlyMap<string, Arrival> {
  return context.once(`calls:${request.name}`, () => {
    const found = new Map<string, Arrival>();
    const flow = context.value(request, 'flow');
    const traffic = context.given(request, 'traffic');
    if (flow?.form !== 'flow' || !traffic || traffic.dimension !== RATE) return found;
    walk(context, request, flow.flow, 1, 1, (node, calls, rows) => {
      for (const { node: arm, share } of armsOf(context, node, request)) {
        const known = found.get(arm.name);
        found.set(
          arm.name,
          known ? merged(known, calls * share, rows) : { request, traffic, calls: calls * share, rows },
        );
      }
    });
    return found;
  });
}

const merged = (a: Arrival, calls: number, rows: number): Arrival => ({
  ...a,
  calls: a.calls + calls,
  rows: (a.calls * a.rows + calls * rows) / (a.calls + calls),
});

function walk(
  context: Context,
  request: Node,
  flow: Flow,
  calls: number,
  rows: number,
  visit: (node: Node, calls: number, rows: number) => void,
): void {
  switch (flow.step) {
    case 'call': {
      const node = context.find(flow.target.name);
      if (node) visit(node, calls * defaultShare(context, node, calls), rows);
      return;
    }
    case 'sequence':
    case 'parallel':
      for (const member of flow.members) walk(context, request, member, calls, rows, visit);
      return;
    case 'forget':
      return walk(context, request, flow.of, calls, rows, visit);
    case 'times':
      return walk(
        context,
        request,
        flow.of,
        calls * (context.evaluate(flow.factor, request.name)?.value ?? 1),
        rows,
        visit,
      );
    case 'rows':
      return walk(
        context,
        request,
        flow.of,
        calls,
        rows * (context.evaluate(flow.rows, request.name)?.value ?? 1),
        visit,
      );
  }
}

/** A service's own `share` is its share in flows that write none. */
export function defaultShare(context: Context, node: Node, calls: number): number {
  if (node.kind !== 'service' || calls < 1) return 1;
  return context.given(node, 'share')?.value ?? 1;
}

export interface Arm {
  readonly node: Node;
  readonly share: number;
}

/** A control shares its traffic with the treatment of an experiment on it. */
export function armsOf(context: Context, node: Node, request: Node): readonly Arm[] {
  for (const experiment of context.referrers(node, 'experiment')) {
    const control = context.value(experiment, 'control');
    const treatment = context.value(experiment, 'treatment');
    if (control?.form !== 'arm' || treatment?.form !== 'arm' || context.find(control.serving.name) !== node) continue;
    const on = context.references(experiment, 'on');
    const treated = context.find(treatment.serving.name);
    if (!treated || treated === node || (on.length > 0 && !on.includes(request))) continue;
    const { control: c, treatment: t } = sharesOf(context, experiment);
    return [
      { node, share: c },
      { node: treated, share: t },
    ];
  }
  return [{ node, share: 1 }];
}

/** The arms' shares of the traffic; one that is not written is the rest of the other, and two that are not are halves. */
export function sharesOf(context: Context, experiment: Node): { control: number; treatment: number } {
  const share = (key: 'control' | 'treatment') => {
    const arm = context.value(experiment, key);
    return arm?.form === 'arm' && arm.share ? context.evaluate(arm.share, experiment.name)?.value : undefined;
  };
  const control = share('control');
  const treatment = share('treatment');
  return {
    control: control ?? (treatment === undefined ? 0.5 : 1 - treatment),
    treatment: treatment ?? (control === undefined ? 0.5 : 1 - control),
  };
}

/**
 * Adds the rows that lead to a part's traffic, in calls per second, under the label `traffic`: what is written, else what the
 * flows bring. NaN where there is neither.
 */
export function useTraffic(sheet: Sheet, context: Context, node: Node): number {
  if (sheet.has('traffic')) return sheet.valueOf('traffic');
  const given = context.given(node, 'traffic');
  if (given) return sheet.use('traffic', given);
  const list = arrivalsOf(context, node);
  if (list.length === 0) {
    sheet.lacks(`\`traffic\`, or a request whose flow goes through \`${node.name}\``);
    return Number.NaN;
  }
  for (const arrival of list) useArrival(sheet, arrival);
  return sheet.step(
    'traffic',
    list.map(({ request }) => `${request.name}_traffic * ${request.name}_calls`).join(' + '),
  );
}

/** The same in rows (or items) per second, under the label `rows`. */
export function useRows(sheet: Sheet, context: Context, node: Node): number {
  const list = arrivalsOf(context, node);
  if (list.length === 0) {
    sheet.lacks(`a request whose flow goes through \`${node.name}\``);
    return Number.NaN;
  }
  for (const arrival of list) {
    useArrival(sheet, arrival);
    sheet.fact(`${arrival.request.name} rows`, arrival.rows, NUMBER, 'given', 'the flow');
  }
  return sheet.step(
    'rows',
    list.map(({ request: r }) => `${r.name}_traffic * ${r.name}_calls * ${r.name}_rows`).join(' + '),
  );
}

function useArrival(sheet: Sheet, { request, traffic, calls }: Arrival): void {
  sheet.use(`${request.name} traffic`, traffic);
  sheet.fact(`${request.name} calls`, calls, NUMBER, 'given', 'the flow');
}

/** Calls per second, or undefined where nothing says. */
export function trafficOf(context: Context, node: Node): number | undefined {
  const given = context.given(node, 'traffic');
  if (given) return given.value;
  const list = arrivalsOf(context, node);
  return list.length > 0 ? list.reduce((sum, a) => sum + a.traffic.value * a.calls, 0) : undefined;
}
