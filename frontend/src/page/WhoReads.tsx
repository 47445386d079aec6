import FormControlLabel from '@mui/material/FormControlLabel';
import Switch from '@mui/material/Switch';
import { memo } from 'react';
import { useOnlyHere } from '../reading/reader';
import type { Server } from '../reading/useServer';

const SENTENCES: Record<Server, string> = {
  checking: 'The page is looking for the server. Without one, this device reads.',
  ready: 'The server reads. Where it doesn’t answer, this device does, with the same model.',
  starting: 'The server is starting. This device is making itself ready to read meanwhile.',
  offline: 'The server doesn’t answer, and this device can’t read yet.',
  failing: 'The server isn’t well.',
  replaced: 'The server doesn’t answer, so this device reads, with the same model. Pictures and “Why?” wait for the server.',
  unused: 'This device reads, and nothing is sent anywhere. Pictures and “Why?” need the server.',
};

/** Who reads at the moment, and whether anything may be sent at all. */
export const WhoReads = memo(function WhoReads({ server }: { server: Server }) {
  const { onlyHere, setOnlyHere } = useOnlyHere();
  return (
    <section className="panel" aria-labelledby="who-title">
      <header>
        <h2 id="who-title">Who reads</h2>
      </header>
      <p data-testid="who-reads" className="quiet">
        {SENTENCES[server]}
      </p>
      <FormControlLabel
        label="Read on this device only"
        control={
          <Switch
            size="small"
            checked={onlyHere}
            onChange={(_, checked) => {
              setOnlyHere(checked);
            }}
          />
        }
      />
    </section>
  );
});
