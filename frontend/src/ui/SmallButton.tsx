import Button from '@mui/material/Button';
import { type ComponentProps, memo, useCallback, useEffect, useRef } from 'react';
import { Icon } from './Icon';

interface Looks {
  readonly label: string;
  readonly icon?: ComponentProps<typeof Icon>['name'];
  readonly variant?: 'text' | 'outlined';
  readonly disabled?: boolean;
}

interface Props extends Looks {
  readonly onClick: () => void;
}

/**
 * A small button that is rendered anew only where its looks change, whatever it does then: the library's buttons
 * take so long that some of them, beside an answer, hold it up.
 */
export function SmallButton({ onClick, ...looks }: Props) {
  const latest = useRef(onClick);
  useEffect(() => {
    latest.current = onClick;
  });
  const act = useCallback(() => {
    latest.current();
  }, []);
  return <Face {...looks} onClick={act} />;
}

const Face = memo(function Face({ label, icon, variant, disabled, onClick }: Props) {
  return (
    <Button
      size="small"
      variant={variant}
      disabled={disabled}
      startIcon={icon && <Icon name={icon} />}
      onClick={onClick}
    >
      {label}
    </Button>
  );
});
