// Search over the issues of this page's language; the words sought stand in the address, so that a search can be shared.
const box = document.querySelector("#q");
const list = document.querySelector("#found");
const count = document.querySelector("#count");
const root = new URL("./", import.meta.url);
const pagefind = await import(new URL("pagefind/pagefind.js", root).href);
await pagefind.options({ baseUrl: root.pathname, excerptLength: 24, noWorker: true }); // some hundred pages need none
let turn = 0;

async function show(words) {
  const mine = ++turn;
  const { results } = words ? await pagefind.search(words) : { results: [] };
  const found = await Promise.all(results.slice(0, 10).map((result) => result.data()));
  if (mine !== turn) return;
  list.replaceChildren(...found.map((page) => {
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = page.url;
    link.textContent = page.meta.title;
    const text = document.createElement("p");
    text.innerHTML = page.excerpt; // made by Pagefind: escaped, with <mark> only
    item.append(link, text);
    return item;
  }));
  count.textContent = words ? String(results.length) : "";
}

box.form.addEventListener("submit", (event) => event.preventDefault());
box.addEventListener("input", () => {
  const words = box.value.trim();
  const address = new URL(location.href);
  if (words) address.searchParams.set("q", words); else address.searchParams.delete("q");
  history.replaceState(null, "", address);
  show(words);
});
box.value = new URL(location.href).searchParams.get("q") ?? "";
show(box.value.trim());
