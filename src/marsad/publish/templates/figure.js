// Tells of the part of a figure a reader points at or comes to by the keyboard: Tab enters a figure, arrows move in it.
const tip = Object.assign(document.createElement("p"), { className: "tip", hidden: true });
tip.setAttribute("aria-hidden", "true"); // a screen reader has the mark's own name
document.body.append(tip);

function show(mark) {
  const at = mark.getBoundingClientRect();
  tip.textContent = mark.getAttribute("aria-label");
  tip.hidden = false;
  const width = document.documentElement.clientWidth;
  const middle = at.left + at.width / 2 - tip.offsetWidth / 2;
  tip.style.left = `${scrollX + Math.max(8, Math.min(middle, width - tip.offsetWidth - 8))}px`;
  const above = at.top - tip.offsetHeight - 8;
  tip.style.top = `${scrollY + (above > 8 ? above : at.bottom + 8)}px`;
}

for (const chart of document.querySelectorAll(".chart")) {
  const row = (mark) => Number(mark.id.match(/mark-(\d+)/)[1]);
  const marks = [...chart.querySelectorAll(".mark")].sort((a, b) => row(a) - row(b));
  if (marks.length === 0) continue;
  marks[0].setAttribute("tabindex", "0");
  for (const [kind, act] of [["pointerover", show], ["focusin", show], ["pointerout", null], ["focusout", null]]) {
    chart.addEventListener(kind, (event) => {
      const mark = event.target.closest(".mark");
      if (mark && act) act(mark);
      else tip.hidden = true;
    });
  }
  chart.addEventListener("keydown", (event) => {
    const at = marks.indexOf(document.activeElement);
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === "Escape") tip.hidden = true;
    if (at < 0 || !step) return;
    event.preventDefault();
    const next = marks[(at + step + marks.length) % marks.length];
    marks[at].setAttribute("tabindex", "-1");
    next.setAttribute("tabindex", "0");
    next.focus();
  });
}
