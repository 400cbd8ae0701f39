// Draws each chart when it comes near, in the colours of the theme, with the one bundle that this site carries.
(() => {
  "use strict";
  const here = document.currentScript;
  const bundle = new URL(here.dataset.plotly, here.src);
  const { dark, template } = window.playbookHouse;
  const root = document.documentElement;
  const NARROW = 480;
  const PAPER = 660;
  const CONFIG = { displayModeBar: false, displaylogo: false, responsive: true, doubleClick: false, showTips: false };

  let loading = null;
  const plotly = () =>
    (loading ??= new Promise((done, failed) => {
      const script = document.createElement("script");
      script.src = bundle;
      script.onload = () => done(window.Plotly);
      script.onerror = () => failed(new Error("the chart library did not load"));
      document.head.append(script);
    }));

  // A figure carries the light palette, maybe with two digits of opacity; dark is the same roles in other colours.
  const coloured = (value, night) => {
    if (typeof value === "string") return night && value in dark ? dark[value]
      : night && value.slice(0, 7) in dark && value.length === 9 ? dark[value.slice(0, 7)] + value.slice(7) : value;
    if (Array.isArray(value)) return value.map((item) => coloured(item, night));
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, coloured(item, night)]));
  };

  // On a phone the names of rows would take half the width: each stands above its bar or mark instead.
  const narrow = (data, layout) => {
    layout.margin = { ...layout.margin, l: 8, r: 16 };
    layout.font = { ...layout.font, size: 11 };
    if (layout.yaxis?.type !== "category") return;
    const lines = data.some((trace) => (trace.y ?? []).some((name) => String(name).includes("<br>")));
    const above = { ticklabelposition: "inside top", ticklabeloverflow: "allow", ticklabelshift: lines ? -12 : 0 };
    layout.yaxis = { ...layout.yaxis, ...above, automargin: false };
    const rows = new Set(data.flatMap((trace) => trace.y ?? [])).size;
    layout.height = Math.max(layout.height ?? 0, 120 + rows * (lines ? 54 : 36));
    const below = layout.yaxis.autorange === "reversed" ? 0.05 : -0.4;
    for (const bar of data.filter((trace) => trace.type === "bar")) Object.assign(bar, { width: 0.35, offset: below });
  };

  class Chart {
    constructor(figure) {
      this.root = figure;
      this.plot = figure.querySelector(".chart-plot");
      this.numbers = figure.querySelector(".chart-numbers");
      this.content = JSON.parse(figure.querySelector(".chart-figure").textContent);
    }

    // Synchronous once the bundle is there, as printing needs it.
    render(Plotly, { night = root.dataset.theme === "dark", width } = {}) {
      if (!this.canvas) {
        this.canvas = document.createElement("div");
        this.canvas.className = "chart-canvas";
        this.plot.replaceChildren(this.canvas);
      }
      const own = coloured(this.content.layout, night);
      const layout = { dragmode: false, ...own, template: coloured(template, night), autosize: !width, width };
      for (const name of Object.keys(layout)) {
        if (/^[xy]axis\d*$/.test(name)) layout[name] = { fixedrange: true, ...layout[name] };
      }
      const data = coloured(this.content.data, night);
      if ((width ?? this.plot.clientWidth) < NARROW) narrow(data, layout);
      this.plot.style.height = layout.height ? `${layout.height}px` : "";
      return Plotly.react(this.canvas, data, layout, CONFIG);
    }

    async draw() {
      try {
        await this.render(await plotly());
        this.root.classList.add("chart-drawn");
      } catch (error) {
        this.plot.textContent = `This chart could not be drawn (${error.message}). Its numbers stand below.`;
        this.numbers.open = true;
      }
    }
  }

  const charts = [...document.querySelectorAll("figure.chart")].map((figure) => new Chart(figure));
  const near = new IntersectionObserver(
    (entries) => {
      for (const entry of entries.filter((one) => one.isIntersecting)) {
        near.unobserve(entry.target);
        charts.find((chart) => chart.root === entry.target).draw();
      }
    },
    { rootMargin: "600px 0px" },
  );
  charts.forEach((chart) => near.observe(chart.root));

  let theme = root.dataset.theme;
  new MutationObserver(() => {
    if (root.dataset.theme === theme) return;
    theme = root.dataset.theme;
    charts.filter((chart) => chart.canvas).forEach((chart) => chart.draw());
  }).observe(root, { attributes: true, attributeFilter: ["data-theme"] });

  // On paper a chart is light and as wide as the sheet; one that cannot be drawn any more shows its numbers.
  addEventListener("beforeprint", () => {
    for (const chart of charts) {
      if (window.Plotly) chart.render(window.Plotly, { night: false, width: PAPER });
      else if (!chart.numbers.open) chart.numbers.open = chart.opened = true;
    }
  });
  addEventListener("afterprint", () => {
    for (const chart of charts) {
      if (window.Plotly) chart.render(window.Plotly);
      if (chart.opened) chart.numbers.open = chart.opened = false;
    }
  });
})();
