// Light or dark, before anything is painted: what was chosen here before, else what the machine prefers.
(() => {
  'use strict';
  const KEY = 'zhurnal-theme';
  const dark = matchMedia('(prefers-color-scheme: dark)');
  // A browser may forbid to keep anything: then the choice lasts as long as the page.
  let chosen = null;
  try { chosen = localStorage.getItem(KEY); } catch { /* said above */ }
  const isDark = () => chosen === 'dark' || chosen !== 'light' && dark.matches;
  const paint = () => {
    document.documentElement.dataset.theme = isDark() ? 'dark' : 'light';
    document.getElementById('theme')?.setAttribute('aria-pressed', String(isDark()));
  };
  paint();
  dark.addEventListener('change', paint);
  document.addEventListener('DOMContentLoaded', () => {
    paint();
    document.getElementById('theme').addEventListener('click', () => {
      chosen = isDark() ? 'light' : 'dark';
      try { localStorage.setItem(KEY, chosen); } catch { /* said above */ }
      paint();
    });
  });
})();
