// Before the first paint: the theme that the reader chose, else the system's.
(() => {
  "use strict";
  const root = document.documentElement;
  let mode = "auto";
  try {
    mode = localStorage.getItem("mode") ?? mode;
  } catch {
    // Storage may be closed to a page from disk; the system's theme will do.
  }
  const chosen = ["light", "dark"].includes(mode);
  root.dataset.mode = chosen ? mode : "auto";
  root.dataset.theme = chosen ? mode : matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
})();
