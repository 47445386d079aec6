import IconButton from '@mui/material/IconButton';
import { useColorScheme } from '@mui/material/styles';
import { memo } from 'react';
import { useAlphabet } from '../reading/alphabetChoice';
import { AlphabetSwitch } from '../reading/AlphabetSwitch';
import type { Server } from '../reading/useServer';
import { Icon } from '../ui/Icon';

const LAMPS: Record<Server, string> = {
  checking: 'Connecting',
  ready: 'Server ready',
  starting: 'Server starting',
  offline: 'Server offline',
  failing: 'Server not well',
  replaced: 'Server offline, read on this device',
  unused: 'Read on this device only',
};

const NEXT_MODE = { system: 'light', light: 'dark', dark: 'system' } as const;

interface Props {
  readonly server: Server;
  /** Whether it has its switch already, which comes after the paper. */
  readonly isWhole: boolean;
  readonly onHelp: () => void;
}

export const Header = memo(function Header({ server, isWhole, onHelp }: Props) {
  const { alphabet } = useAlphabet();
  const { mode = 'system', setMode } = useColorScheme();
  return (
    <header className="header">
      <h1>Handwritten {alphabet}</h1>
      {isWhole && <AlphabetSwitch />}
      <p className={`lamp ${server}`}>{LAMPS[server]}</p>
      <IconButton
        aria-label={`Theme: ${mode}. Change to ${NEXT_MODE[mode]}`}
        title={`Theme: ${mode}`}
        onClick={() => {
          setMode(NEXT_MODE[mode]);
        }}
      >
        <Icon name={mode} />
      </IconButton>
      <IconButton aria-label="Help and shortcuts" title="Help and shortcuts" onClick={onHelp}>
        <Icon name="help" />
      </IconButton>
    </header>
  );
});
