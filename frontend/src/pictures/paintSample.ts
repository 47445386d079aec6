/** Sample pictures, painted when they are needed so that none need be loaded. */

import { paintStrokes } from '../ui/paintStrokes';
import type { SamplePicture } from './samplePictures';

const SIDE = 480; // px
const RULE_PITCH = 1 / 9; // of the side
const GRAIN = 14; // levels

export async function fileOf(sample: SamplePicture): Promise<File> {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIDE;
  paintSample(canvas, sample);
  return new Promise((resolve, reject) => {
    canvas.toBlob((blob) => {
      if (blob) resolve(new File([blob], `${sample.name}.jpg`, { type: blob.type }));
      else reject(new Error('This browser made no picture of the sample.'));
    }, 'image/jpeg');
  });
}

/** Fill a square canvas with the picture. */
export function paintSample(canvas: HTMLCanvasElement, sample: SamplePicture): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const side = canvas.width;
  context.fillStyle = sample.paper;
  context.fillRect(0, 0, side, side);
  context.save();
  context.translate(side / 2, side / 2);
  context.rotate(2 * Math.PI * sample.tilt);
  context.translate(-side / 2, -side / 2);
  paintRules(context, side, sample);
  paintStrokes(context, sample.strokes, side, sample.penWidth, sample.pen);
  context.restore();
  paintLight(context, side, sample.isShadowed);
  addGrain(context, side);
}

function paintRules(context: CanvasRenderingContext2D, side: number, { rules }: SamplePicture): void {
  if (!rules) return;
  context.strokeStyle = rules.colour;
  context.lineWidth = Math.max(1, side / 240);
  context.beginPath();
  for (let at = -side; at < 2 * side; at += side * RULE_PITCH) {
    context.moveTo(-side, at);
    context.lineTo(2 * side, at);
    if (rules.kind === 'lines') continue;
    context.moveTo(at, -side);
    context.lineTo(at, 2 * side);
  }
  context.stroke();
}

/** A lamp to the upper left, and the edge of a shadow. */
function paintLight(context: CanvasRenderingContext2D, side: number, isShadowed = false): void {
  const light = context.createLinearGradient(0, 0, side, side);
  light.addColorStop(0, 'rgb(0 0 0 / 0%)');
  light.addColorStop(1, 'rgb(0 0 0 / 18%)');
  context.fillStyle = light;
  context.fillRect(0, 0, side, side);
  if (!isShadowed) return;
  const shadow = context.createLinearGradient(side * 0.58, 0, side * 0.66, side * 0.03);
  shadow.addColorStop(0, 'rgb(10 14 30 / 0%)');
  shadow.addColorStop(1, 'rgb(10 14 30 / 28%)');
  context.fillStyle = shadow;
  context.fillRect(0, 0, side, side);
}

/** The noise of a camera, the same each time. */
function addGrain(context: CanvasRenderingContext2D, side: number): void {
  const image = context.getImageData(0, 0, side, side);
  let seed = 1;
  for (let i = 0; i < image.data.length; i += 4) {
    seed = (seed * 48271) % 2147483647;
    const change = (seed / 2147483647 - 0.5) * GRAIN;
    for (let channel = 0; channel < 3; channel++) image.data[i + channel] += change;
  }
  context.putImageData(image, 0, 0);
}
