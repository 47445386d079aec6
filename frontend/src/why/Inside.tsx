import type { CSSProperties } from 'react';
import type { Explanation, Layer } from '../api/types';
import { kindOf, percent } from '../ui/format';
import { PixelGrid } from '../ui/PixelGrid';
import { LayerMaps } from './LayerMaps';

/** The way of the image through the network, step by step. */
export function Inside({ explanation }: { explanation: Explanation }) {
  const { pixels = [], layers, probabilities, guess, labels } = explanation;
  const kind = kindOf(labels);
  return (
    <div className="inside">
      <h3>Inside the network</h3>
      <ol className="layers">
        <li>
          <PixelGrid pixels={pixels} label="The input, 28 by 28 pixels" />
          <Caption title="The input" size="28 x 28 pixels" description={`Your ${kind}, framed as the model knows ${kind}s.`} />
        </li>
        {layers.map((layer) => (
          <li key={layer.name}>
            <LayerMaps layer={layer} label={`${layer.title}, ${sizeOf(layer)}`} />
            <Caption title={layer.title} size={sizeOf(layer)} description={layer.description} />
          </li>
        ))}
        <li>
          <div className="columns" aria-hidden="true">
            {probabilities.map((probability, i) => (
              <span
                key={labels[i]}
                className={i === guess ? 'column top' : 'column'}
                style={{ '--share': probability } as CSSProperties}
              >
                {labels[i]}
              </span>
            ))}
          </div>
          <Caption
            title="The probabilities"
            size={`${labels[guess]} at ${percent(probabilities[guess])}`}
            description={`What all units together say for each ${kind}; they sum to 100%.`}
          />
        </li>
      </ol>
    </div>
  );
}

function Caption({ title, size, description }: { title: string; size: string; description: string }) {
  return (
    <div className="layer-words">
      <h4>{title}</h4>
      <p className="quiet">{size}</p>
      <p>{description}</p>
    </div>
  );
}

function sizeOf({ shape }: Layer): string {
  if (shape.length === 1) return `${String(shape[0])} units`;
  const [height, width, count] = shape.map(String);
  return `${count} maps of ${height} x ${width}`;
}
