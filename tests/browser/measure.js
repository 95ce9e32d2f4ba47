// What a browser says of the page in each frame, as JSON in #out.
const box = (element) => element.getBoundingClientRect();
const row = (mark) => mark.id.match(/mark-(\d+)/)[1];

function measure(page, view) {
  const root = page.documentElement;
  const style = (name) => view.getComputedStyle(page.querySelector(name));
  const isIn = (element) => box(element).left >= -1 && box(element).right <= root.clientWidth + 1;
  const seen = [...page.querySelectorAll("h1, h2, h3, p, li, figcaption, table, button.ref")].filter(
    (element) => element.checkVisibility() && !element.closest("[popover], .tip, .scroll, .skip"),
  );
  const [contents, opening, article, heading] = [".contents", ".opening", "article", "article h2"].map((name) => box(page.querySelector(name)));
  const isRtl = style("html").direction === "rtl";
  const found = {
    direction: style("html").direction,
    overflow: root.scrollWidth - root.clientWidth,
    cut: seen.filter((element) => !isIn(element)).map((element) => element.textContent.slice(0, 40)),
    fromStart: isRtl ? article.right - heading.right : heading.left - article.left,
    hasContentsBeside: isRtl ? contents.left >= opening.right : contents.right <= opening.left,
    size: parseFloat(style("article p:not(.tag)").fontSize),
    ground: style("body").backgroundColor,
    ink: style("article p:not(.tag)").color,
    accent: style("h1").color,
  };
  const mark = page.querySelector("button.ref");
  const note = page.getElementById(mark.getAttribute("popovertarget"));
  mark.scrollIntoView({ block: "center" });
  mark.click();
  found.isNoteOpen = note.matches(":popover-open");
  found.isNoteInView = isIn(note) && box(note).top >= 0 && box(note).bottom <= view.innerHeight + 1;
  note.hidePopover();
  const tip = page.querySelector(".tip");
  found.figures = [...page.querySelectorAll("figure")].map((figure) => {
    const marks = [...figure.querySelectorAll(".mark")];
    const rows = [...figure.querySelectorAll("tbody tr")];
    marks[0].scrollIntoView({ block: "center" });
    marks[0].focus();
    const cells = [...rows[Number(row(marks[0]))].cells].map((cell) => cell.textContent);
    return {
      rows: rows.length,
      told: new Set(marks.map(row)).size,
      stops: figure.querySelectorAll('.mark[tabindex="0"]').length,
      isShown: !tip.hidden && isIn(tip),
      isSame: cells.every((cell) => tip.textContent.includes(cell)),
    };
  });
  return found;
}

onload = () => {
  const found = {};
  for (const frame of document.querySelectorAll("iframe")) found[frame.id] = measure(frame.contentDocument, frame.contentWindow);
  document.body.replaceChildren(Object.assign(document.createElement("pre"), { id: "out", textContent: JSON.stringify(found) }));
};
