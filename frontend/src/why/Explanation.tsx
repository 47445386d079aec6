import Button from '@mui/material/Button';
import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import { useState } from 'react';
import type { Explanation as Explained } from '../api/types';
import { percent } from '../ui/format';
import { EvidenceMap } from './EvidenceMap';
import { wordsForEvidence } from './evidenceWords';
import './explanation.css';
import { Inside } from './Inside';
import { useExplanation } from './useExplanation';

/** What speaks for the answer, what would make it another one, and the way through the network. */
export default function Explanation({ pixels }: { pixels: ArrayLike<number> }) {
  const { explanation, isStale, hasFailed, again } = useExplanation(pixels);
  if (hasFailed) {
    return (
      <p className="quiet why-wait">
        The server didn’t explain this one.{' '}
        <Button size="small" onClick={again}>
          Try again
        </Button>
      </p>
    );
  }
  if (!explanation) return <p className="quiet why-wait">Weighing the evidence…</p>;
  return (
    <div className="explanation" aria-busy={isStale}>
      <Evidence explanation={explanation} />
      <Inside explanation={explanation} />
    </div>
  );
}

function Evidence({ explanation }: { explanation: Explained }) {
  const [isCounter, setCounter] = useState(false);
  const { pixels = [], saliency, counter_evidence: change, guess, runner_up: runnerUp, probabilities, labels } = explanation;
  const words = wordsForEvidence(explanation, isCounter);
  const isWeighed = saliency.some((value) => value !== 0);
  return (
    <div className="evidence">
      <EvidenceMap pixels={pixels} evidence={isCounter ? change : saliency} label={words.title} />
      <div className="evidence-words">
        <h3>{words.title}</h3>
        <p role="status">{words.summary}</p>
        <ul className="legend">
          <li>
            <span className="swatch filled" />
            {words.filled}
          </li>
          <li>
            <span className="swatch hollow" />
            {words.hollow}
          </li>
          <li>
            <span className="swatch ink" />
            ink that hardly matters
          </li>
        </ul>
        {isWeighed && (
          <p className="quiet">
            {labels[guess]} got {percent(probabilities[guess])}, the runner-up {labels[runnerUp]} got{' '}
            {percent(probabilities[runnerUp])}.
          </p>
        )}
        <FormControlLabel
          label={words.question}
          disabled={!isWeighed}
          control={
            <Switch
              size="small"
              checked={isCounter}
              onChange={(_, checked) => {
                setCounter(checked);
              }}
            />
          }
        />
      </div>
    </div>
  );
}
