// `npm run pages -- -u` rewrites the outputs in the pages (fixed text, diagrams); without -u it only says what differs.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { checkPage } from './page.ts';
import { printer } from './printer.ts';
import { LANGUAGE, rooms } from './rooms.ts';
import { RULE_INDEX, ruleIndex, ruleIndexOnDisk } from './rule-index.ts';

const print = await printer();
let failed = 0;
for (const room of await rooms()) {
  const path = join(LANGUAGE, room.page);
  const text = readFileSync(path, 'utf8');
  const { problems, updated } = checkPage(room, text, print);
  if (problems.length > 0) console.log(`${room.page}\n  ${problems.join('\n  ')}`);
  if (process.argv.includes('-u') && updated !== text) writeFileSync(path, updated);
  failed += problems.length;
}
if (process.argv.includes('-u')) writeFileSync(RULE_INDEX, ruleIndex());
else if (ruleIndexOnDisk() !== ruleIndex()) {
  console.log('rules/README.md is not the list of the rules');
  failed++;
}
console.log(failed === 0 ? 'every page holds' : `${failed} expectations differ`);
process.exitCode = failed === 0 ? 0 : 1;
