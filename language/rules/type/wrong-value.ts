import { assignedType, assignedValue, fitsForm } from '../../model/assignments.ts';
import type { Design } from '../../model/design.ts';
import { linksOf } from '../../model/links.ts';
import { typeInWords } from '../../schema/in-words.ts';
import { propertyOf } from '../../schema/index.ts';
import type { Fix, Report, Rule } from '../rule.ts';
import { nearest } from '../spelling.ts';

export const wrongValue: Rule = {
  name: 'type/wrong-value',
  severity: 'error',
  summary: 'A value of another form, or a word that is not allowed there.',
  *check({ design, problems }) {
    for (const { problem, subject } of problems) {
      if (problem.is !== 'wrong-value') continue;
      const { span, message, allowed = [], rights } = problem;
      const word = wordIn(message);
      const meant = rights ? undefined : (allowed.find((w) => w === OTHER_NAMES[word]) ?? nearest(word, allowed));
      const fixes = (rights ?? (meant ? [meant] : [])).map(
        (text): Fix => ({ title: `Change to \`${text}\``, edits: [{ at: span, text }] }),
      );
      yield { at: span, message: `${message}.${meant ? ` Did you mean \`${meant}\`?` : ''}`, subject, fixes };
    }
    yield* automatic(design);
    yield* assigned(design);
  },
};

/** `auto` means something only where the estimator may choose: elsewhere it would be the name of a parameter. */
function* automatic(design: Design): Generator<Report> {
  for (const { name, span, target, owner, property } of linksOf(design)) {
    if (name !== 'auto' || target) continue;
    const node = owner === null ? undefined : design.lookup(owner);
    const type = node && property !== undefined ? propertyOf(node.kind, property)?.type : undefined;
    const takes = type ? `\`${property}\` takes ${typeInWords(type)}` : 'a number is needed';
    yield { at: span, message: `\`auto\` cannot stand here: ${takes}.`, subject: owner };
  }
}

/** A scenario's value whose form the property does not take. */
function* assigned(design: Design): Generator<Report> {
  for (const scenario of design.scenarios) {
    for (const assignment of scenario.assignments) {
      const type = assignedType(assignment.path, design.lookup);
      const value = assignedValue(assignment, design.lookup);
      if (!type || fitsForm(value, type)) continue;
      const words = 'words' in type && type.words ? Object.keys(type.words) : [];
      const word = value.form === 'words' ? value.words[0]!.name : '';
      const meant = nearest(word, words);
      const at = assignment.valueSpan;
      yield {
        at,
        message: `\`${assignment.path.join('.')}\` takes ${typeInWords(type)}${words.length > 0 ? `: ${words.map((w) => `\`${w}\``).join(', ')}` : ''}.${meant ? ` Did you mean \`${meant}\`?` : ''}`,
        subject: scenario.name,
        fixes: meant ? [{ title: `Change to \`${meant}\``, edits: [{ at, text: meant }] }] : [],
      };
    }
  }
}

/** Words that other tools use for the same. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  float16: 'fp16',
  half: 'fp16',
  float32: 'fp32',
  float: 'fp32',
  bfloat16: 'bf16',
  float8: 'fp8',
  stream: 'streaming',
  realtime: 'online',
  real_time: 'online',
  offline: 'batch',
  xgboost: 'gbdt',
  llm: 'transformer',
  yes: 'true',
  no: 'false',
};

/** the text that was found, which the message quotes last */
const wordIn = (message: string): string => /`([^`]*)`$/.exec(message)?.[1] ?? '';
