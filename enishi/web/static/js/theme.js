// The theme follows the device unless the reader chose; the cookie lets the server draw the next page right.
const YEAR = 31_536_000;
const root = document.documentElement;

document.addEventListener("click", ({ target }) => {
  const theme = target.closest?.("[data-set-theme]")?.dataset.setTheme;
  if (!theme) return;
  if (theme === "auto") delete root.dataset.theme;
  else root.dataset.theme = theme;
  const age = theme === "auto" ? 0 : YEAR;
  document.cookie = `theme=${theme}; path=/; max-age=${age}; samesite=lax`;
  for (const button of document.querySelectorAll("[data-set-theme]")) {
    button.setAttribute("aria-pressed", String(button.dataset.setTheme === theme));
  }
});
