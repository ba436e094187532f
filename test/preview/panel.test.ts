/** The preview's page in a real browser. One bundle and one browser serve all of its tests. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { chromiumOnThisMachine } from '../harness/host.ts';
import { accessible } from './accessible.ts';
import { behaviour } from './behaviour.ts';
import { exports } from './export.ts';
import { hostileTexts } from './hostile-texts.ts';
import { lenses } from './lens.ts';
import { looks } from './looks.ts';
import { openStage, type Stage } from './stage.ts';
import { twoWay } from './two-way.ts';
import { whatIfPanel } from './what-if.ts';

const browser = chromiumOnThisMachine();
if (!browser)
  console.log(
    'The preview was not looked at: that needs a browser. Install chromium, or set CHROMIUM to its program file.',
  );

it('has a browser wherever one is promised', () => expect(browser ?? !process.env.CI).toBeTruthy());

const preview = () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage();
  }, 60_000);
  afterAll(() => stage?.close());

  const open: Stage['open'] = (...words) => stage.open(...words);
  behaviour(open);
  looks(open);
  lenses(open);
  exports(open);
  twoWay(open);
  whatIfPanel(open);
  accessible(open);
  hostileTexts(open);
};
if (browser) describe('the preview', { timeout: 60_000 }, preview);
