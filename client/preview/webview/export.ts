import type { ViewResponse } from '#server/protocol.ts';
import type { ExportFormat, FromWebview } from '../messages.ts';
import { html } from './dom.ts';
import { dress } from './dress.ts';
import { markdownOf } from './markdown.ts';
import { render } from './render.ts';
import { standalone } from './standalone.ts';
import { timelinePicture } from './timeline.ts';
import { waterfallPicture } from './waterfall.ts';

/** Pixels of a PNG for one of the picture. */
const SCALE = 2;
/** The widest picture of three parts in a row: strips are drawn as wide, whatever the panel's width is. */
const WIDTH = 581;

/** A view in a format, as text or as base64. */
export async function exported(
  format: ExportFormat,
  response: ViewResponse,
): Promise<Pick<Extract<FromWebview, { type: 'exported' }>, 'text' | 'base64'>> {
  if (format === 'mermaid') return { text: response.mermaid };
  if (format === 'markdown') return { text: markdownOf(response) };
  const picture = await pictureOf(response);
  return format === 'svg' ? { text: picture } : { base64: await rasterOf(picture) };
}

/** Drawn anew, so that the bytes depend on the text alone: not on what was shown before, selected or zoomed. */
async function pictureOf(response: ViewResponse): Promise<string> {
  const { model, mermaid } = response;
  const stage = html('div', { class: 'stage', 'aria-hidden': 'true' });
  document.body.append(stage);
  try {
    const picture = await render(mermaid, 'mlsys');
    dress(picture, model.nodes, model.title);
    stage.append(picture);
    const strips = [
      ...(model.waterfall ? [waterfallPicture(model.waterfall, WIDTH, stage)] : []),
      ...(model.timeline ? [timelinePicture(model.timeline, WIDTH, stage)] : []),
    ];
    return standalone([picture, ...strips], model.title, model.description);
  } finally {
    stage.remove();
  }
}

async function rasterOf(picture: string): Promise<string> {
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(picture)}`;
  await image.decode();
  const [width, height] = [SCALE * image.naturalWidth, SCALE * image.naturalHeight];
  const canvas = Object.assign(document.createElement('canvas'), { width, height });
  canvas.getContext('2d')!.drawImage(image, 0, 0, width, height);
  return canvas.toDataURL('image/png').replace(/^.*,/, '');
}
