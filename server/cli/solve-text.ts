import type { Question } from '#language/solve/report.ts';
import type { Solution, Trial } from '#language/solve/solve.ts';
import { type Paint, visible } from './output.ts';

/** At most so many other choices are listed. */
const LISTED = 8;

/** What to write, what is then reached, and what it changes besides. */
export function solutionText(question: Question, solution: Solution, paint: Paint): string {
  const { answer, now, target, met, choices, breaks } = solution;
  const wanted = `${question.for} ${target.operator} ${target.display}`;
  const set = ({ text }: Trial) => `${question.vary} = ${text}`;
  const head = met
    ? `${paint('bold', set(answer))} meets ${wanted}`
    : `${paint('bold', 'cannot be met')}: no value of ${question.vary} brings ${wanted}`;
  const rows = [
    [met ? 'reached' : 'nearest', met ? reached(answer) : `${reached(answer)} with ${set(answer)}`],
    ...(now && now.text !== answer.text ? [['now', `${reached(now)} with ${set(now)}`]] : []),
    ...(met ? [['meets it', rangeText(question, solution)]] : []),
    ...(met && choices.length > 1 ? [['others', othersText(solution)]] : []),
    ...breaks.map((message) => ['then', message]),
  ].filter(([, text]) => text !== '');
  const width = Math.max(...rows.map(([label]) => label!.length));
  return [head, ...rows.map(([label, text]) => `  ${paint('gray', label!.padEnd(width))}  ${visible(text!)}`)].join(
    '\n',
  );
}

const reached = ({ reached: { display }, cost }: Trial): string =>
  cost === null || cost.display === display ? display : `${display}, ${cost.display}`;

function rangeText({ vary }: Question, { from, to, now, answer, choices }: Solution): string {
  if (choices.length > 0) return '';
  if (from !== null && to !== null) return from === to ? `${vary} at ${from}` : `${vary} from ${from} to ${to}`;
  if (from !== null) return `${vary} from ${from} up`;
  if (to !== null) return `${vary} up to ${to}`;
  return now?.text === answer.text ? 'every value that was tried' : '';
}

function othersText({ choices, answer }: Solution): string {
  const others = choices.filter(({ text }) => text !== answer.text);
  const more = others.length > LISTED ? `, and ${others.length - LISTED} more` : '';
  return `${others
    .slice(0, LISTED)
    .map((t) => `${t.text} (${reached(t)})`)
    .join('; ')}${more}`;
}
