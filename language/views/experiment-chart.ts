import type { Condition, Node, Value } from '../model/design.ts';
import { NUMBER } from '../units/dimension.ts';
import { type Arm, perTime, type Plan, unitsOf } from './experiment-plan.ts';
import { arrow, flowchartOf, idOf } from './frame.ts';
import { targetOf, type ViewInput } from './input.ts';
import { partOf } from './part.ts';
import { conditionWords } from './training-chart.ts';
import type { DiagramNode, Edge, Flowchart } from './view.ts';
import { bound, line, pairWords, plural, quantity, share, time, title, type Words } from './words.ts';

/** The split, the arms, what is measured, and what is decided by it, from top to bottom. */
export function experimentChart(input: ViewInput, test: Node, plan: Plan): Flowchart {
  const arms = plan.arms.map((arm) => armNode(input, test, arm, plan));
  const [control, treatment] = arms;
  const measured = [primaryNode(input, test, plan), ...guardNode(input, test)];
  const outcomes = outcomesOf(input, test, measured.length > 1);
  const root = splitNode(input, test);
  const edges: Edge[] = [
    ...plan.arms.map(({ node, share: part }) => arrow([root.id], [idOf(node)], share(part))),
    ...arms.map(({ id }) => arrow([id], [measured[0]!.id])),
    ...(measured[1] ? [arrow([(treatment ?? control ?? root).id], [measured[1].id])] : []),
    ...outcomes.map(({ id }) =>
      arrow([id.startsWith('kill_') && measured[1] ? measured[1].id : measured[0]!.id], [id]),
    ),
  ];
  return flowchartOf([root, ...arms, ...measured, ...outcomes], edges);
}

function splitNode(input: ViewInput, test: Node): DiagramNode {
  const { now } = input;
  const requests = now.references(test, 'on');
  const on = requests.length > 1 ? `on ${requests.length} requests` : requests[0] && `on ${requests[0].name}`;
  const unit = now.reference(test, 'unit')?.name;
  const exposure = now.given(test, 'exposure')?.value;
  const coming = exposure === undefined ? undefined : perTime(input, test, exposure).replace('/', ' new/');
  return partOf(input, test, [title(test.name), line(on), line(unit && [`by ${unit}`], coming)]);
}

/** `control · 3.6M/d`, `7.3M cards in 2.1 d`, or `0.40M of 0.81M cards` where the test ends first. */
function armNode(input: ViewInput, test: Node, arm: Arm, { end }: Plan): DiagramNode {
  const units = unitsOf(input, test);
  const late = arm.time !== undefined && end !== undefined && arm.time > end * (1 + 1e-9);
  const node = partOf(
    input,
    arm.node,
    [
      title(arm.node.name),
      line(arm.side, arm.rate === undefined ? undefined : perTime(input, test, arm.rate)),
      line(late ? reached(arm, end, units) : needed(arm, units)),
    ],
    { view: 'serving' },
  );
  return late && node.severity !== 'error' ? { ...node, severity: 'warning' } : node;
}

function needed({ sample, time: seconds }: Arm, units: string): Words {
  const words = pairWords(sample, (value) => `${quantity(value, NUMBER)} ${units}`);
  if (words === undefined) return 'sample not known';
  const after = seconds === undefined ? '' : ` in ${time(seconds)}`;
  const [first = '', ...shorter] = [words].flat();
  return [`${first}${after}`, ...shorter.map((text) => `${text}${after}`), `${quantity(sample.now!, NUMBER)}${after}`];
}

const reached = ({ sample, rate = 0 }: Arm, end: number, units: string): Words => {
  const part = `${quantity(rate * end, NUMBER)} of ${quantity(sample.now!, NUMBER)}`;
  return [`${part} ${units}`, part];
};

/** `fraud_rate`, `0.12%, moves by 10%`, `α 5% · power 80% · 4 looks` */
function primaryNode(input: ViewInput, test: Node, { looks }: Plan): DiagramNode {
  const { now } = input;
  const value = now.value(test, 'primary');
  const primary = value?.form === 'primary' ? value : undefined;
  const words = (expression: NonNullable<typeof primary>['mde']) =>
    expression && bound(now, expression, `${test.name}.primary`)?.text;
  const [from, by] = [words(primary?.baseline), words(primary?.mde)];
  const [alpha, power] = ['alpha', 'power'].map((path) => now.input(test, path)?.value);
  return {
    id: `primary_${test.name}`,
    lines: [
      primary ? title(primary.metric.name.replaceAll('_', ' ')) : 'no primary metric',
      line(from && by ? `${from}, moves by ${by}` : (from ?? 'baseline not known')),
      line(
        alpha === undefined ? undefined : `α ${share(alpha)}`,
        power === undefined ? undefined : `power ${share(power)}`,
        looks > 1 ? `${looks} looks` : undefined,
      ),
    ],
    shape: 'delay',
    role: 'metric',
    target: targetOf(test),
    ...(primary ? {} : { severity: 'error' }),
  };
}

/** `3 guardrails`, their names; a test without them has a place for them. */
function guardNode(input: ViewInput, test: Node): readonly DiagramNode[] {
  const guards = conditionsIn(input.now.value(test, 'guardrails'));
  const common = { id: `guard_${test.name}`, shape: 'delay', role: 'metric', target: targetOf(test) } as const;
  if (guards.length === 0) return [{ ...common, lines: ['no guardrails', 'nothing stops the test'], severity: 'info' }];
  if (guards.length === 1)
    return [{ ...common, lines: ['1 guardrail', line(conditionWords(input, test, guards[0]!))] }];
  const names = guards.map(metricWords);
  const first = line(...names);
  const rest = names.filter((name) => !first.split(' · ').includes(name));
  return [{ ...common, lines: [plural(guards.length, 'guardrail'), first, line(...rest)] }];
}

const metricWords = ({ metric, percentile }: Condition): string =>
  percentile === undefined
    ? metric.replaceAll('_', ' ')
    : metric === 'latency'
      ? `p${percentile}`
      : `${metric} p${percentile}`;

const conditionsIn = (value: Value | undefined): readonly Condition[] =>
  value?.form === 'conditions' ? value.conditions : [];

/** Ship, iterate, kill: the conditions of `decision`, and what happens where neither holds. */
function outcomesOf(input: ViewInput, test: Node, guarded: boolean): readonly DiagramNode[] {
  const value = input.now.value(test, 'decision');
  const block = value?.form === 'block' ? value.properties : undefined;
  const words = (name: string) =>
    conditionsIn(input.now.value(test, `decision.${name}`) ?? block?.get(name)?.value).map((c) =>
      conditionWords(input, test, c),
    );
  const [ship, kill] = [words('ship'), words('kill')];
  const outcome = (name: string, lines: readonly string[]): DiagramNode => ({
    id: `${name}_${test.name}`,
    lines: [name, ...lines],
    shape: 'rounded',
    role: 'decision',
    target: targetOf(test),
  });
  if (ship.length === 0 && kill.length === 0)
    return [{ ...outcome('decide', ['by whoever looks', 'no rule is declared']), severity: 'info' }];
  return [
    outcome('ship', two(ship.length > 0 ? ship : ['never by rule'])),
    outcome('iterate', ['otherwise']),
    ...(kill.length > 0 || guarded ? [outcome('kill', two(kill.length > 0 ? kill : ['a guardrail breaks']))] : []),
  ];
}

const two = (words: readonly string[]): readonly string[] =>
  (words.length > 2 ? [words[0]!, `and ${words.length - 1} more`] : words).map((text) => line(text));
