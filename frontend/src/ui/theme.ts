/** The theme: MUI's controls in the page's two inks, light and dark. */

import { createTheme } from '@mui/material/styles';

const FONT = "'Atkinson Hyperlegible Next Variable', system-ui, sans-serif";

export const theme = createTheme({
  cssVariables: { colorSchemeSelector: 'data-scheme' },
  colorSchemes: {
    light: {
      palette: {
        primary: { main: '#14213a' },
        secondary: { main: '#c22e18' },
        background: { default: '#e3e9e4', paper: '#fcfdfb' },
        text: { primary: '#18231f', secondary: '#4d5b55' },
      },
    },
    dark: {
      palette: {
        primary: { main: '#e9f3ee' },
        secondary: { main: '#ff7d60' },
        background: { default: '#111715', paper: '#1a221f' },
        text: { primary: '#e6eeea', secondary: '#a3b2ab' },
      },
    },
  },
  typography: { fontFamily: FONT, button: { textTransform: 'none', fontWeight: 600 } },
  shape: { borderRadius: 3 },
  components: {
    MuiButtonBase: { defaultProps: { disableRipple: true } },
    MuiButton: { defaultProps: { disableElevation: true } },
    MuiToggleButton: {
      styleOverrides: {
        root: { borderColor: 'var(--edge)', color: 'var(--text)', textTransform: 'none' },
      },
    },
  },
});
