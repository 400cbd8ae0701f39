// What scrolls by itself can be reached by keyboard, at once: the theme's own script waits, and forgets what unfolds.
(() => {
  "use strict";
  const watched = new ResizeObserver((entries) => {
    for (const { target } of entries) target.tabIndex = target.scrollWidth > target.clientWidth ? 0 : -1;
  });
  document.querySelectorAll(".pst-scrollable-table-container, .bd-article pre").forEach((frame) => watched.observe(frame));
})();
