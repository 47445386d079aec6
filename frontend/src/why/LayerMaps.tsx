import { useCallback, useEffect, useState } from 'react';
import type { Layer } from '../api/types';
import { usePainting } from '../ui/usePainting';

/** The maps of a layer as a square of tiles, in the page's ink: the darker, the more a filter has found. */
export function LayerMaps({ layer, label }: { layer: Layer; label: string }) {
  const sprite = useImage(layer.image);
  const ref = usePainting(
    useCallback(
      (canvas) => {
        if (sprite) paintMaps(canvas, sprite, layer);
      },
      [sprite, layer],
    ),
  );
  return <canvas ref={ref} className="pixel-grid" role="img" aria-label={label} />;
}

/** The one before stays until the next is decoded, so that nothing flickers. */
function useImage(source: string): HTMLImageElement | undefined {
  const [image, setImage] = useState<HTMLImageElement>();
  useEffect(() => {
    const loading = new Image();
    loading.onload = () => {
      setImage(loading);
    };
    loading.src = source;
    return () => {
      loading.onload = null;
    };
  }, [source]);
  return image;
}

function paintMaps(canvas: HTMLCanvasElement, sprite: HTMLImageElement, { columns, rows }: Layer): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const [width, height] = [sprite.naturalWidth / columns, sprite.naturalHeight / rows];
  const count = columns * rows;
  const across = Math.ceil(Math.sqrt(count));
  const shown = Math.max(1, Math.round(canvas.clientWidth * window.devicePixelRatio));
  const scale = Math.max(1, Math.ceil(shown / (across * (width + 1)))); // whole, so that pixels stay square
  const pitch = width * scale + Math.max(1, Math.round(scale / 2));
  const style = getComputedStyle(canvas);
  const tinted = tint(sprite, style.getPropertyValue('--ink'));
  canvas.width = canvas.height = across * pitch;
  context.imageSmoothingEnabled = false;
  context.fillStyle = style.getPropertyValue('--cell');
  for (let i = 0; i < count; i++) {
    const [x, y] = [(i % across) * pitch, Math.floor(i / across) * pitch];
    const [fromX, fromY] = [(i % columns) * width, Math.floor(i / columns) * height];
    context.fillRect(x, y, width * scale, height * scale);
    context.drawImage(tinted, fromX, fromY, width, height, x, y, width * scale, height * scale);
  }
}

/** The grey levels of `image` as opacities of one colour. */
function tint(image: HTMLImageElement, colour: string): HTMLCanvasElement {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [image.naturalWidth, image.naturalHeight];
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  context.drawImage(image, 0, 0);
  const levels = context.getImageData(0, 0, canvas.width, canvas.height);
  for (let i = 0; i < levels.data.length; i += 4) levels.data[i + 3] = levels.data[i];
  context.putImageData(levels, 0, 0);
  context.globalCompositeOperation = 'source-in';
  context.fillStyle = colour;
  context.fillRect(0, 0, canvas.width, canvas.height);
  return canvas;
}
