import Button from '@mui/material/Button';
import { Component, type ReactNode, Suspense } from 'react';
import { Notice } from './Notice';

interface Props {
  readonly children: ReactNode;
  /** What stands there until it has come. */
  readonly fallback?: ReactNode;
}

/**
 * A part of the page whose script is fetched when it is wanted. Where it doesn't come, as after an update that
 * another window took, words say so, and all else goes on.
 */
export class Late extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return <Suspense fallback={this.props.fallback}>{this.props.children}</Suspense>;
    return (
      <Notice words="This part of the page didn’t load. Your drawing stays when you reload.">
        <Button
          size="small"
          variant="contained"
          onClick={() => {
            window.location.reload();
          }}
        >
          Reload
        </Button>
      </Notice>
    );
  }
}
