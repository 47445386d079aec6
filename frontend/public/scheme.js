// Before anything is painted: the colours that a person chose on this page (MUI keeps the choice), or the system's.
(() => {
  let mode = 'system';
  try {
    mode = localStorage.getItem('mui-mode') ?? mode;
  } catch {
    // Where storage is refused nothing was chosen.
  }
  const system = matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light';
  document.documentElement.dataset.scheme = mode === 'system' ? system : mode;
})();
