/** Icons: line drawings with the pen's round ends, on a grid of 24. */

const PATHS = {
  pen: 'M4 20l1-5L16 4l4 4L9 19zM14 6l4 4',
  eraser: 'M9 20h11M5 13l8-8 6 6-9 9H8l-4-4 1-1zM9 9l6 6',
  grid: 'M4 4h16v16H4zM4 9.3h16M4 14.7h16M9.3 4v16M14.7 4v16',
  wide: 'M3 7h18v10H3zM7 10.500v3M11 10.500h2v3h-2zM17 10.500v3',
  undo: 'M9 7L4 11l5 4M4 11h10a5 5 0 010 9h-3',
  redo: 'M15 7l5 4-5 4M20 11H10a5 5 0 000 9h3',
  clear: 'M5 7h14M10 7V4h4v3M7 7l1 13h8l1-13M10.5 11v5M13.5 11v5',
  picture: 'M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4M15.5 9h.01',
  camera: 'M3.500 8H7l1.500-2.500h7L17 8h3.500v11h-17zM12 16.500a3.500 3.500 0 100-7 3.500 3.500 0 000 7z',
  help: 'M12 21a9 9 0 100-18 9 9 0 000 18zM9.5 9.5a2.5 2.5 0 114 2c-1 .8-1.500 1.300-1.500 2.500M12 17h.01',
  light: 'M12 16a4 4 0 100-8 4 4 0 000 8zM12 2.500v2M12 19.500v2M4 12H2.500M21.500 12h-2M5.600 5.600L7 7M17 17l1.400 1.400M5.600 18.400L7 17M17 7l1.400-1.400',
  dark: 'M20 14.500A8 8 0 119.500 4 6.500 6.500 0 0020 14.500z',
  system: 'M4 5h16v11H4zM9 20h6M12 16v4',
  close: 'M6 6l12 12M18 6L6 18',
  save: 'M12 4v11M7 11l5 5 5-5M4 20h16',
  share: 'M8.500 11l7-4M8.500 13l7 4M6 15a3 3 0 100-6 3 3 0 000 6zM18 9a3 3 0 100-6 3 3 0 000 6zM18 21a3 3 0 100-6 3 3 0 000 6z',
  together: 'M9 11a3.500 3.500 0 100-7 3.500 3.500 0 000 7zM3 20c0-4 2.500-6 6-6s6 2 6 6M16 4.500a3.500 3.500 0 010 6M17.500 14.500c2.200.7 3.500 2.500 3.500 5.500',
  open: 'M12 16V5M7 9l5-5 5 5M4 20h16',
} as const;

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { name: IconName }) {
  return (
    <svg className="icon" viewBox="0 0 24 24" aria-hidden="true">
      <path d={PATHS[name]} />
    </svg>
  );
}
